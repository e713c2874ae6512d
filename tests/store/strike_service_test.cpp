#include "server/service/fill_rota.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/strike_day_store.hpp"
#include "tests/store/strike_service_fixture.hpp"

#include <latch>
#include <thread>

using namespace walkout;
using namespace walkout::store;
using ballot::Role;
using test::hampshire;
using World = test::StrikeService;

TEST_SUITE_BEGIN("service");

namespace {

struct Crowd : World {
    Crowd() : World(60) {}
};

} // namespace

TEST_CASE_FIXTURE(Crowd, "sixty phones on the last place: one has it, fifty-nine are told it is full")
{
    const auto post = add_walkout_post(1);
    std::vector<std::string> answers(60);
    std::latch go(60);
    {
        std::vector<std::jthread> phones;
        for (std::size_t i = 0; i < answers.size(); ++i)
            phones.emplace_back([&, i] {
                go.arrive_and_wait();
                answers[i] = join(std::to_string(1001 + i), post.number);
            });
    }
    CHECK(std::ranges::count(answers, "joined") == 1);
    CHECK(std::ranges::count(answers, "post_full") == 59);
    CHECK(store->read([&](const ReadTx& tx) { return places_taken(tx, post.number); }) == 1);
}

TEST_CASE_FIXTURE(World, "two co-chairs editing the same version: the first is stored, the second is told")
{
    CHECK(add_site_code(co_chair("1001"), 0) == "added");
    CHECK(add_site_code(co_chair("1002"), 0) == "changed_by_other");
    CHECK(plan().sites.size() == 1);
    CHECK(add_site_code(co_chair("1002"), 1) == "added");
    CHECK(plan().version == 2);
}

TEST_CASE_FIXTURE(World, "two co-chairs editing at the same instant lose no edit")
{
    std::vector<std::string> answers(16);
    {
        std::vector<std::jthread> chairs;
        for (std::size_t i = 0; i < answers.size(); ++i) chairs.emplace_back([&, i] { answers[i] = add_site_code(co_chair(), 0); });
    }
    CHECK(std::ranges::count(answers, "added") == 1);
    CHECK(std::ranges::count(answers, "changed_by_other") == 15);
    CHECK(plan().sites.size() == 1);
}

TEST_CASE_FIXTURE(World, "only the co-chairs of a branch change its plan, and each change is audited")
{
    CHECK(add_site_code(as("1003"), 0) == "not_your_branch");
    CHECK(add_site_code(general_secretary(), 0) == "not_your_branch");
    CHECK(add_site_code(co_chair(), 0, "London") == "not_your_branch");
    CHECK(audited() == 0);
    CHECK(add_site_code(co_chair(), 0) == "added");
    CHECK(audited() == 1);
}

TEST_CASE_FIXTURE(World, "a site at a workplace names one the register knows")
{
    call_out("Hampshire");
    CHECK(add_site_code(co_chair(), 0, hampshire, strike::Workplace{"Hampshire", "Nowhere"}) == "no_such_workplace");
    CHECK(add_site_code(co_chair(), 0, hampshire, strike::Workplace{"London", "Winchester HQ"}) == "no_such_workplace");
    CHECK(add_site_code(co_chair(), 0, hampshire, strike::Workplace{"Hampshire", "Winchester HQ"}) == "added");
}

TEST_CASE_FIXTURE(World,
                  "a site moves away from the place of work of people signed up there only with a recorded reason, and officials stay as they are")
{
    const auto post = add_walkout_post(6);
    auto site = plan().sites.at(0);
    const auto change_site = [&] {
        return store->write(
            [&](WriteTx& tx) { return service::change_picket_site(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), site); });
    };
    call_out("Hampshire");
    call_out("London");
    site.workplace = strike::Workplace{"Hampshire", "Winchester HQ"};
    REQUIRE(change_site().has_value());
    enrol_co_chair("1002");
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("1002", post.number) == "joined");
    CHECK(join("1003", post.number) == "joined");
    site.workplace = strike::Workplace{"London", "Dean Ryle Street"};
    const auto refused = change_site();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == "people_elsewhere");
    CHECK(refused.error().detail.starts_with("2 people who are signed up here would no longer be at their own place of work"));
    CHECK(plan().sites.at(0).workplace->name == "Winchester HQ");
    site.elsewhere_reason = "They work from both";
    CHECK(change_site().has_value());
    CHECK(plan().sites.at(0).elsewhere_reason == "They work from both");
    site.elsewhere_reason.clear(); // what they stay by does not go unseen either
    CHECK(change_site().error().code == "people_elsewhere");
    site.workplace.reset(); // nobody's own place of work: a rally
    CHECK(change_site().has_value());
    CHECK(taken(post.number) == 3);
}

