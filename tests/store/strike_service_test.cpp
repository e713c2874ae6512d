#include "server/service/call_walkout.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/edit_picket_plan.hpp"
#include "server/service/exempt_work.hpp"
#include "server/service/fill_rota.hpp"
#include "server/service/forget_pickets.hpp"
#include "server/service/join_picket.hpp"
#include "server/service/picket_rules.hpp"
#include "server/service/strike_day.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/outbox_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"
#include "server/store/strike_day_store.hpp"
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
        site.number = {};
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
    std::int64_t mails_to(const std::string& number)
    {
        return store->read([&](const ReadTx& tx) {
            return std::ranges::count(mails_due(tx, strike::utc("2026-11-22T09:00:00Z"), 1000), number + "@members.example", &OutboxMail::recipient);
        });
    }
    template <class Use> std::string code(Use use)
    {
        const auto done = store->write([&](WriteTx& tx) { return use(tx); });
        return done ? "done" : done.error().code;
    }
    /// A post at the same gate as another.
    strike::Post post_beside(const strike::Post& other, const char* from, const char* to, std::int64_t places = 6)
    {
        auto post = strike::post(from, to, places, {});
        post.entrance = other.entrance;
        return add(store::add_post, post);
    }
    std::int64_t taken(strike::PostNumber post)
    {
        return store->read([&](const ReadTx& tx) { return places_taken(tx, post); });
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

TEST_CASE_FIXTURE(World, "the office that called a walkout suspends, resumes and ends it, with a reason and an audit entry")
{
    using service::WalkoutChange;
    const auto post = add_walkout_post(2);
    CHECK(change(co_chair(), WalkoutChange::suspend, "Talks") == "wrong_office");
    CHECK(change(general_secretary(), WalkoutChange::suspend, "") == "missing_reason");
    CHECK(audited() == 0);
    CHECK(change(general_secretary(), WalkoutChange::suspend, "Talks") == "changed to 1");
    CHECK(audited() == 1);
    CHECK(mails_to("1001") == 0); // not on any post
    CHECK(join("1001", post.number) == "walkout_suspended");
    CHECK(change(general_secretary(), WalkoutChange::resume, "Talks failed") == "changed to 2");
    CHECK(join("1001", post.number) == "joined");
    CHECK(change(general_secretary(), WalkoutChange::end, "Agreement") == "changed to 3");
    CHECK(join("1002", post.number) == "walkout_ended");
    CHECK(add_site_code(co_chair(), plan().version) == "plan_closed");
}

TEST_CASE_FIXTURE(World, "a suspension is told to everyone on a post or in reserve, once each, and to nobody else")
{
    using service::WalkoutChange;
    const auto post = add_walkout_post(6);
    const auto later = post_beside(post, "2013-11-05T15:30", "2013-11-05T18:00");
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("1001", later.number) == "joined");
    CHECK(code([&](WriteTx& tx) { return service::stand_in_reserve(tx, as("1002"), walkout.id); }) == "done");
    CHECK(change(general_secretary(), WalkoutChange::suspend, "Talks") == "changed to 1");
    CHECK(mails_to("1001") == 1);
    CHECK(mails_to("1002") == 1);
    CHECK(mails_to("1003") == 0);
    const auto body = store->read([&](const ReadTx& tx) { return mails_due(tx, strike::utc("2026-11-22T09:00:00Z"), 10); });
    CHECK(std::ranges::any_of(body, [](const auto& mail) {
        return mail.body.find("Talks") != mail.body.npos && mail.body.find("3:30pm to 6pm") != mail.body.npos &&
               mail.subject.find("SUSPENDED") != mail.subject.npos;
    }));
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
    CHECK(code([&](WriteTx& tx) {
              return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), needs_three);
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
        return code(
            [&](WriteTx& tx) { return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), changed); });
    };
    post.places = 1;
    CHECK(change_to(post) == "places_taken");
    post.places = 2;
    post.organiser = "2001";
    CHECK(change_to(post) == "no_such_organiser");
    post.organiser = "1001";
    CHECK(change_to(post) == "done");
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

