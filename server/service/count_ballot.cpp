#include "server/service/count_ballot.hpp"

#include "server/service/approve.hpp"
#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/boards.hpp"
#include "server/store/approval_store.hpp"
#include "server/store/board_store.hpp"
#include "server/store/ceremony_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

/// Reads a board back into what counting needs.
struct BoardContent {
    protocol::Election election;
    protocol::Trustees trustees;
    protocol::EncryptedTally tally;
    unsigned ballots = 0;
};

BoardContent read_board(const store::ReadTx& tx, const ConstituencyId& id)
{
    const auto board = store::find_board(tx, id).value();
    auto election = protocol::parse_election(board.election).value();
    auto trustees = protocol::parse_trustees(*election.group, board.trustees).value();
    BoardContent out{std::move(election), std::move(trustees), {}, 0};
    out.tally = protocol::empty_tally(out.election);
    std::vector<std::string> data;
    store::for_each_record(tx, id, store::board_chain(tx, id).length, [&](const protocol::Record& record) {
        if (!record.is_event) {
            data.push_back(record.body);
            return;
        }
        const auto type = protocol::parse_event(record.body).value().type;
        if (type == protocol::EventType::ballot) {
            protocol::add_to_tally(out.election, out.tally, protocol::parse_ballot(*out.election.group, data.at(0)).value());
            ++out.ballots;
        }
        data.clear();
    });
    return out;
}

Result<store::Ballot> ballot_in(const store::ReadTx& tx, const BallotId& id, ballot::Phase phase, const char* next)
{
    auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (ballot->phase != phase)
        return Refusal{Kind::conflict, "wrong_phase",
                       "The ballot is " + std::string(name(ballot->phase)) + "; for this it must be " + std::string(name(phase)) + ".", next};
    return *std::move(ballot);
}

std::vector<ballot::Tally> questions_of(const protocol::Counts& counts)
{
    std::vector<ballot::Tally> out;
    for (const auto& row : counts) out.push_back({row.at(0), row.at(1)}); // answers ["Yes","No"]
    return out;
}

/// Names the trustee and the constituency.
Refusal wrong_partial(const store::Constituency& constituency, const store::Ballot& ballot, std::int64_t seat, const Refusal& why)
{
    return {Kind::invalid, "partial_decryption",
            constituency.name + ": trustee " + std::to_string(seat) + " (" + ballot.plan.trustees.numbers.at(static_cast<std::size_t>(seat - 1)) +
                "): " + why.detail,
            "It is not taken, and does not count. That trustee decrypts again, or another one does."};
}

wire::ApprovedObject signed_object(const store::ReadTx& tx, const store::Ballot& ballot, ballot::ApprovalStep step)
{
    // What was counted on stands, also where a paper that came too late is recorded since.
    const auto kept = step == ballot::ApprovalStep::count ? store::counted_on(tx, ballot.plan.id) : std::nullopt;
    wire::ApprovedObject out{kept ? *kept : object_as_approved(tx, ballot, step).canonical, {}};
    for (const auto& one : store::signatures_over(tx, ballot.plan.id, step, sha256(out.canonical)))
        out.approvals.push_back({one.by, one.expires, hex(one.signature)});
    return out;
}

/// Enough trustees have decrypted: combine, append the Result, keep the figures.
Result<void> combine_board(store::WriteTx& tx, const store::Ballot& ballot, const store::Constituency& constituency,
                           const std::map<unsigned, std::string>& records)
{
    const auto content = read_board(tx, constituency.id);
    const auto keys = content.trustees.flattened_keys();
    std::map<unsigned, protocol::PartialDecryption> partials;
    for (const auto& [owner, record] : records) {
        auto parsed = protocol::parse_partial_decryption(content.election, content.tally, keys.at(owner - 1), record);
        if (!parsed) return wrong_partial(constituency, ballot, owner, parsed.error());
        partials.emplace(owner, std::move(*parsed));
    }
    const auto counts = protocol::combine(content.election, content.trustees, content.tally, partials, content.ballots);
    if (!counts) return counts.error();
    store::append_to_board(tx, constituency.id, protocol::EventType::result, {protocol::write_result(*counts)});
    const auto figures = store::figures(tx, constituency.id);
    store::put_count(tx, {constituency.id, constituency.name, figures.entitled, figures.overseas, content.ballots, questions_of(*counts)});
    return {};
}

} // namespace

Result<std::vector<TalliedBoard>> tally_boards(const store::ReadTx& tx, const Context& context, const BallotId& id)
{
    const auto ballot = ballot_in(tx, id, ballot::Phase::closed, "");
    if (!ballot) return ballot.error();
    if (const auto given = step_approved(tx, *ballot, ballot::ApprovalStep::count, context.ballot_now); !given) return given.error();
    std::vector<TalliedBoard> out;
    for (const auto& constituency : store::constituencies(tx, id)) {
        const auto content = read_board(tx, constituency.id);
        out.push_back({constituency, content.ballots, protocol::write_tally(*content.election.group, content.tally)});
    }
    return out;
}

