#pragma once

#include "server/api/route.hpp"

namespace walkout::api {

/// /api/v1/law/...: what officials record; the dates of a ballot as a calendar; mandates towards each employer.
void add_law_routes(std::vector<Route>& routes, Services& services);

} // namespace walkout::api
