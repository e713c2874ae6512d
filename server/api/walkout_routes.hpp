#pragma once

#include "server/api/route.hpp"

namespace walkout::api {

void add_walkout_routes(std::vector<Route>& routes, Services& services); ///< /api/v1/walkouts...
void add_picket_routes(std::vector<Route>& routes, Services& services);  ///< .../plans, /api/v1/posts, /api/v1/me/posts

} // namespace walkout::api
