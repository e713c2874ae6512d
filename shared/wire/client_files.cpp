#include "shared/wire/client_files.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::TrusteeFile)
WALKOUT_WIRE(walkout::wire::VaultFile)
WALKOUT_WIRE(walkout::wire::ReceiptFile)
WALKOUT_WIRE(walkout::wire::Receipts)
WALKOUT_WIRE(walkout::wire::ReceiptCheck)
WALKOUT_WIRE(walkout::wire::ArchiveReport)
WALKOUT_WIRE(walkout::wire::SeenHead)
WALKOUT_WIRE(std::vector<std::string>)
