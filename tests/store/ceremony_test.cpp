// The trustees' ceremony as the server keeps it, and what it shows of a count's approvals.

#include "server/service/ceremony.hpp"
#include "server/service/count_ballot.hpp"
#include "server/store/approval_store.hpp"
#include "tests/store/ballot_fixture.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::test;
using ballot::Role;
using store::CeremonyStep;

namespace {

/// A noticed ballot whose three trustees each have their secrets of the attempt that stands.
struct Ceremony : BallotWorld {
    std::vector<std::string> numbers{"scrutineer", "union", "outsider"};
    std::vector<protocol::TrusteeSecrets> trustees;

    Ceremony()
    {
        plan(ballot::plan_2013());
        now = at("2013-09-11T09:00:00Z");
        freeze();
        now = at("2013-09-24T09:00:00Z");
        all_receipts();
        begin();
    }

    void begin()
    {
        const auto shown = state();
        trustees.clear();
        for (unsigned i = 1; i <= 3; ++i)
            trustees.emplace_back(protocol::CeremonyContext{Group::find(shown.group), shown.context, 2, 3, numbers}, i,
                                  protocol::TrusteeSecrets::make_seed(random));
    }

    wire::CeremonyState state()
    {
        return read([&](const store::ReadTx& tx) { return service::ceremony_state(tx, id).value(); });
    }
    Result<wire::CeremonyState> send(unsigned trustee, CeremonyStep step, const std::string& message)
    {
        const auto context = as(numbers[trustee - 1].c_str(), Role::trustee);
        return write([&](store::WriteTx& tx) -> Result<wire::CeremonyState> {
            const auto checked = service::check_ceremony_message(tx, context, id, step, message);
            if (!checked) return checked.error();
            return service::take_ceremony_message(tx, context, id, *checked);
        });
    }
    std::string restart(const char* who, const char* reason)
    {
        return code(write([&](store::WriteTx& tx) { return service::restart_ceremony(tx, as(who, Role::trustee), id, reason); }));
    }

    void all(CeremonyStep step)
    {
        for (unsigned i = 1; i <= 3; ++i) REQUIRE(code(send(i, step, message(i, step))) == "accepted");
    }
    std::string message(unsigned i, CeremonyStep step)
    {
        const auto shown = state();
        const auto& trustee = trustees[i - 1];
        if (step == CeremonyStep::join) return trustee.join_message(random);
        if (step == CeremonyStep::confirm) return trustee.confirm_message(shown.joins, random);
        if (step == CeremonyStep::shares) return trustee.shares_message(shown.joins, random).value();
        if (step == CeremonyStep::keys) return trustee.keys_message(trustee.receive_shares(shown.joins, shown.shares).value(), random);
        return trustee.complaint_message(i == 1 ? 2 : 1, "the share does not fit", random);
    }
};

} // namespace

