#include "shared/wire/client_files.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::TrusteeFile)
WALKOUT_WIRE(walkout::wire::VaultFile)
WALKOUT_WIRE(walkout::wire::ReceiptFile)
