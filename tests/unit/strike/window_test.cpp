#include "shared/strike/walkout_words.hpp"
#include "tests/unit/strike/fixtures.hpp"

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

TEST_CASE("noon to noon is 23, 24 or 25 hours as the clocks change (field.md 5.3)")
{
    struct Row {
        const char *start, *end;
        int hours;
    };
    const Row rows[] = {
        {"2027-03-27T12:00", "2027-03-28T12:00", 23}, // BST begins
        {"2026-10-31T12:00", "2026-11-01T12:00", 24}, // not a change: BST ended a week before
        {"2026-10-24T12:00", "2026-10-25T12:00", 25}, // BST ends
        {"2027-01-13T12:00", "2027-01-14T12:00", 24}, {"2013-11-05T12:00", "2013-11-06T12:00", 24},
        {"2014-03-31T12:00", "2014-04-01T12:00", 24}, // BST began the day before
    };
    for (const auto& [start, end, hours] : rows) {
        CAPTURE(start);
        CHECK(window(start, end).elapsed() == std::chrono::hours(hours));
    }
}

TEST_CASE("a night shift across the spring change is an hour shorter, across the autumn change an hour longer (field.md 5.3)")
{
    const auto london = *Zone::find("Europe/London");
    const auto worked = [&](const char* start, const char* end) { return london.instant(at(end)) - london.instant(at(start)); };
    CHECK(worked("2027-03-27T22:00", "2027-03-28T06:00") == std::chrono::hours(7));
    CHECK(worked("2026-10-24T22:00", "2026-10-25T06:00") == std::chrono::hours(9));
    CHECK(worked("2027-01-13T22:00", "2027-01-14T06:00") == std::chrono::hours(8));
}

TEST_CASE("a window says itself in words with its length")
{
    CHECK(words(noon_to_noon_2013()) == "12 noon on Tuesday 5 November 2013 to 12 noon on Wednesday 6 November 2013, 24 hours");
    CHECK(words(window("2015-07-30T08:00", "2015-07-30T09:15")) ==
          "8am on Thursday 30 July 2015 to 9:15am on Thursday 30 July 2015, 1 hour 15 minutes");
}

TEST_CASE("a window touches the days it has time in, and an end at midnight not the next")
{
    CHECK(dates_touched(noon_to_noon_2013()) == std::vector{day("2013-11-05"), day("2013-11-06")});
    CHECK(dates_touched(window("2013-11-05T12:00", "2013-11-06T00:00")) == std::vector{day("2013-11-05")});
    CHECK(dates_touched(window("2013-11-05T12:00", "2013-11-06T00:01")).size() == 2);
    CHECK(dates_touched(window("2013-11-05T00:00", "2013-11-06T00:00")) == std::vector{day("2013-11-05")});
    CHECK(dates_touched(window("2023-04-30T20:00", "2023-05-02T20:00")).size() == 3); // RCN 2023
}

TEST_CASE("a window that cannot be is refused by its reason")
{
    const auto refused = [](const char* start, const char* end, const char* zone = "Europe/London") {
        const auto made = Window::make(at(start), at(end), zone, Semantics::clock);
        return made ? std::string("accepted") : made.error().code;
    };
    CHECK(refused("2013-11-05T12:00", "2013-11-05T12:00") == "window_backwards");
    CHECK(refused("2013-11-05T12:00", "2013-11-05T12:01") == "accepted");
    CHECK(refused("2027-03-28T01:30", "2027-03-28T12:00") == "no_such_time");
    CHECK(refused("2027-03-28T00:59", "2027-03-28T12:00") == "accepted");
    CHECK(refused("2027-03-27T12:00", "2027-03-28T02:00") == "accepted");
    CHECK(refused("2026-10-25T01:30", "2026-10-25T12:00") == "ambiguous_time");
    CHECK(refused("2026-10-24T12:00", "2026-10-25T01:00") == "ambiguous_time");
    CHECK(refused("2026-10-25T02:00", "2026-10-25T12:00") == "accepted");
    CHECK(refused("2026-10-25T00:59", "2026-10-25T12:00") == "accepted");
    CHECK(refused("2013-11-05T12:00", "2013-11-06T12:00", "Europe/Andover") == "unknown_zone");
    CHECK(refused("2013-11-05T12:00", "2014-11-06T12:00") == "accepted");
    CHECK(refused("2013-11-05T12:00", "2014-11-06T12:01") == "window_too_long");
}

TEST_CASE("in Welsh hours are figures and days are in full, and the repeated hour is told apart as well")
{
    const auto zone = *Zone::find("Europe/London");
    const auto between = [&](Moment from, Moment to) { return words_in(ballot::Language::cy, from, to, zone); };
    CHECK(between({at("2027-01-13T11:45")}, {at("2027-01-13T13:00")}) == "11:45\u201313:00, dydd Mercher 13 Ionawr 2027");
    CHECK(between({at("2026-10-24T22:00")}, {at("2026-10-25T01:30"), Zone::Repeated::later}) ==
          "22:00, dydd Sadwrn 24 Hydref 2026 \u2013 01:30 (GMT), dydd Sul 25 Hydref 2026");
    auto walkout = walkout_2013();
    walkout.window = window("2026-10-24T12:00", "2026-10-25T12:00");
    CHECK(words_in(ballot::Language::cy, walkout).ends_with("(25 awr)"));
    walkout.dates = {day("2013-11-14"), day("2013-11-15")};
    CHECK(words_in(ballot::Language::cy, walkout) == "dydd Iau 14 Tachwedd 2013, dydd Gwener 15 Tachwedd 2013");
    CHECK(words_in(ballot::Language::en, Reach{"The Trust", {"HQ", "Court"}, {"officer"}}) ==
          "The Trust, only at: HQ, Court, only this work: officer");
}

TEST_CASE("the repeated hour is told apart by its zone's letters, other hours need none")
{
    const auto london = *Zone::find("Europe/London");
    CHECK(words(Moment{at("2026-10-25T01:30")}, london) == "1:30am (BST) on Sunday 25 October 2026");
    CHECK(words(Moment{at("2026-10-25T01:30"), Zone::Repeated::later}, london) == "1:30am (GMT) on Sunday 25 October 2026");
    CHECK(words(Moment{at("2026-10-25T02:00"), Zone::Repeated::later}, london) == "2am on Sunday 25 October 2026");
    CHECK(words(Moment{at("2026-10-25T01:30")}, Moment{at("2026-10-25T01:30"), Zone::Repeated::later}, london) ==
          "1:30am (BST) to 1:30am (GMT) on Sunday 25 October 2026");
    CHECK(words(moment("2013-11-05T12:00"), moment("2013-11-05T14:00"), london) == "12 noon to 2pm on Tuesday 5 November 2013");
    CHECK(words(moment("2013-11-05T22:00"), moment("2013-11-06T02:00"), london) ==
          "10pm on Tuesday 5 November 2013 to 2am on Wednesday 6 November 2013");
    CHECK(clock_words(at("2026-10-25T00:00")) == "12 midnight");
    CHECK(clock_words(at("2026-10-25T12:00")) == "12 noon");
}

TEST_SUITE_END();