TEST_CASE_FIXTURE(World, "a call says exactly whom it reaches: the workplaces and the work that the ballot was about, where they limit it")
{
    const auto words = [&](auto change) {
        auto changed = walkout;
        changed.called = {{*ConstituencyId::parse("hq"), "Hampshire"}, {*ConstituencyId::parse("other"), "Hampshire"}};
        return store
            ->write([&](WriteTx& tx) -> Result<std::vector<std::string>> {
                auto plan = ballot_plan();
                plan.id = *BallotId::parse("limited");
                change(plan);
                add_ballot(tx, plan, strike::utc("2013-10-18T11:00:00Z"), strike::utc("2013-09-01T09:00:00Z"), "gs");
                add_constituency(tx, *ConstituencyId::parse("hq"), plan.id, "Hampshire, Winchester HQ");
                add_constituency(tx, *ConstituencyId::parse("other"), plan.id, "Hampshire, Andover Road");
                changed.ballot = plan.id;
                auto en = service::called_words(tx, changed);
                const auto cy = service::called_words(tx, changed, ballot::Language::cy);
                en.insert(en.end(), cy.begin(), cy.end());
                return Result<std::vector<std::string>>(Refusal{.kind = Kind::invalid, .code = en.at(0) + " | " + en.at(1), .detail = ""}); // undone
            })
            .error()
            .code;
    };
    CHECK(words([](ballot::BallotPlan&) {}) == "Hampshire | Hampshire");
    CHECK(words([](ballot::BallotPlan& plan) { plan.constituencies = ballot::Split::per_workplace; }) ==
          "Hampshire, only at: Winchester HQ, Andover Road | Hampshire, yn y gweithleoedd hyn yn unig: Winchester HQ, Andover Road");
    CHECK(words([](ballot::BallotPlan& plan) {
              plan.entitled.emplace();
              plan.entitled->workplaces = {"Winchester HQ", "Dean Ryle Street"}; // the second is another employer's
              plan.entitled->categories = {"probation officer"};
          }) == "Hampshire, only at: Winchester HQ, only this work: probation officer | "
                "Hampshire, yn y gweithleoedd hyn yn unig: Winchester HQ, y gwaith hwn yn unig: probation officer");
}

TEST_CASE_FIXTURE(World, "a plan is seen by its branch and the general secretary, its people by its co-chairs alone")
{
    CHECK(service::may_see_plan(as("1001").caller, hampshire).has_value());
    CHECK(service::may_see_plan(general_secretary().caller, hampshire).has_value());
    CHECK(service::may_see_plan(as("2001", {}, "London").caller, hampshire).error().code == "not_your_branch");
    CHECK_FALSE(service::may_see_plan(as("2001", {{Role::co_chair, "London"}}, "London").caller, hampshire).has_value());
    CHECK(service::may_see_people(co_chair().caller, hampshire));
    CHECK_FALSE(service::may_see_people(as("1001").caller, hampshire));
    CHECK_FALSE(service::may_see_people(general_secretary().caller, hampshire));
}

TEST_CASE_FIXTURE(World, "members join, leave and come back; outsiders and other branches do not join")
{
    const auto post = add_walkout_post(2);
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("1002", post.number) == "joined");
    CHECK(join("1001", post.number) == "joined"); // again, on a post that is full by now
    CHECK(join("2001", post.number) == "not_your_picket");
    CHECK(join("nobody", post.number) == "members_only");
    CHECK(join("1001", strike::PostNumber{99}) == "no_such_post");

    const auto leave = [&](const std::string& number) {
        const auto left = store->write([&](WriteTx& tx) { return service::leave_picket(tx, as(number), post.number); });
        return left ? "left" : left.error().code;
    };
    CHECK(leave("1003") == "not_signed_up");
    CHECK(leave("1001") == "left");
    CHECK(leave("1001") == "not_signed_up");
    CHECK(join("1001", post.number) == "joined");
    CHECK(store->read([&](const ReadTx& tx) { return find_sign_up(tx, post.number, "1001")->sequence; }) == 2);
}

