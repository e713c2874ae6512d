#include "shared/wire/strike_papers.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::WalkoutsPage)
WALKOUT_WIRE(walkout::wire::MessagePage)
WALKOUT_WIRE(walkout::wire::WalkoutPage)
WALKOUT_WIRE(walkout::wire::RotaPaper)
WALKOUT_WIRE(walkout::wire::AuthorityPaper)
WALKOUT_WIRE(walkout::wire::IncidentPaper)
WALKOUT_WIRE(walkout::wire::PosterPaper)
WALKOUT_WIRE(walkout::wire::PassPaper)
WALKOUT_WIRE(walkout::wire::ExemptionLetter)
