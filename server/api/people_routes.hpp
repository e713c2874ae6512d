#pragma once

#include "server/api/route.hpp"

namespace walkout::api {

void add_people_routes(std::vector<Route>& routes, Services& services); ///< /api/v1/sign-in, /session, /me, /register/...

} // namespace walkout::api
