#include "shared/wire/action_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::NewAgreement)
WALKOUT_WIRE(walkout::wire::AgreementList)
