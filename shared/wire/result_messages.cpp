#include "shared/wire/result_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace w = walkout::wire;

WALKOUT_WIRE(w::MandateList)
WALKOUT_WIRE(w::ResultView)
