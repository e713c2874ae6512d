#include "shared/wire/strike_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::CallWalkout)
WALKOUT_WIRE(walkout::wire::WalkoutView)
WALKOUT_WIRE(walkout::wire::WalkoutList)
WALKOUT_WIRE(walkout::wire::Reason)
WALKOUT_WIRE(walkout::wire::CoverAsked)
WALKOUT_WIRE(walkout::wire::CoverReplies)
WALKOUT_WIRE(walkout::wire::NewSite)
WALKOUT_WIRE(walkout::wire::NewEntrance)
WALKOUT_WIRE(walkout::wire::NewPost)
WALKOUT_WIRE(walkout::wire::Added)
WALKOUT_WIRE(walkout::wire::PlanView)
WALKOUT_WIRE(walkout::wire::MyPostView)
WALKOUT_WIRE(walkout::wire::MyPostList)
