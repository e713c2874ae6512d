#include "shared/wire/server.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::ClockReading)
WALKOUT_WIRE(walkout::wire::SetClock)
WALKOUT_WIRE(walkout::wire::ClockMoved)
WALKOUT_WIRE(walkout::wire::Health)
WALKOUT_WIRE(walkout::wire::LogLine)
