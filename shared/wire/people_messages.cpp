#include "shared/wire/people_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::SignIn)
WALKOUT_WIRE(walkout::wire::SignInChallenge)
WALKOUT_WIRE(walkout::wire::VerifySignIn)
WALKOUT_WIRE(walkout::wire::SignedIn)
WALKOUT_WIRE(walkout::wire::Me)
WALKOUT_WIRE(walkout::wire::ImportRegister)
WALKOUT_WIRE(walkout::ballot::ImportReport)