Result<wire::CountStarted> start_count(store::WriteTx& tx, const Context& context, const BallotId& id, const std::vector<TalliedBoard>& tallies,
                                       const SigningKey& board_key)
{
    const auto ballot = ballot_in(tx, id, ballot::Phase::closed, "");
    if (!ballot) return ballot.error();
    const auto phase = ballot::may_count(ballot->phase, step_approved(tx, *ballot, ballot::ApprovalStep::count, context.ballot_now).has_value());
    if (!phase) return phase.error();
    wire::CountStarted started;
    store::put_counted_on(tx, id, object_as_approved(tx, *ballot, ballot::ApprovalStep::count).canonical);
    record_audit(tx, context, ballot::Role::scrutineer, "count_started", id.text());
    for (const auto& [constituency, ballots, tally] : tallies) {
        store::append_to_board(tx, constituency.id, protocol::EventType::encrypted_tally,
                               {tally, protocol::write_tally_data(ballots, ballots, tally)});
        publish_head(tx, context, constituency, board_key);
        started.constituencies.push_back({constituency.id, constituency.name, ballots});
    }
    store::put_phase(tx, id, ballot->phase, *phase);
    return started;
}

Result<wire::CountState> count_state(const store::ReadTx& tx, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (ballot->phase != ballot::Phase::counted && ballot->phase != ballot::Phase::declared)
        return Refusal{Kind::conflict, "not_counted",
                       "The count of this ballot has not been started; the ballot is " + std::string(name(ballot->phase)) + ".",
                       "Two people approve it, then the scrutineer starts it: walkout ballot count."};
    wire::CountState state{id, ballot->plan.trustees.needed(), {}, false, signed_object(tx, *ballot, ballot::ApprovalStep::count), {}};
    if (closing_of(*ballot) < ballot->closes) state.early_closing = signed_object(tx, *ballot, ballot::ApprovalStep::close_early);
    const auto constituencies = store::constituencies(tx, id);
    const auto decrypted = constituencies.empty() ? std::vector<std::int64_t>() : store::decrypted_seats(tx, constituencies.front().id);
    for (const auto& number : ballot->plan.trustees.numbers) {
        const auto seat = static_cast<std::int64_t>(state.trustees.size() + 1);
        state.trustees.push_back({seat, number, std::ranges::find(decrypted, seat) != decrypted.end()});
    }
    state.counted = static_cast<std::int64_t>(decrypted.size()) >= state.needed;
    return state;
}

std::string trustees_awaited(const store::ReadTx& tx, const BallotId& id)
{
    const auto state = count_state(tx, id);
    if (!state || state->counted) return {};
    std::string who;
    auto missing = state->needed;
    for (const auto& trustee : state->trustees) {
        if (trustee.decrypted) --missing;
        else who += (who.empty() ? "" : " or ") + trustee.number;
    }
    return std::to_string(missing) + (missing == 1 ? " more trustee must decrypt: " : " more trustees must decrypt: ") + who;
}

Result<CheckedDecryptions> check_decryptions(const store::ReadTx& tx, const Context& context, const BallotId& id, wire::Decryptions given)
{
    const auto ballot = ballot_in(tx, id, ballot::Phase::counted, "The scrutineer starts the count: walkout ballot count.");
    if (!ballot) return ballot.error();
    const auto& numbers = ballot->plan.trustees.numbers;
    const auto found = std::ranges::find(numbers, context.caller.number);
    if (found == numbers.end())
        return Refusal{Kind::not_allowed, "not_a_trustee", "You are not a trustee of this ballot.", "Its plan names the trustees."};
    CheckedDecryptions checked{found - numbers.begin() + 1, std::move(given)};
    const auto constituencies = store::constituencies(tx, id);
    if (checked.decryptions.constituencies.size() != constituencies.size())
        return Refusal{Kind::invalid, "partial_decryption", "Every constituency must be decrypted, once."};
    for (const auto& constituency : constituencies) {
        const auto one = std::ranges::find(checked.decryptions.constituencies, constituency.id, &wire::Decryption::constituency);
        if (one == checked.decryptions.constituencies.end())
            return Refusal{Kind::invalid, "partial_decryption", "Every constituency must be decrypted, once."};
        const auto content = read_board(tx, constituency.id);
        const auto owner_key = content.trustees.flattened_keys().at(static_cast<std::size_t>(checked.seat - 1));
        const auto parsed = protocol::parse_partial_decryption(content.election, content.tally, owner_key, one->decryption);
        if (!parsed) return wrong_partial(constituency, *ballot, checked.seat, parsed.error());
    }
    return checked;
}

Result<wire::CountState> take_decryptions(store::WriteTx& tx, const Context& context, const BallotId& id, const CheckedDecryptions& checked)
{
    const auto ballot = ballot_in(tx, id, ballot::Phase::counted, "");
    if (!ballot) return ballot.error();
    const auto needed = ballot->plan.trustees.needed();
    std::int64_t done = 0;
    for (const auto& [constituency_id, record] : checked.decryptions.constituencies) {
        const auto seats = store::decrypted_seats(tx, constituency_id);
        if (std::ranges::find(seats, checked.seat) != seats.end())
            return count_state(tx, id); // checked against the one tally: it says the same again
        if (static_cast<std::int64_t>(seats.size()) >= needed)
            return Refusal{Kind::conflict, "decryption_complete", "Enough trustees have decrypted already; your part is not needed."};
        const auto owner = static_cast<unsigned>(checked.seat);
        store::append_to_board(tx, constituency_id, protocol::EventType::partial_decryption, {record, protocol::write_owned(owner, record)});
        store::add_decryption(tx, constituency_id, checked.seat, record);
        done = static_cast<std::int64_t>(seats.size()) + 1;
    }
    record_audit(tx, context, ballot::Role::trustee, "tally_decrypted", id.text(), {{"seat", std::to_string(checked.seat)}});
    if (done == needed) {
        for (const auto& constituency : store::constituencies(tx, id))
            if (const auto combined = combine_board(tx, *ballot, constituency, store::decryptions(tx, constituency.id)); !combined)
                return combined.error();
    }
    return count_state(tx, id);
}

} // namespace walkout::service
