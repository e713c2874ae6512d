#include "tests/unit/strike/fixtures.hpp"

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

namespace {

template <class T> std::string code_of(const Result<T>& result) { return result ? "accepted" : result.error().code; }

/// As a new one: the fixture's posts have numbers.
Post unnumbered(Post post)
{
    post.number = PostNumber{};
    return post;
}

std::string post_code(const Plan& plan, const Post& added) { return code_of(add_post(walkout_2013(), plan, unnumbered(added))); }

Walkout in_state(State state)
{
    auto walkout = walkout_2013();
    walkout.state = state;
    return walkout;
}

struct World {
    Walkout walkout = walkout_2013();
    Post wanted = post("2013-11-05T11:45", "2013-11-05T13:00");

    SignUpFacts facts() const
    {
        return {.walkout = walkout,
                .post = wanted,
                .plan_branch = "Hampshire and Isle of Wight",
                .site_workplace = Workplace{"Hampshire", "Winchester HQ"},
                .taken = 0,
                .member = "1001",
                .member_branch = "Hampshire and Isle of Wight",
                .member_workplace = Workplace{"Hampshire", "Winchester HQ"},
                .elsewhere = {},
                .before = std::nullopt,
                .now = utc("2013-11-01T09:00:00Z")};
    }
};

} // namespace

TEST_CASE("a post is held during the action: pickets gather up to an hour before noon and see people back in up to an hour after it")
{
    const auto plan = plan_2013();
    CHECK(post_code(plan, post("2013-11-05T11:45", "2013-11-05T13:00")) == "accepted");
    CHECK(post_code(plan, post("2013-11-06T11:30", "2013-11-06T12:15")) == "accepted");
    CHECK(post_code(plan, post("2013-11-05T11:00", "2013-11-05T12:00")) == "accepted");
    CHECK(post_code(plan, post("2013-11-05T10:59", "2013-11-05T12:00")) == "post_outside_walkout");
    CHECK(post_code(plan, post("2013-11-05T07:00", "2013-11-05T08:00")) == "post_outside_walkout"); // five hours before anybody walks out
    CHECK(post_code(plan, post("2013-11-06T09:00", "2013-11-06T13:00")) == "accepted");
    CHECK(post_code(plan, post("2013-11-06T12:30", "2013-11-06T13:01")) == "post_outside_walkout");
    CHECK(post_code(plan, post("2013-11-05T22:00", "2013-11-05T23:00")) == "lone_at_night");
    CHECK(post_code(plan, post("2013-11-05T12:00", "2013-11-05T16:01")) == "post_too_long");
    CHECK(post_code(plan, post("2013-11-04T23:59", "2013-11-05T13:00")) == "post_outside_walkout");
    CHECK(post_code(plan, post("2013-11-06T22:00", "2013-11-07T00:01")) == "post_outside_walkout");
    CHECK(post_code(plan, post("2013-11-05T13:00", "2013-11-05T13:00")) == "post_backwards");
}

TEST_CASE("where shifts are on strike to their end, pickets may stay to the end of the last day")
{
    auto walkout = walkout_2013();
    walkout.window = window("2013-11-05T12:00", "2013-11-06T12:00", Semantics::commencing);
    const auto code = [&](const char* from, const char* to) { return code_of(add_post(walkout, plan_2013(), unnumbered(post(from, to)))); };
    CHECK(code("2013-11-06T18:00", "2013-11-06T20:00") == "accepted");
    CHECK(code("2013-11-06T23:00", "2013-11-07T00:30") == "post_outside_walkout");
    CHECK(code("2013-11-05T10:00", "2013-11-05T11:00") == "post_outside_walkout");
}

TEST_CASE("action short of a strike on some days has pickets on those days and on no other, though the window spans them")
{
    auto walkout = walkout_2013();
    walkout.action = Action::action_short;
    walkout.window = window("2026-10-26T00:00", "2026-10-29T00:00");
    walkout.dates = {day("2026-10-26"), day("2026-10-28")};
    const auto code = [&](const char* from, const char* to) { return code_of(add_post(walkout, plan_2013(), unnumbered(post(from, to)))); };
    CHECK(code("2026-10-26T08:00", "2026-10-26T10:00") == "accepted");
    CHECK(code("2026-10-27T08:00", "2026-10-27T10:00") == "post_outside_walkout");
    CHECK(code("2026-10-28T08:00", "2026-10-28T10:00") == "accepted");
    CHECK(code("2026-10-25T23:30", "2026-10-26T00:30") == "post_outside_walkout");
}

