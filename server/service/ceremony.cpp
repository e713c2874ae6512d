#include "server/service/ceremony.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/official_store.hpp"
#include "shared/ballot/plain_text.hpp"
#include "shared/protocol/ceremony.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

using store::CeremonyStep;

Refusal incomplete(const wire::CeremonyState& state, const std::vector<std::string>& messages, const char* before)
{
    std::string missing;
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (messages[i].empty()) missing += (missing.empty() ? "" : ", ") + state.seats[i].number;
    return {Kind::conflict, "ceremony_incomplete",
            std::string("Not every trustee has done the step before this one, ") + before + ": " + missing + ".", "Wait for them."};
}

bool complete(const std::vector<std::string>& messages) { return std::ranges::none_of(messages, &std::string::empty); }

/// Everybody who may approve, as enrolled now. The scrutineer's office goes before any other they hold.
std::vector<ballot::Approver> approvers_now(const store::ReadTx& tx)
{
    std::vector<ballot::Approver> out;
    for (const auto& official : store::officials(tx)) {
        const auto holds = [&](ballot::Role role) {
            return std::ranges::find(official.offices, role, &ballot::Office::role) != official.offices.end();
        };
        for (const auto role : {ballot::Role::scrutineer, ballot::Role::general_secretary, ballot::Role::official})
            if (holds(role)) {
                out.push_back({official.number, role, official.signing_key});
                break;
            }
    }
    return out;
}

/// The trustees must not make a key whose count nobody could approve.
Result<void> two_can_approve(const std::vector<wire::ApproverKey>& approvers)
{
    if (approvers.size() >= 2 && std::ranges::find(approvers, ballot::Role::scrutineer, &wire::ApproverKey::role) != approvers.end()) return {};
    return Refusal{Kind::conflict, "approvers_missing", "There are not two people enrolled who could approve a count: the scrutineer and one more.",
                   "Enrol them before the ceremony: walkoutd official add."};
}

Result<std::int64_t> seat_of(const ballot::BallotPlan& plan, const std::string& number)
{
    const auto found = std::ranges::find(plan.trustees.numbers, number);
    if (found == plan.trustees.numbers.end())
        return Refusal{Kind::not_allowed, "not_a_trustee", "You are not a trustee of this ballot.", "Its plan names the trustees."};
    return found - plan.trustees.numbers.begin() + 1;
}

protocol::CeremonyContext protocol_context(const wire::CeremonyState& state)
{
    protocol::CeremonyContext out{
        Group::find(state.group), state.context, static_cast<unsigned>(state.threshold), static_cast<unsigned>(state.seats.size()), {}};
    for (const auto& seat : state.seats) out.names.push_back(seat.number);
    return out;
}

Result<void> check(const wire::CeremonyState& state, CeremonyStep step, std::int64_t seat, const std::string& message)
{
    const auto context = protocol_context(state);
    const auto index = static_cast<unsigned>(seat);
    const auto only_whether = [](const auto& checked) -> Result<void> {
        if (!checked) return checked.error();
        return {};
    };
    if (step == CeremonyStep::join) {
        if (const auto enough = two_can_approve(state.approvers); !enough) return enough;
        return only_whether(protocol::check_join(context, index, message));
    }
    if (!complete(state.joins)) return incomplete(state, state.joins, "joining");
    if (step == CeremonyStep::confirm) return protocol::check_confirm(context, index, state.joins, message);
    if (!complete(state.confirms)) return incomplete(state, state.confirms, "confirming the certificates");
    if (step == CeremonyStep::shares) return protocol::check_shares(context, index, state.joins, message);
    if (!complete(state.shares)) return incomplete(state, state.shares, "dealing the shares");
    if (step == CeremonyStep::complaint) return only_whether(protocol::check_complaint(context, index, state.joins, message));
    return protocol::check_keys(context, index, state.joins, state.shares, message);
}

const std::vector<std::string>* messages_of(const wire::CeremonyState& state, CeremonyStep step)
{
    if (step == CeremonyStep::join) return &state.joins;
    if (step == CeremonyStep::confirm) return &state.confirms;
    if (step == CeremonyStep::shares) return &state.shares;
    if (step == CeremonyStep::keys) return &state.keys;
    return nullptr; // a complaint is the last message of its attempt
}

Refusal step_done()
{
    return {Kind::conflict, "step_done", "You have done this step already; what you sent stands.", "See what is next: walkout trustee status."};
}

/// The phase in which keys are made, and the caller's seat.
Result<std::int64_t> seat_in_ceremony(const store::Ballot& ballot, const std::string& number)
{
    const auto seat = seat_of(ballot.plan, number);
    if (!seat) return seat;
    if (const auto phase = ballot::after(ballot.phase, ballot::Step::key); !phase) return phase.error();
    return seat;
}

Result<void> finish(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const std::string& record)
{
    const auto phase = ballot::after(ballot.phase, ballot::Step::key);
    if (!phase) return phase.error();
    store::finish_ceremony(tx, ballot.plan.id, record);
    store::put_phase(tx, ballot.plan.id, ballot.phase, *phase);
    record_audit(tx, context, ballot::Role::trustee, "ballot_keyed", ballot.plan.id.text(), {{"trustees_record", hex(sha256(record))}});
    return {};
}

Result<std::string> finished_record(const wire::CeremonyState& state)
{
    auto trustees = protocol::finish_ceremony(protocol_context(state), state.joins, state.shares, state.keys);
    if (!trustees) return trustees.error();
    return std::move(trustees->bytes);
}

void restart(store::WriteTx& tx, const Context& context, const BallotId& id, const store::Restart& why)
{
    store::restart_ceremony(tx, id, why, context.ballot_now);
    record_audit(tx, context, ballot::Role::trustee, "ceremony_restarted", id.text(),
                 {{"attempt", std::to_string(why.attempt)}, {"against", why.against.value_or("")}, {"reason", why.reason}});
}

} // namespace

