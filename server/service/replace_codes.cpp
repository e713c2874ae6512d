#include "server/service/replace_codes.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/freeze_roll.hpp"
#include "server/store/incident_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>
#include <set>

namespace walkout::service {
namespace {

using ballot::CodeChange;
using ballot::MemberChange;

constexpr std::size_t largest_batch = 500; ///< the writer does a whole batch at once

Result<void> may_change_codes(const store::Ballot& ballot, Instant now)
{
    using enum ballot::Phase;
    if (ballot.phase == coded || ((ballot.phase == open || ballot.phase == suspended) && now < ballot.closes)) return {};
    if (ballot.phase == planned || ballot.phase == frozen || ballot.phase == noticed || ballot.phase == keyed)
        return Refusal{Kind::conflict, "wrong_phase", "No voting codes have been made yet, so none can be replaced.",
                       "Correct the roll itself: walkout ballot correct " + ballot.plan.id.text()};
    return Refusal{Kind::not_open, "ballot_closed", "Voting has ended: no voting code changes any more."};
}

Refusal already_used(const BallotId& ballot, const std::string& number)
{
    return {Kind::conflict, "code_used",
            "A vote has already been recorded with the voting code of member " + number +
                ". It stays on the board and nothing is changed: what was returned first counts.",
            "If the member says that it was not theirs, tell them this and record it: walkout codes incident " + ballot.text() + " --member " +
                number};
}

/// The member's line, whose code nobody has used.
Result<store::RollLine> unused_line(const store::ReadTx& tx, const BallotId& ballot, const std::string& number)
{
    const auto line = store::roll_line(tx, ballot, number);
    if (!line || !line->credential)
        return Refusal{Kind::not_found, "not_on_roll", "Member " + number + " is not on the roll of this ballot.",
                       "If they are entitled after all: walkout codes replace " + ballot.text() + " --late " + number};
    if (line->returned || store::credential_used(tx, line->constituency, *line->credential)) return already_used(ballot, number);
    return *line;
}

Result<ballot::RollEntry> late_entry(const store::ReadTx& tx, const store::Ballot& ballot, const std::string& number)
{
    if (store::roll_line(tx, ballot.plan.id, number))
        return Refusal{Kind::conflict, "already_on_roll", "Member " + number + " is on the roll already.",
                       "If they have lost their code: walkout codes replace " + ballot.plan.id.text() + " --member " + number + " --reason lost"};
    if (const auto member = store::find_member(tx, number); member && !member->active)
        return Refusal{Kind::conflict, "member_left", "Member " + number + " has left the union.", "Who is not a member is not entitled to vote."};
    return entry_from_register(tx, ballot.plan, number);
}

/// One change, all but its spare. Everything that can forbid it is asked here, at the proposal and again when it is made.
Result<MemberChange> checked(const store::ReadTx& tx, const store::Ballot& ballot, const std::vector<store::Constituency>& constituencies,
                             const wire::ProposedChange& wanted)
{
    const auto named = [&](const auto& matches) { return std::ranges::find_if(constituencies, matches); };
    if (ballot::change_for(wanted.reason) == CodeChange::activate) {
        const auto entry = late_entry(tx, ballot, wanted.number);
        if (!entry) return entry.error();
        const auto own = named([&](const store::Constituency& one) { return one.name == entry->constituency; });
        if (own == constituencies.end())
            return Refusal{Kind::conflict, "constituencies_fixed",
                           "Member " + wanted.number + " would vote in " + entry->constituency + ", for which there are no codes.",
                           "They cannot vote in this ballot; record why."};
        return MemberChange{wanted.number, wanted.reason, own->id, own->name, {}, {}};
    }
    const auto line = unused_line(tx, ballot.plan.id, wanted.number);
    if (!line) return line.error();
    const auto own = named([&](const store::Constituency& one) { return one.id == line->constituency; });
    return MemberChange{wanted.number, wanted.reason, own->id, own->name, line->credential, {}};
}

/// In the order of a salted hash, so that the published register keeps no order of members, and each with a spare that needs one.
Result<std::vector<MemberChange>> checked_batch(const store::ReadTx& tx, const store::Ballot& ballot, const std::vector<wire::ProposedChange>& wanted,
                                                const std::string& salt)
{
    const auto constituencies = store::constituencies(tx, ballot.plan.id);
    std::vector<MemberChange> changes;
    std::set<std::string> seen;
    for (const auto& one : wanted) {
        if (!seen.insert(one.number).second)
            return Refusal{Kind::invalid, "member_twice", "Member " + one.number + " is named twice.", "Name everybody once."};
        auto change = checked(tx, ballot, constituencies, one);
        if (!change) return change.error();
        changes.push_back(*std::move(change));
    }
    std::ranges::sort(changes, {}, [&](const MemberChange& change) { return sha256(salt + "|" + change.number); });
    for (const auto& constituency : constituencies) {
        const auto needs = [&](const MemberChange& change) {
            return change.constituency == constituency.id && ballot::change_for(change.reason) != CodeChange::revoke;
        };
        const auto spares = store::unused_spares(tx, constituency.id, std::ranges::count_if(changes, needs));
        auto next = spares.begin();
        for (auto& change : changes) {
            if (!needs(change)) continue;
            if (next == spares.end())
                return Refusal{Kind::conflict, "no_spares",
                               "There are only " + std::to_string(spares.size()) + " spare voting codes left in " + constituency.name + ".",
                               "Whoever is left without one may ask for a voting paper by post."};
            change.credential_in = *next++;
        }
    }
    return changes;
}

std::vector<wire::ProposedChange> wanted_by(const store::ReplacementBatch& batch)
{
    std::vector<wire::ProposedChange> out;
    for (const auto& change : batch.changes) out.push_back({change.number, change.reason});
    return out;
}

bool asks_the_same(const store::ReplacementBatch& batch, const std::vector<wire::ProposedChange>& wanted)
{
    return batch.changes.size() == wanted.size() && std::ranges::all_of(wanted, [&](const wire::ProposedChange& one) {
               return std::ranges::any_of(batch.changes,
                                          [&](const MemberChange& change) { return change.number == one.number && change.reason == one.reason; });
           });
}

ballot::ReplacementText text_of(const store::Ballot& ballot, const store::ReplacementBatch& batch)
{
    return ballot::replacement_text(ballot.plan.id, ballot.plan.title, batch.batch, batch.salt, batch.changes);
}

/// The next revision of the roll: who comes and who goes; a replaced member's line is the same but for its credential.
Result<ballot::Roll> revised_roll(const store::ReadTx& tx, const store::Ballot& ballot, const store::ReplacementBatch& batch)
{
    std::vector<ballot::Correction> corrections;
    for (const auto& change : batch.changes) {
        const auto reason = std::string(ballot::in_words(change.reason));
        if (ballot::change_for(change.reason) == CodeChange::revoke)
            corrections.push_back({ballot::Correction::Kind::remove, {change.number, {}, {}, {}, {}, {}, false}, reason});
        if (ballot::change_for(change.reason) != CodeChange::activate) continue;
        const auto entry = late_entry(tx, ballot, change.number);
        if (!entry) return entry.error();
        corrections.push_back({ballot::Correction::Kind::add, *entry, reason});
    }
    auto roll = store::roll(tx, ballot.plan.id);
    if (!corrections.empty()) return ballot::revise_roll(roll, corrections);
    ++roll.revision;
    return roll;
}

std::string count_of(const store::ReplacementBatch& batch, CodeChange kind)
{
    return std::to_string(std::ranges::count(batch.changes, kind, [](const MemberChange& change) { return ballot::change_for(change.reason); }));
}

/// Numbers only: whose code was replaced has not voted, and the log is read by many.
void audit_batch(store::WriteTx& tx, const Context& context, const char* action, const store::Ballot& ballot, const store::ReplacementBatch& batch)
{
    record_audit(tx, context, std::nullopt, action, ballot.plan.id.text(),
                 {{"batch", std::to_string(batch.batch)},
                  {"replaced", count_of(batch, CodeChange::replace)},
                  {"activated", count_of(batch, CodeChange::activate)},
                  {"revoked", count_of(batch, CodeChange::revoke)},
                  {"object", hex(sha256(text_of(ballot, batch).canonical))}});
}

} // namespace

Result<store::ReplacementBatch> propose_replacements(store::WriteTx& tx, const Context& context, const BallotId& id,
                                                     const std::vector<wire::ProposedChange>& wanted)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (const auto allowed = may_change_codes(*ballot, context.ballot_now); !allowed) return allowed.error();
    for (const auto& constituency : store::constituencies(tx, id))
        if (!store::register_state(tx, constituency.id))
            return Refusal{Kind::conflict, "codes_without_register", "The voting codes of this ballot were made before registers of them were kept.",
                           "This ballot goes on with the codes it has; the same code can be sent again with walkout codes send."};
    if (wanted.empty()) return Refusal{Kind::invalid, "no_changes", "There is nothing to replace.", "Name at least one member."};
    if (wanted.size() > largest_batch)
        return Refusal{Kind::invalid, "batch_too_large", "A batch changes at most " + std::to_string(largest_batch) + " voting codes.",
                       "Propose the rest when this one is made."};
    store::ReplacementBatch batch;
    std::array<std::uint8_t, 16> salt;
    context.random.fill(salt);
    batch.salt = hex(salt);
    auto changes = checked_batch(tx, *ballot, wanted, batch.salt);
    if (!changes) return changes.error();
    if (auto waiting = store::latest_batch(tx, id); waiting && !waiting->done && asks_the_same(*waiting, wanted)) return *std::move(waiting);
    batch.changes = *std::move(changes);
    batch.proposed_at = context.ballot_now;
    batch.batch = store::propose_batch(tx, id, batch, context.caller.number);
    audit_batch(tx, context, "replacements_proposed", *ballot, batch);
    return batch;
}