TEST_CASE("what a post is for follows from its hours: the beginning, the end, the night, the morning or the afternoon")
{
    const auto role = [](const char* from, const char* to) { return role_by_hours(walkout_2013(), post(from, to), {}); };
    CHECK(role("2013-11-05T11:45", "2013-11-05T13:00") == PostRole::walkout);
    CHECK(role("2013-11-06T11:30", "2013-11-06T12:00") == PostRole::going_back);
    CHECK(role("2013-11-05T23:00", "2013-11-06T01:00") == PostRole::night);
    CHECK(role("2013-11-06T07:00", "2013-11-06T09:00") == PostRole::arrivals);
    CHECK(role("2013-11-05T13:00", "2013-11-05T15:00") == PostRole::late);
}

TEST_CASE("a post needs an entrance of this plan, and numbers that can be met")
{
    auto elsewhere = post("2013-11-05T12:00", "2013-11-05T13:00");
    elsewhere.entrance = EntranceNumber{2};
    CHECK(post_code(plan_2013(), elsewhere) == "no_such_entrance");

    auto numbers = post("2013-11-05T12:00", "2013-11-05T13:00", 2);
    numbers.needed = 2;
    CHECK(post_code(plan_2013(), numbers) == "accepted");
    numbers.needed = 3;
    CHECK(post_code(plan_2013(), numbers) == "bad_numbers");
    numbers.needed = 0;
    CHECK(post_code(plan_2013(), numbers) == "bad_numbers");
}

TEST_CASE("over six at one entrance at one time needs a recorded reason (Code of Practice on Picketing)")
{
    auto plan = plan_2013();
    CHECK(post_code(plan, post("2013-11-05T12:00", "2013-11-05T13:00", 6)) == "accepted");
    auto seven = post("2013-11-05T12:00", "2013-11-05T13:00", 7);
    CHECK(post_code(plan, seven) == "over_six_needs_reason");
    seven.over_six_reason = "Walkout rally on the union's own forecourt, agreed with the police";
    CHECK(post_code(plan, seven) == "accepted");
}

TEST_CASE("six at an entrance counts every post there at the same instant, not those before or after")
{
    auto plan = plan_2013();
    plan.posts = {post("2013-11-05T12:00", "2013-11-05T13:00", 4, PostNumber{1}), post("2013-11-05T14:00", "2013-11-05T15:00", 4, PostNumber{2})};
    CHECK(post_code(plan, post("2013-11-05T13:00", "2013-11-05T14:00", 6)) == "accepted");
    CHECK(post_code(plan, post("2013-11-05T12:30", "2013-11-05T14:30", 2)) == "accepted"); // 4+2, then 2, then 4+2
    CHECK(post_code(plan, post("2013-11-05T12:59", "2013-11-05T13:30", 3)) == "over_six_needs_reason");
    auto other_gate = post("2013-11-05T12:30", "2013-11-05T14:30", 6);
    other_gate.entrance = EntranceNumber{2};
    plan.entrances.push_back({.number = EntranceNumber{2}, .site = SiteNumber{1}, .name = "Car park"});
    CHECK(post_code(plan, other_gate) == "accepted");
}

TEST_CASE("the hour that autumn repeats holds two posts, and the hour that spring skips none")
{
    auto walkout = walkout_2013();
    walkout.window = window("2026-10-24T12:00", "2026-10-25T12:00");
    auto night = unnumbered(post("2026-10-25T01:30", "2026-10-25T01:30"));
    night.needed = 2;
    CHECK(code_of(add_post(walkout, plan_2013(), night)) == "post_backwards");
    night.to.repeated = Zone::Repeated::later;
    CHECK(code_of(add_post(walkout, plan_2013(), night)) == "accepted");
    CHECK(span(night, walkout.window.zone()).to - span(night, walkout.window.zone()).from == std::chrono::hours(1));

    walkout.window = window("2027-03-27T12:00", "2027-03-28T12:00");
    CHECK(code_of(add_post(walkout, plan_2013(), unnumbered(post("2027-03-28T01:30", "2027-03-28T03:00")))) == "no_such_time");
}

