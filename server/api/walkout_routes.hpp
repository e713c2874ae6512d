#pragma once

#include "server/api/papers.hpp"

namespace walkout::api {

void add_walkout_routes(std::vector<Route>& routes, Services& services);    ///< /api/v1/walkouts...
void add_picket_routes(std::vector<Route>& routes, Services& services);     ///< .../plans, /api/v1/posts, /api/v1/me/posts
void add_branch_routes(std::vector<Route>& routes);                         ///< what a co-chair plans with: copies, look-ups, organisers
void add_rota_routes(std::vector<Route>& routes, Services& services);       ///< templates, gaps, publication, swaps, reserves, settings, feeds
void add_strike_day_routes(std::vector<Route>& routes, Services& services); ///< rosters, check-ins, headcounts, incidents
void add_exemption_routes(std::vector<Route>& routes, Services& services);
/// /strike..., sheets to print, letters, passes
void add_strike_pages(std::vector<Route>& routes, Services& services, const Papers& papers);

} // namespace walkout::api
