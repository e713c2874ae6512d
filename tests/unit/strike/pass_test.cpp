#include "shared/strike/pass.hpp"
#include "shared/strike/reminder.hpp"
#include "tests/unit/strike/fixtures.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

TEST_CASE("a pass says whose it is, for which post of which walkout, and nothing else reads as one")
{
    for (const std::string member : {"1001", "A:1", "a b|c", "\u0174"}) {
        CAPTURE(member);
        const Pass pass{*WalkoutId::parse("nov-2013"), PostNumber{17}, member};
        const auto read = read_pass(pass_code(pass, "00ff"));
        REQUIRE(read);
        CHECK(read->pass.walkout == pass.walkout);
        CHECK(read->pass.post == pass.post);
        CHECK(read->pass.member == member);
        CHECK(read->signature == "00ff");
        CHECK(signed_text(read->pass) == "walkout-pass|nov-2013|17|" + member);
    }
    for (const auto* other :
         {"", "WALKOUT-PASS:", "WALKOUT-PASS:nov-2013:17:1001", "WALKOUT-PASS:nov-2013:17::00ff", "WALKOUT-PASS:nov-2013:x:1001:00ff",
          "WALKOUT-PASS:nov-2013:17x:1001:00ff", "WALKOUT-PASS:nov-2013::1001:00ff", "WALKOUT-PASS::17:1001:00ff", "WALKOUT-PASS:../x:17:1001:00ff",
          "WALKOUT-PASS:nov-2013:99999999999999999999:1001:00ff", "walkout-pass:nov-2013:17:1001:00ff", "https://example.org"}) {
        CAPTURE(other);
        CHECK_FALSE(read_pass(other));
    }
}

TEST_CASE("people are reminded at ten on the day before, by the clock on their wall, and never at night")
{
    const auto london = *Zone::find("Europe/London");
    const auto due = [&](const char* from, const char* to) { return reminder_due(post(from, to), london); };
    CHECK(due("2013-11-05T12:00", "2013-11-05T13:00") == utc("2013-11-04T10:00:00Z"));
    CHECK(due("2027-03-28T12:00", "2027-03-28T13:00") == utc("2027-03-27T10:00:00Z")); // the clocks go forward in between
    CHECK(due("2026-10-25T12:00", "2026-10-25T13:00") == utc("2026-10-24T09:00:00Z")); // and back: the day before is still BST
    CHECK(due("2013-11-06T00:30", "2013-11-06T02:00") == utc("2013-11-05T10:00:00Z"));
    CHECK_FALSE(may_disturb(utc("2013-11-04T06:59:59Z"), london));
    CHECK(may_disturb(utc("2013-11-04T07:00:00Z"), london));
    CHECK(may_disturb(utc("2013-11-04T20:59:59Z"), london));
    CHECK_FALSE(may_disturb(utc("2013-11-04T21:00:00Z"), london));
    CHECK_FALSE(may_disturb(utc("2013-07-04T20:00:00Z"), london)); // nine in the evening in summer
}

TEST_SUITE_END();
