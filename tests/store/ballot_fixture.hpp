#pragma once

#include "server/service/approve.hpp"
#include "server/service/freeze_roll.hpp"
#include "server/service/plan_ballot.hpp"
#include "server/service/record_receipt.hpp"
#include "server/store/board_store.hpp"
#include "server/store/official_store.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"
#include "tests/support/random.hpp"
#include "tests/support/store_fixture.hpp"
#include "tests/unit/ballot/plans.hpp"

#include <doctest/doctest.h>

namespace walkout::test {

using ballot::at;
using ballot::code;
using ballot::day;

/// A server's database with a register of two employers, the officials of a ballot, and the clock at 2 September 2013.
struct BallotWorld : OpenStore {
    template <class Work> auto write(Work work)
    {
        if constexpr (std::is_void_v<std::invoke_result_t<Work, store::WriteTx&>>)
            return store->write([&](store::WriteTx& tx) -> Result<void> {
                work(tx);
                return {};
            });
        else return store->write(work);
    }
    template <class Work> auto read(Work work) { return store->read(work); }

    explicit BallotWorld(store::Purpose purpose = store::Purpose::normal, int members = 60) : OpenStore(purpose)
    {
        write([&](store::WriteTx& tx) {
            for (const auto* branch : {"Hampshire", "Cymru"}) store::put_branch(tx, branch);
            store::put_category(tx, "probation officer");
            for (const auto* employer : {"Hampshire Trust", "Wales Trust"}) store::put_employer(tx, {employer, ""});
            store::put_workplace(
                tx, {.employer = "Hampshire Trust", .name = "Andover Road", .address = {}, .postcode = {}, .latitude = {}, .longitude = {}});
            store::put_workplace(tx, {.employer = "Wales Trust", .name = "Cathays", .address = {}, .postcode = {}, .latitude = {}, .longitude = {}});
            for (int i = 0; i < members; ++i) put_member(tx, 1001 + i, i % 3 == 0);
            enrol(tx, "gs", ballot::Role::general_secretary, gs_key);
            enrol(tx, "scrutineer", ballot::Role::scrutineer, scrutineer_key);
            enrol(tx, "union", ballot::Role::official, union_key);
            enrol(tx, "outsider", ballot::Role::trustee, outsider_key);
            for (const auto* trustee : {"scrutineer", "union"}) store::add_office(tx, trustee, {ballot::Role::trustee, ""});
        });
    }

    void put_member(store::WriteTx& tx, int number, bool wales)
    {
        store::put_member(tx, {.number = std::to_string(number),
                               .name = "Member " + std::to_string(number),
                               .email = std::to_string(number) + "@example.org",
                               .phone = {},
                               .branch = wales ? "Cymru" : "Hampshire",
                               .employer = wales ? "Wales Trust" : "Hampshire Trust",
                               .workplace = wales ? "Cathays" : "Andover Road",
                               .category = "probation officer",
                               .joined = day("2010-01-01")});
    }

    service::Context as(const char* number, ballot::Role role)
    {
        return {.ballot_now = now,
                .machine_now = now,
                .random = random,
                .caller = {.number = number, .name = number, .member = false, .branch = {}, .offices = {{role, ""}}}};
    }
    service::Context gs() { return as("gs", ballot::Role::general_secretary); }
    service::Context scrutineer() { return as("scrutineer", ballot::Role::scrutineer); }

    store::Ballot ballot()
    {
        return read([&](const store::ReadTx& tx) { return store::find_ballot(tx, id).value(); });
    }
    ballot::Phase phase() { return ballot().phase; }

    // ---- the steps; each gives the refusal's code, or "accepted" ----