Result<wire::CeremonyState> ceremony_state(const store::ReadTx& tx, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto& numbers = ballot->plan.trustees.numbers;
    wire::CeremonyState state;
    state.ballot = id;
    state.title = ballot->plan.title;
    state.attempt = store::ceremony_attempt(tx, id);
    state.group = name(ballot->plan.group_or_default());
    state.threshold = ballot->plan.trustees.needed();
    for (const auto& number : numbers) state.seats.push_back({static_cast<std::int64_t>(state.seats.size() + 1), number});
    for (const auto& constituency : store::constituencies(tx, id)) state.constituencies.push_back(constituency.id);
    state.paper = ballot->paper ? hex(sha256(*ballot->paper)) : std::string();
    auto approvers = store::ceremony_approvers(tx, id);
    if (approvers.empty()) approvers = approvers_now(tx);
    for (const auto& one : approvers) state.approvers.push_back({one.number, one.role, hex(one.key)});
    state.context = protocol::ceremony_context(wire::ceremony_terms(state).value());
    state.joins = store::ceremony_messages(tx, id, CeremonyStep::join, numbers.size());
    state.confirms = store::ceremony_messages(tx, id, CeremonyStep::confirm, numbers.size());
    state.shares = store::ceremony_messages(tx, id, CeremonyStep::shares, numbers.size());
    state.keys = store::ceremony_messages(tx, id, CeremonyStep::keys, numbers.size());
    state.trustees = store::trustees_record(tx, id);
    for (auto& one : store::ceremony_restarts(tx, id))
        state.restarts.push_back({one.attempt, one.by, one.against, one.reason, one.complaint,
                                  store::ceremony_messages_of(tx, id, one.attempt, CeremonyStep::join, numbers.size())});
    return state;
}

Result<CheckedMessage> check_ceremony_message(const store::ReadTx& tx, const Context& context, const BallotId& id, CeremonyStep step,
                                              const std::string& message)
{
    auto state = ceremony_state(tx, id);
    if (!state) return state.error();
    const auto seat = seat_in_ceremony(store::find_ballot(tx, id).value(), context.caller.number);
    if (!seat) return seat.error();
    const auto mine = static_cast<std::size_t>(*seat - 1);
    if (const auto* messages = messages_of(*state, step); messages != nullptr && !messages->at(mine).empty()) return step_done();
    if (const auto checked = check(*state, step, *seat, message); !checked) return checked.error();
    CheckedMessage out{step, *seat, state->context, message, {}, {}};
    if (step == CeremonyStep::complaint) {
        const auto complaint = protocol::check_complaint(protocol_context(*state), static_cast<unsigned>(*seat), state->joins, message);
        if (!complaint) return complaint.error();
        out.restart = {state->attempt, context.caller.number, state->seats.at(complaint->against - 1).number, complaint->reason, message};
    }
    if (step == CeremonyStep::keys) {
        state->keys.at(mine) = message;
        if (complete(state->keys)) {
            auto record = finished_record(*state);
            if (!record) return record.error();
            out.record = *std::move(record);
        }
    }
    return out;
}

Result<wire::CeremonyState> take_ceremony_message(store::WriteTx& tx, const Context& context, const BallotId& id, const CheckedMessage& checked)
{
    const auto state = ceremony_state(tx, id);
    if (!state) return state.error();
    const auto ballot = store::find_ballot(tx, id).value();
    if (const auto seat = seat_in_ceremony(ballot, context.caller.number); !seat) return seat.error();
    if (state->context != checked.context)
        return Refusal{Kind::conflict, "ceremony_restarted", "The ceremony has been restarted meanwhile.", "See why: walkout trustee status."};
    if (const auto* messages = messages_of(*state, checked.step);
        messages != nullptr && !messages->at(static_cast<std::size_t>(checked.seat - 1)).empty())
        return step_done();
    if (store::ceremony_approvers(tx, id).empty()) store::put_ceremony_approvers(tx, id, wire::ceremony_terms(*state).value().approvers);
    store::add_ceremony_message(tx, id, checked.step, checked.seat, checked.message);
    if (checked.restart) restart(tx, context, id, *checked.restart);
    auto after = ceremony_state(tx, id);
    if (checked.step != CeremonyStep::keys || !complete(after->keys)) return after;
    auto record = checked.record ? Result<std::string>(*checked.record) : finished_record(*after); // two last keys may come at the same moment
    if (!record) return record.error();
    if (const auto finished = finish(tx, context, ballot, *record); !finished) return finished.error();
    return ceremony_state(tx, id);
}

Result<wire::CeremonyState> restart_ceremony(store::WriteTx& tx, const Context& context, const BallotId& id, const std::string& reason)
{
    const auto state = ceremony_state(tx, id);
    if (!state) return state.error();
    if (const auto seat = seat_in_ceremony(store::find_ballot(tx, id).value(), context.caller.number); !seat) return seat.error();
    if (reason.empty() || reason.size() > 500 || !ballot::is_plain_line(reason))
        return Refusal{Kind::invalid, "reason_missing", "Say why in one line of at most 500 characters; all trustees read it.", ""};
    if (std::ranges::all_of(state->joins, &std::string::empty))
        return Refusal{Kind::conflict, "ceremony_not_begun", "Nobody has joined yet, so there is nothing to start again.",
                       "Join with: walkout trustee join " + id.text()};
    restart(tx, context, id, {state->attempt, context.caller.number, std::nullopt, reason, std::nullopt});
    return ceremony_state(tx, id);
}

} // namespace walkout::service
