#include "shared/wire/branch_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::CopyAsked)
WALKOUT_WIRE(walkout::wire::PlanCopied)
WALKOUT_WIRE(walkout::wire::OrganiserAsked)
WALKOUT_WIRE(walkout::wire::OrganiserNamed)
WALKOUT_WIRE(walkout::wire::PicketContact)
WALKOUT_WIRE(walkout::wire::WorkplaceList)
WALKOUT_WIRE(walkout::wire::MemberAsked)
WALKOUT_WIRE(walkout::wire::FoundMembers)