TEST_CASE("sites and entrances need names, real coordinates and an open walkout")
{
    const auto plan = plan_2013();
    auto site = plan.sites[0];
    CHECK(code_of(add_site(walkout_2013(), plan, site)) == "accepted");
    CHECK(code_of(add_site(in_state(State::suspended), plan, site)) == "accepted");
    CHECK(code_of(add_site(in_state(State::ended), plan, site)) == "plan_closed");
    site.coordinates = Coordinates{90, 180};
    CHECK(code_of(add_site(walkout_2013(), plan, site)) == "accepted");
    site.coordinates = Coordinates{90.1, 0};
    CHECK(code_of(add_site(walkout_2013(), plan, site)) == "bad_coordinates");
    site.coordinates.reset();
    site.address.clear();
    CHECK(code_of(add_site(walkout_2013(), plan, site)) == "missing_name");

    CHECK(code_of(add_entrance(walkout_2013(), plan, {.number = {}, .site = SiteNumber{1}, .name = "Car park"})) == "accepted");
    CHECK(code_of(add_entrance(walkout_2013(), plan, {.number = {}, .site = SiteNumber{2}, .name = "Car park"})) == "no_such_site");
    const auto open = [&](int opens, int closes) {
        const OpeningHours hours{std::chrono::hours(opens), std::chrono::hours(closes), {}};
        return code_of(add_entrance(walkout_2013(), plan, {.number = {}, .site = SiteNumber{1}, .name = "Depot", .hours = hours}));
    };
    CHECK(open(22, 30) == "accepted"); // to six the next morning
    CHECK(open(0, 24) == "accepted");
    CHECK(open(8, 8) == "bad_hours");
    CHECK(open(8, 33) == "bad_hours");
    CHECK(open(24, 30) == "bad_hours");
    CHECK(code_of(add_entrance(walkout_2013(), plan, {.number = {}, .site = SiteNumber{1}, .name = ""})) == "missing_name");
}

TEST_CASE("the last place goes to one, the next is refused")
{
    const World world;
    auto facts = world.facts();
    facts.taken = 5;
    CHECK(sign_up(facts)->member == "1001");
    facts.taken = 6;
    CHECK(code_of(sign_up(facts)) == "post_full");
}

TEST_CASE("members picket at their own place of work, or with their branch where it is nobody's")
{
    const World world;
    auto facts = world.facts();
    CHECK(code_of(sign_up(facts)) == "accepted");
    facts.member_branch = "London";
    CHECK(code_of(sign_up(facts)) == "accepted"); // it is their own place of work
    facts.member_workplace = Workplace{"Dorset", "Winchester HQ"};
    CHECK(code_of(sign_up(facts)) == "not_your_picket");
    facts.site_workplace.reset();
    facts.member_workplace.reset();
    CHECK(code_of(sign_up(facts)) == "not_your_picket");
    facts.member_branch = facts.plan_branch;
    CHECK(code_of(sign_up(facts)) == "accepted");
}

TEST_CASE("at another place than their own (TULRCA s.220) stand only officials, those a co-chair has a reason for, or all where the union says so")
{
    const World world;
    auto facts = world.facts();
    facts.member_workplace = Workplace{"Hampshire", "Southampton"};
    CHECK(code_of(sign_up(facts)) == "not_your_workplace");
    facts.official = true;
    CHECK(code_of(sign_up(facts)) == "accepted");
    facts.official = false;
    facts.elsewhere_reason = "works from headquarters on Tuesdays, s.220(2)";
    CHECK(code_of(sign_up(facts)) == "accepted");
    facts.elsewhere_reason.clear();
    facts.settings.own_workplace = false;
    CHECK(code_of(sign_up(facts)) == "accepted");
    facts.member_branch = "London";
    CHECK(code_of(sign_up(facts)) == "not_your_picket");
}

