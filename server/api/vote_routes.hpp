#pragma once

#include "server/api/route.hpp"

namespace walkout::api {

/// Ceremony, codes, boards, casting and counting: everything of the verifiable ballot.
void add_vote_routes(std::vector<Route>& routes, Services& services);

} // namespace walkout::api
