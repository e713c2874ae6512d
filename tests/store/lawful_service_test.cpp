#include "server/service/ballots.hpp"
#include "server/service/call_walkout.hpp"
#include "server/service/commence_law.hpp"
#include "server/service/draft_notice.hpp"
#include "server/service/extend_mandate.hpp"
#include "server/service/first_sending.hpp"
#include "server/service/serve_notice.hpp"
#include "server/service/tell_members.hpp"
#include "server/service/withdraw_receipt.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/law_store.hpp"
#include "server/store/outbox_store.hpp"
#include "shared/law/table.hpp"
#include "tests/store/ballot_fixture.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::test;
using ballot::NoticeKind;
using ballot::Phase;
using law::ExtensionGround;
using law::Jurisdiction;
using law::Topic;

namespace {

law::Setting setting(Jurisdiction jurisdiction, Topic topic, const char* from, const char* value)
{
    return {.jurisdiction = jurisdiction,
            .topic = topic,
            .from = day(from),
            .value = law::parse_value(topic, value).value(),
            .source = "S.I. 2026/9999, read for this test"};
}

struct LawWorld : BallotWorld {
    using BallotWorld::BallotWorld;
    std::string set(const law::Setting& asked)
    {
        const auto done = write([&](store::WriteTx& tx) { return service::set_law(tx, gs(), asked); });
        if (!done) return done.error().code;
        reached = done->follows;
        reach = *done;
        return "accepted";
    }
    std::string commence(law::Provision provision, const char* from, const char* instrument = "S.I. 2026/999")
    {
        const auto done = write([&](store::WriteTx& tx) { return service::commence_law(tx, gs(), {provision, day(from), instrument}); });
        if (!done) return done.error().code;
        reached = done->follows;
        reach = *done;
        return "accepted";
    }
    std::string value(Topic topic, Jurisdiction where, const char* on)
    {
        const auto held = ballot();
        const auto book = read([&](const store::ReadTx& tx) { return service::rulebook_of(tx, held); });
        return law::value_text(book.rule(topic, where, day(on)).value);
    }
    std::vector<BallotId> reached;
    service::LawReach reach;
};

/// The strike carried, action short of one did not.
struct Declared : DeclaredBallot {
    Declared() : DeclaredBallot(60, 60, {{40, 20}, {20, 40}}) {}
    std::string extend(const char* employer, const char* until, const char* made_on, ExtensionGround ground = ExtensionGround::agreement,
                       const char* evidence = "letter signed by both")
    {
        const service::MandateToExtend asked{employer, std::nullopt, {ground, day(until)}, day(made_on), evidence};
        return code(write([&](store::WriteTx& tx) { return service::extend_mandate(tx, gs(), id, asked); }));
    }
    std::string last_day(const std::string& employer)
    {
        const auto held = ballot();
        const auto all = read([&](const store::ReadTx& tx) { return service::employer_mandates(tx, held); });
        return text(std::ranges::find(all, employer, &service::EmployerMandate::employer)->mandate.day);
    }
    std::string tell_and_notify(const char* employer, const char* told, const char* notified, const char* first, const char* last)
    {
        if (const auto refused = receipt(NoticeKind::result, employer, told); refused != "accepted") return refused;
        store::NoticeReceipt given{
            .kind = NoticeKind::action, .employer = employer, .received_on = day(notified), .how = "", .evidence = "signed for"};
        given.action.emplace();
        for (auto each = day(first); each <= day(last); each += Days(1)) given.action->dates.push_back(each);
        return code(write([&](store::WriteTx& tx) { return service::record_receipt(tx, gs(), id, given, board_key.public_key()); }));
    }
    std::size_t audit_entries_of(const std::string& action)
    {
        const auto entries = read([](const store::ReadTx& tx) { return store::audit_entries(tx, 0, 200); });
        return static_cast<std::size_t>(std::ranges::count_if(entries, [&](const auto& entry) { return entry.record.action == action; }));
    }
};

Result<strike::Call> called(Declared& world, const char* start, const char* end, bool leave_out)
{
    const auto window = strike::Window::make(ballot::wall(start), ballot::wall(end), "Europe/London", strike::Semantics::clock);
    const strike::CallRequest request{.id = *WalkoutId::parse("walkout"),
                                      .ballot = world.id,
                                      .action = ballot::QuestionKind::strike,
                                      .constituencies = {},
                                      .window = window.value(),
                                      .leave_out_unready = leave_out};
    return world.write([&](store::WriteTx& tx) { return service::call_walkout(tx, world.gs(), request); });
}

} // namespace

