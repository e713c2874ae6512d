#include "server/service/extend_ballot.hpp"

#include "server/service/announce.hpp"
#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/approval_store.hpp"
#include "server/store/official_store.hpp"
#include "shared/ballot/extension.hpp"
#include "shared/ballot/plain_text.hpp"

#include <algorithm>
#include <set>

namespace walkout::service {
namespace {

constexpr std::size_t longest_reason = 500;

/// The addendum as it would be signed now.
Result<ballot::Addendum> decided(const store::ReadTx& tx, const store::Ballot& ballot, std::int64_t number, Instant closes, const std::string& reason,
                                 Instant now)
{
    const auto extension = ballot::extend(rulebook_of(tx, ballot), ballot.plan, ballot.phase, opening_day_of(ballot), ballot.closes, closes, now);
    if (!extension) return extension.error();
    return ballot::addendum(ballot.plan, *extension, number, hex(sha256(ballot.paper.value())), reason);
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string out;
    for (const auto& line : lines) out += (out.empty() ? "" : "\n") + line;
    return out;
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        out.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

Announcement announcement_of(const store::Ballot& ballot, const store::Extension& extension)
{
    const auto zone = Zone::find(ballot.plan.zone).value();
    return {.subject = "Voting goes on longer: " + ballot.plan.title,
            .told = "Voting in the ballot \"" + ballot.plan.title + "\" now closes at " + words(zone.wall(extension.closes)) + ", and not at " +
                    words(zone.wall(extension.closed_before)) + ".\n\nWhy: " + extension.reason + "\n\n",
            .to_members = "The voting paper and the voting code you have stay as they are. If you have voted, nothing changes for you.\n",
            .to_employers = "The sample voting paper you were sent stays as it is.\n",
            .foot = "\nTwo people signed this, one of them the independent scrutineer, as addendum " + std::to_string(extension.number) +
                    " to the voting paper (SHA-256 " + hex(sha256(extension.canonical)) + "):\n  walkout ballot addenda " + ballot.plan.id.text() +
                    "\n"};
}

} // namespace

Result<store::Extension> propose_extension(store::WriteTx& tx, const Context& context, const BallotId& id, const wire::LaterClosing& wanted)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto zone = Zone::find(ballot->plan.zone).value();
    if (!zone.exists(wanted.until))
        return Refusal{Kind::invalid, "closing_skipped", "The clocks go forward past " + words(wanted.until) + ": that moment does not exist.",
                       "Close at " + words(wanted.until + std::chrono::hours(1)) + " instead."};
    if (wanted.reason.empty() || wanted.reason.size() > longest_reason || !ballot::is_plain_line(wanted.reason))
        return Refusal{Kind::invalid, "reason_missing", "Voting is extended for a reason, in one line of at most 500 characters.",
                       "Give one; voters and employers read it."};
    const auto closes = zone.instant(wanted.until);
    if (auto waiting = store::latest_extension(tx, id);
        waiting && !waiting->made_at && waiting->closed_before == ballot->closes && waiting->closes == closes && waiting->reason == wanted.reason)
        return *std::move(waiting);
    const auto number = store::next_extension(tx, id);
    const auto addendum = decided(tx, *ballot, number, closes, wanted.reason, context.ballot_now);
    if (!addendum) return addendum.error();
    const store::Extension extension{.number = number,
                                     .closed_before = ballot->closes,
                                     .closes = closes,
                                     .reason = wanted.reason,
                                     .words = joined(addendum->words),
                                     .canonical = addendum->canonical,
                                     .proposed_at = context.ballot_now,
                                     .proposed_by = context.caller.number,
                                     .made_at = {}};
    store::propose_extension(tx, id, extension);
    record_audit(tx, context, std::nullopt, "extension_proposed", id.text(),
                 {{"addendum", std::to_string(number)}, {"closes", text(closes)}, {"object", hex(sha256(extension.canonical))}});
    return extension;
}

Result<ApprovalObject> extension_object(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto extension = store::latest_extension(tx, ballot.plan.id);
    if (!extension)
        return Refusal{Kind::conflict, "nothing_proposed", "No extension of the voting is proposed.",
                       "Propose it first: walkout ballot extend " + ballot.plan.id.text() + " --until … --reason …"};
    ApprovalObject object{lines_of(extension->words), extension->canonical, sha256(extension->canonical), extension->made_at.has_value()};
    if (object.done) object.words.push_back("This extension has taken effect.");
    return object;
}

Result<void> make_extension(store::WriteTx& tx, const Context& context, const store::Ballot& ballot)
{
    const auto& id = ballot.plan.id;
    auto extension = store::latest_extension(tx, id).value();
    const auto again = decided(tx, ballot, extension.number, extension.closes, extension.reason, context.ballot_now);
    if (!again) return again.error();
    if (again->canonical != extension.canonical)
        return Refusal{Kind::conflict, "object_changed", "What this extension rests on has changed since it was proposed.",
                       "Propose it again: walkout ballot extend " + id.text()};
    store::put_extension_made(tx, id, extension.number, context.ballot_now);
    store::put_closing(tx, id, extension.closes);
    announce(tx, context, ballot, announcement_of(ballot, extension));
    record_audit(tx, context, std::nullopt, "ballot_extended", id.text(),
                 {{"addendum", std::to_string(extension.number)},
                  {"closed_before", text(extension.closed_before)},
                  {"closes", text(extension.closes)},
                  {"object", hex(sha256(extension.canonical))}});
    return {};
}

wire::Addendum addendum_view(const store::ReadTx& tx, const BallotId& ballot, const store::Extension& extension)
{
    const auto object = sha256(extension.canonical);
    wire::Addendum out{.number = extension.number,
                       .closed_before = extension.closed_before,
                       .closes = extension.closes,
                       .reason = extension.reason,
                       .words = lines_of(extension.words),
                       .canonical = extension.canonical,
                       .object = hex(object),
                       .made_at = extension.made_at,
                       .signatures = {},
                       .employers_to_tell = employers_without_address(tx, ballot)};
    const auto approvals = store::approvals(tx, ballot, ballot::ApprovalStep::extend);
    for (const auto& given : store::signatures_over(tx, ballot, ballot::ApprovalStep::extend, object)) {
        const auto official = store::find_official(tx, given.by);
        const auto approval = std::ranges::find_if(
            approvals, [&](const ballot::Approval& one) { return one.by == given.by && one.object == object && one.expires == given.expires; });
        out.signatures.push_back({given.by, approval == approvals.end() ? ballot::Role::official : approval->role, given.expires,
                                  official ? hex(official->signing_key) : "", hex(given.signature)});
    }
    return out;
}

wire::AddendumList addenda(const store::ReadTx& tx, const BallotId& ballot)
{
    wire::AddendumList out{ballot, is_rehearsal(tx), {}};
    for (const auto& extension : store::extensions(tx, ballot)) out.addenda.push_back(addendum_view(tx, ballot, extension));
    return out;
}

} // namespace walkout::service
