#include "server/service/agree_suspension.hpp"
#include "server/service/extend_mandate.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/strike_day_store.hpp"
#include "tests/store/mandated_fixture.hpp"

using namespace walkout;
using namespace walkout::store;
using ballot::Role;
using test::hampshire;
using World = test::StrikeService;
using test::Mandated;

TEST_SUITE_BEGIN("service");

TEST_CASE_FIXTURE(World, "the office that called a walkout suspends and ends it, with a reason and an audit entry")
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
    CHECK(change(general_secretary(), WalkoutChange::resume, "Talks failed") == "no_mandate"); // nobody was balloted in this world
    CHECK(change(general_secretary(), WalkoutChange::end, "Agreement") == "changed to 2");
    CHECK(join("1002", post.number) == "walkout_ended");
    CHECK(add_site_code(co_chair(), plan().version) == "plan_closed");
}

TEST_CASE_FIXTURE(World, "a suspension is told to everyone on a post or in reserve and to who runs the picket, once each, and to nobody uncalled")
{
    using service::WalkoutChange;
    enrol_co_chair("chair");
    enrol_co_chair("1002"); // in reserve too
    auto post = add_walkout_post(6);
    const auto later = post_beside(post, "2013-11-05T15:30", "2013-11-05T18:00");
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("1001", later.number) == "joined");
    CHECK(code([&](WriteTx& tx) { return service::stand_in_reserve(tx, as("1002"), walkout.id); }) == "done");
    CHECK(change(general_secretary(), WalkoutChange::suspend, "Talks") == "changed to 1");
    CHECK(mails_to("1001") == 1);
    CHECK(mails_to("1002") == 1);
    CHECK(mails_to("1003") == 0); // the call is of another employer's members
    const auto to_officials = store->read([&](const ReadTx& tx) {
        std::vector<std::string> to;
        for (const auto& mail : mails_due(tx, strike::utc("2026-11-22T09:00:00Z"), 100)) to.push_back(mail.recipient);
        std::ranges::sort(to);
        return to;
    });
    CHECK(to_officials == std::vector<std::string>{"1001@members.example", "1002@members.example", "chair@officials.example"});
    const auto body = store->read([&](const ReadTx& tx) { return mails_due(tx, strike::utc("2026-11-22T09:00:00Z"), 10); });
    CHECK(std::ranges::any_of(body, [](const auto& mail) {
        return mail.body.find("Talks") != mail.body.npos && mail.body.find("3:30pm to 6pm") != mail.body.npos &&
               mail.subject.find("SUSPENDED") != mail.subject.npos;
    }));
}

TEST_CASE_FIXTURE(World, "TULRCA s.220(1)(b): an official of the union may accompany members at their workplace; a scrutineer or trustee is none")
{
    auto site = strike::plan_2013().sites[0];
    site.workplace = strike::Workplace{"London", "Dean Ryle Street"}; // not where 1001 works
    site = add(store::add_site, site);
    const auto entrance = add(store::add_entrance, strike::Entrance{.number = {}, .site = site.number, .name = "Main gate"});
    auto post = strike::post("2013-11-05T12:00", "2013-11-05T13:00");
    post.entrance = entrance.number;
    post = add(store::add_post, post);
    const auto with_office = [&](const char* number, Role role, const std::string& scope) {
        const auto key = SigningKey::make(random).public_key();
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            add_official(tx, {number, number, "x@officials.example", key, {{role, scope}}}, Secret(std::string(20, 't')),
                         strike::utc("2013-10-01T09:00:00Z"));
            return {};
        });
        return join(number, post.number);
    };
    CHECK(join("1001", post.number) == "not_your_workplace");
    CHECK(with_office("1001", Role::scrutineer, "") == "not_your_workplace");
    CHECK(code([&](WriteTx& tx) -> Result<void> {
              add_office(tx, "1001", {Role::trustee, ""});
              add_office(tx, "1001", {Role::co_chair, "London"}); // an officer of another branch
              return {};
          }) == "done");
    CHECK(join("1001", post.number) == "not_your_workplace");
    CHECK(with_office("1002", Role::co_chair, hampshire) == "joined");
    CHECK(with_office("1003", Role::official, "") == "joined");
}

