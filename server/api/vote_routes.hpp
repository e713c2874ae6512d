#pragma once

#include "server/api/route.hpp"
#include "server/service/cast_vote.hpp"

namespace walkout::api {

/// Ceremony, codes, boards, casting and counting: everything of the verifiable ballot.
void add_vote_routes(std::vector<Route>& routes, Services& services, service::CastingChecks checks = {});

} // namespace walkout::api