TEST_SUITE("ceremony service")
{
    TEST_CASE("three trustees, each step once and in order, key the ballot")
    {
        Ceremony world;
        CHECK(code(world.send(1, CeremonyStep::confirm, world.trustees[0].confirm_message({"", "", ""}, world.random))) == "ceremony_incomplete");
        const auto first = world.message(1, CeremonyStep::join);
        CHECK(code(world.send(1, CeremonyStep::join, first)) == "accepted");
        CHECK(code(world.send(1, CeremonyStep::join, first)) == "step_done");
        CHECK(code(world.send(1, CeremonyStep::join, world.message(1, CeremonyStep::join))) == "step_done"); // a second certificate is not taken
        CHECK(code(world.send(2, CeremonyStep::join, first)) == "ceremony_message");                         // nor another's
        const auto incomplete = world.send(1, CeremonyStep::confirm, "");
        CHECK(incomplete.error().detail.find("union, outsider") != std::string::npos);
        for (unsigned i = 2; i <= 3; ++i) CHECK(code(world.send(i, CeremonyStep::join, world.message(i, CeremonyStep::join))) == "accepted");
        for (const auto step : {CeremonyStep::confirm, CeremonyStep::shares, CeremonyStep::keys}) world.all(step);
        CHECK(world.phase() == ballot::Phase::keyed);
        const auto done = world.state();
        REQUIRE(done.trustees.has_value());
        CHECK(protocol::parse_trustees(*Group::find(done.group), *done.trustees).has_value());
        CHECK(world.restart("union", "too late") == "wrong_phase");
    }

    TEST_CASE("the context follows from what the server shows, and whose signatures will count is fixed when the first trustee joins")
    {
        Ceremony world;
        const auto before = world.state();
        CHECK(protocol::ceremony_context(*wire::ceremony_terms(before)) == before.context);
        CHECK(before.approvers.size() == 3);
        const auto enrol = [&](const char* number) {
            world.write([&](store::WriteTx& tx) {
                const auto key = SigningKey::make(world.random).public_key();
                store::add_official(tx, {number, number, "x@example.org", key, {{Role::official, ""}}}, Secret(std::string(20, 't')), world.now);
            });
        };
        enrol("late");
        CHECK(world.state().context != before.context);
        world.begin();
        CHECK(code(world.send(1, CeremonyStep::join, world.message(1, CeremonyStep::join))) == "accepted");
        const auto joined = world.state().context;
        enrol("too-late");
        CHECK(world.state().context == joined);
        CHECK(world.restart("union", "the new official belongs to it") == "accepted");
        CHECK(world.state().approvers.size() == 5);
    }

    TEST_CASE("where no two people could approve a count, no key is made")
    {
        Ceremony world;
        world.write([&](store::WriteTx& tx) { tx.prepare("DELETE FROM office WHERE number IN ('gs', 'union') AND role <> 'trustee'").run(); });
        world.begin();
        CHECK(code(world.send(1, CeremonyStep::join, world.message(1, CeremonyStep::join))) == "approvers_missing");
    }

    TEST_CASE("a complaint restarts the ceremony and names both sides; so does a trustee with a reason; nothing is deleted")
    {
        Ceremony world;
        CHECK(world.restart("union", "nobody has joined") == "ceremony_not_begun");
        for (const auto step : {CeremonyStep::join, CeremonyStep::confirm}) world.all(step);
        CHECK(code(world.send(1, CeremonyStep::complaint, world.message(1, CeremonyStep::complaint))) == "ceremony_incomplete");
        world.all(CeremonyStep::shares);
        const auto joins = world.state().joins;
        CHECK(code(world.send(3, CeremonyStep::complaint, world.message(1, CeremonyStep::complaint))) == "ceremony_message");
        CHECK(code(world.send(1, CeremonyStep::complaint, world.message(1, CeremonyStep::complaint))) == "accepted");
        auto after = world.state();
        CHECK(after.attempt == 2);
        CHECK(std::ranges::all_of(after.joins, &std::string::empty));
        REQUIRE(after.restarts.size() == 1);
        CHECK(after.restarts[0].by == "scrutineer");
        CHECK(after.restarts[0].against == "union");
        CHECK(after.restarts[0].joins == joins);
        CHECK(protocol::check_complaint(world.trustees[0].context(), 1, joins, *after.restarts[0].complaint)->against == 2);
        CHECK(code(world.send(1, CeremonyStep::join, world.message(1, CeremonyStep::join))) == "ceremony_message"); // of the attempt before
        world.begin();
        CHECK(code(world.send(1, CeremonyStep::join, world.message(1, CeremonyStep::join))) == "accepted");
        CHECK(world.restart("gs", "not a trustee") == "not_a_trustee");
        CHECK(world.restart("union", "") == "reason_missing");
        CHECK(world.restart("union", "two\nlines") == "reason_missing");
        CHECK(world.restart("union", "words did not match") == "accepted");
        after = world.state();
        CHECK(after.attempt == 3);
        CHECK(after.restarts.at(1).reason == "words did not match");
        CHECK_FALSE(after.restarts.at(1).complaint.has_value());
    }

    TEST_CASE("what the server keeps of a count's approvals convinces a trustee who pinned the keys, and names the sealed boards")
    {
        Ceremony world;
        const auto pinned = wire::ceremony_terms(world.state())->approvers;
        world.key_and_code();
        world.write([&](store::WriteTx& tx) {
            for (const auto& [from, to] :
                 {std::pair(ballot::Phase::coded, ballot::Phase::open), std::pair(ballot::Phase::open, ballot::Phase::closed)})
                store::put_phase(tx, world.id, from, to);
            store::put_opened(tx, world.id, at("2013-09-30T08:00:00Z"));
            store::put_closed(tx, world.id, at("2013-10-18T11:00:00Z"));
            store::put_sealed_board(tx, store::constituencies(tx, world.id).front().id, 17, std::string(64, 'c'));
        });
        world.now = at("2013-10-18T12:00:00Z");
        CHECK(code(world.read([&](const store::ReadTx& tx) { return service::count_state(tx, world.id); })) == "not_counted");
        CHECK(world.approve_by_both(ballot::ApprovalStep::count) == "accepted");
        world.write([&](store::WriteTx& tx) { store::put_phase(tx, world.id, ballot::Phase::closed, ballot::Phase::counted); });
        const auto count = world.read([&](const store::ReadTx& tx) { return service::count_state(tx, world.id).value(); });
        const auto uuid = world.read([&](const store::ReadTx& tx) { return store::constituencies(tx, world.id).front().id.text(); });
        CHECK(ballot::sealed_boards(world.id, count.count.canonical) == std::vector{ballot::SealedBoard{uuid, 17, std::string(64, 'c')}});
        std::vector<ballot::GivenApproval> given;
        for (const auto& one : count.count.approvals) given.push_back({one.by, one.expires, parse_signature(one.signature).value()});
        const ballot::ApprovalClaim claim{ballot::ApprovalStep::count, world.id, sha256(count.count.canonical), {}};
        CHECK(ballot::verify_approvals(claim, given, pinned, world.now).has_value());
        CHECK_FALSE(count.early_closing.has_value());
        CHECK_FALSE(count.counted);
        CHECK(world.read([&](const store::ReadTx& tx) { return service::trustees_awaited(tx, world.id); }) ==
              "2 more trustees must decrypt: scrutineer or union or outsider");
    }
}
