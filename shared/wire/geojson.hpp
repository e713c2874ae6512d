#pragma once

#include "shared/strike/picket.hpp"

#include <string>
#include <vector>

namespace walkout::wire {

/// A public picket site with the hours its posts are held, soonest first.
struct PublicSite {
    strike::Site site;
    std::vector<strike::Post> posts;
};

/// RFC 7946: a FeatureCollection in WGS 84, longitude before latitude, no altitude. A site whose coordinates are unknown keeps its address
/// and has a null geometry. No person's name is in it. Throws logic_error for a site that is not public.
std::string geojson(const strike::Walkout& walkout, const std::vector<PublicSite>& sites, bool rehearsal);

} // namespace walkout::wire
