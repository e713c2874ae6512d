#pragma once

#include "server/api/papers.hpp"

namespace walkout::api {

/// The postal channel: asking for a voting paper, numbering and printing papers, what was sent, what came back, and its transcription.
void add_postal_routes(std::vector<Route>& routes, Services& services, const Papers& papers);

} // namespace walkout::api