TEST_CASE_FIXTURE(World, "check-ins come in any order and twice over: one state; names stay with co-chairs and the post's organiser")
{
    auto post = add_walkout_post(6);
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("1002", post.number) == "joined");
    post.organiser = "1003";
    CHECK(code([&](WriteTx& tx) { return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), post); }) ==
          "done");
    const auto line = [&](int id, const char* member, strike::CheckKind kind, const char* at) {
        return strike::CheckIn{std::string(31, '0') + std::to_string(id), post.number, member, kind, strike::utc(at)};
    };
    const std::vector lines{
        line(2, "1001", strike::CheckKind::left, "2013-11-05T12:30:00Z"), line(1, "1001", strike::CheckKind::arrived, "2013-11-05T11:50:00Z"),
        line(3, "1003", strike::CheckKind::arrived, "2013-11-05T11:50:00Z"), line(4, "9999", strike::CheckKind::arrived, "2013-11-05T11:50:00Z"),
        line(5, "1002", strike::CheckKind::arrived, "2013-11-07T11:50:00Z")};
    const auto send = [&](const service::Context& who) {
        return store->write([&](WriteTx& tx) { return service::check_in(tx, who, walkout.id, hampshire, lines); });
    };
    CHECK(send(as("1002")).error().code == "not_your_branch");
    CHECK(send(as("2001", {{Role::co_chair, "London"}}, "London")).error().code == "not_your_branch");
    const auto first = send(as("1003")).value(); // the organiser
    CHECK(first[0].stored);
    CHECK(first[3].refused->code == "no_such_colleague");
    CHECK(first[4].refused->code == "bad_time");
    const auto again = send(co_chair()).value();
    CHECK_FALSE(again[0].stored);
    CHECK_FALSE(again[0].refused);

    auto after = co_chair();
    after.ballot_now = strike::utc("2013-11-05T13:00:00Z");
    const auto people = store->read([&](const ReadTx& tx) { return service::attended(tx, after, walkout.id, hampshire); }).value();
    using State = service::Attended::State;
    REQUIRE(people.size() == 3);
    CHECK(people[0].state == State::came);
    CHECK(people[1].state == State::no_show);
    CHECK(people[2].state == State::walked_up);
    const auto counts = [&](const service::Context& who) {
        return store->read([&](const ReadTx& tx) { return service::headcounts(tx, who, walkout.id); });
    };
    CHECK(counts(general_secretary())->at(0).hours.at(0).people == 2);
    CHECK(counts(as("1002")).error().code == "not_your_branch");
    CHECK(store->read([&](const ReadTx& tx) { return service::attended(tx, general_secretary(), walkout.id, hampshire); }).error().code ==
          "not_your_branch");

    const auto before = audited();
    CHECK(code([&](WriteTx& tx) { return service::export_attendance(tx, co_chair(), walkout.id, hampshire, ""); }) == "missing_purpose");
    const auto csv = store->write([&](WriteTx& tx) { return service::export_attendance(tx, after, walkout.id, hampshire, "strike pay"); }).value();
    CHECK(csv.find("1001,Member 1,1,walkout,2013-11-05T11:45,2013-11-05T13:00,came,40\r\n") != csv.npos);
    CHECK(audited() == before + 1);
}

TEST_CASE_FIXTURE(World, "an exemption takes the member off the picket in its hours, keeps them off, and is seen by the branch and the member alone")
{
    const auto post = add_walkout_post(6);
    CHECK(join("1003", post.number) == "joined");
    const strike::Exemption asked{.walkout = walkout.id,
                                  .branch = {},
                                  .member = "1003",
                                  .member_name = {},
                                  .work = "duty desk",
                                  .requested_by = "the Trust",
                                  .reason = "life and limb",
                                  .hours = {strike::at("2013-11-05T12:00"), strike::at("2013-11-05T20:00")}};
    const auto requested = store->write([&](WriteTx& tx) { return service::request_exemption(tx, co_chair(), asked); }).value();
    CHECK(code([&](WriteTx& tx) { return service::request_exemption(tx, as("1002"), asked); }) == "no_such_colleague");
    const auto decide = [&](const service::Context& who, bool grants) {
        return code([&](WriteTx& tx) { return service::decide_exemption(tx, who, requested.number, grants, "agreed"); });
    };
    CHECK(decide(general_secretary(), true) == "no_such_exemption");
    CHECK(decide(as("2001", {{Role::co_chair, "London"}}, "London"), true) == "no_such_exemption");
    CHECK(decide(co_chair("1001"), true) == "done");
    CHECK(taken(post.number) == 1);
    CHECK(decide(co_chair("1001"), true) == "decided_by_you");
    CHECK(decide(co_chair("1002"), true) == "done");
    CHECK(taken(post.number) == 0);
    CHECK(mails_to("1003") == 1);
    CHECK(join("1003", post.number) == "exempt");
    store->read([&](const ReadTx& tx) {
        CHECK(service::my_exemptions(tx, as("1003"), walkout.id)->size() == 1);
        CHECK(service::my_exemptions(tx, as("1001"), walkout.id)->empty());
        CHECK(service::branch_exemptions(tx, general_secretary(), walkout.id, hampshire).error().code == "not_your_branch");
        CHECK(service::find_exemption_for(tx, as("1002"), requested.number).error().code == "no_such_exemption");
        return 0;
    });
}