TEST_SUITE("law on a server")
{
    TEST_CASE("a recorded rule is on disk with its source, audited, and counts for a ballot not yet opened")
    {
        LawWorld world;
        world.plan(ballot::plan_2013());
        CHECK(world.set(setting(Jurisdiction::great_britain, Topic::return_time, "2013-01-01", "9 first class, 16 second")) == "accepted");
        CHECK(world.reached == std::vector{world.id});
        CHECK(world.value(Topic::return_time, Jurisdiction::great_britain, "2013-09-30") == "9 first class, 16 second");
        CHECK(world.set(setting(Jurisdiction::great_britain, Topic::mandate, "2013-01-01", "expires_end_of 6 months")) == "rule_verified");
        auto two_lines = setting(Jurisdiction::great_britain, Topic::return_time, "2013-01-01", "9 first class, 16 second");
        two_lines.source = "two\nlines";
        CHECK(world.set(two_lines) == "not_plain_text");
        const auto recorded = world.read([](const store::ReadTx& tx) { return store::law_settings(tx); });
        REQUIRE(recorded.size() == 1);
        CHECK(recorded[0].recorded_by == "gs");
        CHECK(recorded[0].setting.source == "S.I. 2026/9999, read for this test");
        const auto entries = world.read([](const store::ReadTx& tx) { return store::audit_entries(tx, 0, 100); });
        CHECK(std::ranges::count_if(entries, [](const auto& entry) { return entry.record.action == "law_set"; }) == 1);
    }

    TEST_CASE("what is recorded after a ballot opened leaves its rules alone, but for those that go by a later day; first sending counts as opening")
    {
        for (const bool by_sending : {false, true}) {
            CAPTURE(by_sending);
            LawWorld world;
            world.now = at("2026-05-01T09:00:00Z");
            auto plan = ballot::plan_2026();
            plan.opens = ballot::wall("2026-06-01T09:00");
            plan.closes = ballot::wall("2026-06-22T17:00");
            plan.roll_cut_off = day("2026-05-11");
            REQUIRE(world.plan(plan) == "accepted");
            CHECK(world.set(setting(Jurisdiction::great_britain, Topic::mandate, "2026-05-01", "expires_end_of 11 months")) == "accepted");
            world.write([&](store::WriteTx& tx) {
                if (by_sending) store::put_first_sending(tx, world.id, at("2026-06-01T08:00:00Z"));
                else store::put_opened(tx, world.id, at("2026-06-01T08:00:00Z"));
            });
            world.now = at("2026-06-02T08:00:00Z");
            CHECK(world.set(setting(Jurisdiction::great_britain, Topic::mandate, "2026-05-02", "expires_end_of 3 months")) == "accepted");
            CHECK(world.reached.empty());
            CHECK(world.set(setting(Jurisdiction::great_britain, Topic::action_notice_days, "2026-07-01", "21 days")) == "accepted");
            CHECK(world.commence(law::Provision::turnout_repeal, "2026-05-01") == "accepted");
            CHECK(world.value(Topic::mandate, Jurisdiction::great_britain, "2026-06-01") == "expires_end_of 11 months");
            CHECK(world.value(Topic::turnout_threshold, Jurisdiction::great_britain, "2026-06-01") == "1/2");
            CHECK(world.value(Topic::action_notice_days, Jurisdiction::great_britain, "2026-07-01") == "21 days");
            const auto present = world.read([](const store::ReadTx& tx) { return service::rulebook(tx); });
            CHECK(law::value_text(present.rule(Topic::turnout_threshold, Jurisdiction::great_britain, day("2026-06-01")).value) == "none");
            CHECK(law::value_text(present.rule(Topic::mandate, Jurisdiction::great_britain, day("2026-06-01")).value) == "expires_end_of 3 months");
        }
    }

    TEST_CASE("1.1: the first sending makes the opening day, also after the planned one; what was bound in another day's form may not leave")
    {
        LawWorld world;
        world.now = at("2026-01-20T09:00:00Z");
        auto plan = ballot::plan_2026();
        plan.opens = ballot::wall("2026-02-16T09:00");
        plan.closes = ballot::wall("2026-03-16T17:00");
        plan.roll_cut_off = day("2026-02-01");
        plan.important_public_service = false;
        plan.dispute.matters = "Pay";
        for (auto& question : plan.questions) {
            question.expected_periods = "from March 2026";
            question.types_of_action = {"a ban on overtime"};
        }
        REQUIRE(world.plan(plan) == "accepted");
        const auto sent = [&](const char* left) {
            return code(world.write(
                [&](store::WriteTx& tx) { return service::first_sent(tx, world.gs(), service::require_ballot(tx, world.id).value(), at(left)); }));
        };
        const auto opened_on = [&] { return service::opening_day_of(world.ballot()); };
        world.write([&](store::WriteTx& tx) { store::put_opened(tx, world.id, at("2026-02-16T09:00:00Z")); });
        CHECK(opened_on() == day("2026-02-16"));
        CHECK(sent("2026-02-18T00:00:00Z") == "paper_outdated");
        CHECK(opened_on() == day("2026-02-16"));
        CHECK(sent("2026-02-17T23:59:59Z") == "accepted");
        CHECK(opened_on() == day("2026-02-17"));
        CHECK(sent("2026-02-18T00:00:00Z") == "accepted"); // the others may follow
        CHECK(opened_on() == day("2026-02-17"));
        CHECK(sent("2026-02-16T10:00:00Z") == "accepted"); // recorded later
        CHECK(opened_on() == day("2026-02-16"));
    }

    TEST_CASE("1.11: a ballot of Northern Ireland is planned on a server once the words of its statement are recorded")
    {
        LawWorld world;
        auto plan = ballot::plan_2013();
        plan.jurisdiction = Jurisdiction::northern_ireland;
        CHECK(world.plan(plan) == "law_not_verified");
        CHECK(world.set(setting(Jurisdiction::northern_ireland, Topic::statutory_statement, "2006-05-12", "The words of the Order.")) == "accepted");
        CHECK(world.plan(plan) == "accepted");
        const auto held = world.ballot();
        const auto paper = world.read([&](const store::ReadTx& tx) { return service::paper_of(tx, held, world.board_key.public_key()); });
        REQUIRE(code(paper) == "accepted");
        CHECK(paper->paper.statement == "The words of the Order.");
    }

    TEST_CASE("TULRCA s.234: a mandate is lengthened towards the employer that agreed, and towards no other, with its evidence")
    {
        Declared world;
        CHECK(world.last_day("Hampshire Trust") == "2013-11-14"); // four weeks beginning with 18 October
        CHECK(world.extend("Hampshire Trust", "2013-12-12", "2013-10-18") == "accepted");
        CHECK(world.last_day("Hampshire Trust") == "2013-12-12");
        CHECK(world.last_day("Wales Trust") == "2013-11-14");
        CHECK(world.audit_entries_of("mandate_extended") == 1);

        CHECK(world.extend("Hampshire Trust", "2013-12-13", "2013-10-18") == "mandate_too_long");
        CHECK(world.extend("Wales Trust", "2013-11-14", "2013-10-18") == "extension_shortens");
        CHECK(world.extend("Wales Trust", "2013-12-01", "2013-10-19") == "extension_in_future");
        CHECK(world.extend("Wales Trust", "2013-12-01", "2013-10-18", ExtensionGround::agreement, "") == "evidence_missing");
        CHECK(world.extend("Nobody Ltd", "2013-12-01", "2013-10-18") == "no_mandate");
        CHECK(world.audit_entries_of("mandate_extended") == 1);

        world.now = at("2013-11-20T09:00:00Z");
        CHECK(world.extend("Wales Trust", "2013-12-01", "2013-11-15") == "mandate_over");
        CHECK(world.extend("Wales Trust", "2013-12-01", "2013-11-14") == "accepted"); // agreed in time, recorded late
    }

    TEST_CASE("TULRCA s.234(2)-(6): a court's order is recorded with the days on which the action was forbidden, and gives back no more")
    {
        Declared world;
        world.now = at("2013-11-20T09:00:00Z");
        const auto order = [&](const char* until, std::optional<Date> from, std::optional<Date> to,
                               ExtensionGround ground = ExtensionGround::court_order) {
            const service::MandateToExtend asked{
                "Wales Trust", std::nullopt, {ground, day(until), from, to}, day("2013-11-19"), "order of 19 November"};
            return code(world.write([&](store::WriteTx& tx) { return service::extend_mandate(tx, world.gs(), world.id, asked); }));
        };
        CHECK(order("2013-12-01", {}, {}) == "forbidden_days");
        CHECK(order("2013-12-01", day("2013-11-01"), {}) == "forbidden_days");
        CHECK(order("2013-12-01", day("2013-11-01"), day("2013-11-20")) == "forbidden_days"); // a day still to come when the order was made
        CHECK(order("2013-12-01", day("2013-11-01"), day("2013-11-10"), ExtensionGround::agreement) == "forbidden_days");
        CHECK(order("2014-12-01", day("2013-11-01"), day("2013-11-10")) == "mandate_too_long");
        CHECK(order("2013-11-24", day("2013-11-01"), day("2013-11-10")) == "accepted");
        CHECK(world.last_day("Wales Trust") == "2013-11-24"); // ten days after the 14th
        CHECK(world.last_day("Hampshire Trust") == "2013-11-14");
        CHECK(order("2013-11-25", day("2013-11-10"), day("2013-11-11")) == "days_given_back");
    }

    TEST_CASE("a receipt recorded by hand is withdrawn with a reason: it stays listed and audited, and counts for nothing")
    {
        Declared world;
        world.now = at("2013-10-22T09:00:00Z");
        REQUIRE(world.tell_and_notify("Hampshire Trust", "2013-10-19", "2013-10-19", "2013-10-26", "2013-10-26") == "accepted");
        REQUIRE(world.receipt(NoticeKind::result, "Hampshire Trust", "2013-10-21") == "accepted");
        REQUIRE(code(called(world, "2013-10-26T09:00", "2013-10-26T17:00", true)) == "accepted");
        const auto all = [&] { return world.read([&](const store::ReadTx& tx) { return store::receipts_ever(tx, world.id); }); };
        const auto standing = [&] { return world.read([&](const store::ReadTx& tx) { return store::receipts(tx, world.id).size(); }); };
        const auto shaken = [&] {
            const auto held = world.ballot();
            return world.read([&](const store::ReadTx& tx) { return service::shaken_by_withdrawals(tx, world.gs(), held); });
        };
        const auto before = all();
        const auto wrong = *std::ranges::find_if(before, [](const auto& one) { return one.kind == NoticeKind::result; });
        const auto withdraw = [&](std::int64_t number, const char* reason) {
            return code(world.write([&](store::WriteTx& tx) { return service::withdraw_receipt(tx, world.gs(), world.id, number, reason); }));
        };
        CHECK(shaken().empty());
        CHECK(withdraw(999, "a slip") == "no_such_receipt");
        CHECK(withdraw(wrong.number, "") == "reason_missing");
        CHECK(withdraw(wrong.number, "two\nlines") == "not_plain_text");
        CHECK(withdraw(wrong.number, "the 19th was a slip of the pen") == "accepted");
        CHECK(withdraw(wrong.number, "the 19th was a slip of the pen") == "accepted");
        CHECK(all().size() == before.size());
        CHECK(standing() == before.size() - 1);
        const auto after = all();
        CHECK(std::ranges::find(after, wrong.number, &store::NoticeReceipt::number)->withdrawn->reason == "the 19th was a slip of the pen");
        CHECK(world.audit_entries_of("notice_receipt_withdrawn") == 1);
        // The notice of the 19th came before the result of the 21st, so it covers nothing: the walkout called on it is named.
        REQUIRE(shaken().size() == 1);
        CHECK(shaken().front().find("Walkout walkout") != std::string::npos);
        CHECK(shaken().front().find("before the employer was told the result on Monday 21 October 2013") != std::string::npos);
        CHECK_THROWS_AS(world.write([](store::WriteTx& tx) { tx.script("DELETE FROM notice_receipt_withdrawal"); }), store::Failure);
        CHECK_THROWS_AS(world.write([](store::WriteTx& tx) { tx.script("UPDATE notice_receipt_withdrawal SET reason = 'x'"); }), store::Failure);

        const auto sample = *std::ranges::find_if(before, [](const auto& one) { return one.kind == NoticeKind::sample; });
        CHECK(withdraw(sample.number, "it was another ballot's") == "accepted");
        CHECK(shaken().front().find("Voting opened on a receipt that has been withdrawn") != std::string::npos);
    }

    TEST_CASE("what an employer acknowledged itself is not withdrawn by others, and speaks against a record of an earlier day")
    {
        BallotWorld world;
        world.plan(ballot::plan_2013());
        world.now = at("2013-09-11T09:00:00Z");
        world.freeze();
        world.now = at("2013-09-24T09:00:00Z");
        world.receipt(NoticeKind::ballot, "Wales Trust", "2013-09-20");
        world.receipt(NoticeKind::ballot, "Wales Trust", "2013-09-24");
        const store::NoticeReceipt own{.kind = NoticeKind::ballot,
                                       .employer = "Wales Trust",
                                       .received_on = day("2013-09-23"),
                                       .how = "acknowledged by the employer",
                                       .evidence = "H. Resources",
                                       .recorded_by = std::string(store::recorded_by_employer)};
        REQUIRE(code(world.write([&](store::WriteTx& tx) {
                    return service::record_receipt(tx, world.gs(), world.id, own, world.board_key.public_key());
                })) == "accepted");
        const auto all = world.read([&](const store::ReadTx& tx) { return store::receipts(tx, world.id); });
        REQUIRE(all.size() == 3);
        CHECK(service::contradicted_by_employer(all[0], all).value().find("only on Monday 23 September 2013") != std::string::npos);
        CHECK_FALSE(service::contradicted_by_employer(all[1], all).has_value());
        CHECK_FALSE(service::contradicted_by_employer(all[2], all).has_value());
        CHECK(code(world.write([&](store::WriteTx& tx) { return service::withdraw_receipt(tx, world.gs(), world.id, all[2].number, "no"); })) ==
              "receipt_of_employer");
        const auto held = world.ballot();
        const auto late = [&](const char* on) {
            return world.read([&](const store::ReadTx& tx) {
                return service::too_late_for_opening(tx, held, NoticeKind::ballot, "Hampshire Trust", day(on), "Sent").value_or("");
            });
        };
        CHECK(late("2013-09-23").empty());
        CHECK(late("2013-09-24").find("the last lawful day was Monday 23 September 2013. Voting could lawfully open on Tuesday 1 October 2013") !=
              std::string::npos);
    }

    TEST_CASE("a ballot whose receipt is withdrawn after it was noticed does not open until it is recorded again")
    {
        BallotWorld world;
        world.plan(ballot::plan_2013());
        world.now = at("2013-09-11T09:00:00Z");
        world.freeze();
        world.now = at("2013-09-24T09:00:00Z");
        world.all_receipts();
        REQUIRE(world.phase() == Phase::noticed);
        const auto may = [&] {
            const auto held = world.ballot();
            return code(world.read([&](const store::ReadTx& tx) {
                return ballot::notices_received(service::rulebook_of(tx, held), held.plan, store::roll_employers(tx, world.id),
                                                store::receipt_days(tx, world.id), day("2013-09-30"));
            }));
        };
        CHECK(may() == "accepted");
        const auto first = world.read([&](const store::ReadTx& tx) { return store::receipts(tx, world.id).front().number; });
        CHECK(code(world.write([&](store::WriteTx& tx) { return service::withdraw_receipt(tx, world.gs(), world.id, first, "not delivered"); })) ==
              "accepted");
        CHECK(may() == "notice_not_received");
    }

    TEST_CASE("words of the statement recorded after the paper was bound do not reach that ballot, and the answer says so")
    {
        LawWorld world;
        auto plan = ballot::plan_2013();
        plan.jurisdiction = Jurisdiction::northern_ireland;
        const auto words = [&](const char* said) {
            return world.set(setting(Jurisdiction::northern_ireland, Topic::statutory_statement, "2006-05-12", said));
        };
        REQUIRE(words("The words of the Order.") == "accepted");
        REQUIRE(world.plan(plan) == "accepted");
        CHECK(words("Better words of the Order.") == "accepted");
        CHECK(world.reach.follows == std::vector{world.id});
        CHECK(world.reach.samples.empty());
        world.now = at("2013-09-11T09:00:00Z");
        REQUIRE(world.freeze() == "accepted");
        world.now = at("2013-09-24T09:00:00Z");
        REQUIRE(world.receipt(NoticeKind::sample, "Wales Trust", "2013-09-20") == "accepted");
        CHECK(words("Still better words.") == "accepted");
        CHECK(world.reach.samples == std::vector{world.id});
        world.all_receipts();
        REQUIRE(world.phase() == Phase::noticed);
        CHECK(words("Still better words.") == "accepted"); // as they are on the paper
        CHECK(world.reach.follows == std::vector{world.id});
        CHECK(words("Wholly other words.") == "accepted");
        CHECK(world.reach.follows.empty());
        CHECK(world.reach.bound == std::vector{world.id});
    }

    TEST_CASE("one workplace is no ground where the register shows several already; members overseas count towards the fifty")
    {
        BallotWorld world;
        auto plan = ballot::plan_2013();
        plan.aggregate_ground = ballot::AggregateGround::one_workplace;
        CHECK(world.plan(plan) == "several_workplaces");
        CHECK_FALSE(world.read([&](const store::ReadTx& tx) { return store::find_ballot(tx, world.id).has_value(); }));

        BallotWorld small(store::Purpose::normal, 45);
        REQUIRE(small.plan(ballot::plan_2013()) == "accepted");
        const auto statutory = [&] {
            const auto held = small.ballot();
            return small.read([&](const store::ReadTx& tx) { return service::timetable_of(tx, held, false)->scrutineer_statutory; });
        };
        CHECK_FALSE(statutory());
        small.write([&](store::WriteTx& tx) {
            for (int abroad = 0; abroad < 6; ++abroad)
                store::put_member(tx, {.number = std::to_string(5001 + abroad),
                                       .name = "Abroad",
                                       .email = "a@example.org",
                                       .phone = {},
                                       .branch = "Cymru",
                                       .employer = "Wales Trust",
                                       .workplace = "Cathays",
                                       .category = "probation officer",
                                       .joined = day("2010-01-01"),
                                       .overseas = true});
        });
        CHECK(statutory());
    }

    TEST_CASE("where nobody is ready, the call that leaves out the unready names what each employer lacks")
    {
        Declared world;
        world.now = at("2013-10-22T09:00:00Z");
        REQUIRE(world.tell_and_notify("Hampshire Trust", "2013-10-19", "2013-10-21", "2013-10-27", "2013-10-27") == "accepted");
        const auto call = called(world, "2013-10-27T09:00", "2013-10-27T17:00", true);
        REQUIRE(code(call) == "employer_not_told");
        CHECK(call.error().detail.find("Wales Trust has not been told the result") != std::string::npos);
        CHECK(call.error().detail.find("Hampshire Trust: Notice received on Monday 21 October 2013") != std::string::npos);
    }

    TEST_CASE("S.I. 2026/3 Sch 2 para 8(2): a sample drafted before 18 February 2026 has the form that the paper keeps when employers get it in time")
    {
        LawWorld world;
        world.now = at("2026-02-01T09:00:00Z");
        auto plan = ballot::plan_2026();
        plan.opens = ballot::wall("2026-02-23T09:00");
        plan.roll_cut_off = day("2026-02-09");
        for (auto& question : plan.questions) question.expected_periods = "from March 2026";
        REQUIRE(world.plan(plan) == "accepted");
        world.now = at("2026-02-12T09:00:00Z");
        world.freeze();
        const auto sample = [&](const char* now) {
            world.now = at(now);
            const auto held = world.ballot();
            return world.read(
                [&](const store::ReadTx& tx) { return service::sample_paper(tx, world.gs(), held, world.board_key.public_key()).value(); });
        };
        CHECK(sample("2026-02-18T09:00:00Z").statement == law::statement_from_18_february_2026);
        CHECK(sample("2026-02-18T09:00:00Z").source.find("ERA25 s.71") != std::string::npos);
        const auto in_time = sample("2026-02-17T09:00:00Z");
        CHECK(in_time.statement == law::statement_until_17_february_2026);
        CHECK(in_time.source == "TULRCA s.229(1A)-(4), TUA16 s.5"); // the rule of its own form
        for (const auto* employer : {"Hampshire Trust", "Wales Trust"}) {
            CHECK(world.receipt(NoticeKind::ballot, employer, "2026-02-13") == "accepted");
            CHECK(world.receipt(NoticeKind::sample, employer, "2026-02-17") == "accepted");
        }
        CHECK(world.phase() == Phase::noticed);
        CHECK(hex(sha256(world.ballot().paper.value())) == in_time.paper_hash); // what employers were shown is what members get
        CHECK(sample("2026-03-01T09:00:00Z").source == in_time.source);
    }

    TEST_CASE("TULRCA s.234A(3): a notice of action is of one kind, and its first date is one that it can still allow")
    {
        Declared world; // a mandate for a strike alone
        const auto on = [&](std::initializer_list<const char*> days, std::optional<ballot::QuestionKind> kind = std::nullopt,
                            ballot::Course course = ballot::Course::discontinuous) {
            ballot::NotifiedAction action{.kind = kind, .course = course, .dates = {}};
            for (const auto* each : days) action.dates.push_back(day(each));
            return action;
        };
        const auto draft = [&](const ballot::NotifiedAction& action) {
            const auto held = world.ballot();
            return world.read([&](const store::ReadTx& tx) { return service::action_notice(tx, world.gs(), held, "Hampshire Trust", action); });
        };
        const auto serve = [&](const ballot::NotifiedAction& action) {
            const wire::NewServing which{
                .kind = NoticeKind::action, .employer = "Hampshire Trust", .mail_to = {}, .how = "by hand", .action = action};
            return world.write([&](store::WriteTx& tx) {
                return service::serve_notice(tx, world.gs(), world.id, which, world.board_key.public_key(), {.words = {}, .address_of = {}});
            });
        };
        const auto drafted = draft(on({"2013-10-25", "2013-10-28"})).value();
        CHECK(drafted.action == "a strike");
        CHECK(drafted.action_dates == std::vector<std::string>{"Friday 25 October 2013", "Monday 28 October 2013"});
        CHECK_FALSE(drafted.continuous_from);
        CHECK(drafted.too_early->starts_with("Hampshire Trust has not been told the result yet"));
        CHECK(code(draft(on({}))) == "action_days_missing");
        CHECK(code(draft(on({"2013-10-28", "2013-10-25"}))) == "action_days_out_of_order");
        CHECK(code(draft(on({"2013-10-25"}, ballot::QuestionKind::action_short))) == "no_mandate");

        CHECK(world.receipt(NoticeKind::result, "Hampshire Trust", "2013-10-18") == "accepted");
        const auto open = draft(on({"2013-10-25"}, std::nullopt, ballot::Course::continuous)).value();
        CHECK(open.continuous_from == "Friday 25 October 2013");
        CHECK(open.action_dates.empty());
        CHECK_FALSE(open.too_early);
        CHECK(draft(on({"2013-10-24", "2013-10-28"})).value().too_early ==
              "Notice received on Friday 18 October 2013 allows action from Friday 25 October 2013, not on Thursday 24 October 2013.");
        const auto refused = serve(on({"2013-10-24", "2013-10-28"}));
        CHECK(code(refused) == "action_notice_short");
        CHECK(refused.error().earliest_lawful == "2013-10-25");
        CHECK(world.read([&](const store::ReadTx& tx) { return store::served(tx, world.id); }).empty());

        const auto sent = serve(on({"2013-10-25", "2013-10-28"})).value();
        const auto kept = world.read([&](const store::ReadTx& tx) { return store::find_served(tx, sent.id); }).value();
        CHECK(kept.action == on({"2013-10-25", "2013-10-28"}, ballot::QuestionKind::strike));
    }

    TEST_CASE("a receipt is recorded by hand with its evidence, and not of a day on which the notice could not exist")
    {
        BallotWorld world;
        world.plan(ballot::plan_2013());
        world.now = at("2013-09-11T09:00:00Z");
        world.freeze();
        store::NoticeReceipt given{
            .kind = NoticeKind::ballot, .employer = "Hampshire Trust", .received_on = day("2013-09-11"), .how = "by hand", .evidence = ""};
        const auto record = [&] {
            return code(world.write(
                [&](store::WriteTx& tx) { return service::record_receipt(tx, world.gs(), world.id, given, world.board_key.public_key()); }));
        };
        CHECK(record() == "evidence_missing");
        given.evidence = "two\nlines";
        CHECK(record() == "not_plain_text");
        given.evidence = "signed slip 17";
        given.received_on = day("2013-09-10"); // the cut-off day: the roll is frozen after it
        CHECK(record() == "receipt_too_early");
        given.received_on = day("2013-09-11");
        CHECK(record() == "accepted");
    }

    TEST_CASE(
        "an employer who acknowledges late is heard: the receipt is evidence of its day, changes no clock, and keeps the figures that were sent")
    {
        BallotWorld world;
        world.plan(ballot::plan_2013());
        world.now = at("2013-09-11T09:00:00Z");
        world.freeze();
        std::string id, mailed;
        const service::NoticeMail mail{.words = [](const service::Drafted&) { return std::string("words\n"); },
                                       .address_of = [&](const std::string& notice) { return id = notice; }};
        const wire::NewServing which{.kind = NoticeKind::ballot, .employer = "Wales Trust", .mail_to = "hr@wales.example", .how = {}, .action = {}};
        REQUIRE(code(world.write([&](store::WriteTx& tx) {
                    return service::serve_notice(tx, world.gs(), world.id, which, world.board_key.public_key(), mail);
                })) == "accepted");
        mailed = world.read([](const store::ReadTx& tx) { return store::mails_due(tx, at("2030-01-01T00:00:00Z"), 10); }).back().body;
        const auto at_code = mailed.find("with this code: ") + 16;
        const auto typed = mailed.substr(at_code, mailed.find('\n', at_code) - at_code);
        world.now = at("2013-09-24T09:00:00Z");
        world.write([&](store::WriteTx& tx) { world.put_member(tx, 2001, true); });
        CHECK(code(world.write([&](store::WriteTx& tx) {
                  return service::correct_roll(tx, world.gs(), world.id, {{ballot::Correction::Kind::add, "2001", "omitted"}});
              })) == "accepted");
        const auto stale = [&] { return world.read([&](const store::ReadTx& tx) { return service::employers_with_stale_figures(tx, world.id); }); };
        CHECK(stale() == std::vector<std::string>{"Wales Trust"}); // sent, and not known to have arrived
        world.all_receipts();
        CHECK(stale() == std::vector<std::string>{"Wales Trust"}); // received on the 20th what was sent on the 11th
        world.key_and_code();
        world.write([&](store::WriteTx& tx) { store::put_phase(tx, world.id, Phase::coded, Phase::open); });
        world.now = at("2013-10-02T09:00:00Z");
        const auto acknowledged = world.write(
            [&](store::WriteTx& tx) { return service::acknowledge_notice(tx, world.gs(), id, typed, "H. Resources", world.board_key.public_key()); });
        REQUIRE(code(acknowledged) == "accepted");
        CHECK(acknowledged->acknowledged_at == world.now);
        CHECK(world.phase() == Phase::open);
        const auto receipts = world.read([&](const store::ReadTx& tx) { return store::receipts(tx, world.id); });
        CHECK(receipts.back().received_on == day("2013-10-02"));
        CHECK(receipts.back().roll_revision == 1);
        CHECK(stale() == std::vector<std::string>{"Wales Trust"});
        const auto days = world.read([&](const store::ReadTx& tx) { return store::receipt_days(tx, world.id); });
        const std::vector<std::string> employers{"Hampshire Trust", "Wales Trust"};
        CHECK(ballot::last_receipt(NoticeKind::ballot, employers, days) == day("2013-09-20"));
    }

    TEST_CASE(
        "TULRCA s.231: everybody entitled is told the result once, in both languages where the ballot has two, and who has no address is counted")
    {
        Declared world;
        std::string said;
        const service::ResultMail mail{.words =
                                           [&](const wire::ResultNotice& notice, ballot::Language language) {
                                               return std::string(name(language)) + " " + notice.constituencies.at(0).questions.at(0).outcome;
                                           },
                                       .address = "https://ballot.example/results/probation-2013"};
        const auto tell = [&] { return world.write([&](store::WriteTx& tx) { return service::tell_members(tx, world.gs(), world.id, mail); }); };
        const auto entitled = world.read([&](const store::ReadTx& tx) { return store::roll(tx, world.id).entries.size(); });
        const auto queued = [&] {
            return world.read([](const store::ReadTx& tx) { return store::mails_due(tx, at("2030-01-01T00:00:00Z"), 10'000); });
        };
        const auto before = queued().size();
        const auto told = tell();
        REQUIRE(code(told) == "accepted");
        CHECK(told->mailed + told->without_address == static_cast<std::int64_t>(entitled));
        CHECK(queued().size() - before == static_cast<std::size_t>(told->mailed));
        world.now = at("2013-10-19T09:00:00Z");
        CHECK(tell()->told_at == told->told_at);
        CHECK(queued().size() - before == static_cast<std::size_t>(told->mailed));
        CHECK(world.audit_entries_of("members_told") == 1);
        BallotWorld undeclared;
        undeclared.plan(ballot::plan_2013());
        CHECK(code(undeclared.write([&](store::WriteTx& tx) { return service::tell_members(tx, undeclared.gs(), undeclared.id, mail); })) ==
              "result_not_declared");
    }

    TEST_CASE("no mandate is lengthened before there is one")
    {
        BallotWorld world;
        world.plan(ballot::plan_2013());
        const service::MandateToExtend asked{
            "Hampshire Trust", std::nullopt, {ExtensionGround::agreement, day("2013-12-01")}, day("2013-09-01"), "letter"};
        CHECK(code(world.write([&](store::WriteTx& tx) { return service::extend_mandate(tx, world.gs(), world.id, asked); })) == "no_mandate");
    }

    TEST_CASE("a walkout after the four weeks is called where the employer agreed to a longer mandate, and not where it did not")
    {
        Declared world;
        world.now = at("2013-11-12T09:00:00Z");
        CHECK(world.extend("Hampshire Trust", "2013-12-12", "2013-11-12") == "accepted");
        for (const auto* employer : {"Hampshire Trust", "Wales Trust"})
            CHECK(world.tell_and_notify(employer, "2013-10-21", "2013-11-12", "2013-11-26", "2013-11-27") == "accepted");
        CHECK(code(called(world, "2013-11-26T12:00", "2013-11-27T12:00", false)) == "mandate_begin_passed");
        const auto call = called(world, "2013-11-26T12:00", "2013-11-27T12:00", true);
        REQUIRE(code(call) == "accepted");
        REQUIRE(call->walkout.called.size() == 1);
        CHECK(call->walkout.called.front().employer == "Hampshire Trust");
        REQUIRE(call->left_out.size() == 1);
        CHECK(call->left_out.front().why.code == "mandate_begin_passed");
    }
}
