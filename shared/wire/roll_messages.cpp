#include "shared/wire/roll_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace w = walkout::wire;

WALKOUT_WIRE(w::FrozenRoll)
WALKOUT_WIRE(w::RollCorrections)
WALKOUT_WIRE(w::RollPage)
WALKOUT_WIRE(w::MyEntitlement)
