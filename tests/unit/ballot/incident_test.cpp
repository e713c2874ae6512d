#include "shared/ballot/incident.hpp"
#include "tests/unit/ballot/plans.hpp"

using namespace walkout;
using namespace walkout::ballot;

TEST_SUITE("incident")
{
    TEST_CASE("an incident is one plain line of the past, that ends after it began")
    {
        const auto now = at("2013-10-15T08:00:00Z");
        const Happening outage{.kind = IncidentKind::outage,
                               .channel = Channel::online,
                               .from = at("2013-10-14T20:00:00Z"),
                               .until = at("2013-10-14T22:00:00Z"),
                               .what = "The line was cut.",
                               .affected = 40};
        const auto changed = [&](auto change) {
            auto happening = outage;
            change(happening);
            return code(may_record(happening, now));
        };
        CHECK(changed([](auto&) {}) == "accepted");
        CHECK(changed([](auto& h) { h.until.reset(); }) == "accepted"); // it lasts
        CHECK(changed([](auto& h) { h.until = h.from; }) == "accepted");
        CHECK(changed([&](auto& h) { h.from = now, h.until = now; }) == "accepted");
        CHECK(changed([](auto& h) { h.until = h.from - std::chrono::seconds(1); }) == "incident_ends_before_it_begins");
        CHECK(changed([&](auto& h) { h.until = now + std::chrono::seconds(1); }) == "incident_in_future");
        CHECK(changed([&](auto& h) { h.from = now + std::chrono::seconds(1), h.until.reset(); }) == "incident_in_future");
        CHECK(changed([](auto& h) { h.what.clear(); }) == "incident_what_missing");
        CHECK(changed([](auto& h) { h.what = "two\nlines"; }) == "incident_what_missing");
        CHECK(changed([](auto& h) { h.what = std::string(1001, 'x'); }) == "incident_what_missing");
        CHECK(changed([](auto& h) { h.affected = -1; }) == "incident_affected");
        CHECK(changed([](auto& h) { h.affected = 0; }) == "accepted");
    }
}
