#include "shared/wire/told_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::MembersTold)
