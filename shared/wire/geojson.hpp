#pragma once

#include "shared/strike/picket.hpp"

#include <string>
#include <vector>

namespace walkout::wire {

using strike::PublicSite;

/// RFC 7946: a FeatureCollection in WGS 84, longitude before latitude, no altitude. A site whose coordinates are unknown keeps its address
/// and has a null geometry. `called`: whom it reaches, in words. No person's name is in it. Throws logic_error for a site that is not public.
std::string geojson(const strike::Walkout& walkout, const std::vector<PublicSite>& sites, bool rehearsal,
                    const std::vector<std::string>& called = {});

} // namespace walkout::wire
