#include "server/app/routes.hpp"

#include "server/api/walkout_routes.hpp"

namespace walkout::app {

std::vector<api::Route> all_routes(api::Services& services)
{
    std::vector<api::Route> routes;
    api::add_base_routes(routes, services);
    api::add_walkout_routes(routes, services);
    api::add_picket_routes(routes, services);
    api::add_openapi_route(routes); // last: it describes the others
    return routes;
}

} // namespace walkout::app
