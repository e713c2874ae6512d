#include "shared/wire/picket_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::PicketSettingsMessage)
WALKOUT_WIRE(walkout::wire::EditedPlan)
WALKOUT_WIRE(walkout::wire::TemplateAsked)
WALKOUT_WIRE(walkout::wire::TemplateLaid)
WALKOUT_WIRE(walkout::wire::GapList)
WALKOUT_WIRE(walkout::wire::FilledView)
WALKOUT_WIRE(walkout::wire::PublishedView)
WALKOUT_WIRE(walkout::wire::NewAssignment)
WALKOUT_WIRE(walkout::wire::NewSwap)
WALKOUT_WIRE(walkout::wire::SwapView)
WALKOUT_WIRE(walkout::wire::FeedAddress)
