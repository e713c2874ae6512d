#include "server/service/abandon_ballot.hpp"
#include "server/service/ballots.hpp"
#include "server/service/commence_law.hpp"
#include "server/service/declare_result.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/notice_store.hpp"
#include "shared/protocol/voting_paper_json.hpp"
#include "tests/store/ballot_fixture.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::test;
using ballot::ApprovalStep;
using ballot::NoticeKind;
using ballot::Phase;
using ballot::Role;

namespace {

struct Noticed : BallotWorld {
    explicit Noticed(ballot::BallotPlan planned = ballot::plan_2013())
    {
        plan(planned);
        now = at("2013-09-11T09:00:00Z");
        freeze();
        now = at("2013-09-24T09:00:00Z");
        all_receipts();
    }
};

/// Up to the count: everybody returned, 40 Yes and 20 No to the first question, the other way round to the second.
struct Counted : Noticed {
    Counted()
    {
        key_and_code();
        write([&](store::WriteTx& tx) {
            for (const auto& [from, to] :
                 {std::pair(Phase::coded, Phase::open), std::pair(Phase::open, Phase::closed), std::pair(Phase::closed, Phase::counted)})
                store::put_phase(tx, id, from, to);
            store::put_opened(tx, id, at("2013-09-30T08:00:00Z"));
            store::put_closed(tx, id, at("2013-10-18T11:00:00Z"));
            const auto constituency = store::constituencies(tx, id).front();
            store::put_count(tx, {constituency.id, constituency.name, 60, 0, 60, {{40, 20}, {20, 40}}});
        });
        now = at("2013-10-18T15:00:00Z");
    }
};

std::string abandon(BallotWorld& world, const service::Context& context, const char* reason)
{
    return code(world.write([&](store::WriteTx& tx) { return service::abandon_ballot(tx, context, world.id, reason); }));
}

std::vector<std::string> audit_actions(BallotWorld& world)
{
    std::vector<std::string> actions;
    for (const auto& entry : world.read([](const store::ReadTx& tx) { return store::audit_entries(tx, 0, 100); }))
        actions.push_back(entry.record.action);
    return actions;
}

} // namespace

