#include "shared/wire/client_files.hpp"

#include "shared/wire/codec_impl.hpp"
#include "shared/wire/secret_json_impl.hpp"

WALKOUT_SECRET_FILE(walkout::wire::TrusteeFile)
WALKOUT_SECRET_FILE(walkout::wire::VaultFile)
WALKOUT_WIRE(walkout::wire::ReceiptFile)
WALKOUT_WIRE(walkout::wire::Receipts)
WALKOUT_WIRE(std::vector<std::string>)
