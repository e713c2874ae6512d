#include "shared/strike/call.hpp"
#include "tests/unit/strike/fixtures.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

namespace {

const law::Rulebook book;
const auto national = *ConstituencyId::parse("national");

/// The ballot of October 2013: opened on the 8th, last day of voting the 28th, so action must begin by 24 November.
struct World {
    std::string opened = "2013-10-08", balloted = "2013-10-28";
    std::string start = "2013-11-05T12:00", finish = "2013-11-06T12:00";
    std::string now = "2013-10-30T09:00:00Z";
    bool office = true, leave_out = false;
    std::optional<Date> begun{};
    std::vector<EmployerFacts> employers{
        {.employer = "Hampshire", .result_told = day("2013-10-29"), .notices = {notice("2013-10-29", "2013-11-05", "2013-11-06")}}};
    std::vector<ConstituencyId> asked{};
    std::vector<Date> dates{};
    Action action = Action::strike;
    std::string zone = "Europe/London";
    bool continuous = false;
    std::optional<Date> to_begin{};

    static NoticeOfAction notice(const char* received, const char* first, const char* last, bool shorter = false)
    {
        NoticeOfAction out{.received = day(received), .action = {.kind = Action::strike}, .shorter_agreed = shorter};
        for (auto each = day(first); each <= day(last); each += Days(1)) out.action.dates.push_back(each);
        return out;
    }
    static NoticeOfAction dated(const char* received, std::vector<Date> dates, ballot::Course course = ballot::Course::discontinuous)
    {
        return {.received = day(received), .action = {.kind = Action::strike, .course = course, .dates = std::move(dates)}};
    }

    Result<Call> call() const
    {
        const auto mandate = law::mandate(book, law::Jurisdiction::great_britain, day(opened), day(balloted)).value();
        return strike::call(
            {.id = *WalkoutId::parse("w1"),
             .ballot = *BallotId::parse("b1"),
             .action = action,
             .constituencies = asked,
             .window = window(start, finish, Semantics::clock, zone),
             .dates = dates,
             .leave_out_unready = leave_out,
             .continuous = continuous},
            {.book = book,
             .opening_day = day(opened),
             .ballot_date = day(balloted),
             .title = "Privatisation",
             .called_by = "the General Secretary",
             .caller_holds_office = office,
             .mandates = {{.constituency = national, .mandate = mandate, .begun = begun, .employers = employers, .to_begin = to_begin}},
             .now = utc(now)});
    }
    std::string code() const
    {
        const auto result = call();
        return result ? "called" : result.error().code;
    }
};

} // namespace

TEST_CASE("noon 5 November 2013 is called inside the mandate and seven days after the notice")
{
    const auto called = World{}.call().value();
    CHECK(called.walkout.called ==
          std::vector{Called{national, "Hampshire", CoveringNotice{day("2013-10-29"), day("2013-11-05"), day("2013-11-06")}}});
    CHECK(called.walkout.state == State::called);
    CHECK(called.walkout.called_by == "the General Secretary");
    CHECK(called.left_out.empty());
}

TEST_CASE("the notice is counted in whole days to the first day of the walkout")
{
    World world;
    world.employers[0].notices = {World::notice("2013-10-30", "2013-11-05", "2013-11-06")}; // the 6th day before
    const auto refused = world.call();
    CHECK(refused.error().code == "action_notice_short");
    CHECK(refused.error().kind == Kind::unlawful);
    CHECK(refused.error().earliest_lawful == "2013-11-06");
    CHECK(refused.error().detail.find("Hampshire") != std::string::npos);
}

