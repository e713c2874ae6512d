#pragma once

#include "server/api/notice_routes.hpp"

#include <vector>

namespace walkout::app {

/// The whole API: the routes of every area, and the document that describes them.
std::vector<api::Route> all_routes(api::Services& services, const api::Papers& papers);

} // namespace walkout::app
