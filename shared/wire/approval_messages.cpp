#include "shared/wire/approval_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace w = walkout::wire;

WALKOUT_WIRE(w::ApprovalObject)
WALKOUT_WIRE(w::NewApproval)
