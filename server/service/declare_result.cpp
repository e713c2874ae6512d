#include "server/service/declare_result.hpp"

#include "server/service/approve.hpp"
#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/count_ballot.hpp"
#include "server/store/result_store.hpp"

namespace walkout::service {

Result<ballot::BallotResult> result_of(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto counts = store::counts(tx, ballot.plan.id);
    if (counts.empty() || counts.size() != store::constituencies(tx, ballot.plan.id).size()) {
        const auto awaited = trustees_awaited(tx, ballot.plan.id);
        return Refusal{.kind = Kind::conflict,
                       .code = "result_not_counted",
                       .detail = "The votes have not all been counted" + (awaited.empty() ? "" : ": " + awaited) + ".",
                       .next = "Each of them runs: walkout trustee decrypt " + ballot.plan.id.text()};
    }
    return ballot::judge(rulebook_of(tx, ballot), ballot.plan, opening_day_of(ballot), date_of_ballot_of(ballot), counts);
}

Result<ballot::BallotResult> declared_result(const store::ReadTx& tx, const store::Ballot& ballot)
{
    if (ballot.phase != ballot::Phase::declared)
        return Refusal{.kind = Kind::not_open,
                       .code = "result_not_declared",
                       .detail = "The result is not declared; the ballot is " + std::string(name(ballot.phase)) + ".",
                       .next = "There is no partial result, ever. Look again after the declaration."};
    return result_of(tx, ballot);
}

Result<void> declare_result(store::WriteTx& tx, const Context& context, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto next = ballot::may_declare(ballot->phase, step_approved(tx, *ballot, ballot::ApprovalStep::declare, context.ballot_now).has_value());
    if (!next) return next.error();
    const auto result = result_of(tx, *ballot);
    if (!result) return result.error();
    for (const auto& constituency : result->constituencies)
        for (const auto& question : constituency.questions)
            if (question.mandate) store::put_mandate(tx, *question.mandate);
    store::put_phase(tx, id, ballot->phase, *next);
    record_audit(tx, context, std::nullopt, "result_declared", id.text(), {{"result", hex(ballot::result_hash(*result))}});
    return {};
}

} // namespace walkout::service
