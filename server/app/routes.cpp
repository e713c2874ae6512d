#include "server/app/routes.hpp"

#include "server/api/ballot_routes.hpp"
#include "server/api/conduct_routes.hpp"
#include "server/api/law_routes.hpp"
#include "server/api/people_routes.hpp"
#include "server/api/postal_routes.hpp"
#include "server/api/replacement_routes.hpp"
#include "server/api/vote_routes.hpp"
#include "server/api/walkout_routes.hpp"

namespace walkout::app {

std::vector<api::Route> all_routes(api::Services& services, const api::Papers& papers)
{
    std::vector<api::Route> routes;
    api::add_base_routes(routes, services);
    api::add_clock_routes(routes, services);
    api::add_people_routes(routes, services);
    api::add_ballot_routes(routes, services);
    api::add_law_routes(routes, services);
    api::add_notice_routes(routes, services, papers);
    api::add_conduct_routes(routes, services);
    api::add_report_routes(routes, services, papers);
    api::add_vote_routes(routes, services);
    api::add_replacement_routes(routes, services);
    api::add_postal_routes(routes, services, papers);
    api::add_walkout_routes(routes, services);
    api::add_picket_routes(routes, services);
    api::add_branch_routes(routes);
    api::add_rota_routes(routes, services);
    api::add_strike_day_routes(routes, services);
    api::add_exemption_routes(routes, services);
    api::add_strike_pages(routes, services, papers);
    api::add_openapi_route(routes); // last: it describes the others
    return routes;
}

} // namespace walkout::app
