#include "shared/strike/cover.hpp"
#include "tests/unit/strike/fixtures.hpp"

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

namespace {

struct Row {
    const char *start, *end;
    std::string_view clock, commencing, hybrid;
    const char* why;
};

void check(const Row& row, const char* window_start, const char* window_end)
{
    CAPTURE(row.start);
    CAPTURE(row.end);
    CAPTURE(row.why);
    const auto answer = [&](Semantics semantics) {
        return name(cover(window(window_start, window_end, semantics), {at(row.start), at(row.end)}).value().cover);
    };
    CHECK(answer(Semantics::clock) == row.clock);
    CHECK(answer(Semantics::commencing) == row.commencing);
    CHECK(answer(Semantics::hybrid) == row.hybrid);
}

} // namespace

TEST_CASE("noon 5 November to noon 6 November 2013 covers each shift by the meaning of the call")
{
    const Row rows[] = {
        {"2013-11-05T08:00", "2013-11-05T12:00", "not_called", "not_called", "not_called", "ends as the walkout starts"},
        {"2013-11-05T08:00", "2013-11-05T12:01", "strike_from", "finish_shift", "finish_shift", "a minute over"},
        {"2013-11-05T09:00", "2013-11-05T17:00", "strike_from", "finish_shift", "finish_shift", "an office day: walk out at noon (Napo)"},
        {"2013-11-05T11:59", "2013-11-05T20:00", "strike_from", "finish_shift", "finish_shift", "begun a minute before"},
        {"2013-11-05T12:00", "2013-11-05T20:00", "whole_shift", "whole_shift", "whole_shift", "starts with the walkout (RMT: start in [X, Y])"},
        {"2013-11-05T22:00", "2013-11-06T06:00", "whole_shift", "whole_shift", "whole_shift", "the night between"},
        {"2013-11-06T04:00", "2013-11-06T12:00", "whole_shift", "whole_shift", "whole_shift", "ends with the walkout"},
        {"2013-11-06T09:00", "2013-11-06T17:00", "strike_until", "whole_shift", "whole_shift", "report at noon, or not at all"},
        {"2013-11-06T11:59", "2013-11-06T20:00", "strike_until", "whole_shift", "whole_shift", "a minute before it ends"},
        {"2013-11-06T12:00", "2013-11-06T20:00", "not_called", "not_called", "not_called", "half-open: the end is outside"},
        {"2013-11-04T09:00", "2013-11-04T17:00", "not_called", "not_called", "not_called", "the day before"},
        {"2013-11-07T09:00", "2013-11-07T17:00", "not_called", "not_called", "not_called", "the day after"},
        {"2013-11-05T08:00", "2013-11-06T20:00", "strike_between", "finish_shift", "finish_shift", "a 36-hour residential duty"},
        {"2013-11-05T12:00", "2013-11-06T12:00", "whole_shift", "whole_shift", "whole_shift", "the very hours"},
    };
    for (const auto& row : rows) check(row, "2013-11-05T12:00", "2013-11-06T12:00");
}

TEST_CASE("two hours of a morning call people out of a shift and back into it (UNISON probation, July 2015)")
{
    const Row rows[] = {
        {"2015-07-30T07:00", "2015-07-30T15:00", "strike_between", "finish_shift", "finish_shift",
         "due before 08:00: walk out at 08:00, return at 10:00"},
        {"2015-07-30T08:00", "2015-07-30T16:00", "strike_until", "whole_shift", "whole_shift", "report at 10:00"},
        {"2015-07-30T10:00", "2015-07-30T18:00", "not_called", "not_called", "not_called", "all others report at 10:00"},
    };
    for (const auto& row : rows) check(row, "2015-07-30T08:00", "2015-07-30T10:00");
}

