#include "tests/unit/strike/fixtures.hpp"

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

namespace {

template <class T> std::string code_of(const Result<T>& result) { return result ? "accepted" : result.error().code; }

std::string post_code(const Plan& plan, const Post& added) { return code_of(add_post(walkout_2013(), plan, added)); }

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
                .member_workplace = Workplace{"Hampshire", "Southampton"},
                .elsewhere = {},
                .before = std::nullopt,
                .now = utc("2013-11-01T09:00:00Z")};
    }
};

} // namespace

TEST_CASE("a post lies within the local days of the walkout, so pickets gather before noon and see people back in after it")
{
    const auto plan = plan_2013();
    CHECK(post_code(plan, post("2013-11-05T11:45", "2013-11-05T13:00")) == "accepted");
    CHECK(post_code(plan, post("2013-11-06T11:30", "2013-11-06T12:15")) == "accepted");
    CHECK(post_code(plan, post("2013-11-05T00:00", "2013-11-07T00:00")) == "accepted");
    CHECK(post_code(plan, post("2013-11-04T23:59", "2013-11-05T13:00")) == "post_outside_walkout");
    CHECK(post_code(plan, post("2013-11-06T22:00", "2013-11-07T00:01")) == "post_outside_walkout");
    CHECK(post_code(plan, post("2013-11-05T13:00", "2013-11-05T13:00")) == "post_backwards");
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
    auto night = post("2026-10-25T01:30", "2026-10-25T01:30");
    CHECK(code_of(add_post(walkout, plan_2013(), night)) == "post_backwards");
    night.to.repeated = Zone::Repeated::later;
    CHECK(code_of(add_post(walkout, plan_2013(), night)) == "accepted");
    CHECK(span(night, walkout.window.zone()).to - span(night, walkout.window.zone()).from == std::chrono::hours(1));

    walkout.window = window("2027-03-27T12:00", "2027-03-28T12:00");
    CHECK(code_of(add_post(walkout, plan_2013(), post("2027-03-28T01:30", "2027-03-28T03:00"))) == "no_such_time");
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

TEST_CASE("members picket with their own branch or at their own place of work")
{
    const World world;
    auto facts = world.facts();
    CHECK(code_of(sign_up(facts)) == "accepted");
    facts.member_branch = "London";
    CHECK(code_of(sign_up(facts)) == "not_your_picket");
    facts.member_workplace = Workplace{"Hampshire", "Winchester HQ"};
    CHECK(code_of(sign_up(facts)) == "accepted");
    facts.member_workplace = Workplace{"Dorset", "Winchester HQ"};
    CHECK(code_of(sign_up(facts)) == "not_your_picket");
    facts.site_workplace.reset();
    facts.member_workplace.reset();
    CHECK(code_of(sign_up(facts)) == "not_your_picket");
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

    const auto cancelled = cancel(PostNumber{1}, first).value();
    CHECK(cancelled.cancelled);
    CHECK(cancelled.sequence == first.sequence + 1);
    CHECK(code_of(cancel(PostNumber{1}, cancelled)) == "not_signed_up");
    CHECK(code_of(cancel(PostNumber{1}, std::nullopt)) == "not_signed_up");

    facts.before = cancelled;
    CHECK(code_of(sign_up(facts)) == "post_full");
    facts.taken = 5;
    CHECK(sign_up(facts)->sequence == cancelled.sequence + 1);
}

TEST_SUITE_END();