TEST_CASE("the law of the day the notice arrives decides how long it must be")
{
    World world{
        .opened = "2026-03-02", .balloted = "2026-03-20", .start = "2026-04-11T12:00", .finish = "2026-04-12T12:00", .now = "2026-03-31T09:00:00Z"};
    world.employers = {
        {.employer = "Hampshire", .result_told = day("2026-03-23"), .notices = {World::notice("2026-04-01", "2026-04-11", "2026-04-12")}}};
    CHECK(world.code() == "called");
    world.employers[0].notices[0].received = day("2026-04-02");
    CHECK(world.code() == "action_notice_short");
}

TEST_CASE("a notice before the employer was told the result is no notice")
{
    World world;
    world.employers[0].result_told = day("2013-10-30");
    CHECK(world.code() == "notice_before_result");
    world.employers[0].result_told = day("2013-10-29");
    CHECK(world.code() == "called");
    world.employers[0].result_told.reset();
    CHECK(world.code() == "employer_not_told");
}

TEST_CASE("a walkout at noon touches two days, and the notice must name both")
{
    World world;
    world.employers[0].notices = {World::notice("2013-10-29", "2013-11-05", "2013-11-05")};
    CHECK(world.code() == "dates_not_notified");
    CHECK(world.call().error().next ==
          "Shorten to 12 noon on Tuesday 5 November 2013 to 12 midnight at the start of Wednesday 6 November 2013: --end 2013-11-06T00:00");
    world.finish = "2013-11-06T00:00";
    CHECK(world.code() == "called");
    world.start = "2013-11-04T23:59";
    CHECK(world.code() == "action_notice_short");
}

TEST_CASE("any one of an employer's notices may cover the walkout")
{
    World world;
    world.employers[0].notices = {World::notice("2013-10-30", "2013-11-05", "2013-11-06"), World::notice("2013-10-29", "2013-11-05", "2013-11-06")};
    CHECK(world.code() == "called");
}

TEST_CASE("a notice too late for the first day still allows the rest of the walkout, and says which")
{
    World world;
    world.employers[0].notices = {World::notice("2013-10-30", "2013-11-05", "2013-11-06")};
    CHECK(world.code() == "action_notice_short");
    CHECK(world.call().error().next ==
          "Shorten to 12 midnight at the start of Wednesday 6 November 2013 to 12 noon on Wednesday 6 November 2013: --start 2013-11-06T00:00");
    world.start = "2013-11-06T00:00";
    CHECK(world.code() == "called");
}

TEST_CASE("action short of a strike may be on some days only, in order, from the first to the last of its window")
{
    World world{.start = "2013-11-14T00:00", .finish = "2013-11-21T00:00"};
    world.employers[0].notices = {World::notice("2013-10-29", "2013-11-14", "2013-12-31")};
    world.dates = {day("2013-11-14"), day("2013-11-20")};
    CHECK(world.code() == "bad_dates"); // a strike has one window each
    world.action = Action::action_short;
    CHECK(world.code() == "action_not_notified"); // the notice is of a strike
    world.employers[0].notices[0].action.kind = Action::action_short;
    CHECK(world.code() == "called");
    CHECK(words(world.call()->walkout) == "on Thursday 14 November 2013 and Wednesday 20 November 2013");
    world.dates = {day("2013-11-14"), day("2013-11-14"), day("2013-11-20")};
    CHECK(world.code() == "bad_dates");
    world.dates = {day("2013-11-15"), day("2013-11-20")};
    CHECK(world.code() == "bad_dates");
}

TEST_CASE("without a notice the refusal says what one received today would allow")
{
    World world;
    world.employers[0].notices.clear();
    const auto refused = world.call();
    CHECK(refused.error().code == "action_notice_missing");
    CHECK(refused.error().earliest_lawful == "2013-11-06");
}

