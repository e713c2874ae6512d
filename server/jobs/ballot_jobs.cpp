#include "server/jobs/ballot_jobs.hpp"

#include "server/service/alarm_unsent.hpp"
#include "server/service/approve.hpp"
#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/boards.hpp"
#include "server/service/first_sending.hpp"
#include "server/service/forget_pickets.hpp"
#include "server/service/remind_pickets.hpp"
#include "server/service/remind_report.hpp"
#include "server/service/suspend_ballot.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/ballot/publication.hpp"

#include <algorithm>

namespace walkout::jobs {
namespace {

using service::Context;
using store::Ballot;

/// Boards grow and ballots close in these: suspended voting does not stop the clock.
constexpr std::array voting_phases{ballot::Phase::open, ballot::Phase::suspended};

Result<ballot::Phase> may_open_now(const store::ReadTx& tx, const Ballot& ballot, Instant now)
{
    const auto employers = store::roll_employers(tx, ballot.plan.id);
    const auto receipts = store::receipt_days(tx, ballot.plan.id);
    const ballot::OpeningFacts facts{ballot.phase,
                                     ballot.vault_verified,
                                     service::step_approved(tx, ballot, ballot::ApprovalStep::open, now).has_value(),
                                     ballot::opening_day(ballot.plan, ballot.first_sending, now), // opened late, it opens on the day it opens
                                     employers,
                                     receipts,
                                     service::bound_statement(ballot)};
    return ballot::may_open(service::rulebook(tx), ballot.plan, facts, now);
}

bool open_if_due(store::WriteTx& tx, const Context& context, const Ballot& ballot, const SigningKey& board_key)
{
    if (context.ballot_now < ballot::opening_instant(ballot.plan)) return false;
    const auto phase = may_open_now(tx, ballot, context.ballot_now);
    if (!phase) return false; // a signature, a receipt or the vault is missing: it opens when that is there
    service::record_audit(tx, context, std::nullopt, "ballot_opened", ballot.plan.id.text());
    service::open_boards(tx, context, ballot, board_key);
    store::put_phase(tx, ballot.plan.id, ballot.phase, *phase);
    store::put_opened(tx, ballot.plan.id, context.ballot_now);
    return true;
}

bool publish_or_close(store::WriteTx& tx, const Context& context, const Ballot& ballot, const SigningKey& board_key)
{
    const auto closed =
        ballot::may_close(ballot.phase, ballot.closes,
                          service::step_approved(tx, ballot, ballot::ApprovalStep::close_early, context.ballot_now).has_value(), context.ballot_now);
    if (!closed) {
        const bool grew = service::publish_batches(tx, context, ballot, board_key);
        if (grew) service::publish_turnout(tx, context, ballot);
        return grew;
    }
    service::end_suspension(tx, context, ballot.plan.id);
    service::record_audit(tx, context, std::nullopt, "ballot_closed", ballot.plan.id.text());
    service::close_boards(tx, context, ballot, board_key);
    store::put_phase(tx, ballot.plan.id, ballot.phase, *closed);
    store::put_closed(tx, ballot.plan.id, context.ballot_now);
    service::publish_turnout(tx, context, ballot);
    return true;
}

} // namespace

std::optional<Instant> next_due(const store::ReadTx& tx, Instant after)
{
    std::optional<Instant> next;
    const auto consider = [&](Instant due) {
        if (due > after && (!next || due < *next)) next = due;
    };
    for (const auto& ballot : store::ballots_in(tx, ballot::Phase::coded)) consider(ballot::opening_instant(ballot.plan));
    for (const auto phase : voting_phases)
        for (const auto& ballot : store::ballots_in(tx, phase)) {
            consider(ballot.closes);
            consider(ballot::next_publication(ballot.opened_at.value(), after));
        }
    if (const auto reminder = service::next_reminder(tx, after)) consider(*reminder);
    if (const auto reminder = service::next_report_reminder(tx, after)) consider(*reminder);
    if (const auto alarm = service::next_unsent_alarm(tx, after)) consider(*alarm);
    return next;
}

std::int64_t run_due(store::WriteTx& tx, const Context& context, const SigningKey& board_key)
{
    std::int64_t changed = 0;
    for (const auto& ballot : store::ballots_in(tx, ballot::Phase::coded)) changed += open_if_due(tx, context, ballot, board_key) ? 1 : 0;
    for (const auto phase : voting_phases)
        for (const auto& ballot : store::ballots_in(tx, phase)) changed += publish_or_close(tx, context, ballot, board_key) ? 1 : 0;
    service::remind_pickets(tx, context);
    service::remind_reports(tx, context);
    service::alarm_unsent(tx, context);
    service::forget_pickets(tx, context);
    return changed;
}

std::int64_t run_due_until(store::WriteTx& tx, Context context, const SigningKey& board_key, Instant until)
{
    std::int64_t changed = run_due(tx, context, board_key);
    while (const auto due = next_due(tx, context.ballot_now)) {
        if (*due > until) break;
        context.ballot_now = *due;
        changed += run_due(tx, context, board_key);
    }
    context.ballot_now = until;
    return changed + run_due(tx, context, board_key);
}

void after_approval(store::WriteTx& tx, const Context& context, const BallotId& id, const SigningKey& board_key)
{
    run_due(tx, context, board_key);
    if (service::require_ballot(tx, id).value().phase != ballot::Phase::declared) return;
    for (const auto& constituency : store::constituencies(tx, id)) service::publish_head(tx, context, constituency, board_key);
}

} // namespace walkout::jobs
