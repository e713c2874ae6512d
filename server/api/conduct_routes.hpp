#pragma once

#include "server/api/papers.hpp"

namespace walkout::api {

/// The course of a ballot: a later closing, incidents and outages, voting suspended, the choice-of-method record.
void add_conduct_routes(std::vector<Route>& routes, Services& services);

/// The scrutineer's report: drafted, signed, published as JSON, HTML and PDF.
void add_report_routes(std::vector<Route>& routes, Services& services, const Papers& papers);

} // namespace walkout::api
