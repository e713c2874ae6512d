#include "server/service/withdraw_receipt.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/call_walkout.hpp"
#include "server/store/roll_store.hpp"
#include "server/store/walkout_store.hpp"
#include "shared/ballot/plain_text.hpp"

#include <algorithm>
#include <set>

namespace walkout::service {
namespace {

using ballot::NoticeKind;

constexpr std::size_t longest_reason = 500;

bool before_opening(ballot::Phase phase)
{
    using enum ballot::Phase;
    return phase == planned || phase == frozen || phase == noticed || phase == keyed || phase == coded;
}

/// Why no receipt that stands covers what this employer's members are called out for.
std::optional<std::string> lacking(const strike::EmployerFacts& employer, const strike::CallFacts& facts, const strike::Walkout& walkout)
{
    if (!employer.result_told) return employer.employer + " has not been told the result of the ballot.";
    if (employer.notices.empty()) return employer.employer + " has received no notice of action.";
    const strike::ToCover wanted{walkout.action, walkout.continuous,
                                 days_of_law(walkout.window, walkout.dates, facts.jurisdiction, walkout.window.span().from)};
    std::optional<std::string> why;
    for (const auto& notice : employer.notices) {
        const auto refusal = strike::not_covered(facts.book, facts.jurisdiction, employer, notice, wanted);
        if (!refusal) return std::nullopt;
        why = refusal->detail;
    }
    return why;
}

void add_walkouts(std::vector<std::string>& out, const store::ReadTx& tx, const Context& context, const store::Ballot& ballot,
                  const std::set<std::string>& employers)
{
    const auto book = rulebook_of(tx, ballot);
    for (const auto& walkout : store::walkouts_of(tx, ballot.plan.id)) {
        if (walkout.state == strike::State::ended) continue;
        const auto facts = call_facts(tx, context, ballot, book, walkout.action);
        std::set<std::string> named; // an employer may be called in several constituencies
        for (const auto& mandate : facts.mandates)
            for (const auto& employer : mandate.employers) {
                const bool called = std::ranges::any_of(walkout.called, [&](const strike::Called& part) {
                    return part.constituency == mandate.constituency && part.employer == employer.employer;
                });
                if (!called || !employers.contains(employer.employer) || !named.insert(employer.employer).second) continue;
                if (const auto why = lacking(employer, facts, walkout))
                    out.push_back("Walkout " + walkout.id.text() + " (" + strike::words(walkout) +
                                  ") was called on a receipt that has been withdrawn, and without it: " + *why +
                                  " Suspend or end it (walkout strike suspend " + walkout.id.text() + "), or record what the employer did receive.");
            }
    }
}

} // namespace

Result<void> withdraw_receipt(store::WriteTx& tx, const Context& context, const BallotId& id, std::int64_t number, const std::string& reason)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto all = store::receipts_ever(tx, id);
    const auto found = std::ranges::find(all, number, &store::NoticeReceipt::number);
    if (found == all.end())
        return Refusal{Kind::not_found, "no_such_receipt", "No receipt of this ballot has the number " + std::to_string(number) + ".",
                       "See them with: walkout notice list " + id.text()};
    if (found->withdrawn) return {};
    if (found->recorded_by == store::recorded_by_employer)
        return Refusal{Kind::conflict, "receipt_of_employer",
                       "The employer itself acknowledged this notice: its own word is not withdrawn by others.", "What was recorded by hand can be."};
    if (reason.empty())
        return Refusal{Kind::invalid, "reason_missing", "A receipt is withdrawn with a reason, which stays beside it.",
                       "Say what was wrong: --reason \"delivered on the 5th; the slip says so\"."};
    if (!ballot::is_plain_line(reason) || reason.size() > longest_reason)
        return Refusal{Kind::invalid, "not_plain_text", "The reason is one line of text.", "Shorten it."};
    store::add_withdrawal(tx, number, {reason, context.ballot_now, context.caller.number});
    std::optional<ballot::Role> role;
    for (const auto office : {ballot::Role::scrutineer, ballot::Role::general_secretary})
        if (context.caller.holds(office)) role = office;
    record_audit(tx, context, role, "notice_receipt_withdrawn", id.text(),
                 {{"receipt", std::to_string(number)},
                  {"kind", std::string(name(found->kind))},
                  {"employer", found->employer},
                  {"received", text(found->received_on)},
                  {"reason", reason}});
    return {};
}

