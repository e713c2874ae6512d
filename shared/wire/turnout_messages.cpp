#include "shared/wire/turnout_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace w = walkout::wire;

WALKOUT_WIRE(w::TurnoutView)
