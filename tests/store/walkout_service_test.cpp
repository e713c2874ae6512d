#include "server/service/extend_mandate.hpp"
#include "server/store/strike_day_store.hpp"
#include "tests/store/mandated_fixture.hpp"

using namespace walkout;
using namespace walkout::store;
using ballot::Role;
using test::hampshire;
using World = test::StrikeService;
using test::Mandated;

TEST_SUITE_BEGIN("service");

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

TEST_CASE_FIXTURE(Mandated, "continuous action lasts as long as what was agreed with each employer whose members it calls out")
{
    const auto id = *BallotId::parse("spring-2018");
    const auto everyone = *ConstituencyId::parse("spring-2018-all");
    ballot::BallotPlan spring;
    spring.id = id;
    spring.title = "Workload";
    spring.opens = strike::at("2018-03-01T09:00");
    spring.closes = strike::at("2018-03-20T12:00");
    (void)store->write([&](WriteTx& tx) -> Result<void> {
        add_ballot(tx, spring, strike::utc("2018-03-20T12:00:00Z"), strike::utc("2018-02-01T09:00:00Z"), "gs");
        add_constituency(tx, everyone, id, "Probation");
        ballot::Roll roll;
        for (const std::string employer : {"Hampshire", "London"})
            roll.entries.push_back({.number = employer == "London" ? "2001" : "1001",
                                    .constituency = "Probation",
                                    .branch = employer == "London" ? "London" : hampshire,
                                    .employer = employer,
                                    .workplace = employer == "London" ? "Dean Ryle Street" : "Winchester HQ",
                                    .category = ""});
        roll.revision = 1;
        put_roll(tx, id, roll, "frozen", strike::utc("2018-02-20T09:00:00Z"), "gs");
        put_mandate(tx, {.constituency = everyone,
                         .kind = strike::Action::action_short,
                         .date_of_ballot = strike::day("2018-03-20"),
                         .limit = law::Limit::expires_end_of,
                         .last_day = strike::day("2018-09-19"),
                         .extendable_to = strike::day("2018-12-19")});
        return {};
    });
    const auto extend = [&](const char* employer) {
        auto context = general_secretary();
        context.ballot_now = strike::utc("2018-06-01T09:00:00Z");
        return code([&](WriteTx& tx) {
            return service::extend_mandate(tx, context, id,
                                           {.employer = employer,
                                            .kind = std::nullopt,
                                            .extension = {law::ExtensionGround::agreement, strike::day("2018-12-01")},
                                            .made_on = strike::day("2018-06-01"),
                                            .evidence = "letter"});
        });
    };
    const auto end = [&] {
        return store->read([&](const ReadTx& tx) { return service::latest_end(tx, id, strike::Action::action_short, {}, "Europe/London"); }).value();
    };
    CHECK(end() == strike::at("2018-09-20T00:00"));
    CHECK(extend("Hampshire") == "done");
    CHECK(end() == strike::at("2018-09-20T00:00")); // nothing was agreed in London
    CHECK(extend("London") == "done");
    CHECK(end() == strike::at("2018-12-02T00:00"));
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
