#include "shared/wire/challenge_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::ChallengeWritten)
WALKOUT_WIRE(walkout::wire::ChallengeOpened)