std::vector<std::string> shaken_by_withdrawals(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot)
{
    bool notices = false;
    std::set<std::string> employers; // of withdrawn receipts of the result or of action
    for (const auto& receipt : store::receipts_ever(tx, ballot.plan.id)) {
        if (!receipt.withdrawn) continue;
        if (receipt.kind == NoticeKind::result || receipt.kind == NoticeKind::action) employers.insert(receipt.employer);
        else notices = true;
    }
    std::vector<std::string> out;
    if (notices && !before_opening(ballot.phase) && ballot.phase != ballot::Phase::abandoned) {
        const auto received = ballot::notices_received(rulebook_of(tx, ballot), ballot.plan, store::roll_employers(tx, ballot.plan.id),
                                                       store::receipt_days(tx, ballot.plan.id), opening_day_of(ballot));
        if (!received)
            out.push_back("Voting opened on a receipt that has been withdrawn, and without it: " + received.error().detail +
                          " Take advice: record what the employer did receive and when, or abandon the ballot and plan another.");
    }
    if (!employers.empty()) add_walkouts(out, tx, context, ballot, employers);
    return out;
}

std::optional<std::string> contradicted_by_employer(const store::NoticeReceipt& receipt, const std::vector<store::NoticeReceipt>& standing)
{
    if (receipt.withdrawn || receipt.recorded_by == store::recorded_by_employer) return std::nullopt;
    const bool acknowledged_by_then = std::ranges::any_of(standing, [&](const store::NoticeReceipt& other) {
        return other.recorded_by == store::recorded_by_employer && other.kind == receipt.kind && other.employer == receipt.employer &&
               other.action == receipt.action && other.received_on <= receipt.received_on;
    });
    if (acknowledged_by_then) return std::nullopt;
    for (const auto& other : standing)
        if (other.recorded_by == store::recorded_by_employer && other.kind == receipt.kind && other.employer == receipt.employer &&
            other.action == receipt.action && other.roll_revision == receipt.roll_revision)
            return "The employer itself acknowledged this notice only on " + words(other.received_on) +
                   ". Check the evidence; if this record is wrong, withdraw it: --withdraw " + std::to_string(receipt.number);
    return std::nullopt;
}

std::optional<std::string> too_late_for_opening(const store::ReadTx& tx, const store::Ballot& ballot, NoticeKind kind, const std::string& employer,
                                                Date day, std::string_view verb)
{
    if (!ballot.plan.statutory || (kind != NoticeKind::ballot && kind != NoticeKind::sample)) return std::nullopt;
    const auto opening = opening_day_of(ballot);
    const auto dates = law::timetable(rulebook_of(tx, ballot), ballot::law_plan(ballot.plan, opening, closing_of(ballot)));
    if (!dates) return std::nullopt;
    const auto last = kind == NoticeKind::ballot ? dates->ballot_notice_by : dates->sample_paper_by;
    if (day <= last) return std::nullopt;
    auto out = std::string(verb) + " on " + words(day) + ", it is too late for opening on " + words(opening) + ": the last lawful day was " +
               words(last) + ".";
    const auto standing = store::receipt_days(tx, ballot.plan.id);
    if (std::ranges::any_of(standing,
                            [&](const ballot::Receipt& one) { return one.kind == kind && one.employer == employer && one.received_on <= last; }))
        return out + " An earlier receipt, in time, stands for this employer.";
    if (before_opening(ballot.phase))
        out += " Voting could lawfully open on " + words(day + (opening - last)) + " at the earliest, which takes a new plan.";
    return out;
}

} // namespace walkout::service