Result<ApprovalObject> replacement_object(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto batch = store::latest_batch(tx, ballot.plan.id);
    if (!batch)
        return Refusal{Kind::conflict, "nothing_proposed", "No change of voting codes is proposed.",
                       "The scrutineer proposes it first: walkout codes replace " + ballot.plan.id.text()};
    auto text = text_of(ballot, *batch);
    if (batch->done) text.words.push_back("This batch has taken effect.");
    const auto hash = sha256(text.canonical);
    return ApprovalObject{.words = std::move(text.words), .canonical = std::move(text.canonical), .hash = hash, .done = batch->done};
}

Result<void> make_replacements(store::WriteTx& tx, const Context& context, const store::Ballot& ballot)
{
    const auto& id = ballot.plan.id;
    if (const auto allowed = may_change_codes(ballot, context.ballot_now); !allowed) return allowed;
    const auto batch = store::latest_batch(tx, id).value();
    const auto again = checked_batch(tx, ballot, wanted_by(batch), batch.salt);
    if (!again || *again != batch.changes) // not what: it may be that somebody has voted, which only the scrutineer may know
        return Refusal{Kind::conflict, "object_changed", "Something has happened since this batch was proposed, so it cannot be made as it is.",
                       "The scrutineer proposes it again, and is told what: walkout codes replace " + id.text()};
    const auto roll = revised_roll(tx, ballot, batch);
    if (!roll) return roll.error();
    store::put_roll(tx, id, *roll, "voting codes changed, batch " + std::to_string(batch.batch), context.ballot_now, context.caller.number);
    std::int64_t late = 0;
    for (const auto& change : batch.changes) {
        const auto kind = ballot::change_for(change.reason);
        if (kind == CodeChange::replace) store::replace_credential(tx, id, change.number, roll->revision, change.credential_in.value());
        if (kind == CodeChange::activate) store::put_credential(tx, id, change.number, change.credential_in.value());
        if (kind == CodeChange::activate) ++late;
        store::append_register(tx, change.constituency, {0, {}, change.reason, change.credential_out, change.credential_in});
        if (kind != CodeChange::replace)
            record_audit(tx, context, std::nullopt, "roll_corrected", id.text(),
                         {{"revision", std::to_string(roll->revision)},
                          {"kind", kind == CodeChange::activate ? "add" : "remove"},
                          {"member", change.number},
                          {"reason", std::string(ballot::in_words(change.reason))}});
    }
    if (late > 0) store::add_late_codes(tx, id, late);
    store::put_batch_done(tx, id, batch.batch);
    audit_batch(tx, context, "replacements_made", ballot, batch);
    return {};
}

