#include "shared/wire/audit_files.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::ArchiveReport)
WALKOUT_WIRE(walkout::wire::SeenHead)
WALKOUT_WIRE(walkout::wire::ReceiptCheck)
WALKOUT_WIRE(walkout::wire::BrokenPromise)
WALKOUT_WIRE(walkout::wire::WatchedBallot)
WALKOUT_WIRE(walkout::wire::WatchLine)
