#pragma once

#include "server/api/route.hpp"
#include "server/documents/templates.hpp"

namespace walkout::api {

/// What documents are written with. Lives as long as the routes.
struct Papers {
    documents::Templates templates;
    std::string public_url; ///< without a slash at its end: where pages can be reached
};

/// Timetable, sample paper, notices and results as JSON, HTML and PDF; sending notices; the page on which an employer acknowledges one.
void add_notice_routes(std::vector<Route>& routes, Services& services, const Papers& papers);

} // namespace walkout::api
