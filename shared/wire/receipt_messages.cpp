#include "shared/wire/receipt_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace w = walkout::wire;

WALKOUT_WIRE(w::NewReceipt)
WALKOUT_WIRE(w::NewWithdrawal)
WALKOUT_WIRE(w::NoticeList)