TEST_CASE_FIXTURE(World, "nobody joins two posts that overlap")
{
    auto post = add_walkout_post(2);
    CHECK(join("1001", post.number) == "joined");
    post.from = strike::moment("2013-11-05T12:59");
    post.to = strike::moment("2013-11-05T14:00");
    CHECK(join("1001", add(store::add_post, post).number) == "double_booked");
    post.from = strike::moment("2013-11-05T13:00");
    CHECK(join("1001", add(store::add_post, post).number) == "joined");
}

TEST_CASE_FIXTURE(World, "a swap moves both at once, by the rules that sign-ups have, and exactly one accepts it")
{
    const auto noon = add_walkout_post(1);
    const auto late = post_beside(noon, "2013-11-05T15:30", "2013-11-05T18:00", 1);
    CHECK(join("1001", noon.number) == "joined");
    CHECK(join("1002", late.number) == "joined");
    const auto offer = [&](const char* who, strike::PostNumber post, std::optional<strike::PostNumber> wants) {
        return store->write([&](WriteTx& tx) { return service::offer_swap(tx, as(who), post, wants); });
    };
    const auto accept = [&](const char* who, std::int64_t swap) {
        return code([&](WriteTx& tx) { return service::accept_swap(tx, as(who), swap); });
    };
    CHECK(offer("1002", noon.number, {}).error().code == "not_signed_up");
    const auto swap = offer("1001", noon.number, late.number).value();
    CHECK(offer("1001", noon.number, late.number)->number == swap.number);
    CHECK(accept("1001", swap.number) == "own_swap");
    CHECK(accept("1003", swap.number) == "swap_needs_post");
    CHECK(accept("2001", swap.number) == "not_your_picket");
    CHECK(accept("1002", swap.number) == "done");
    CHECK(accept("1002", swap.number) == "swap_gone");
    store->read([&](const ReadTx& tx) {
        CHECK(find_sign_up(tx, noon.number, "1001")->cancelled);
        CHECK_FALSE(find_sign_up(tx, noon.number, "1002")->cancelled);
        CHECK_FALSE(find_sign_up(tx, late.number, "1001")->cancelled);
        CHECK(find_sign_up(tx, late.number, "1002")->cancelled);
        return 0;
    });
    CHECK(mails_to("1001") == 1);
    const auto gift = offer("1001", late.number, {}).value();
    CHECK(accept("1003", gift.number) == "done"); // for nothing in return
    CHECK(taken(late.number) == 1);
    const auto withdrawn = offer("1003", late.number, {}).value();
    CHECK(code([&](WriteTx& tx) { return service::withdraw_swap(tx, as("1001"), withdrawn.number); }) == "no_such_swap");
    CHECK(code([&](WriteTx& tx) { return service::withdraw_swap(tx, as("1003"), withdrawn.number); }) == "done");
    CHECK(accept("1001", withdrawn.number) == "swap_gone");
}

TEST_CASE_FIXTURE(Crowd, "those in reserve fill the gaps in order, by every rule, and are told")
{
    const auto noon = add_walkout_post(6);
    auto needs_three = noon;
    needs_three.needed = 3;
    CHECK(
        code([&](WriteTx& tx) {
            return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), {needs_three.number, needs_three});
        }) == "done");
    CHECK(join("1010", noon.number) == "joined");
    for (const auto* who : {"1005", "1006", "1007", "1008"})
        CHECK(code([&](WriteTx& tx) { return service::stand_in_reserve(tx, as(who), walkout.id); }) == "done");
    CHECK(code([&](WriteTx& tx) { return service::stand_in_reserve(tx, as("1005"), walkout.id); }) == "done"); // twice is once
    const auto gaps = store->read([&](const ReadTx& tx) { return service::picket_gaps(tx, co_chair(), walkout.id, hampshire); }).value();
    CHECK(gaps.at(1).missing == 2); // after the entrance without opening hours
    const auto filled = store->write([&](WriteTx& tx) { return service::fill_from_reserves(tx, co_chair(), walkout.id, hampshire); }).value();
    REQUIRE(filled.placed.size() == 2);
    CHECK(filled.placed[0].number == "1005");
    CHECK(filled.placed[1].number == "1006");
    CHECK(filled.still_missing == 0);
    CHECK(mails_to("1005") == 1);
    CHECK(store->read([&](const ReadTx& tx) { return reserves(tx, walkout.id, hampshire); }) == std::vector<std::string>{"1007", "1008"});
    CHECK(store->write([&](WriteTx& tx) { return service::fill_from_reserves(tx, co_chair(), walkout.id, hampshire); })->placed.empty());
    CHECK(code([&](WriteTx& tx) { return service::fill_from_reserves(tx, general_secretary(), walkout.id, hampshire); }) == "not_your_branch");
}

