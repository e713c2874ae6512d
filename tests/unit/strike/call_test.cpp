#include "shared/strike/call.hpp"
#include "tests/unit/strike/fixtures.hpp"

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

    static NoticeOfAction notice(const char* received, const char* first, const char* last, bool shorter = false)
    {
        return {.received = day(received), .days = {day(first), day(last)}, .shorter_agreed = shorter};
    }

    Result<Call> call() const
    {
        const auto mandate = law::mandate(book, law::Jurisdiction::great_britain, day(opened), day(balloted)).value();
        return strike::call({.id = *WalkoutId::parse("w1"),
                             .ballot = *BallotId::parse("b1"),
                             .action = action,
                             .constituencies = asked,
                             .window = window(start, finish, Semantics::clock, zone),
                             .dates = dates,
                             .leave_out_unready = leave_out},
                            {.book = book,
                             .opening_day = day(opened),
                             .ballot_date = day(balloted),
                             .title = "Privatisation",
                             .called_by = "the General Secretary",
                             .caller_holds_office = office,
                             .mandates = {{.constituency = national, .mandate = mandate, .begun = begun, .employers = employers}},
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

TEST_CASE("suspending, resuming and ending need a reason and each raise the sequence")
{
    const auto eve = utc("2013-11-04T22:00:00Z");
    const auto suspended = suspend(walkout_2013(), "Talks", eve).value();
    CHECK(suspended.state == State::suspended);
    CHECK(suspended.sequence == 1);
    CHECK(suspended.reason == "Talks");
    CHECK(suspended.changed_at == eve);
    CHECK(suspend(suspended, "Again", eve).error().code == "already_suspended");
    CHECK(suspend(walkout_2013(), "", eve).error().code == "missing_reason");

    const auto resumed = resume(suspended, "Talks failed", eve).value();
    CHECK(resumed.state == State::called);
    CHECK(resumed.sequence == 2);
    CHECK(resume(resumed, "Again", eve).error().code == "not_suspended");

    const auto ended = end(suspended, "Agreement", eve).value();
    CHECK(ended.state == State::ended);
    CHECK(end(ended, "Again", eve).error().code == "walkout_ended");
    CHECK(resume(ended, "Again", eve).error().code == "walkout_ended");
}

TEST_CASE("a walkout ended before its start never began, one ended after it did")
{
    CHECK(begins(walkout_2013()));
    CHECK_FALSE(begins(end(walkout_2013(), "Agreement", utc("2013-11-05T12:00:00Z")).value()));
    CHECK(begins(end(walkout_2013(), "Agreement", utc("2013-11-05T12:00:01Z")).value()));
    CHECK_FALSE(begins(suspend(walkout_2013(), "Talks", utc("2013-11-04T22:00:00Z")).value()));
}

TEST_SUITE_END();