TEST_CASE("an employer that is not ready is left out on request, else nobody is called")
{
    World world;
    world.employers.push_back(
        {.employer = "Dorset", .result_told = day("2013-10-29"), .notices = {World::notice("2013-10-31", "2013-11-05", "2013-11-06")}});
    const auto refused = world.call();
    CHECK(refused.error().code == "action_notice_short");
    CHECK(refused.error().earliest_lawful == "2013-11-07");

    world.leave_out = true;
    const auto called = world.call().value();
    REQUIRE(called.walkout.called.size() == 1);
    CHECK(called.walkout.called[0].employer == "Hampshire");
    REQUIRE(called.left_out.size() == 1);
    CHECK(called.left_out[0].who.employer == "Dorset");

    world.employers.erase(world.employers.begin());
    CHECK(world.code() == "action_notice_short");
}

TEST_CASE("before March 2017 action must begin within four weeks, and what began in time may go on")
{
    World world{.start = "2013-11-24T12:00", .finish = "2013-11-25T12:00"};
    world.employers[0].notices = {World::notice("2013-10-29", "2013-11-05", "2013-12-31")};
    CHECK(world.code() == "called");
    world.start = "2013-11-25T00:00";
    CHECK(world.code() == "mandate_begin_passed");
    world.begun = day("2013-11-24");
    CHECK(world.code() == "called");
    world.begun = day("2013-11-25");
    CHECK(world.code() == "mandate_begin_passed");
}

TEST_CASE("since then both ends lie inside the mandate (RCN 2023 was cut at midnight)")
{
    World world{
        .opened = "2022-10-06", .balloted = "2022-11-02", .start = "2023-04-30T20:00", .finish = "2023-05-02T20:00", .now = "2023-04-01T09:00:00Z"};
    world.employers = {{.employer = "NHS", .result_told = day("2022-11-09"), .notices = {World::notice("2023-04-14", "2023-04-30", "2023-05-02")}}};
    CHECK(world.code() == "mandate_expired");
    CHECK(world.call().error().next ==
          "Shorten to 8pm on Sunday 30 April 2023 to 12 midnight at the start of Tuesday 2 May 2023: --end 2023-05-02T00:00");
    world.finish = "2023-05-02T00:00";
    CHECK(world.code() == "called");
    world.finish = "2023-05-02T00:01";
    CHECK(world.code() == "mandate_expired");
}

TEST_CASE("the law's days are those of its own zone, whatever zone the window is written in")
{
    World world;
    world.employers[0].notices = {World::notice("2013-10-29", "2013-11-05", "2013-11-05")};
    world.zone = "America/New_York";
    world.start = "2013-11-05T18:00";
    world.finish = "2013-11-05T19:00"; // midnight in London
    CHECK(world.code() == "called");
    world.finish = "2013-11-05T19:01";
    CHECK(world.code() == "dates_not_notified");
}

TEST_CASE("only the office on the voting paper calls, only with a mandate, only for a time to come")
{
    CHECK(World{.office = false}.code() == "wrong_office");
    CHECK(World{.now = "2013-11-05T11:59:59Z"}.code() == "called");
    CHECK(World{.now = "2013-11-05T12:00:00Z"}.code() == "already_begun");
    World world;
    world.asked = {national};
    CHECK(world.code() == "called");
    world.asked = {*ConstituencyId::parse("wales")};
    CHECK(world.code() == "no_mandate");
}

TEST_CASE("TULRCA s.234A(3)(b): a notice of Monday, Wednesday and Friday covers these days and not Tuesday")
{
    World world;
    world.employers[0].notices = {World::dated("2013-10-29", {day("2013-11-11"), day("2013-11-13"), day("2013-11-15")})};
    const auto on = [&](const char* start, const char* end) {
        world.start = start;
        world.finish = end;
        return world.code();
    };
    CHECK(on("2013-11-11T00:00", "2013-11-12T00:00") == "called");
    CHECK(on("2013-11-13T09:00", "2013-11-13T17:00") == "called");
    CHECK(on("2013-11-12T09:00", "2013-11-12T17:00") == "dates_not_notified");
    CHECK(world.call().error().next == "Received today, a notice of it would allow action from Wednesday 6 November 2013.");
    CHECK(on("2013-11-11T12:00", "2013-11-12T12:00") == "dates_not_notified"); // noon to noon: both days are named, or it is not covered
    CHECK(world.call().error().detail ==
          "The notice Hampshire received on Tuesday 29 October 2013 does not name Tuesday 12 November 2013, a day that the action touches.");
    CHECK(world.call().error().next ==
          "Shorten to 12 noon on Monday 11 November 2013 to 12 midnight at the start of Tuesday 12 November 2013: --end 2013-11-12T00:00");
    CHECK(on("2013-11-11T00:00", "2013-11-16T00:00") == "dates_not_notified");
    CHECK(world.call().error().detail.find("does not name Tuesday 12 November 2013 and Thursday 14 November 2013, days that") != std::string::npos);
}

