#include "shared/wire/server.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::ClockReading)
WALKOUT_WIRE(walkout::wire::Health)
WALKOUT_WIRE(walkout::wire::LogLine)
