#include "server/service/record_receipt.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/notify_action.hpp"
#include "server/store/roll_store.hpp"
#include "shared/ballot/plain_text.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

/// Notices of ballot and samples follow the freezing of the roll, the result and notices of action the declaration. What is recorded later is
/// evidence of a receipt all the same: the day of receipt counts, not the day on which somebody writes it down.
bool expected_in(ballot::NoticeKind kind, ballot::Phase phase)
{
    if (kind == ballot::NoticeKind::ballot || kind == ballot::NoticeKind::sample) return phase != ballot::Phase::planned;
    return phase == ballot::Phase::declared;
}

/// The roll revision whose figures the employer then had: of the last notice sent to it by that day, else the revision in force on that day.
std::int64_t figures_of(const store::ReadTx& tx, const store::Ballot& ballot, const store::NoticeReceipt& receipt)
{
    const auto zone = Zone::find(ballot.plan.zone).value();
    std::optional<std::int64_t> revision;
    for (const auto& sent : store::served(tx, ballot.plan.id))
        if (sent.kind == receipt.kind && sent.employer == receipt.employer && zone.date(sent.sent_at) <= receipt.received_on)
            revision = sent.roll_revision;
    if (revision) return *revision;
    for (const auto& made : store::revisions(tx, ballot.plan.id))
        if (!revision || zone.date(made.made_at) <= receipt.received_on) revision = made.revision;
    return revision.value();
}

Result<void> check(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const store::NoticeReceipt& receipt)
{
    const auto refuse = [](Kind kind, const char* code, std::string detail, std::string next) {
        return Refusal{.kind = kind, .code = code, .detail = std::move(detail), .next = std::move(next)};
    };
    const auto what = std::string(name(receipt.kind));
    if (!expected_in(receipt.kind, ballot.phase))
        return refuse(Kind::conflict, "receipt_not_expected",
                      "No receipt of kind \"" + what + "\" is expected while the ballot is " + std::string(name(ballot.phase)) + ".",
                      "Notices of ballot and samples follow the freezing of the roll; results and notices of action follow the declaration.");
    const auto employers = store::roll_employers(tx, ballot.plan.id);
    if (std::ranges::find(employers, receipt.employer) == employers.end()) {
        std::string known;
        for (const auto& employer : employers) known += (known.empty() ? "" : ", ") + employer;
        return refuse(Kind::invalid, "employer_not_on_roll", "Nobody on the roll is employed by \"" + receipt.employer + "\".",
                      "The employers are: " + known + ".");
    }
    const auto by_hand = receipt.recorded_by.empty();
    if (by_hand && receipt.evidence.empty())
        return refuse(Kind::invalid, "evidence_missing", "A receipt is recorded by hand with what proves it.",
                      "Say what it is and where it is kept: --evidence \"signed delivery slip 17, file of notices\".");
    for (const auto& line : {receipt.how, receipt.evidence})
        if (by_hand && (!ballot::is_plain_line(line) || line.size() > 500))
            return refuse(Kind::invalid, "not_plain_text", "How a notice was received, and its evidence, are one line of text each.", "Shorten it.");
    const auto zone = Zone::find(ballot.plan.zone).value();
    if (receipt.kind == ballot::NoticeKind::ballot && receipt.received_on <= ballot.plan.roll_cut_off)
        return refuse(Kind::invalid, "receipt_too_early",
                      "The figures of the notice come from the roll as it stood at the end of " + words(ballot.plan.roll_cut_off) +
                          ": nobody can have received it by then.",
                      "Check the date.");
    const auto today = zone.date(context.ballot_now);
    if (receipt.received_on > today)
        return refuse(Kind::invalid, "receipt_in_future", words(receipt.received_on) + " has not come yet.",
                      "Record a receipt when it has happened.");
    if (receipt.kind == ballot::NoticeKind::result && receipt.received_on < date_of_ballot_of(ballot))
        return refuse(Kind::invalid, "receipt_too_early",
                      "No employer could be told the result before the date of the ballot, " + words(date_of_ballot_of(ballot)) + ".",
                      "Check the date.");
    return {};
}

} // namespace

Result<void> record_receipt(store::WriteTx& tx, const Context& context, const BallotId& id, store::NoticeReceipt receipt,
                            const SigningPublicKey& board_key)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (const auto checked = check(tx, context, *ballot, receipt); !checked) return checked;
    if (receipt.kind == ballot::NoticeKind::action) {
        // Acknowledged notices sent before the kind was kept speak of either kind, and stay as they were sent.
        const auto action = receipt.recorded_by.empty() ? with_kind(tx, *ballot, receipt.action.value_or(ballot::NotifiedAction{}))
                                                        : Result<ballot::NotifiedAction>(receipt.action.value());
        if (!action) return action.error();
        receipt.action = *action;
    } else {
        receipt.action.reset();
    }
    // Asked before anything is written: the last receipt fixes the voting paper, and one that cannot be made must not leave half a receipt.
    if (ballot->phase == ballot::Phase::frozen)
        if (const auto paper = paper_of(tx, *ballot, board_key); !paper) return paper.error();
    if (!receipt.roll_revision) receipt.roll_revision = figures_of(tx, *ballot, receipt);
    receipt.recorded_at = context.ballot_now;
    if (receipt.recorded_by.empty()) receipt.recorded_by = context.caller.number;
    store::add_receipt(tx, id, receipt);
    std::optional<ballot::Role> role;
    for (const auto office : {ballot::Role::scrutineer, ballot::Role::general_secretary})
        if (context.caller.holds(office)) role = office;
    record_audit(tx, context, role, "notice_receipt_recorded", id.text(),
                 {{"kind", std::string(name(receipt.kind))}, {"employer", receipt.employer}, {"received", text(receipt.received_on)}});
    return become_noticed(tx, context, id, board_key);
}

Result<void> become_noticed(store::WriteTx& tx, const Context& context, const BallotId& id, const SigningPublicKey& board_key)
{
    const auto ballot = store::find_ballot(tx, id).value();
    const auto next =
        ballot::may_notice(rulebook_of(tx, ballot), ballot.phase, ballot.plan, store::roll_employers(tx, id), store::receipt_days(tx, id));
    if (!next) return {};
    const auto paper = paper_of(tx, ballot, board_key);
    if (!paper) return paper.error();
    store::put_paper(tx, id, paper->record);
    store::put_phase(tx, id, ballot.phase, *next);
    record_audit(tx, context, std::nullopt, "ballot_noticed", id.text(), {{"paper", hex(paper->hash)}});
    return {};
}

} // namespace walkout::service