TEST_CASE("separate days of action short of a strike are each named, and none of the days between need be")
{
    World world{.start = "2013-11-11T00:00", .finish = "2013-11-16T00:00"};
    world.action = Action::action_short;
    world.dates = {day("2013-11-11"), day("2013-11-15")};
    world.employers[0].notices = {World::dated("2013-10-29", {day("2013-11-11"), day("2013-11-15")})};
    world.employers[0].notices[0].action.kind = Action::action_short;
    CHECK(world.code() == "called");
    world.dates = {day("2013-11-11"), day("2013-11-13"), day("2013-11-15")};
    CHECK(world.code() == "dates_not_notified");
    CHECK(world.call().error().next == "Call it on the days it covers: --on 2013-11-11 --on 2013-11-15");
}

TEST_CASE("a continuous notice has no end and covers continuous action from its day on, and nothing else")
{
    World world{.start = "2013-11-06T00:00", .finish = "2014-06-01T00:00"};
    world.employers[0].notices = {World::dated("2013-10-29", {day("2013-11-06")}, ballot::Course::continuous)};
    CHECK(world.code() == "action_not_notified"); // a strike of some days, were there more of them
    world.continuous = true;
    CHECK(world.code() == "called");
    CHECK(world.call()->walkout.continuous);
    CHECK(world.call()->walkout.called[0].notice == CoveringNotice{day("2013-10-29"), day("2013-11-06"), std::nullopt});
    world.start = "2013-11-05T23:59";
    CHECK(world.code() == "dates_not_notified");
    CHECK(world.call().error().next.find("--start 2013-11-06T00:00") != std::string::npos);
    world.start = "2013-11-08T00:00";
    CHECK(world.code() == "called");
    world.action = Action::action_short;
    CHECK(world.code() == "action_not_notified");
    CHECK(world.call().error().detail ==
          "The notice Hampshire received on Tuesday 29 October 2013 is of a strike, and this is action short of a strike.");
    world.employers[0].notices[0].action.kind.reset(); // as recorded before the kind was kept
    CHECK(world.code() == "called");
    world.dates = {day("2013-11-08")};
    CHECK(world.code() == "bad_dates");
}

TEST_CASE("where no notice covers the walkout, the refusal speaks of the one that comes nearest")
{
    World world{.start = "2013-11-11T12:00", .finish = "2013-11-12T12:00"};
    world.employers[0].notices = {World::dated("2013-10-29", {day("2013-11-11")}),
                                  World::dated("2013-10-29", {day("2013-11-11")}, ballot::Course::continuous)};
    CHECK(world.code() == "dates_not_notified");
    std::ranges::reverse(world.employers[0].notices);
    CHECK(world.code() == "dates_not_notified");
}

TEST_CASE("what is called for later has not begun yet, and says when what goes on from it can be called")
{
    World world{.start = "2013-11-30T12:00", .finish = "2013-12-01T12:00"};
    world.employers[0].notices = {World::notice("2013-10-29", "2013-11-05", "2013-12-31")};
    world.to_begin = day("2013-11-20");
    CHECK(world.code() == "mandate_begin_passed");
    CHECK(world.call().error().next ==
          "Action that begins in time may go on: once what is called for Wednesday 20 November 2013 has begun, call this.");
}

