#include "server/service/boards.hpp"
#include "server/service/code_reports.hpp"
#include "server/service/credential_register.hpp"
#include "server/service/replace_codes.hpp"
#include "server/service/set_up_boards.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/ceremony_store.hpp"
#include "server/store/replacement_store.hpp"
#include "shared/protocol/election.hpp"
#include "tests/store/open_ballot.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::test;
using ballot::ApprovalStep;
using ballot::ChangeReason;
using ballot::Phase;
using ballot::Role;

TEST_SUITE("replacements of voting codes")
{
    TEST_CASE("a replacement takes effect with the second signature, all of it at once")
    {
        OpenBallot world;
        REQUIRE(world.proposed("1001", ChangeReason::lost) == "accepted");
        REQUIRE(code(world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::replace)) == "accepted");
        CHECK(world.holds("1001") == "code of 1001");
        CHECK(world.records().empty());

        REQUIRE(code(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::replace)) == "accepted");
        const auto records = world.records();
        REQUIRE(records.size() == 1);
        CHECK(records[0].credential_out == "code of 1001");
        CHECK(records[0].credential_in == world.holds("1001"));
        CHECK(world.holds("1001") == world.place().name + ": spare 1");
        world.read([&](const store::ReadTx& tx) {
            CHECK(store::latest_revision(tx, world.id)->revision == 2);
            CHECK(store::figures(tx, world.place_).entitled == 60);
            CHECK(store::is_revoked(tx, world.place_, "code of 1001"));
            CHECK_FALSE(store::roll_line_of_credential(tx, world.place_, "code of 1001").has_value());
        });
        CHECK(world.faults() == "");
    }

    TEST_CASE("a batch that has taken effect is signed by nobody else")
    {
        OpenBallot world;
        world.make("1001", ChangeReason::lost);
        const auto third = world.sign(world.as("union", Role::official), Role::official, world.union_key, ApprovalStep::replace);
        REQUIRE(third.has_error());
        CHECK(third.error().code == "nothing_proposed");
        CHECK(world.records().size() == 1);
    }

    TEST_CASE("a late member comes on the roll with a spare, a withdrawn one goes with their code, and the sendings owed follow")
    {
        OpenBallot world;
        world.write([&](store::WriteTx& tx) { world.put_member(tx, 2001, false); });
        CHECK(world.proposed("2001", ChangeReason::lost) == "not_on_roll");
        CHECK(world.proposed("1001", ChangeReason::late_entitlement) == "already_on_roll");
        CHECK(world.proposed("2002", ChangeReason::late_entitlement) == "no_such_member");
        world.write([&](store::WriteTx& tx) {
            world.put_member(tx, 2003, false);
            store::mark_left(tx, "2003");
        });
        CHECK(world.proposed("2003", ChangeReason::late_entitlement) == "member_left");
        world.make("2001", ChangeReason::late_entitlement);
        CHECK(world.holds("2001") == world.place().name + ": spare 1");
        world.read([&](const store::ReadTx& tx) {
            CHECK(store::figures(tx, world.place_).entitled == 61);
            CHECK(store::code_statement(tx, world.id)->total == 61);
        });
        world.make("1002", ChangeReason::not_entitled);
        CHECK(world.holds("1002") == "nobody");
        CHECK(world.read([&](const store::ReadTx& tx) { return store::figures(tx, world.place_).entitled; }) == 60);
        CHECK(world.faults() == "");
    }

    TEST_CASE("a code that was used is not replaced, by its ballot or by a paper; what was returned first stays")
    {
        OpenBallot world;
        world.vote("code of 1001", "1001");
        CHECK(world.proposed("1001", ChangeReason::disclosed) == "code_used");
        CHECK(world.proposed("1001", ChangeReason::not_entitled) == "code_used");
        world.write([&](store::WriteTx& tx) { store::put_returned(tx, world.id, "1002"); });
        CHECK(world.proposed("1002", ChangeReason::lost) == "code_used");
    }

    TEST_CASE("a vote between the proposal and the second signature: nothing of the batch happens, and the union does not learn whose vote it was")
    {
        OpenBallot world;
        REQUIRE(code(world.propose({{"1001", ChangeReason::lost}, {"1002", ChangeReason::lost}})) == "accepted");
        world.vote("code of 1002", "1002");
        REQUIRE(code(world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::replace)) == "accepted");
        const auto second = world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::replace);
        REQUIRE(second.has_error());
        CHECK(second.error().code == "object_changed");
        CHECK(second.error().detail.find("1002") == std::string::npos);
        CHECK(world.records().empty());
        CHECK(world.holds("1001") == "code of 1001");
        CHECK(world.read([&](const store::ReadTx& tx) { return store::latest_revision(tx, world.id)->revision; }) == 1);
    }

    TEST_CASE("the same proposal again is the same batch; another one takes its place, and its signatures do not count for it")
    {
        OpenBallot world;
        const auto first = world.propose({{"1001", ChangeReason::lost}, {"1002", ChangeReason::unreadable}});
        const auto again = world.propose({{"1002", ChangeReason::unreadable}, {"1001", ChangeReason::lost}});
        CHECK(again.value().batch == first.value().batch);
        CHECK(again.value().changes == first.value().changes);
        REQUIRE(code(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::replace)) == "accepted");
        CHECK(world.propose({{"1003", ChangeReason::lost}}).value().batch == 2);
        const auto one = world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::replace);
        CHECK(one.value() == false);
        CHECK(world.records().empty());
    }

    TEST_CASE("there are only so many spares, each is used once, and a spare may be replaced in its turn")
    {
        OpenBallot world;
        world.make("1001", ChangeReason::lost);
        world.make("1001", ChangeReason::lost);
        CHECK(world.holds("1001") == world.place().name + ": spare 2");
        CHECK(code(world.propose({{"1002", ChangeReason::lost}, {"1003", ChangeReason::lost}})) == "no_spares");
        world.make("1002", ChangeReason::lost);
        CHECK(world.proposed("1003", ChangeReason::lost) == "no_spares");
        CHECK(world.proposed("1003", ChangeReason::not_entitled) == "accepted");
        CHECK(world.faults() == "");
    }

    TEST_CASE("a proposal names somebody, everybody once, and not everybody at once")
    {
        OpenBallot world;
        CHECK(code(world.propose({})) == "no_changes");
        CHECK(code(world.propose({{"1001", ChangeReason::lost}, {"1001", ChangeReason::not_entitled}})) == "member_twice");
        CHECK(code(world.propose(std::vector<wire::ProposedChange>(501, {"1001", ChangeReason::lost}))) == "batch_too_large");
        const auto nothing = world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::replace);
        CHECK(nothing.error().code == "nothing_proposed");
    }

    TEST_CASE("a late member of a constituency for which there are no codes cannot vote")
    {
        auto plan = ballot::plan_2013();
        plan.constituencies = ballot::Split::per_employer;
        OpenBallot world(plan);
        world.write([&](store::WriteTx& tx) {
            store::put_employer(tx, {"Third Trust", ""});
            store::put_workplace(tx,
                                 {.employer = "Third Trust", .name = "Elsewhere", .address = {}, .postcode = {}, .latitude = {}, .longitude = {}});
            world.put_member(tx, 2001, false);
            auto member = store::find_member(tx, "2001").value();
            member.employer = "Third Trust";
            member.workplace = "Elsewhere";
            store::put_member(tx, member);
        });
        CHECK(world.proposed("2001", ChangeReason::late_entitlement) == "constituencies_fixed");
    }

    TEST_CASE("codes change from the moment they are made until voting ends, not before and not after")
    {
        BallotWorld planned;
        planned.plan(ballot::plan_2013());
        const auto propose = [](BallotWorld& world) {
            return code(world.write([&](store::WriteTx& tx) {
                return service::propose_replacements(tx, world.scrutineer(), world.id, {{"1001", ChangeReason::lost}});
            }));
        };
        CHECK(propose(planned) == "wrong_phase");
        OpenBallot world;
        world.now = world.ballot().closes - std::chrono::seconds(1);
        CHECK(propose(world) == "accepted");
        world.now = world.ballot().closes;
        CHECK(propose(world) == "ballot_closed");
        CHECK(world.sign_both() == "ballot_closed");
        CHECK(world.records().empty());
    }

    TEST_CASE("the database itself takes no ballot under a spare that is not active, nor under a revoked credential, and revokes no used one")
    {
        OpenBallot world;
        const auto spare = world.place().name + ": spare 1";
        const auto accept = [&](const std::string& credential) {
            world.write([&](store::WriteTx& tx) { store::accept_ballot(tx, world.place_, {"t " + credential, credential, world.now, "{}"}, {}); });
        };
        CHECK_THROWS_AS(accept(spare), store::Failure);
        world.make("1001", ChangeReason::lost);
        CHECK_THROWS_AS(accept("code of 1001"), store::Failure);
        accept(spare);
        CHECK_THROWS_AS(world.write([&](store::WriteTx& tx) {
            store::append_register(tx, world.place_, {0, {}, ChangeReason::not_entitled, spare, {}});
        }),
                        store::Failure);
    }

    TEST_CASE("the published register holds against the archive, batch by batch, and is not shown before the ballot has closed")
    {
        OpenBallot world;
        world.vote("code of 1010", "1010");
        world.now += std::chrono::hours(1);
        world.write([&](store::WriteTx& tx) { // a batch, as the hourly publication makes it
            store::publish_waiting(tx, world.place_);
            service::publish_head(tx, world.scrutineer(), world.place(), world.board_key);
        });
        world.make("1001", ChangeReason::lost);
        world.vote(world.holds("1001"), "1001");
        CHECK(world.register_outcome() == "register_not_published");
        world.close();
        CHECK(world.register_outcome() == "holds");
        CHECK(world.faults() == "");
        const auto heads = world.read([&](const store::ReadTx& tx) { return store::heads(tx, world.place_); });
        REQUIRE(heads.size() == 3);
        CHECK(heads[0].head.register_hash != heads[1].head.register_hash); // though nothing had changed: a head does not tell
        CHECK(heads[1].head.register_hash != heads[2].head.register_hash);
    }

    TEST_CASE("what the second person signs and what the log says do not name whose code was lost")
    {
        OpenBallot world;
        world.write([&](store::WriteTx& tx) { world.put_member(tx, 2001, false); });
        REQUIRE(code(world.propose({{"1001", ChangeReason::lost}, {"2001", ChangeReason::late_entitlement}})) == "accepted");
        const auto object = world.read([&](const store::ReadTx& tx) { return service::replacement_object(tx, world.ballot()).value(); });
        auto shown = object.canonical;
        for (const auto& line : object.words) shown += line;
        CHECK(shown.find("1001") == std::string::npos);
        CHECK(shown.find("2001") != std::string::npos);
        REQUIRE(world.sign_both() == "accepted");
        for (const auto& entry : world.read([](const store::ReadTx& tx) { return store::audit_entries(tx, 0, 1000); }))
            if (entry.record.action.starts_with("replacements")) CHECK(entry.record.details.find("1001") == std::string::npos);
    }

    TEST_CASE("an incident needs a vote, counts once a member, and changes nothing else")
    {
        OpenBallot world;
        const auto record = [&](const char* number) {
            return world.write([&](store::WriteTx& tx) { return service::record_incident(tx, world.scrutineer(), world.id, number); });
        };
        CHECK(record("1001").error().code == "code_unused");
        CHECK(record("9999").error().code == "not_on_roll");
        world.vote("code of 1001", "1001");
        CHECK(record("1001").value().incidents == 1);
        CHECK(record("1001").value().incidents == 1);
        CHECK(world.holds("1001") == "code of 1001");
    }

    TEST_CASE("a sending after a change counts for a late member, and only once")
    {
        OpenBallot world;
        world.write([&](store::WriteTx& tx) { world.put_member(tx, 2001, false); });
        const auto send = [&](const char* number) {
            return code(world.write([&](store::WriteTx& tx) { return service::record_resending(tx, world.scrutineer(), world.id, number); }));
        };
        const auto sent = [&] { return world.read([&](const store::ReadTx& tx) { return store::code_statement(tx, world.id)->sent; }); };
        world.write([&](store::WriteTx& tx) { return service::record_sending(tx, world.scrutineer(), world.id, 60); });
        CHECK(send("2001") == "not_on_roll");
        REQUIRE(code(world.propose({{"2001", ChangeReason::late_entitlement}, {"1001", ChangeReason::lost}})) == "accepted");
        REQUIRE(world.sign_both() == "accepted");
        for (const auto* number : {"1001", "1002", "2001", "2001"}) CHECK(send(number) == "accepted");
        CHECK(sent() == 61);
        world.close();
        CHECK(send("1001") == "ballot_not_open");
    }

    TEST_CASE("the vault's end is stated with the scrutineer's own key, after the declaration, once")
    {
        OpenBallot world;
        wire::VaultDestroyed statement{world.id, std::string(64, 'a'), 2, world.now, hex(world.scrutineer_key.public_key()), {}};
        const auto state = [&](const SigningKey& key) {
            statement.signature = hex(key.sign(wire::vault_destroyed_text(statement)));
            return code(world.write([&](store::WriteTx& tx) { return service::record_vault_destroyed(tx, world.scrutineer(), statement); }));
        };
        CHECK(state(world.scrutineer_key) == "result_not_declared");
        world.close();
        world.write([&](store::WriteTx& tx) {
            store::put_phase(tx, world.id, Phase::closed, Phase::counted);
            store::put_phase(tx, world.id, Phase::counted, Phase::declared);
        });
        CHECK(state(world.gs_key) == "wrong_signature");
        CHECK(world.read([&](const store::ReadTx& tx) { return service::vault_destroyed(tx, world.id).error().code; }) == "vault_kept");
        CHECK(state(world.scrutineer_key) == "accepted");
        CHECK(state(world.scrutineer_key) == "accepted");
        statement.copies = 3;
        CHECK(state(world.scrutineer_key) == "statement_stands");
        CHECK(world.read([&](const store::ReadTx& tx) { return service::vault_destroyed(tx, world.id).value().copies; }) == 2);
    }
}
