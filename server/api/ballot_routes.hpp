#pragma once

#include "server/api/route.hpp"

namespace walkout::api {

void add_ballot_routes(std::vector<Route>& routes, Services& services); ///< /api/v1/ballots..., the life cycle
void add_clock_routes(std::vector<Route>& routes, Services& services);  ///< POST /api/v1/clock; adds nothing unless this is a rehearsal

} // namespace walkout::api
