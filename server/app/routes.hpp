#pragma once

#include "server/api/route.hpp"

#include <vector>

namespace walkout::app {

/// The whole API: the routes of every area, and the document that describes them.
std::vector<api::Route> all_routes(api::Services& services);

} // namespace walkout::app
