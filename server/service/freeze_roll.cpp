#include "server/service/freeze_roll.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/record_receipt.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/protocol/credential.hpp"

#include <algorithm>
#include <set>

namespace walkout::service {
namespace {

void make_constituencies(store::WriteTx& tx, const Context& context, const BallotId& id, const ballot::Roll& roll)
{
    std::set<std::string> known;
    for (const auto& constituency : store::constituencies(tx, id)) known.insert(constituency.name);
    for (const auto& name : ballot::constituencies_of(roll))
        if (!known.contains(name))
            store::add_constituency(tx, ConstituencyId::parse(protocol::make_uuid(is_rehearsal(tx) ? "REHEARSAL" : "", context.random)).value(), id,
                                    name);
}

/// Refuses a correction that would put somebody on the roll whom the register does not know or cannot place.
Result<ballot::Correction> correction(const store::ReadTx& tx, const ballot::BallotPlan& plan, const RollChange& change)
{
    ballot::Correction out{change.kind, {}, change.reason};
    out.entry.number = change.number;
    if (change.kind == ballot::Correction::Kind::remove) return out;
    auto entry = entry_from_register(tx, plan, change.number);
    if (!entry) return entry.error();
    out.entry = *std::move(entry);
    return out;
}

bool same_figures(const ballot::RollCounts& a, const ballot::RollCounts& b)
{
    return a.entitled == b.entitled && a.by_category == b.by_category && a.by_workplace == b.by_workplace;
}

} // namespace

Result<ballot::RollEntry> entry_from_register(const store::ReadTx& tx, const ballot::BallotPlan& plan, const std::string& number)
{
    const auto member = store::find_member(tx, number);
    if (!member)
        return Refusal{.kind = Kind::not_found,
                       .code = "no_such_member",
                       .detail = "The register has no member " + number + ".",
                       .next = "Import the register first."};
    if (member->employer.empty() || member->workplace.empty())
        return Refusal{.kind = Kind::invalid,
                       .code = "workplace_unknown",
                       .detail = "The register does not say where member " + number + " works.",
                       .next = "Complete the register first."};
    const ballot::Candidate who{member->number,   member->branch, member->employer, member->workplace,
                                member->category, member->joined, member->overseas};
    return ballot::RollEntry{who.number, ballot::constituency_label(plan, who), who.branch, who.employer, who.workplace, who.category, who.overseas};
}

Result<ballot::Roll> freeze_roll(store::WriteTx& tx, const Context& context, const BallotId& id, const SigningPublicKey& board_key)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto next = ballot::may_freeze(ballot->phase, ballot->plan, context.ballot_now);
    if (!next) return next.error();
    auto frozen = ballot::freeze_roll(ballot->plan, store::register_candidates(tx));
    if (!frozen) return frozen.error();

    make_constituencies(tx, context, id, frozen->roll);
    store::put_roll(tx, id, frozen->roll, "frozen by the entitlement rule", context.ballot_now, context.caller.number);
    store::put_exclusions(tx, id, frozen->exclusions);
    store::put_phase(tx, id, ballot->phase, *next);
    record_audit(tx, context, ballot::Role::general_secretary, "roll_frozen", id.text(),
                 {{"entitled", std::to_string(frozen->roll.entries.size())}, {"hash", hex(ballot::roll_hash(id, frozen->roll))}});
    if (const auto advanced = become_noticed(tx, context, id, board_key); !advanced) return advanced.error();
    return std::move(frozen->roll);
}

Result<ballot::Roll> correct_roll(store::WriteTx& tx, const Context& context, const BallotId& id, const std::vector<RollChange>& changes)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    using enum ballot::Phase;
    if (ballot->phase != frozen && ballot->phase != noticed && ballot->phase != keyed)
        return Refusal{.kind = Kind::conflict,
                       .code = ballot->phase == planned ? "wrong_phase" : "codes_made",
                       .detail = ballot->phase == planned ? "The roll is not frozen yet." : "Voting codes have been made for this roll.",
                       .next = ballot->phase == planned
                                   ? std::string("Correct the register; the roll is frozen from it.")
                                   : "The scrutineer changes codes: walkout codes replace " + id.text() + " --late or --withdraw NUMBER."};
    std::vector<ballot::Correction> corrections;
    for (const auto& change : changes) {
        auto one = correction(tx, ballot->plan, change);
        if (!one) return one.error();
        corrections.push_back(*std::move(one));
    }
    auto revised = ballot::revise_roll(store::roll(tx, id), corrections);
    if (!revised) return revised;
    const auto before = store::constituencies(tx, id).size();
    make_constituencies(tx, context, id, *revised);
    if (ballot->phase != frozen && store::constituencies(tx, id).size() != before)
        return Refusal{.kind = Kind::conflict,
                       .code = "constituencies_fixed",
                       .detail = "This correction makes a new constituency, for which the trustees have made no key.",
                       .next = "Abandon the ballot and plan it again, or leave the member out and record why."};
    store::put_roll(tx, id, *revised, changes.front().reason, context.ballot_now, context.caller.number);
    for (const auto& change : changes)
        record_audit(tx, context, ballot::Role::general_secretary, "roll_corrected", id.text(),
                     {{"revision", std::to_string(revised->revision)},
                      {"kind", std::string(name(change.kind))},
                      {"member", change.number},
                      {"reason", change.reason}});
    return revised;
}

std::vector<std::string> employers_with_stale_figures(const store::ReadTx& tx, const BallotId& id)
{
    std::map<std::string, std::int64_t> notified; // the newest revision each employer was given, or sent, figures of
    for (const auto& sent : store::served(tx, id))
        if (sent.kind == ballot::NoticeKind::ballot) notified[sent.employer] = std::max(notified[sent.employer], sent.roll_revision);
    for (const auto& receipt : store::receipts(tx, id))
        if (receipt.kind == ballot::NoticeKind::ballot && receipt.roll_revision)
            notified[receipt.employer] = std::max(notified[receipt.employer], *receipt.roll_revision);
    const auto now = store::roll(tx, id);
    std::vector<std::string> stale;
    for (const auto& [employer, revision] : notified)
        if (revision != now.revision &&
            !same_figures(ballot::count_employer(store::roll(tx, id, revision), employer), ballot::count_employer(now, employer)))
            stale.push_back(employer);
    return stale;
}

} // namespace walkout::service
