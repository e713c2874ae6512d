#include "shared/wire/plan_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace w = walkout::wire;

WALKOUT_WIRE(walkout::ballot::BallotPlan)
WALKOUT_WIRE(w::BallotTimetable)