TEST_CASE_FIXTURE(World, "publishing tells everyone their posts and marks the version; a later edit shows as one")
{
    const auto post = add_walkout_post(6);
    CHECK(join("1001", post.number) == "joined");
    CHECK(code([&](WriteTx& tx) { return service::publish_rota(tx, co_chair(), walkout.id, hampshire, if_version(1)); }) == "changed_by_other");
    const auto published =
        store->write([&](WriteTx& tx) { return service::publish_rota(tx, co_chair(), walkout.id, hampshire, if_version(3)); }).value();
    CHECK(published.told == 1);
    CHECK(mails_to("1001") == 1);
    CHECK(plan().published_version == 3);
    CHECK(plan().version == 3);
    post_beside(post, "2013-11-05T15:30", "2013-11-05T18:00");
    CHECK(plan().published_version == 3);
    CHECK(plan().version == 4);
}

TEST_CASE_FIXTURE(World, "the law of each day decides whether a picket needs a supervisor: from March 2017 to 17 February 2026")
{
    const auto days = [&](const char* start, const char* end) {
        walkout.window = strike::window(start, end);
        return store->read([&](const ReadTx& tx) { return service::supervised_days(tx, walkout); });
    };
    CHECK(days("2013-11-05T12:00", "2013-11-06T12:00").empty());
    CHECK(days("2017-02-28T12:00", "2017-03-01T12:00") == std::vector{strike::day("2017-03-01")});
    CHECK(days("2018-11-05T12:00", "2018-11-06T12:00").size() == 2);
    CHECK(days("2026-02-17T12:00", "2026-02-18T12:00") == std::vector{strike::day("2026-02-17")});
    CHECK(days("2027-01-13T12:00", "2027-01-14T12:00").empty());
}

TEST_CASE_FIXTURE(World, "a changed post tells the people on it and raises their calendars; a removed one cancels them; neither loses anybody")
{
    auto post = add_walkout_post(2);
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("1002", post.number) == "joined");
    const auto change_to = [&](const strike::Post& changed) {
        return code([&](WriteTx& tx) {
            return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), {changed.number, changed});
        });
    };
    post.places = 1;
    CHECK(change_to(post) == "places_taken");
    post.places = 2;
    post.organiser = "2001";
    CHECK(change_to(post) == "no_such_organiser");
    post.organiser = "1003";
    CHECK(change_to(post) == "done");
    CHECK(mails_to("1003") == 1); // in charge
    CHECK(mails_to("1001") == 0); // the hours are the same
    const auto other = post_beside(post, "2013-11-05T13:30", "2013-11-05T14:30", 4);
    CHECK(join("1001", other.number) == "joined");
    post.to = strike::moment("2013-11-05T13:45");
    CHECK(change_to(post) == "people_conflict");
    post.to = strike::moment("2013-11-05T13:15");
    CHECK(change_to(post) == "done");
    CHECK(mails_to("1001") == 1);
    CHECK(store->read([&](const ReadTx& tx) { return find_sign_up(tx, post.number, "1001")->sequence; }) == 1);
    CHECK(code([&](WriteTx& tx) {
              return service::remove_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), post.number);
          }) == "done");
    CHECK(mails_to("1002") == 2);
    store->read([&](const ReadTx& tx) {
        CHECK_FALSE(find_post(tx, post.number));
        CHECK(sign_ups_of(tx, "1002").at(0).sign_up.cancelled); // still in their calendar, as cancelled
        return 0;
    });
    CHECK(join("1002", post.number) == "no_such_post");
    CHECK(plan().posts.size() == 1);
}

TEST_SUITE_END();