    std::string plan(const ballot::BallotPlan& plan)
    {
        id = plan.id;
        return code(write([&](store::WriteTx& tx) { return service::plan_ballot(tx, gs(), plan); }));
    }
    std::string freeze()
    {
        return code(write([&](store::WriteTx& tx) { return service::freeze_roll(tx, gs(), id, board_key.public_key()); }));
    }
    std::string receipt(ballot::NoticeKind kind, const char* employer, const char* received)
    {
        store::NoticeReceipt given{.kind = kind, .employer = employer, .received_on = day(received), .how = "by hand", .evidence = "signed for"};
        if (kind == ballot::NoticeKind::action) given.action = ballot::NotifiedAction{.dates = {day("2013-11-05")}};
        return code(write([&](store::WriteTx& tx) { return service::record_receipt(tx, gs(), id, given, board_key.public_key()); }));
    }
    void all_receipts()
    {
        for (const auto* employer : {"Hampshire Trust", "Wales Trust"}) {
            receipt(ballot::NoticeKind::ballot, employer, "2013-09-20");
            receipt(ballot::NoticeKind::sample, employer, "2013-09-20");
        }
    }
    /// The steps that the ceremony and the codes take. Credentials are words: nothing here computes with them.
    void key_and_code()
    {
        write([&](store::WriteTx& tx) {
            store::put_phase(tx, id, ballot::Phase::noticed, ballot::Phase::keyed);
            for (const auto& constituency : store::constituencies(tx, id))
                store::put_fingerprint(tx, constituency.id, "fingerprint of " + constituency.name);
            std::int64_t paper = 0;
            for (const auto& line : store::roll_lines(tx, id, "", 100'000)) {
                store::add_credential(tx, line.constituency, "code of " + line.number, /*spare=*/false);
                store::put_credential(tx, id, line.number, "code of " + line.number);
                store::add_serial(tx, id, {++paper, line.constituency, "code of " + line.number, {}});
            }
            store::put_phase(tx, id, ballot::Phase::keyed, ballot::Phase::coded);
        });
    }
    Result<bool> sign(const service::Context& context, ballot::Role role, const SigningKey& key, ballot::ApprovalStep step)
    {
        return write([&](store::WriteTx& tx) -> Result<bool> {
            const auto object = service::approval_object(tx, store::find_ballot(tx, id).value(), step);
            if (!object) return object.error();
            const ballot::ApprovalClaim claim{step, id, object->hash, now + std::chrono::hours(24)};
            return service::approve(tx, context, id, {step, role, claim.object, claim.expires, key.sign(ballot::canonical_approval(claim))});
        });
    }
    std::string approve_by_both(ballot::ApprovalStep step)
    {
        const auto first = sign(gs(), ballot::Role::general_secretary, gs_key, step);
        return first ? code(sign(scrutineer(), ballot::Role::scrutineer, scrutineer_key, step)) : first.error().code;
    }

    SeededRandom random{7};
    SigningKey board_key = SigningKey::make(random);
    SigningKey gs_key = SigningKey::make(random);
    SigningKey scrutineer_key = SigningKey::make(random);
    SigningKey union_key = SigningKey::make(random);
    SigningKey outsider_key = SigningKey::make(random);
    Instant now = at("2013-09-02T09:00:00Z");
    BallotId id = ballot::plan_2013().id;

private:
    void enrol(store::WriteTx& tx, const std::string& number, ballot::Role role, const SigningKey& key)
    {
        store::add_official(tx, {number, number, number + "@example.org", key.public_key(), {{role, ""}}}, Secret(std::string(20, 't')), now);
    }
};

/// Declared on 18 October 2013 in one constituency of two employers, with these votes to the two questions; all of them online.
struct DeclaredBallot : BallotWorld {
    DeclaredBallot(int members, std::int64_t cast, std::vector<ballot::Tally> counts, const char* opened = "2013-09-30T08:00:00Z")
        : BallotWorld(store::Purpose::normal, members)
    {
        plan(ballot::plan_2013());
        now = at("2013-09-11T09:00:00Z");
        freeze();
        now = at("2013-09-24T09:00:00Z");
        all_receipts();
        key_and_code();
        write([&](store::WriteTx& tx) {
            using ballot::Phase;
            for (const auto& [from, to] :
                 {std::pair(Phase::coded, Phase::open), std::pair(Phase::open, Phase::closed), std::pair(Phase::closed, Phase::counted)})
                store::put_phase(tx, id, from, to);
            store::put_opened(tx, id, at(opened));
            store::put_closed(tx, id, at("2013-10-18T11:00:00Z"));
            const auto constituency = store::constituencies(tx, id).front();
            place = constituency.id;
            for (std::int64_t voter = 0; voter < cast; ++voter) {
                const auto number = std::to_string(1001 + voter);
                store::put_returned(tx, id, number);
                tx.prepare("INSERT INTO published_ballot (constituency, tracker, credential, on_board_by) VALUES (?, ?, ?, ?)")
                    .bind(place, "tracker of " + number, "code of " + number, at("2013-10-18T11:00:00Z"))
                    .run();
            }
            store::put_count(tx, {place, constituency.name, members, 0, cast, std::move(counts)});
        });
        now = at("2013-10-18T15:00:00Z");
        REQUIRE(approve_by_both(ballot::ApprovalStep::declare) == "accepted");
    }
    ConstituencyId place = *ConstituencyId::parse("unnamed");
};

} // namespace walkout::test
