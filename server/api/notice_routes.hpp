#pragma once

#include "server/api/papers.hpp"

namespace walkout::api {

/// Timetable, sample paper, notices and results as JSON, HTML and PDF; sending notices; the page on which an employer acknowledges one.
void add_notice_routes(std::vector<Route>& routes, Services& services, const Papers& papers);

} // namespace walkout::api
