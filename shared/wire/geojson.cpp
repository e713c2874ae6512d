#include "shared/wire/geojson.hpp"

#include <nlohmann/json.hpp>

namespace walkout::wire {
namespace {

using Json = nlohmann::ordered_json;

Json geometry(const strike::Site& site)
{
    if (!site.coordinates) return nullptr;
    return {{"type", "Point"}, {"coordinates", {site.coordinates->longitude, site.coordinates->latitude}}};
}

Json feature(const strike::Walkout& walkout, const PublicSite& entry)
{
    if (!entry.site.is_public) throw std::logic_error("geojson: a site that is not public");
    Json posts = Json::array();
    for (const auto& post : entry.posts) {
        const auto hours = strike::span(post, walkout.window.zone());
        posts.push_back({{"role", name(post.role)},
                         {"from", text(post.from.wall)},
                         {"to", text(post.to.wall)},
                         {"from_utc", text(hours.from)},
                         {"to_utc", text(hours.to)}});
    }
    return {{"type", "Feature"},
            {"id", static_cast<std::int64_t>(entry.site.number)},
            {"geometry", geometry(entry.site)},
            {"properties", {{"name", entry.site.name}, {"address", entry.site.address}, {"zone", walkout.window.zone().name()}, {"posts", posts}}}};
}

} // namespace

std::string geojson(const strike::Walkout& walkout, const std::vector<PublicSite>& sites, bool rehearsal, const std::vector<std::string>& called)
{
    Json features = Json::array();
    for (const auto& site : sites) features.push_back(feature(walkout, site));
    const Json collection = {{"type", "FeatureCollection"}, {"walkout", walkout.id.text()}, {"state", name(walkout.state)}, {"called", called},
                             {"rehearsal", rehearsal},      {"features", features}};
    return collection.dump();
}

} // namespace walkout::wire