TEST_SUITE("ballot services")
{
    TEST_CASE("planning records a lawful plan once, and an unlawful one not at all")
    {
        BallotWorld world;
        auto late = ballot::plan_2013();
        late.opens = ballot::wall("2013-09-08T09:00");
        late.roll_cut_off = day("2013-08-20");
        CHECK(world.plan(late) == "ballot_notice_short");
        CHECK(world.read([&](const store::ReadTx& tx) { return store::ballots(tx).empty(); }));
        CHECK(world.plan(ballot::plan_2013()) == "accepted");
        CHECK(world.plan(ballot::plan_2013()) == "ballot_exists");
    }

    TEST_CASE("names that the register or the enrolment does not know are refused")
    {
        BallotWorld world;
        const auto with = [&](auto change) {
            auto plan = ballot::plan_2013();
            change(plan);
            return world.plan(plan);
        };
        using Names = std::vector<std::string>;
        CHECK(with([](auto& p) { p.trustees.numbers = {"scrutineer", "nobody"}; }) == "unknown_trustee");
        CHECK(with([](auto& p) { p.trustees.numbers = {"scrutineer", "gs"}; }) == "unknown_trustee");
        CHECK(with([](auto& p) { p.entitled = ballot::Entitlement{Names{"Hampshire Trsut"}, {}, {}}; }) == "unknown_employer");
        CHECK(with([](auto& p) { p.entitled = ballot::Entitlement{{}, Names{"Andover"}, {}}; }) == "unknown_workplace");
        CHECK(with([](auto& p) { p.entitled = ballot::Entitlement{{}, {}, Names{"clerk"}}; }) == "unknown_category");
        CHECK(with([](auto& p) { p.entitled = ballot::Entitlement{Names{"Hampshire Trust"}, {}, {}}; }) == "accepted");
    }

    TEST_CASE("freezing makes the roll and its constituencies; a rehearsal's say so in their uuid")
    {
        BallotWorld real;
        BallotWorld rehearsal(store::Purpose::rehearsal);
        for (auto* world : {&real, &rehearsal}) {
            CHECK(world->plan(ballot::plan_2013()) == "accepted");
            CHECK(world->freeze() == "cut_off_not_over");
            world->now = at("2013-09-11T09:00:00Z");
            CHECK(world->freeze() == "accepted");
            CHECK(world->freeze() == "wrong_phase");
            CHECK(world->phase() == Phase::frozen);
        }
        const auto uuid = [](BallotWorld& world) {
            return world.read([&](const store::ReadTx& tx) { return store::constituencies(tx, world.id).at(0).id.text(); });
        };
        CHECK(uuid(real).size() == 14);
        CHECK_FALSE(uuid(real).starts_with("REHEARSAL"));
        CHECK(uuid(rehearsal).size() == 23);
        CHECK(uuid(rehearsal).starts_with("REHEARSAL"));
    }

    TEST_CASE("one constituency per employer has its own roll")
    {
        BallotWorld world;
        auto plan = ballot::plan_2013();
        plan.constituencies = ballot::Split::per_employer;
        world.plan(plan);
        world.now = at("2013-09-11T09:00:00Z");
        world.freeze();
        world.read([&](const store::ReadTx& tx) {
            const auto both = store::constituencies(tx, world.id);
            REQUIRE(both.size() == 2);
            CHECK(both[0].name == "Hampshire Trust");
            CHECK(store::figures(tx, both[0].id).entitled == 40);
            CHECK(store::figures(tx, both[1].id).entitled == 20);
            CHECK(store::constituency_employers(tx, both[1].id) == std::vector<std::string>{"Wales Trust"});
        });
    }

    TEST_CASE("the last receipt in time makes the ballot noticed and binds its paper")
    {
        BallotWorld world;
        world.plan(ballot::plan_2013());
        CHECK(world.receipt(NoticeKind::ballot, "Hampshire Trust", "2013-09-02") == "receipt_not_expected");
        world.now = at("2013-09-24T09:00:00Z");
        world.freeze();
        CHECK(world.receipt(NoticeKind::ballot, "Nobody Ltd", "2013-09-20") == "employer_not_on_roll");
        CHECK(world.receipt(NoticeKind::ballot, "Hampshire Trust", "2013-09-25") == "receipt_in_future");
        CHECK(world.receipt(NoticeKind::result, "Hampshire Trust", "2013-09-20") == "receipt_not_expected");
        CHECK(world.receipt(NoticeKind::ballot, "Hampshire Trust", "2013-09-23") == "accepted");
        CHECK(world.receipt(NoticeKind::sample, "Hampshire Trust", "2013-09-23") == "accepted");
        CHECK(world.receipt(NoticeKind::sample, "Wales Trust", "2013-09-23") == "accepted");
        CHECK(world.receipt(NoticeKind::ballot, "Wales Trust", "2013-09-24") == "accepted"); // a day late: recorded, but no help
        CHECK(world.phase() == Phase::frozen);
        CHECK_FALSE(world.ballot().paper);
        CHECK(world.receipt(NoticeKind::ballot, "Wales Trust", "2013-09-23") == "accepted");
        CHECK(world.phase() == Phase::noticed);
        const auto paper = protocol::parse_voting_paper(world.ballot().paper.value()).value();
        CHECK(paper.board_key == hex(world.board_key.public_key()));
        CHECK(paper.scrutineer == "Independent Scrutiny Ltd");
    }

    TEST_CASE("a consultative ballot is noticed as soon as its roll is frozen")
    {
        BallotWorld world;
        auto plan = ballot::plan_2013();
        plan.statutory = false;
        plan.methods = {law::Method::online};
        world.plan(plan);
        world.now = at("2013-09-11T09:00:00Z");
        CHECK(world.freeze() == "accepted");
        CHECK(world.phase() == Phase::noticed);
    }

    TEST_CASE("correcting the roll makes a revision, and says which employer was told other figures")
    {
        Noticed world;
        const auto correct = [&](ballot::Correction::Kind kind, const char* number, const char* reason) {
            return code(world.write([&](store::WriteTx& tx) { return service::correct_roll(tx, world.gs(), world.id, {{kind, number, reason}}); }));
        };
        const auto stale = [&] { return world.read([&](const store::ReadTx& tx) { return service::employers_with_stale_figures(tx, world.id); }); };
        world.write([&](store::WriteTx& tx) { world.put_member(tx, 2001, true); });
        CHECK(stale().empty());
        CHECK(correct(ballot::Correction::Kind::add, "9999", "omitted") == "no_such_member");
        CHECK(correct(ballot::Correction::Kind::add, "2001", "") == "reason_missing");
        CHECK(correct(ballot::Correction::Kind::add, "2001", "omitted by mistake") == "accepted");
        CHECK(stale() == std::vector<std::string>{"Wales Trust"});
        CHECK(correct(ballot::Correction::Kind::remove, "2001", "not entitled after all") == "accepted");
        CHECK(stale().empty());
        CHECK(world.read([&](const store::ReadTx& tx) { return store::latest_revision(tx, world.id)->revision; }) == 3);
        world.key_and_code();
        CHECK(correct(ballot::Correction::Kind::remove, "1001", "left") == "codes_made");
    }

    TEST_CASE("opening is approved by two verified signatures over what stands")
    {
        Noticed world;
        CHECK(code(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::open)) == "wrong_phase");
        world.key_and_code();
        const auto approved = [&] {
            return code(
                world.read([&](const store::ReadTx& tx) { return service::step_approved(tx, world.ballot(), ApprovalStep::open, world.now); }));
        };
        CHECK(code(world.sign(world.gs(), Role::general_secretary, world.scrutineer_key, ApprovalStep::open)) == "wrong_signature");
        CHECK(code(world.sign(world.gs(), Role::scrutineer, world.gs_key, ApprovalStep::open)) == "wrong_office");
        CHECK(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::open).value() == false);
        CHECK(code(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::open)) == "already_approved");
        CHECK(approved() == "approval_missing");
        CHECK(world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::open).value() == true);
        CHECK(approved() == "accepted");
        world.now += std::chrono::hours(24); // they were signed for a day
        CHECK(approved() == "approval_missing");
        CHECK(code(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::extend)) == "nothing_proposed");
    }

    TEST_CASE("a signature for one step or expiry is none for another")
    {
        Noticed world;
        world.key_and_code();
        const auto give = [&](ApprovalStep signed_step, std::chrono::hours signed_for, std::chrono::hours claimed) {
            return code(world.write([&](store::WriteTx& tx) -> Result<bool> {
                const auto object = service::approval_object(tx, world.ballot(), ApprovalStep::open).value();
                const auto signature = world.gs_key.sign(ballot::canonical_approval({signed_step, world.id, object.hash, world.now + signed_for}));
                return service::approve(tx, world.gs(), world.id,
                                        {ApprovalStep::open, Role::general_secretary, object.hash, world.now + claimed, signature});
            }));
        };
        using std::chrono::hours;
        CHECK(give(ApprovalStep::count, hours(1), hours(1)) == "wrong_signature");
        CHECK(give(ApprovalStep::open, hours(1), hours(2)) == "wrong_signature");
        CHECK(give(ApprovalStep::open, hours(24 * 7 + 1), hours(24 * 7 + 1)) == "approval_too_long");
        CHECK(give(ApprovalStep::open, hours(1), hours(1)) == "accepted");
    }

    TEST_CASE("the second signature under the result declares it, with a mandate where it carried")
    {
        Counted world;
        CHECK(code(world.read([&](const store::ReadTx& tx) { return service::declared_result(tx, world.ballot()); })) == "result_not_declared");
        CHECK(world.approve_by_both(ApprovalStep::declare) == "accepted");
        CHECK(world.phase() == Phase::declared);
        world.read([&](const store::ReadTx& tx) {
            const auto result = service::declared_result(tx, world.ballot()).value();
            CHECK(result.constituencies.at(0).questions.at(0).mandate.has_value());
            CHECK_FALSE(result.constituencies.at(0).questions.at(1).mandate.has_value());
            const auto mandates = store::mandates(tx, world.id);
            REQUIRE(mandates.size() == 1);
            CHECK(mandates[0].kind == ballot::QuestionKind::strike);
            CHECK(mandates[0].last_day == day("2013-11-14"));
        });
        CHECK(world.receipt(NoticeKind::result, "Hampshire Trust", "2013-10-17") == "receipt_too_early");
        CHECK(world.receipt(NoticeKind::result, "Hampshire Trust", "2013-10-18") == "accepted");
        CHECK(world.receipt(NoticeKind::action, "Hampshire Trust", "2013-10-18") == "accepted");
        CHECK(abandon(world, world.scrutineer(), "too late") == "wrong_phase");
    }

    TEST_CASE("one question's figures cannot be declared before all constituencies are counted")
    {
        Noticed world;
        CHECK(code(world.read([&](const store::ReadTx& tx) { return service::result_of(tx, world.ballot()); })) == "result_not_counted");
    }

    TEST_CASE("a ballot is abandoned with a reason, and once open by the scrutineer alone")
    {
        Noticed world;
        world.key_and_code();
        CHECK(abandon(world, world.gs(), "") == "reason_missing");
        world.write([&](store::WriteTx& tx) {
            store::put_phase(tx, world.id, Phase::coded, Phase::open);
            store::put_opened(tx, world.id, world.now);
        });
        CHECK(abandon(world, world.gs(), "settled") == "scrutineer_only");
        CHECK(abandon(world, world.scrutineer(), "settled") == "accepted");
        CHECK(world.phase() == Phase::abandoned);
        CHECK(world.ballot().reason == "settled");
    }

    TEST_CASE("a commencement reaches ballots not yet opened, and no others")
    {
        BallotWorld world;
        world.now = at("2026-09-01T09:00:00Z");
        auto online = ballot::plan_2013();
        online.methods = {law::Method::post, law::Method::online};
        online.opens = ballot::wall("2026-10-12T09:00");
        online.closes = ballot::wall("2026-10-30T17:00");
        online.roll_cut_off = day("2026-09-20");
        CHECK(world.plan(online) == "method_not_lawful");
        const auto commence = [&](const char* instrument) {
            return code(world.write([&](store::WriteTx& tx) {
                return service::commence_law(tx, world.gs(), {law::Provision::online, day("2026-10-01"), instrument});
            }));
        };
        CHECK(commence("") == "instrument_missing");
        CHECK(commence("S.I. 2026/999") == "accepted");
        CHECK(world.plan(online) == "accepted");
        auto opened = world.ballot();
        const auto lawful = [&] {
            return code(world.read([&](const store::ReadTx& tx) {
                return law::check_method(service::rulebook_of(tx, opened), law::Jurisdiction::great_britain, day("2026-10-12"), law::Method::online);
            }));
        };
        opened.opened_at = world.now - std::chrono::seconds(1);
        CHECK(lawful() == "method_not_lawful");
        opened.opened_at = world.now;
        CHECK(lawful() == "accepted");
    }

    TEST_CASE("TULRCA s.246: a closing recorded late leaves the date of the ballot, an early one moves it")
    {
        Noticed world;
        auto ballot = world.ballot();
        CHECK(service::date_of_ballot_of(ballot) == day("2013-10-18"));
        ballot.closed_at = at("2013-10-19T09:00:00Z");
        CHECK(service::date_of_ballot_of(ballot) == day("2013-10-18"));
        ballot.closed_at = at("2013-10-17T09:00:00Z");
        CHECK(service::date_of_ballot_of(ballot) == day("2013-10-17"));
    }

    TEST_CASE("only a rehearsal's clock moves, and only forward")
    {
        const auto move = [](BallotWorld& world, const char* to) {
            return code(world.write([&](store::WriteTx& tx) { return service::move_clock(tx, world.gs(), at(to)); }));
        };
        BallotWorld real;
        CHECK(move(real, "2013-09-03T09:00:00Z") == "not_a_rehearsal");
        BallotWorld rehearsal(store::Purpose::rehearsal);
        CHECK(move(rehearsal, "2013-09-02T09:00:00Z") == "clock_back");
        CHECK(move(rehearsal, "2013-09-02T09:00:01Z") == "accepted");
    }

    TEST_CASE("every step by an official is in the audit log")
    {
        Counted world;
        world.approve_by_both(ApprovalStep::declare);
        const auto actions = audit_actions(world);
        for (const auto* action :
             {"ballot_planned", "roll_frozen", "notice_receipt_recorded", "ballot_noticed", "approval_given", "result_declared"}) {
            CAPTURE(action);
            CHECK(std::ranges::find(actions, action) != actions.end());
        }
    }
}