TEST_CASE("suspending and ending need a reason, each raises the sequence and is kept with its instant")
{
    const auto eve = utc("2013-11-04T22:00:00Z");
    const auto suspended = suspend(walkout_2013(), "Talks", eve).value();
    CHECK(suspended.state == State::suspended);
    CHECK(suspended.sequence == 1);
    CHECK(suspended.reason == "Talks");
    CHECK(suspended.changed_at == eve);
    CHECK(suspended.history == std::vector<StateChange>{{State::called, Instant{}}, {State::suspended, eve}});
    CHECK(suspend(suspended, "Again", eve).error().code == "already_suspended");
    CHECK(suspend(walkout_2013(), "", eve).error().code == "missing_reason");
    CHECK(suspend(walkout_2013(), "Late", utc("2013-11-06T11:59:59Z")).has_value());
    const auto late = suspend(walkout_2013(), "Late", utc("2013-11-06T12:00:00Z")).error();
    CHECK(late.code == "walkout_over");
    CHECK(late.detail == "The walkout was over at 12 noon on Wednesday 6 November 2013, so there is nothing left to suspend.");

    const auto ended = end(suspended, "Agreement", eve).value();
    CHECK(ended.state == State::ended);
    CHECK(end(ended, "Again", eve).error().code == "walkout_ended");
}

TEST_CASE("a walkout has begun when it was on inside its window, and not before")
{
    const auto starts = utc("2013-11-05T12:00:00Z"), ends = utc("2013-11-06T12:00:00Z"), eve = utc("2013-11-04T22:00:00Z");
    const auto later = utc("2013-12-01T00:00:00Z");
    const auto after = [](Instant at) { return at + std::chrono::hours(3); };
    CHECK_FALSE(begun_at(walkout_2013(), starts - std::chrono::seconds(1))); // it stands to begin, and has not
    CHECK(begun_at(walkout_2013(), starts) == starts);
    CHECK(begun_at(walkout_2013(), later) == starts);

    CHECK_FALSE(begun_at(end(walkout_2013(), "Agreement", starts).value(), later));
    CHECK(begun_at(end(walkout_2013(), "Agreement", starts + std::chrono::seconds(1)).value(), later) == starts);

    const auto off = suspend(walkout_2013(), "Talks", eve).value();
    CHECK_FALSE(begun_at(off, later));
    CHECK_FALSE(begun_at(end(off, "Agreement", after(starts)).value(), later)); // never on, though it ended inside its window
    const auto on_again = [&](Instant at) { return changed(off, State::called, "Talks failed", at).value(); };
    CHECK(begun_at(on_again(after(eve)), later) == starts);
    CHECK(begun_at(on_again(after(starts)), later) == after(starts)); // from then, not from the hour it was called for
    CHECK_FALSE(begun_at(on_again(ends), later));
    CHECK(begun_at(end(on_again(after(starts)), "Agreement", after(after(starts))).value(), later) == after(starts));
}

TEST_CASE("action on separate days begins on the first of them that it is on")
{
    auto walkout = walkout_2013();
    walkout.action = Action::action_short;
    walkout.window = window("2013-11-05T00:00", "2013-11-09T00:00");
    walkout.dates = {day("2013-11-05"), day("2013-11-08")};
    const auto off = suspend(walkout, "Talks", utc("2013-11-04T22:00:00Z")).value();
    const auto on = changed(off, State::called, "Talks failed", utc("2013-11-06T09:00:00Z")).value(); // between its days
    CHECK_FALSE(begun_at(on, utc("2013-11-07T23:59:59Z")));
    CHECK(begun_at(on, utc("2013-11-08T00:00:00Z")) == utc("2013-11-08T00:00:00Z"));
}

TEST_SUITE_END();