TEST_CASE_FIXTURE(World, "a calendar's secret address works until it is revoked or made anew, and only its hash is stored")
{
    const auto made = store->write([&](WriteTx& tx) { return service::make_feed(tx, as("1001")); });
    const std::string secret(made->reveal());
    const auto owner = [&](const std::string& of) { return store->read([&](const ReadTx& tx) { return service::feed_owner(tx, of); }); };
    CHECK(secret.size() == 64);
    CHECK(owner(secret) == "1001");
    CHECK_FALSE(owner(secret.substr(1) + "0"));
    const std::string fresh(store->write([&](WriteTx& tx) { return service::make_feed(tx, as("1001")); })->reveal());
    CHECK_FALSE(owner(secret));
    CHECK(owner(fresh) == "1001");
    CHECK(code([&](WriteTx& tx) { return service::revoke_feed(tx, as("1001")); }) == "done");
    CHECK(code([&](WriteTx& tx) { return service::revoke_feed(tx, as("1001")); }) == "no_feed");
    CHECK_FALSE(owner(fresh));
}

TEST_CASE_FIXTURE(Mandated, "who picketed is deleted six months after the dispute, once, and the log says how much")
{
    const auto post = add_walkout_post(6);
    CHECK(join("1001", post.number) == "joined");
    auto context = general_secretary();
    const auto forget_at = [&](const char* when) {
        context.ballot_now = strike::utc(when);
        return store->write([&](WriteTx& tx) -> Result<std::int64_t> { return service::forget_pickets(tx, context); }).value();
    };
    CHECK(store->read([&](const ReadTx& tx) { return service::picket_people_kept_until(tx, walkout.id); }) == strike::utc("2014-05-06T23:00:00Z"));
    CHECK(forget_at("2014-05-06T22:59:59Z") == 0);
    CHECK(taken(post.number) == 1);
    const auto before = audited();
    CHECK(forget_at("2014-05-06T23:00:00Z") == 1);
    CHECK(taken(post.number) == 0);
    CHECK(audited() == before + 1);
    CHECK(forget_at("2015-01-01T00:00:00Z") == 0);
    CHECK(audited() == before + 1);
}

TEST_CASE_FIXTURE(World, "forgetting the people of a walkout leaves no row of them")
{
    const auto post = add_walkout_post(6);
    CHECK(join("1001", post.number) == "joined");
    CHECK(code([&](WriteTx& tx) { return service::stand_in_reserve(tx, as("1002"), walkout.id); }) == "done");
    CHECK(store->write([&](WriteTx& tx) -> Result<std::int64_t> { return forget_people(tx, walkout.id); }).value() == 2);
    CHECK(taken(post.number) == 0);
    CHECK(store->read([&](const ReadTx& tx) { return reserves(tx, walkout.id, hampshire); }).empty());
    CHECK(plan().posts.size() == 1); // that pickets stood, and where, is the union's history
}

TEST_CASE_FIXTURE(Mandated, "continuous action lasts as long as its mandate; where the law sets no last day the end must be said")
{
    const auto end = [&](strike::Action action) {
        return store->read([&](const ReadTx& tx) { return service::latest_end(tx, autumn, action, {}, "Europe/London"); });
    };
    CHECK(end(strike::Action::strike).error().code == "end_needed"); // 2013: what begins in time may go on
    CHECK(end(strike::Action::action_short).error().code == "no_mandate");
    (void)store->write([&](WriteTx& tx) -> Result<void> {
        put_mandate(tx, {.constituency = all,
                         .kind = strike::Action::action_short,
                         .date_of_ballot = strike::day("2026-03-10"),
                         .limit = law::Limit::expires_end_of,
                         .last_day = strike::day("2027-03-09"),
                         .extendable_to = std::nullopt});
        return {};
    });
    CHECK(end(strike::Action::action_short).value() == strike::at("2027-03-10T00:00"));
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
    const strike::CoveringNotice notice{strike::day("2013-10-29"), strike::day("2013-11-05"), strike::day("2013-12-31")};
    CHECK(stored.called == std::vector{strike::Called{all, "Hampshire", notice}});
    CHECK(stored.called_by == "the General Secretary of the Probation Union");
    CHECK(stored.title == "Privatisation of probation");
    CHECK(call_code("w1", "2013-11-12T12:00", "2013-11-13T12:00") == "walkout_exists");

    receive(ballot::NoticeKind::result, "London", "2013-10-29");
    receive(ballot::NoticeKind::action, "London", "2013-10-29");
    CHECK(call_code("w2", "2013-11-06T11:59", "2013-11-07T12:00", false) == "already_called");
    CHECK(call_code("w2", "2013-11-06T12:00", "2013-11-07T12:00", false) == "called"); // further days under the same mandate
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
