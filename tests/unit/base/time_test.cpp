#include "shared/base/time.hpp"

#include <doctest/doctest.h>

using namespace walkout;

TEST_SUITE_BEGIN("base");

TEST_CASE("dates and times parse only in their one form")
{
    CHECK(text(*parse_date("2013-11-05")) == "2013-11-05");
    CHECK(text(*parse_wall("2013-11-05T12:00")) == "2013-11-05T12:00");
    CHECK(text(*parse_instant("2013-11-05T12:00:00Z")) == "2013-11-05T12:00:00Z");
    for (const auto* bad : {"2013-2-30", "2013-02-30", "2013-11-05 ", "05/11/2013", "", "2013-11-05T25:00", "2013-11-05T12:00:00+00:00"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_date(bad));
        CHECK_FALSE(parse_wall(bad));
        CHECK_FALSE(parse_instant(bad));
    }
}

TEST_CASE("what has a zero byte or a blank where a digit belongs is no time")
{
    using namespace std::string_literals;
    for (const auto& bad :
         {"23-11-05T12:0:\0\n0"s, "2023-11-05T12:00:\0\0"s, "2023-11-05T12:00: 0"s, "+023-11-05T12:00"s, "2023-11-05T12:00:00\0"s}) {
        CHECK_FALSE(parse_wall(bad));
        CHECK_FALSE(parse_instant(bad + "Z"));
        CHECK_FALSE(parse_date(bad.substr(0, 10) + "\0"s));
    }
}

TEST_CASE("noon is called noon")
{
    CHECK(words(*parse_wall("2013-11-05T12:00")) == "12 noon on Tuesday 5 November 2013");
    CHECK(words(*parse_wall("2013-11-05T07:30")) == "7:30am on Tuesday 5 November 2013");
    CHECK(words(*parse_wall("2013-11-05T00:00")) == "12 midnight at the start of Tuesday 5 November 2013");
}

TEST_CASE("a period of months beginning with a day counts that day")
{
    CHECK(text(last_day_of_months_beginning(*parse_date("2026-03-10"), 12)) == "2027-03-09");
    CHECK(text(last_day_of_months_beginning(*parse_date("2025-08-31"), 6)) == "2026-02-28");
    CHECK(text(last_day_of_months_beginning(*parse_date("2026-09-01"), 6)) == "2027-02-28");
}

TEST_CASE("the repeated hour of autumn has two instants and the skipped hour of spring none")
{
    const auto london = *Zone::find("Europe/London");
    const auto repeated = *parse_wall("2026-10-25T01:30");
    CHECK(text(london.instant(repeated)) == "2026-10-25T00:30:00Z");
    CHECK(text(london.instant(repeated, Zone::Repeated::later)) == "2026-10-25T01:30:00Z");
    CHECK_FALSE(london.exists(*parse_wall("2027-03-28T01:30")));
    CHECK(london.abbreviation(*parse_instant("2026-07-01T00:00:00Z")) == "BST");
    CHECK_FALSE(Zone::find("Europe/Andover"));
}

TEST_SUITE_END();
