#include "server/service/call_walkout.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/edit_picket_plan.hpp"
#include "server/service/join_picket.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"
#include "tests/store/strike_fixture.hpp"
#include "tests/support/random.hpp"

#include <latch>
#include <thread>
#include <tuple>

using namespace walkout;
using namespace walkout::store;
using ballot::Role;
using test::hampshire;

TEST_SUITE_BEGIN("service");

namespace {

struct World : test::StrikeWorld {
    using StrikeWorld::StrikeWorld;

    service::Context as(const std::string& number, std::vector<ballot::Office> offices = {}, std::string branch = hampshire)
    {
        return {.ballot_now = strike::utc("2013-11-01T09:00:00Z"),
                .machine_now = strike::utc("2026-11-22T09:00:00Z"),
                .random = random,
                .caller = {.number = number, .name = number, .member = true, .branch = std::move(branch), .offices = std::move(offices)}};
    }
    service::Context co_chair(const std::string& number = "1001") { return as(number, {{Role::co_chair, hampshire}}); }
    service::Context general_secretary() { return as("gs", {{Role::general_secretary, ""}}); }

    static service::StillCurrent if_version(std::int64_t expected)
    {
        return [expected](std::int64_t version) -> Result<void> {
            if (version == expected) return {};
            return Refusal{.kind = Kind::changed_by_other, .code = "changed_by_other", .detail = "Changed."};
        };
    }
    std::string add_site_code(const service::Context& context, std::int64_t version, const std::string& branch = hampshire,
                              std::optional<strike::Workplace> workplace = std::nullopt)
    {
        auto site = strike::plan_2013().sites[0];
        site.workplace = std::move(workplace);
        const auto added =
            store->write([&](WriteTx& tx) { return service::add_picket_site(tx, context, walkout.id, branch, if_version(version), site); });
        return added ? "added" : added.error().code;
    }
    std::string join(const std::string& number, strike::PostNumber post)
    {
        const auto joined = store->write([&](WriteTx& tx) { return service::join_picket(tx, as(number), post); });
        return joined ? "joined" : joined.error().code;
    }
    std::string change(const service::Context& context, service::WalkoutChange change, const std::string& reason)
    {
        const auto changed = store->write([&](WriteTx& tx) { return service::change_walkout(tx, context, walkout.id, change, reason); });
        return changed ? "changed to " + std::to_string(changed->sequence) : changed.error().code;
    }
    std::int64_t audited()
    {
        return store->read([](const ReadTx& tx) { return audit_head(tx).seq; });
    }

    test::SeededRandom random{1};
};

struct Crowd : World {
    Crowd() : World(60) {}
};

/// A declared ballot of October 2013 over two employers in one constituency; Hampshire has received its notices, London nothing.
struct Mandated : World {
    Mandated()
    {
        ballot::BallotPlan plan;
        plan.id = autumn;
        plan.title = "Privatisation";
        plan.dispute = {.title = "Privatisation of probation", .matters = ""};
        plan.called_by.office = "the General Secretary of the Probation Union";
        plan.opens = strike::at("2013-10-08T09:00");
        plan.closes = strike::at("2013-10-28T12:00");
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            add_ballot(tx, plan, strike::utc("2013-10-28T12:00:00Z"), strike::utc("2013-09-01T09:00:00Z"), "gs");
            add_constituency(tx, all, autumn, "Probation");
            put_roll(tx, autumn,
                     {.revision = 1,
                      .entries = {{.number = "1001",
                                   .constituency = "Probation",
                                   .branch = hampshire,
                                   .employer = "Hampshire",
                                   .workplace = "Winchester HQ",
                                   .category = ""},
                                  {.number = "2001",
                                   .constituency = "Probation",
                                   .branch = "London",
                                   .employer = "London",
                                   .workplace = "Dean Ryle Street",
                                   .category = ""}}},
                     "frozen", strike::utc("2013-09-20T09:00:00Z"), "gs");
            put_mandate(tx, {.constituency = all,
                             .kind = strike::Action::strike,
                             .date_of_ballot = strike::day("2013-10-28"),
                             .limit = law::Limit::begin_by,
                             .last_day = strike::day("2013-11-24"),
                             .extendable_to = strike::day("2013-12-22")});
            return {};
        });
        receive(ballot::NoticeKind::result, "Hampshire", "2013-10-29");
        receive(ballot::NoticeKind::action, "Hampshire", "2013-10-29");
    }

    void receive(ballot::NoticeKind kind, const char* employer, const char* on)
    {
        NoticeReceipt receipt{.kind = kind, .employer = employer, .received_on = strike::day(on), .how = "post", .evidence = ""};
        if (kind == ballot::NoticeKind::action)
            std::tie(receipt.action_first, receipt.action_last) = std::pair(strike::day("2013-11-05"), strike::day("2013-12-31"));
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            add_receipt(tx, autumn, receipt);
            return {};
        });
    }

    Result<strike::Call> call_walkout(const char* id, const char* start, const char* end, bool leave_out = true,
                                      strike::Action action = strike::Action::strike)
    {
        return store->write([&](WriteTx& tx) {
            return service::call_walkout(tx, general_secretary(),
                                         {.id = *WalkoutId::parse(id),
                                          .ballot = autumn,
                                          .action = action,
                                          .constituencies = {},
                                          .window = strike::window(start, end),
                                          .leave_out_unready = leave_out});
        });
    }
    std::string call_code(const char* id, const char* start, const char* end, bool leave_out = true, strike::Action action = strike::Action::strike)
    {
        const auto called = call_walkout(id, start, end, leave_out, action);
        return called ? "called" : called.error().code;
    }

    BallotId autumn = *BallotId::parse("autumn");
    ConstituencyId all = *ConstituencyId::parse("autumn-all");
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
    CHECK(add_site_code(co_chair(), 0, hampshire, strike::Workplace{"Hampshire", "Nowhere"}) == "no_such_workplace");
    CHECK(add_site_code(co_chair(), 0, hampshire, strike::Workplace{"London", "Winchester HQ"}) == "no_such_workplace");
    CHECK(add_site_code(co_chair(), 0, hampshire, strike::Workplace{"Hampshire", "Winchester HQ"}) == "added");
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
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("2001", post.number) == "not_your_picket");
    CHECK(join("nobody", post.number) == "members_only");
    CHECK(join("1001", strike::PostNumber{99}) == "no_such_post");

    const auto leave = [&](const std::string& number) {
        const auto left = store->write([&](WriteTx& tx) { return service::leave_picket(tx, as(number), post.number); });
        return left ? "left" : left.error().code;
    };
    CHECK(leave("1002") == "not_signed_up");
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

