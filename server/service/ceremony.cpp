#include "server/service/ceremony.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/protocol/ceremony.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

using store::CeremonyStep;

Refusal incomplete(const char* before)
{
    return {Kind::conflict, "ceremony_incomplete", std::string("Not every trustee has done the step before this one: ") + before + ".",
            "Wait for the others."};
}

bool complete(const std::vector<std::string>& messages) { return std::ranges::none_of(messages, &std::string::empty); }

/// Ballot, attempt and the elections this key may decrypt: signed with every message of the ceremony.
std::string ceremony_context(const store::ReadTx& tx, const BallotId& ballot)
{
    std::string ids;
    for (const auto& constituency : store::constituencies(tx, ballot)) ids += constituency.id.text() + "\n";
    return ballot.text() + "/" + std::to_string(store::ceremony_attempt(tx, ballot)) + "/" + hex(sha256(ids)).substr(0, 16);
}

Result<std::int64_t> seat_of(const ballot::BallotPlan& plan, const std::string& number)
{
    const auto found = std::ranges::find(plan.trustees.numbers, number);
    if (found == plan.trustees.numbers.end()) return Refusal{Kind::not_allowed, "not_a_trustee", "You are not a trustee of this ballot."};
    return found - plan.trustees.numbers.begin() + 1;
}

Result<void> check(const wire::CeremonyState& state, CeremonyStep step, std::int64_t seat, const std::string& message)
{
    const protocol::CeremonyContext context{Group::find(state.group), state.context, static_cast<unsigned>(state.threshold),
                                            static_cast<unsigned>(state.seats.size())};
    const auto index = static_cast<unsigned>(seat);
    const auto only_whether = [](const auto& checked) -> Result<void> {
        if (!checked) return checked.error();
        return {};
    };
    if (step == CeremonyStep::join) return only_whether(protocol::check_join(context, index, message));
    if (!complete(state.joins)) return incomplete("joining");
    if (step == CeremonyStep::confirm) return protocol::check_confirm(context, index, state.joins, message);
    if (!complete(state.confirms)) return incomplete("confirming the certificates");
    if (step == CeremonyStep::shares) return protocol::check_shares(context, index, state.joins, message);
    if (!complete(state.shares)) return incomplete("dealing the shares");
    if (step == CeremonyStep::complaint) return only_whether(protocol::check_complaint(context, index, state.joins, message));
    return protocol::check_keys(context, index, state.joins, state.shares, message);
}

/// All keys are there: the record is built, verified and kept.
Result<void> finish(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const wire::CeremonyState& state)
{
    const protocol::CeremonyContext ceremony{Group::find(state.group), state.context, static_cast<unsigned>(state.threshold),
                                             static_cast<unsigned>(state.seats.size())};
    const auto trustees = protocol::finish_ceremony(ceremony, state.joins, state.shares, state.keys);
    if (!trustees) return trustees.error();
    const auto phase = ballot::after(ballot.phase, ballot::Step::key);
    if (!phase) return phase.error();
    store::finish_ceremony(tx, ballot.plan.id, trustees->bytes);
    store::put_phase(tx, ballot.plan.id, ballot.phase, *phase);
    record_audit(tx, context, ballot::Role::trustee, "ballot_keyed", ballot.plan.id.text(), {{"trustees_record", hex(sha256(trustees->bytes))}});
    return {};
}

} // namespace

Result<wire::CeremonyState> ceremony_state(const store::ReadTx& tx, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto& numbers = ballot->plan.trustees.numbers;
    wire::CeremonyState state{id,
                              ballot->plan.title,
                              ceremony_context(tx, id),
                              std::string(name(ballot->plan.group_or_default())),
                              ballot->plan.trustees.threshold,
                              {},
                              {},
                              {},
                              {},
                              {},
                              {},
                              {}};
    for (const auto& number : numbers) state.seats.push_back({static_cast<std::int64_t>(state.seats.size() + 1), number});
    for (const auto& constituency : store::constituencies(tx, id)) state.constituencies.push_back(constituency.id);
    state.joins = store::ceremony_messages(tx, id, CeremonyStep::join, numbers.size());
    state.confirms = store::ceremony_messages(tx, id, CeremonyStep::confirm, numbers.size());
    state.shares = store::ceremony_messages(tx, id, CeremonyStep::shares, numbers.size());
    state.keys = store::ceremony_messages(tx, id, CeremonyStep::keys, numbers.size());
    state.trustees = store::trustees_record(tx, id);
    return state;
}

Result<wire::CeremonyState> take_ceremony_message(store::WriteTx& tx, const Context& context, const BallotId& id, CeremonyStep step,
                                                  const std::string& message)
{
    const auto state = ceremony_state(tx, id);
    if (!state) return state.error();
    const auto ballot = store::find_ballot(tx, id);
    const auto seat = seat_of(ballot->plan, context.caller.number);
    if (!seat) return seat.error();
    if (const auto phase = ballot::after(ballot->phase, ballot::Step::key); !phase) return phase.error();
    if (!store::ceremony_messages(tx, id, step, state->seats.size()).at(static_cast<std::size_t>(*seat - 1)).empty())
        return Refusal{Kind::conflict, "step_done", "You have done this step already."};
    if (const auto checked = check(*state, step, *seat, message); !checked) return checked.error();
    store::add_ceremony_message(tx, id, step, *seat, message);
    if (step == CeremonyStep::complaint) {
        record_audit(tx, context, ballot::Role::trustee, "ceremony_restarted", id.text(), {{"complainant_seat", std::to_string(*seat)}});
        store::restart_ceremony(tx, id);
    }
    const auto after = ceremony_state(tx, id);
    if (step == CeremonyStep::keys && complete(after->keys)) {
        if (const auto finished = finish(tx, context, *ballot, *after); !finished) return finished.error();
        return ceremony_state(tx, id);
    }
    return after;
}

} // namespace walkout::service