TEST_CASE_FIXTURE(World, "what the law says of pickets is cited by the jurisdiction of their ballot")
{
    auto north = ballot_plan();
    north.id = *BallotId::parse("probation-ni");
    north.jurisdiction = law::Jurisdiction::northern_ireland;
    (void)store->write([&](WriteTx& tx) -> Result<void> {
        add_ballot(tx, north, strike::utc("2013-10-18T11:00:00Z"), strike::utc("2013-09-01T09:00:00Z"), "gs");
        return {};
    });
    const auto cited = [&](const BallotId& ballot) {
        auto there = walkout;
        there.ballot = ballot;
        return store->read([&](const ReadTx& tx) { return service::picketing_law(tx, there); });
    };
    CHECK(cited(walkout.ballot).place_source == "TULRCA s.220(1)-(3)");
    CHECK(cited(walkout.ballot).most == 6);
    CHECK(cited(north.id).place_source.starts_with("NI Code of Practice on Picketing"));
    CHECK(cited(north.id).number_source.starts_with("NI Code of Practice on Picketing"));
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

TEST_CASE_FIXTURE(Mandated,
                  "a strike begun in time goes on past its four weeks; what is only called for has not begun, nor what was called off before")
{
    const auto late = [&](const char* id, const char* instant) {
        now = instant;
        return call_code(id, "2013-11-30T12:00", "2013-12-01T12:00");
    };
    CHECK(call_code("first", "2013-11-20T12:00", "2013-11-21T12:00") == "called");
    CHECK(late("late", "2013-11-20T11:59:59Z") == "mandate_begin_passed");
    CHECK(change_at("2013-11-19T22:00:00Z", "first", service::WalkoutChange::suspend) == "changed to 1");
    CHECK(late("late", "2013-11-22T09:00:00Z") == "mandate_begin_passed");
    CHECK(change_at("2013-11-22T09:00:00Z", "first", service::WalkoutChange::end) == "changed to 2"); // ended later than it would have begun
    CHECK(late("late", "2013-11-22T10:00:00Z") == "mandate_begin_passed");

    now = "2013-11-22T10:00:00Z";
    CHECK(call_code("second", "2013-11-23T12:00", "2013-11-24T12:00") == "called");
    CHECK(late("late", "2013-11-23T12:00:00Z") == "called");
    CHECK(change_at("2013-11-23T13:00:00Z", "second", service::WalkoutChange::suspend) == "changed to 1"); // an hour is a beginning
    CHECK(change_at("2013-11-23T14:00:00Z", "late", service::WalkoutChange::end) == "changed to 1");
    CHECK(late("later", "2013-11-24T09:00:00Z") == "called");
}

namespace {

strike::SuspensionAgreement agreement(const char* employer, const char* made_on, const char* from, const char* resumes)
{
    return {.employer = employer,
            .agreed_by = "H. Resources, director",
            .made_on = strike::day(made_on),
            .suspended_from = strike::day(from),
            .resumes_on = strike::day(resumes),
            .evidence = "letter signed by both"};
}

} // namespace

TEST_CASE_FIXTURE(Mandated, "TULRCA s.234A(7B): every employer of a suspended walkout agreed to its resuming, or it waits for a fresh notice")
{
    using service::WalkoutChange;
    const auto id = *WalkoutId::parse("fortnight");
    receive(ballot::NoticeKind::result, "London", "2013-10-29");
    receive(ballot::NoticeKind::action, "London", "2013-10-29");
    CHECK(call_code("fortnight", "2013-11-05T12:00", "2013-11-19T12:00", false) == "called");
    const auto agree = [&](const char* instant, const strike::SuspensionAgreement& agreed) {
        return code([&](WriteTx& tx) { return service::agree_suspension(tx, gs_at(instant), id, agreed); });
    };
    CHECK(agree("2013-11-07T21:00:00Z", agreement("Dorset", "2013-11-07", "2013-11-07", "2013-11-08")) == "employer_not_called");
    CHECK(agree("2013-11-06T21:00:00Z", agreement("Hampshire", "2013-11-07", "2013-11-07", "2013-11-08")) == "agreement_in_future");
    CHECK(code([&](WriteTx& tx) {
              return service::agree_suspension(tx, co_chair(), id, agreement("Hampshire", "2013-11-01", "2013-11-07", "2013-11-08"));
          }) == "wrong_office");
    CHECK(agree("2013-11-07T21:00:00Z", agreement("Hampshire", "2013-11-07", "2013-11-07", "2013-11-08")) == "done");
    CHECK(change_at("2013-11-07T22:00:00Z", "fortnight", WalkoutChange::suspend) == "changed to 1");

    const auto before = audited();
    CHECK(change_at("2013-11-11T09:00:00Z", "fortnight", WalkoutChange::resume) == "resumption_needs_notice"); // London agreed nothing
    CHECK(audited() == before);
    CHECK(agree("2013-11-11T10:00:00Z", agreement("London", "2013-11-08", "2013-11-07", "2013-11-08")) == "done"); // too late to count
    CHECK(change_at("2013-11-11T11:00:00Z", "fortnight", WalkoutChange::resume) == "resumption_needs_notice");
    NoticeReceipt fresh{
        .kind = ballot::NoticeKind::action, .employer = "London", .received_on = strike::day("2013-11-08"), .how = "post", .evidence = ""};
    fresh.action = strikes_on("2013-11-15", "2013-11-19");
    (void)store->write([&](WriteTx& tx) -> Result<void> {
        add_receipt(tx, autumn, fresh);
        return {};
    });
    CHECK(change_at("2013-11-14T09:00:00Z", "fortnight", WalkoutChange::resume) == "resumption_needs_notice"); // the 14th is not named
    CHECK(change_at("2013-11-15T09:00:00Z", "fortnight", WalkoutChange::resume) == "changed to 2");

    const auto stored = store->read([&](const ReadTx& tx) { return find_walkout(tx, id); }).value();
    CHECK(stored.called[0].notice == strike::CoveringNotice{strike::day("2013-10-29"), strike::day("2013-11-05"), strike::day("2013-12-31")});
    CHECK(stored.called[1].notice == strike::CoveringNotice{strike::day("2013-11-08"), strike::day("2013-11-15"), strike::day("2013-11-19")});
    const auto at = [](const char* instant) { return strike::utc(instant); };
    CHECK(stored.history == std::vector<strike::StateChange>{{strike::State::called, at("2013-11-01T09:00:00Z")},
                                                             {strike::State::suspended, at("2013-11-07T22:00:00Z")},
                                                             {strike::State::called, at("2013-11-15T09:00:00Z")}});
    CHECK(change_at("2013-11-15T10:00:00Z", "fortnight", WalkoutChange::resume) == "not_suspended");
    CHECK(change_at("2013-11-15T11:00:00Z", "fortnight", WalkoutChange::end) == "changed to 3");
    CHECK(agree("2013-11-15T12:00:00Z", agreement("Hampshire", "2013-11-07", "2013-11-07", "2013-11-08")) == "walkout_ended");
}

TEST_SUITE_END();
