#pragma once

#include "server/api/route.hpp"

namespace walkout::api {

/// What becomes of voting codes after they were made: replacements, resendings, incidents, the published register, the vault's end.
void add_replacement_routes(std::vector<Route>& routes, Services& services);

} // namespace walkout::api
