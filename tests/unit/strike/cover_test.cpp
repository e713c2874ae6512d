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

Walkout over(const Window& window, State state = State::called)
{
    auto walkout = walkout_2013();
    walkout.window = window;
    walkout.state = state;
    return walkout;
}

CoverAnswer cover_one(const Window& window, const Shift& shift, State state = State::called)
{
    return cover(over(window, state), {shift}).value().front();
}

void check(const Row& row, const char* window_start, const char* window_end)
{
    CAPTURE(row.start);
    CAPTURE(row.end);
    CAPTURE(row.why);
    const auto answer = [&](Semantics semantics) {
        return name(cover_one(window(window_start, window_end, semantics), {at(row.start), at(row.end)}).cover);
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

TEST_CASE("20:00 to 20:00 two days later: nights belong to the evening they start in (RCN, 30 April to 2 May 2023, as first called)")
{
    for (const auto& row :
         {Row{"2023-04-30T19:30", "2023-05-01T08:00", "strike_from", "finish_shift", "finish_shift",
              "a night begun half an hour before: leave at 8pm"},
          Row{"2023-04-30T20:00", "2023-05-01T08:00", "whole_shift", "whole_shift", "whole_shift",
              "\"start 8 pm or at the start of your night shift\""},
          Row{"2023-05-01T07:30", "2023-05-01T20:00", "whole_shift", "whole_shift", "whole_shift", "the long day in the middle"},
          Row{"2023-05-02T07:30", "2023-05-02T20:00", "whole_shift", "whole_shift", "whole_shift", "ends with the walkout"},
          Row{"2023-05-02T19:30", "2023-05-03T08:00", "strike_until", "whole_shift", "whole_shift", "the night after: report at 8pm, or not at all"},
          Row{"2023-05-02T20:00", "2023-05-03T08:00", "not_called", "not_called", "not_called", "half-open"}})
        check(row, "2023-04-30T20:00", "2023-05-02T20:00");
}

TEST_CASE("noon to one minute before midnight on the next day (Napo, 31 March to 1 April 2014, the day after the clocks changed)")
{
    for (const auto& row : {Row{"2014-03-31T09:00", "2014-03-31T17:00", "strike_from", "finish_shift", "finish_shift", "walk out at noon"},
                            Row{"2014-04-01T09:00", "2014-04-01T17:00", "whole_shift", "whole_shift", "whole_shift", "the second day is whole"},
                            Row{"2014-04-01T16:00", "2014-04-02T00:00", "strike_until", "whole_shift", "whole_shift",
                                "a minute is left: clock time would have them report at 23:59"},
                            Row{"2014-04-02T00:00", "2014-04-02T08:00", "not_called", "not_called", "not_called", "after the end"}})
        check(row, "2014-03-31T12:00", "2014-04-01T23:59");
}

TEST_CASE("boundaries chosen to split shifts (RMT, 17:00 to 16:59), and a noon-to-noon on the railway (Tube, August 2021)")
{
    for (const auto& row :
         {Row{"2015-07-08T16:59", "2015-07-09T01:00", "strike_from", "finish_shift", "finish_shift", "booked on a minute before: RMT finishes it"},
          Row{"2015-07-08T17:00", "2015-07-09T01:00", "whole_shift", "whole_shift", "whole_shift", "commences at the boundary"},
          Row{"2015-07-09T16:58", "2015-07-10T00:30", "strike_until", "whole_shift", "whole_shift", "RMT: do not book on, though it ends after"},
          Row{"2015-07-09T16:59", "2015-07-10T00:30", "not_called", "not_called", "not_called", "commences at the end: book on"}})
        check(row, "2015-07-08T17:00", "2015-07-09T16:59");
    for (const auto& row : {Row{"2021-08-24T05:00", "2021-08-24T13:00", "strike_from", "finish_shift", "finish_shift", "an early turn is finished"},
                            Row{"2021-08-24T14:00", "2021-08-24T22:00", "whole_shift", "whole_shift", "whole_shift", "a late turn"},
                            Row{"2021-08-25T05:00", "2021-08-25T13:00", "strike_until", "whole_shift", "whole_shift", "the next early turn"}})
        check(row, "2021-08-24T12:00", "2021-08-25T12:00");
}

TEST_CASE("half a day from one o'clock (PCS): what is lost depends on where the shift ends")
{
    for (const auto& row : {Row{"2014-10-15T08:00", "2014-10-15T16:00", "strike_from", "finish_shift", "finish_shift", "out at one"},
                            Row{"2014-10-15T08:00", "2014-10-15T13:00", "not_called", "not_called", "not_called", "done by one"},
                            Row{"2014-10-15T13:00", "2014-10-15T17:00", "whole_shift", "whole_shift", "whole_shift", "afternoons only"},
                            Row{"2014-10-15T12:00", "2014-10-15T20:00", "strike_between", "finish_shift", "finish_shift", "out at one, back at six"}})
        check(row, "2014-10-15T13:00", "2014-10-15T18:00");
}

TEST_CASE("a split shift is one duty: by the clock each part for itself, else all of it by when it began")
{
    const std::vector<Shift> split{{at("2013-11-05T07:00"), at("2013-11-05T11:00")}, {at("2013-11-05T16:00"), at("2013-11-05T20:00")}};
    const auto answers = [&](Semantics semantics, const std::vector<Shift>& parts) {
        std::string out;
        for (const auto& answer : cover(over(window("2013-11-05T12:00", "2013-11-06T12:00", semantics)), parts).value())
            out += std::string(name(answer.cover)) + " ";
        return out;
    };
    CHECK(answers(Semantics::clock, split) == "not_called whole_shift ");
    CHECK(answers(Semantics::commencing, split) == "not_called finish_shift ");
    CHECK(answers(Semantics::hybrid, split) == "not_called finish_shift ");
    const std::vector<Shift> second_day{{at("2013-11-06T07:00"), at("2013-11-06T11:00")}, {at("2013-11-06T16:00"), at("2013-11-06T20:00")}};
    CHECK(answers(Semantics::clock, second_day) == "whole_shift not_called ");
    CHECK(answers(Semantics::commencing, second_day) == "whole_shift whole_shift ");
}

TEST_CASE("action short of a strike is taken at work, on its own days only")
{
    auto walkout = over(window("2013-11-14T00:00", "2013-11-21T00:00"));
    walkout.action = Action::action_short;
    walkout.dates = {day("2013-11-14"), day("2013-11-15"), day("2013-11-20")};
    const auto answer = [&](const char* start, const char* end) { return cover(walkout, {{at(start), at(end)}}).value().front(); };
    CHECK(answer("2013-11-14T09:00", "2013-11-14T17:00").cover == Cover::whole_shift);
    CHECK(answer("2013-11-14T09:00", "2013-11-14T17:00").sentence ==
          "Go to work, and take part in the action short of a strike for the whole of this shift.");
    CHECK(answer("2013-11-14T22:00", "2013-11-15T06:00").cover == Cover::whole_shift); // a night over two of its days
    CHECK(answer("2013-11-15T22:00", "2013-11-16T06:00").cover == Cover::strike_until);
    CHECK(answer("2013-11-13T22:00", "2013-11-14T06:00").cover == Cover::strike_from);
    CHECK(answer("2013-11-18T09:00", "2013-11-18T17:00").cover == Cover::not_called);
    CHECK(answer("2013-11-18T09:00", "2013-11-18T17:00").sentence.find("none of the days") != std::string::npos);
    CHECK(answer("2013-11-21T00:00", "2013-11-21T08:00").cover == Cover::not_called);
}

TEST_CASE("an exemption turns the answer round in its hours, and only there")
{
    const auto walkout = over(noon_to_noon_2013());
    const auto london = Zone::find("Europe/London").value();
    const auto exempt = [&](const char* from, const char* to) { return Span{london.instant(at(from)), london.instant(at(to))}; };
    const Asker asker{.called = true, .exemptions = {exempt("2013-11-05T20:00", "2013-11-06T08:00")}};
    const auto answer = [&](const char* start, const char* end) { return cover(walkout, {{at(start), at(end)}}, asker).value().front(); };
    CHECK(answer("2013-11-05T20:00", "2013-11-06T08:00").cover == Cover::exempt);
    CHECK(answer("2013-11-05T22:00", "2013-11-06T06:00").cover == Cover::exempt);
    CHECK(answer("2013-11-05T18:00", "2013-11-06T02:00").cover == Cover::whole_shift);
    const auto evening = answer("2013-11-05T18:00", "2013-11-06T02:00");
    CHECK(evening.sentence ==
          "Strike from 6pm to 8pm on Tuesday 5 November 2013, and work the rest of this shift as normal: you are exempt from 8pm on "
          "Tuesday 5 November 2013 to 8am on Wednesday 6 November 2013.");
    CHECK(evening.for_manager.find("will work the rest of this shift as normal: the union has made me exempt") != std::string::npos);
    const Asker twice{.called = true, .exemptions = {exempt("2013-11-05T18:00", "2013-11-05T20:00"), exempt("2013-11-05T14:00", "2013-11-05T16:00")}};
    const auto day_shift = cover(walkout, {{at("2013-11-05T09:00"), at("2013-11-05T21:00")}}, twice).value().front();
    CHECK(day_shift.sentence.starts_with(
        "Strike from 12 noon to 2pm on Tuesday 5 November 2013, and from 4pm to 6pm on Tuesday 5 November 2013, and from "
        "8pm to 9pm on Tuesday 5 November 2013, and work the rest of this shift as normal"));
    CHECK(answer("2013-11-05T09:00", "2013-11-05T17:00").cover == Cover::strike_from);
    CHECK(answer("2013-11-05T08:00", "2013-11-05T12:00").cover == Cover::not_called);
}

TEST_CASE("an exemption ends the first or the second time that the clocks show an hour, and the answer says which")
{
    auto walkout = over(window("2026-10-24T12:00", "2026-10-25T12:00"));
    const auto london = Zone::find("Europe/London").value();
    const auto from = london.instant(at("2026-10-24T23:00"));
    const auto until = [&](Zone::Repeated which) {
        const Asker asker{.called = true, .exemptions = {{from, london.instant(at("2026-10-25T01:30"), which)}}};
        return cover(walkout, {{at("2026-10-24T22:00"), at("2026-10-25T06:00")}}, asker).value().front().sentence;
    };
    CHECK(until(Zone::Repeated::earlier).find("1:30am (BST)") != std::string::npos);
    CHECK(until(Zone::Repeated::later).find("1:30am (GMT)") != std::string::npos);
}

TEST_CASE("who is not called works as normal, and who has no shift has nothing to strike from")
{
    auto walkout = over(noon_to_noon_2013());
    const Shift office{at("2013-11-05T09:00"), at("2013-11-05T17:00")};
    CHECK(cover(walkout, {office}, {.called = false})->front().cover == Cover::not_called);
    CHECK(cover(walkout, {office}, {.called = true})->front().cover == Cover::strike_from);
    CHECK(cover(walkout, {office}, {})->front().cover == Cover::strike_from);
    CHECK(not_at_work(walkout, day("2013-11-05")).cover == Cover::not_at_work);
    CHECK(not_at_work(walkout, day("2013-11-05")).sentence.find("no shift to strike from") != std::string::npos);
    CHECK(not_at_work(walkout, day("2013-11-08")).sentence.find("not on that day") != std::string::npos);
    walkout.action = Action::action_short;
    CHECK(not_at_work(walkout, day("2013-11-05")).sentence.find("nothing to do differently") != std::string::npos);
    walkout.dates = {day("2013-11-06")};
    CHECK(not_at_work(walkout, day("2013-11-05")).sentence.find("not on that day") != std::string::npos);
}

TEST_CASE("a rota that comes round gives the shifts near the walkout, a night of the evening before among them")
{
    const auto pattern = parse_pattern(day("2013-11-01"), "07:00-19:00,07:00-19:00,19:00-07:00,19:00-07:00,off,off").value();
    const auto near = shifts_near(pattern, noon_to_noon_2013()); // 4 November is the fourth day of the cycle, the 5th and 6th are off
    REQUIRE(near.shifts.size() == 1);
    CHECK(near.shifts[0] == Shift{at("2013-11-04T19:00"), at("2013-11-05T07:00")});
    CHECK(near.off == std::vector{day("2013-11-05"), day("2013-11-06")});
    const auto before =
        parse_pattern(day("2013-12-01"), "07:00-19:00,07:00-19:00,19:00-07:00,19:00-07:00,off,off").value(); // the same cycle, named by a later day
    CHECK(shifts_near(before, noon_to_noon_2013()).shifts == near.shifts);
    for (const char* bad : {"", "7-19", "07:00-19:00,", "07:00-25:00", "rest"}) {
        CAPTURE(bad);
        CHECK(parse_pattern(day("2013-11-01"), bad).error().code == "bad_pattern");
    }
}

TEST_CASE("the manager is told the same")
{
    const auto says = [](Semantics semantics, const char* start, const char* end) {
        return cover_one(window("2013-11-05T12:00", "2013-11-06T12:00", semantics), {at(start), at(end)}).for_manager;
    };
    CHECK(says(Semantics::clock, "2013-11-05T09:00", "2013-11-05T17:00") ==
          "I am taking part in the strike called by the General Secretary and will stop work at 12 noon on Tuesday 5 November 2013 for the rest of "
          "my shift.");
    CHECK(
        says(Semantics::clock, "2013-11-06T09:00", "2013-11-06T17:00") ==
        "I am taking part in the strike called by the General Secretary until 12 noon on Wednesday 6 November 2013, and will report for work then.");
    CHECK(says(Semantics::hybrid, "2013-11-05T09:00", "2013-11-05T17:00").find("hand over safely") != std::string::npos);
    CHECK(says(Semantics::clock, "2013-11-05T04:00", "2013-11-05T10:00") == "I am not called out for this shift and will work it as normal.");
}

TEST_CASE("the answer is one sentence that says what to do and when")
{
    const auto says = [](Semantics semantics, const char* start, const char* end) {
        return cover_one(window("2013-11-05T12:00", "2013-11-06T12:00", semantics), {at(start), at(end)}).sentence;
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
    CHECK(cover_one(noon_to_noon_2013(), night, State::called).cover == Cover::whole_shift);
    CHECK(cover_one(noon_to_noon_2013(), night, State::suspended).cover == Cover::not_called);
    CHECK(cover_one(noon_to_noon_2013(), night, State::suspended).sentence.ends_with("the walkout is suspended."));
    CHECK(cover_one(noon_to_noon_2013(), night, State::ended).sentence.ends_with("the walkout has ended."));
}

TEST_CASE("hours that are no shift are refused")
{
    const auto code = [](const char* start, const char* end) {
        const auto answer = cover(walkout_2013(), {{at(start), at(end)}});
        return answer ? std::string("answered") : answer.error().code;
    };
    CHECK(code("2013-11-05T09:00", "2013-11-05T09:00") == "shift_backwards");
    CHECK(code("2013-11-05T09:00", "2013-11-07T09:00") == "answered");
    CHECK(code("2013-11-05T09:00", "2013-11-07T09:01") == "shift_too_long");
    CHECK(cover(walkout_2013(), {}).error().code == "no_shift");
    const std::vector<Shift> parts{{at("2013-11-05T09:00"), at("2013-11-05T12:00")}, {at("2013-11-05T11:59"), at("2013-11-05T17:00")}};
    CHECK(cover(walkout_2013(), parts).error().code == "shift_parts_overlap");
}

TEST_CASE("the parts of a split shift are taken in order; one after midnight is on the next day, and no other day is guessed")
{
    using std::chrono::hours;
    const auto parts = [](std::vector<Hours> given) { return split_shift(day("2013-11-05"), given); };
    const auto evening = parts({{hours(7), hours(11)}, {hours(16), hours(20)}}).value();
    REQUIRE(evening.size() == 2);
    CHECK(evening[1] == Shift{at("2013-11-05T16:00"), at("2013-11-05T20:00")});
    const auto night = parts({{hours(18), hours(22)}, {hours(2), hours(6)}, {hours(7), hours(8)}}).value();
    REQUIRE(night.size() == 3);
    CHECK(night[1] == Shift{at("2013-11-06T02:00"), at("2013-11-06T06:00")});
    CHECK(night[2] == Shift{at("2013-11-06T07:00"), at("2013-11-06T08:00")});
    CHECK(parts({{hours(16), hours(20)}, {hours(7), hours(11)}}).error().code == "shift_parts_overlap");
    CHECK(parts({{hours(8), hours(16)}, {hours(15), hours(22)}}).error().code == "shift_parts_overlap");
}

TEST_CASE("the answer for action short of a strike says what the action is, in the words of the voting paper")
{
    auto walkout = over(window("2013-11-05T12:00", "2013-11-06T12:00"));
    walkout.action = Action::action_short;
    const auto answer =
        cover(walkout, {{at("2013-11-05T13:00"), at("2013-11-05T20:00")}}, {}, {"a ban on overtime", "working to rule"}).value().front();
    CHECK(answer.sentence ==
          "Go to work, and take part in the action short of a strike (a ban on overtime, working to rule) for the whole of this shift.");
    CHECK(answer.for_manager.find("(a ban on overtime, working to rule)") != std::string::npos);
}

TEST_SUITE_END();