TEST_CASE_FIXTURE(World, "the office that called a walkout suspends, resumes and ends it, with a reason and an audit entry")
{
    using service::WalkoutChange;
    const auto post = add_walkout_post(2);
    CHECK(change(co_chair(), WalkoutChange::suspend, "Talks") == "wrong_office");
    CHECK(change(general_secretary(), WalkoutChange::suspend, "") == "missing_reason");
    CHECK(audited() == 0);
    CHECK(change(general_secretary(), WalkoutChange::suspend, "Talks") == "changed to 1");
    CHECK(audited() == 1);
    CHECK(join("1001", post.number) == "walkout_suspended");
    CHECK(change(general_secretary(), WalkoutChange::resume, "Talks failed") == "changed to 2");
    CHECK(join("1001", post.number) == "joined");
    CHECK(change(general_secretary(), WalkoutChange::end, "Agreement") == "changed to 3");
    CHECK(join("1002", post.number) == "walkout_ended");
    CHECK(add_site_code(co_chair(), plan().version) == "plan_closed");
}

TEST_CASE_FIXTURE(Mandated, "a walkout is called on what is recorded of mandate and receipts, employer by employer")
{
    CHECK(call_code("w1", "2013-11-05T12:00", "2013-11-06T12:00", false) == "employer_not_told"); // London
    CHECK(audited() == 0);
    const auto called = call_walkout("w1", "2013-11-05T12:00", "2013-11-06T12:00").value();
    REQUIRE(called.left_out.size() == 1);
    CHECK(called.left_out[0].who.employer == "London");
    CHECK(audited() == 1);

    const auto stored = store->read([&](const ReadTx& tx) { return find_walkout(tx, *WalkoutId::parse("w1")); }).value();
    CHECK(stored.called == std::vector{strike::Called{all, "Hampshire"}});
    CHECK(stored.called_by == "the General Secretary of the Probation Union");
    CHECK(stored.title == "Privatisation of probation");
    CHECK(call_code("w1", "2013-11-12T12:00", "2013-11-13T12:00") == "walkout_exists");

    receive(ballot::NoticeKind::result, "London", "2013-10-29");
    receive(ballot::NoticeKind::action, "London", "2013-10-29");
    CHECK(call_code("w2", "2013-11-05T12:00", "2013-11-06T12:00", false) == "called");
}

TEST_CASE_FIXTURE(Mandated, "no walkout without a mandate for its kind of action, nor by anyone but the office")
{
    CHECK(call_code("w1", "2013-11-05T12:00", "2013-11-06T12:00", true, strike::Action::action_short) == "no_mandate");
    const auto by_co_chair = store->write([&](WriteTx& tx) {
        return service::call_walkout(tx, co_chair(),
                                     {.id = *WalkoutId::parse("w1"),
                                      .ballot = autumn,
                                      .action = strike::Action::strike,
                                      .constituencies = {},
                                      .window = strike::noon_to_noon_2013(),
                                      .leave_out_unready = true});
    });
    CHECK(by_co_chair.error().code == "wrong_office");
}

TEST_CASE_FIXTURE(Mandated, "a strike begun in time goes on past its four weeks, unless it was called off before it began")
{
    CHECK(call_code("late", "2013-11-30T12:00", "2013-12-01T12:00") == "mandate_begin_passed");
    CHECK(call_code("first", "2013-11-20T12:00", "2013-11-21T12:00") == "called");
    CHECK(call_code("late", "2013-11-30T12:00", "2013-12-01T12:00") == "called");
    (void)store->write([&](WriteTx& tx) {
        return service::change_walkout(tx, general_secretary(), *WalkoutId::parse("first"), service::WalkoutChange::end, "Talks");
    });
    (void)store->write([&](WriteTx& tx) {
        return service::change_walkout(tx, general_secretary(), *WalkoutId::parse("late"), service::WalkoutChange::end, "Talks");
    });
    CHECK(call_code("later", "2013-11-30T12:00", "2013-12-01T12:00") == "mandate_begin_passed");
}

TEST_SUITE_END();
