#pragma once

#include "server/api/route.hpp"

namespace walkout::api {

void add_walkout_routes(std::vector<Route>& routes, Services& services);    ///< /api/v1/walkouts...
void add_picket_routes(std::vector<Route>& routes, Services& services);     ///< .../plans, /api/v1/posts, /api/v1/me/posts
void add_rota_routes(std::vector<Route>& routes, Services& services);       ///< templates, gaps, publication, swaps, reserves, settings, feeds
void add_strike_day_routes(std::vector<Route>& routes, Services& services); ///< rosters, check-ins, headcounts, incidents
void add_exemption_routes(std::vector<Route>& routes, Services& services);
void add_strike_pages(std::vector<Route>& routes, Services& services); ///< /strike..., and sheets to print

} // namespace walkout::api