wire::ChangeBatch batch_view(const store::ReadTx& tx, const store::Ballot& ballot, const store::ReplacementBatch& batch)
{
    const auto object = sha256(text_of(ballot, batch).canonical);
    wire::ChangeBatch view{batch.batch, batch.done, batch.proposed_at, batch.salt, hex(object), {}, {}};
    for (const auto& change : batch.changes) {
        const auto member = store::find_member(tx, change.number).value();
        view.changes.push_back({change.number, member.name, member.email, change.reason, change.constituency, change.constituency_name,
                                change.credential_out, change.credential_in});
    }
    for (const auto& given : store::batch_signatures(tx, ballot.plan.id, object))
        view.signatures.push_back({given.by, given.role, given.expires, hex(given.signature)});
    return view;
}

Result<wire::CodeChanges> code_changes(const store::ReadTx& tx, bool rehearsal, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    wire::CodeChanges out{id, ballot->plan.title,           rehearsal, std::string(name(ballot->plan.group_or_default())), {},
                          {}, store::incident_count(tx, id)};
    for (const auto& batch : store::batches(tx, id)) out.batches.push_back(batch_view(tx, *ballot, batch));
    for (const auto& constituency : store::constituencies(tx, id)) {
        const auto made = store::credential_counts(tx, constituency.id).spare;
        const auto left = static_cast<std::int64_t>(store::unused_spares(tx, constituency.id, made).size());
        out.spares.push_back({constituency.id, constituency.name, left, made});
    }
    return out;
}

} // namespace walkout::service