TEST_CASE("a clock change moves no answer: shifts are held against the wall")
{
    for (const auto& row :
         {Row{"2027-03-27T22:00", "2027-03-28T06:00", "whole_shift", "whole_shift", "whole_shift", "7 hours across the spring change"},
          Row{"2027-03-28T01:30", "2027-03-28T09:00", "whole_shift", "whole_shift", "whole_shift", "rostered to start in the skipped hour"},
          Row{"2027-03-28T06:00", "2027-03-28T14:00", "strike_until", "whole_shift", "whole_shift", "the morning after"}})
        check(row, "2027-03-27T12:00", "2027-03-28T12:00");
    for (const auto& row :
         {Row{"2026-10-24T22:00", "2026-10-25T06:00", "whole_shift", "whole_shift", "whole_shift", "9 hours across the autumn change"},
          Row{"2026-10-24T18:00", "2026-10-25T01:30", "whole_shift", "whole_shift", "whole_shift", "ends in the repeated hour"},
          Row{"2026-10-25T12:00", "2026-10-25T20:00", "not_called", "not_called", "not_called", "noon is noon"}})
        check(row, "2026-10-24T12:00", "2026-10-25T12:00");
    check({"2026-10-25T01:30", "2026-10-25T08:00", "whole_shift", "whole_shift", "whole_shift", "starts in the repeated hour"}, "2026-10-25T00:30",
          "2026-10-25T12:00");
    check({"2026-10-24T20:00", "2026-10-25T01:30", "not_called", "not_called", "not_called", "either 01:30 is before"}, "2026-10-25T02:00",
          "2026-10-25T12:00");
}

TEST_CASE("the answer is one sentence that says what to do and when")
{
    const auto says = [](Semantics semantics, const char* start, const char* end) {
        return cover(window("2013-11-05T12:00", "2013-11-06T12:00", semantics), {at(start), at(end)}).value().sentence;
    };
    CHECK(says(Semantics::clock, "2013-11-05T09:00", "2013-11-05T17:00") ==
          "Start work as normal, then walk out at 12 noon on Tuesday 5 November 2013 and do not go back during this shift.");
    CHECK(says(Semantics::clock, "2013-11-06T09:00", "2013-11-06T17:00") ==
          "Strike until 12 noon on Wednesday 6 November 2013, then report for work for the rest of this shift.");
    CHECK(says(Semantics::clock, "2013-11-05T22:00", "2013-11-06T06:00") ==
          "Strike for the whole of this shift: do not start work at 10pm on Tuesday 5 November 2013.");
    CHECK(says(Semantics::commencing, "2013-11-06T09:00", "2013-11-06T17:00").find("nor go in when the walkout ends") != std::string::npos);
    CHECK(says(Semantics::commencing, "2013-11-05T09:00", "2013-11-05T17:00") ==
          "Finish the shift you started: this walkout covers shifts that start at or after 12 noon on Tuesday 5 November 2013.");
    CHECK(says(Semantics::hybrid, "2013-11-05T09:00", "2013-11-05T17:00").ends_with(", so hand over safely before you leave."));
    CHECK(says(Semantics::clock, "2013-11-05T04:00", "2013-11-05T10:00").ends_with("the walkout starts at 12 noon on Tuesday 5 November 2013."));
    CHECK(says(Semantics::clock, "2013-11-06T13:00", "2013-11-06T15:00").ends_with("the walkout ends at 12 noon on Wednesday 6 November 2013."));
}

TEST_CASE("hours given as two times of day run into the next day where they must")
{
    using namespace std::chrono_literals;
    CHECK(shift_on(day("2013-11-05"), 9h, 17h).end == at("2013-11-05T17:00"));
    CHECK(shift_on(day("2013-11-05"), 22h, 6h + 30min).end == at("2013-11-06T06:30"));
    CHECK(shift_on(day("2013-11-05"), 8h, 8h).end == at("2013-11-06T08:00"));
}

TEST_CASE("a walkout that is off covers no shift")
{
    const Shift night{at("2013-11-05T22:00"), at("2013-11-06T06:00")};
    CHECK(cover(noon_to_noon_2013(), night, State::called)->cover == Cover::whole_shift);
    CHECK(cover(noon_to_noon_2013(), night, State::suspended)->cover == Cover::not_called);
    CHECK(cover(noon_to_noon_2013(), night, State::suspended)->sentence.ends_with("the walkout is suspended."));
    CHECK(cover(noon_to_noon_2013(), night, State::ended)->sentence.ends_with("the walkout has ended."));
}

TEST_CASE("hours that are no shift are refused")
{
    const auto code = [](const char* start, const char* end) {
        const auto answer = cover(noon_to_noon_2013(), {at(start), at(end)});
        return answer ? std::string("answered") : answer.error().code;
    };
    CHECK(code("2013-11-05T09:00", "2013-11-05T09:00") == "shift_backwards");
    CHECK(code("2013-11-05T09:00", "2013-11-07T09:00") == "answered");
    CHECK(code("2013-11-05T09:00", "2013-11-07T09:01") == "shift_too_long");
}

TEST_SUITE_END();
