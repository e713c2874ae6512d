#pragma once

#include "server/api/dispatcher.hpp"
#include "server/api/vote_routes.hpp"
#include "server/service/boards.hpp"
#include "server/service/check_boards.hpp"
#include "server/service/sign_in.hpp"
#include "server/store/board_store.hpp"
#include "server/store/sign_in_store.hpp"
#include "shared/protocol/proof.hpp"
#include "shared/wire/problem.hpp"
#include "shared/wire/vote_messages.hpp"
#include "tests/store/ballot_fixture.hpp"
#include "tests/support/election.hpp"

#include <atomic>
#include <future>
#include <thread>

namespace walkout::test {

inline constexpr unsigned members = 60;
inline constexpr const char* elsewhere = "198.51.100.7";

/// Sixty ballots cost a second of arithmetic: made once, for every world. Voter i is member 1001 + i.
struct Voters {
    WholeElection made{members, 3};
    std::vector<std::string> ballots;
    Voters()
    {
        for (unsigned i = 0; i < members; ++i) ballots.push_back(made.ballot(i, i % 3));
    }
};
inline Voters& voters()
{
    static Voters all;
    return all;
}

inline ballot::BallotPlan plan_with(ballot::SecondFactor factor)
{
    auto plan = ballot::plan_2013();
    plan.statutory = false; // online, in 2013
    plan.methods = {law::Method::post, law::Method::online};
    plan.second_factor = factor;
    plan.trustees = {2, {"scrutineer", "union", "outsider"}};
    return plan;
}

/// What the checks that cost something were asked, and where.
struct Costs {
    std::atomic<int> signatures = 0;
    std::atomic<int> proofs = 0;
    std::atomic<int> on_caller = 0;
    std::thread::id caller = std::this_thread::get_id();

    service::CastingChecks hooks()
    {
        const auto count = [this](std::atomic<int>& counter) {
            ++counter;
            if (std::this_thread::get_id() == caller) ++on_caller;
        };
        return {.signature =
                    [this, count](const protocol::Election& election, const protocol::Ballot& ballot) {
                        count(signatures);
                        return protocol::check_signature(election, ballot);
                    },
                .proofs =
                    [this, count](const protocol::Election& election, const protocol::Ballot& ballot) {
                        count(proofs);
                        return protocol::check_proofs(election, ballot);
                    }};
    }
};

/// An open ballot of sixty behind the casting route. Bearer tokens are members' numbers.
struct Open : BallotWorld {
    explicit Open(ballot::SecondFactor factor = ballot::SecondFactor::member_number)
    {
        plan(plan_with(factor));
        now = at("2013-09-11T09:00:00Z");
        freeze();
        now = at("2013-09-24T09:00:00Z");
        all_receipts();
        now = at("2013-09-30T09:00:00Z");
        write([&](store::WriteTx& tx) { set_up(tx); });
        std::vector<api::Route> routes;
        api::add_vote_routes(routes, services, costs.hooks());
        dispatcher = std::make_unique<api::Dispatcher>(
            std::move(routes), services, pool,
            api::Dispatcher::Settings{.authenticate =
                                          [](const store::ReadTx&, std::string_view bearer, Instant) {
                                              return ballot::Caller{
                                                  .number = std::string(bearer), .name = {}, .member = true, .branch = {}, .offices = {}};
                                          },
                                      .session_used = [this](const store::ReadTx&, std::string_view, Instant) { ++sessions_used; },
                                      .log = [](const wire::LogLine&) {}});
    }
    ~Open()
    {
        pool.stop();
        store->writer.stop();
    }

    void set_up(store::WriteTx& tx)
    {
        const auto& made = voters().made;
        place = store::constituencies(tx, id).at(0).id;
        std::vector<Element> keys;
        for (const auto& voter : made.voters) keys.push_back(voter.public_key);
        store::put_phase(tx, id, ballot::Phase::noticed, ballot::Phase::keyed);
        store::add_board(tx, {place, id, WholeElection::timestamp, made.election.bytes, made.trustees_record.bytes,
                              protocol::write_credentials(made.group, keys)});
        store::put_fingerprint(tx, place, made.election.fingerprint);
        for (unsigned i = 0; i < members; ++i) {
            const auto credential = made.group.text(keys[i]);
            store::add_credential(tx, place, credential, /*spare=*/false);
            store::put_credential(tx, id, std::to_string(1001 + i), credential);
        }
        store::put_phase(tx, id, ballot::Phase::keyed, ballot::Phase::coded);
        service::open_boards(tx, scrutineer(), store::find_ballot(tx, id).value(), board_key);
        store::put_phase(tx, id, ballot::Phase::coded, ballot::Phase::open);
        store::put_opened(tx, id, at("2013-09-30T08:00:00Z"));
    }

    http::Response send(http::Method method, const std::string& what, std::string body = {}, std::optional<std::string> bearer = {},
                        std::string peer = "192.0.2.1", std::string if_none_match = {})
    {
        std::promise<http::Response> answered;
        http::Request request{.method = method,
                              .path = "/api/v1/constituencies/" + place.text() + what,
                              .if_none_match = std::move(if_none_match),
                              .content_type = body.empty() ? "" : "application/json",
                              .body = std::move(body),
                              .peer = std::move(peer)};
        if (bearer) request.bearer.emplace(*bearer);
        dispatcher->answer(std::move(request), [&](http::Response response) { answered.set_value(std::move(response)); });
        return answered.get_future().get();
    }
    /// The code of what refuses the vote, or "accepted".
    std::string cast(const std::string& ballot, std::optional<std::string> number, std::optional<std::string> bearer = {},
                     const std::string& peer = "192.0.2.1")
    {
        last = send(http::Method::post, "/votes", wire::to_json(wire::Vote{ballot, std::move(number)}), std::move(bearer), peer);
        if (last.status == 200) return "accepted";
        return wire::refusal_of(wire::from_json<wire::Problem>(last.body).value()).code;
    }
    std::string cast_of(unsigned voter) { return cast(voters().ballots[voter], std::to_string(1001 + voter)); }
    /// What the vote cost: signatures and proofs verified for it.
    std::pair<int, int> cost_of(const std::function<void()>& casting)
    {
        const std::pair before(costs.signatures.load(), costs.proofs.load());
        casting();
        return {costs.signatures - before.first, costs.proofs - before.second};
    }
    void pass(std::chrono::seconds time)
    {
        const std::lock_guard lock(clock);
        now += time;
    }
    void publish()
    {
        pass(std::chrono::hours(1));
        write([&](store::WriteTx& tx) { service::publish_batches(tx, scrutineer(), store::find_ballot(tx, id).value(), board_key); });
    }

    ConstituencyId place = *ConstituencyId::parse("none");
    Costs costs;
    std::atomic<int> sessions_used = 0;
    std::mutex clock; ///< the server's threads read the time while a test lets it pass
    service::Clocks clocks{[this] {
        const std::lock_guard lock(clock);
        return now;
    }};
    api::Services services{
        .readers = store->readers, .writer = store->writer, .clocks = clocks, .random = random, .rehearsal = false, .board_key = board_key};
    api::Pool pool{2};
    std::unique_ptr<api::Dispatcher> dispatcher;
    http::Response last;
};

} // namespace walkout::test