TEST_CASE("a stint counts posts with a short break as one, and a night takes rest before and after it")
{
    const World world;
    const auto code = [&](const char* from, const char* to) { // beside the walkout post, 11:45 to 13:00
        auto facts = world.facts();
        facts.elsewhere = {{utc(from), utc(to)}};
        return code_of(sign_up(facts));
    };
    CHECK(code("2013-11-05T13:00:00Z", "2013-11-05T15:45:00Z") == "accepted"); // exactly four hours
    CHECK(code("2013-11-05T13:00:00Z", "2013-11-05T15:46:00Z") == "stint_too_long");
    CHECK(code("2013-11-05T13:59:00Z", "2013-11-05T15:46:00Z") == "stint_too_long"); // 59 minutes are no break
    CHECK(code("2013-11-05T14:00:00Z", "2013-11-05T18:00:00Z") == "accepted");
    CHECK(code("2013-11-05T01:00:00Z", "2013-11-05T03:45:00Z") == "accepted"); // eight hours after the night
    CHECK(code("2013-11-05T01:00:00Z", "2013-11-05T03:46:00Z") == "rest_too_short");
    CHECK(code("2013-11-05T20:59:00Z", "2013-11-05T23:00:00Z") == "rest_too_short"); // touches the night, under eight hours after 13:00
    CHECK(code("2013-11-05T21:00:00Z", "2013-11-05T23:00:00Z") == "accepted");
    CHECK(code("2013-11-06T05:00:00Z", "2013-11-06T06:00:00Z") == "accepted");
}

TEST_CASE("exempt work is done at work, not on the picket")
{
    const World world;
    auto facts = world.facts();
    facts.exempt = {{utc("2013-11-05T12:59:00Z"), utc("2013-11-05T20:00:00Z")}};
    CHECK(code_of(sign_up(facts)) == "exempt");
    facts.exempt = {{utc("2013-11-05T13:00:00Z"), utc("2013-11-05T20:00:00Z")}};
    CHECK(code_of(sign_up(facts)) == "accepted");
}

TEST_CASE("nobody is on two posts at once, but one may follow the other")
{
    const World world;
    auto facts = world.facts();
    facts.elsewhere = {{utc("2013-11-05T13:00:00Z"), utc("2013-11-05T14:00:00Z")}, {utc("2013-11-05T10:00:00Z"), utc("2013-11-05T11:45:00Z")}};
    CHECK(code_of(sign_up(facts)) == "accepted");
    facts.elsewhere.push_back({utc("2013-11-05T12:59:00Z"), utc("2013-11-05T14:00:00Z")});
    CHECK(code_of(sign_up(facts)) == "double_booked");
}

TEST_CASE("nobody signs up for a walkout that is off, nor for a post that is over")
{
    World world;
    CHECK(code_of(sign_up(world.facts())) == "accepted");
    world.walkout.state = State::suspended;
    CHECK(code_of(sign_up(world.facts())) == "walkout_suspended");
    world.walkout.state = State::ended;
    CHECK(code_of(sign_up(world.facts())) == "walkout_ended");

    world.walkout.state = State::called;
    auto facts = world.facts();
    facts.now = utc("2013-11-05T12:59:59Z");
    CHECK(code_of(sign_up(facts)) == "accepted");
    facts.now = utc("2013-11-05T13:00:00Z");
    CHECK(code_of(sign_up(facts)) == "post_over");
}

TEST_CASE("signing up again, cancelling and coming back keep one place and a rising sequence")
{
    const World world;
    auto facts = world.facts();
    const auto first = sign_up(facts).value();
    facts.before = first;
    facts.taken = 6; // their own place is among them
    CHECK(sign_up(facts)->sequence == first.sequence);

    const auto at_noon_before = utc("2013-11-04T12:00:00Z");
    const auto try_cancel = [&](const std::optional<SignUp>& before, Instant now) { return cancel(world.walkout, world.wanted, before, now, {}); };
    const auto cancelled = try_cancel(first, at_noon_before).value();
    CHECK(cancelled.cancelled);
    CHECK(cancelled.sequence == first.sequence + 1);
    CHECK(code_of(try_cancel(cancelled, at_noon_before)) == "not_signed_up");
    CHECK(code_of(try_cancel(std::nullopt, at_noon_before)) == "not_signed_up");
    CHECK(code_of(try_cancel(first, utc("2013-11-04T23:44:59Z"))) == "accepted"); // the post starts at 11:45, the cut-off is twelve hours before
    CHECK(code_of(try_cancel(first, utc("2013-11-04T23:45:00Z"))) == "cancel_too_late");
    CHECK(take_off(PostNumber{1}, first)->cancelled); // a co-chair may, at any time

    facts.before = cancelled;
    CHECK(code_of(sign_up(facts)) == "post_full");
    facts.taken = 5;
    CHECK(sign_up(facts)->sequence == cancelled.sequence + 1);
}

TEST_SUITE_END();
