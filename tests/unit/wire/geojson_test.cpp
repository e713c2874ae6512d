#include "shared/wire/geojson.hpp"
#include "tests/unit/strike/fixtures.hpp"

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("wire");

TEST_CASE("public picket sites are points, longitude first, with their hours and nobody's name")
{
    const auto site = plan_2013().sites[0];
    CHECK(
        wire::geojson(walkout_2013(), {{site, {post("2013-11-05T11:45", "2013-11-05T13:00")}}}, true, {"Hampshire Probation Trust"}) ==
        R"({"type":"FeatureCollection","walkout":"nov-2013","state":"called","called":["Hampshire Probation Trust"],"rehearsal":true,"features":[{"type":"Feature","id":1,)"
        R"("geometry":{"type":"Point","coordinates":[-1.319,51.068]},"properties":{"name":"Headquarters",)"
        R"("address":"Andover Road, Winchester",)"
        R"("zone":"Europe/London","posts":[{"role":"walkout","from":"2013-11-05T11:45","to":"2013-11-05T13:00",)"
        R"("from_utc":"2013-11-05T11:45:00Z","to_utc":"2013-11-05T13:00:00Z"}]}}]})");
}

TEST_CASE("a site without coordinates keeps its place in the list, a site that is not public is never written")
{
    auto site = plan_2013().sites[0];
    site.coordinates.reset();
    CHECK(wire::geojson(walkout_2013(), {{site, {}}}, false).find(R"("geometry":null)") != std::string::npos);
    site.is_public = false;
    CHECK_THROWS_AS(wire::geojson(walkout_2013(), {{site, {}}}, false), std::logic_error);
}

TEST_SUITE_END();
