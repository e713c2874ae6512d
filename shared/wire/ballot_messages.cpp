#include "shared/wire/ballot_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace w = walkout::wire;

WALKOUT_WIRE(w::BallotLine)
WALKOUT_WIRE(w::BallotList)
WALKOUT_WIRE(w::BallotView)
WALKOUT_WIRE(w::Abandon)
