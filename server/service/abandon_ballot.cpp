#include "server/service/abandon_ballot.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"

namespace walkout::service {

Result<void> abandon_ballot(store::WriteTx& tx, const Context& context, const BallotId& id, const std::string& reason)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto next = ballot::may_abandon(ballot->phase);
    if (!next) return next.error();
    if (reason.empty())
        return Refusal{
            .kind = Kind::invalid, .code = "reason_missing", .detail = "A ballot is abandoned for a reason.", .next = "Give one; members read it."};
    const auto scrutineer = context.caller.holds(ballot::Role::scrutineer);
    if (ballot->opened_at && !scrutineer)
        return Refusal{.kind = Kind::not_allowed,
                       .code = "scrutineer_only",
                       .detail = "Voting has begun: only the scrutineer can abandon this ballot.",
                       .next = "Ask the scrutineer."};
    store::put_reason(tx, id, reason);
    store::put_phase(tx, id, ballot->phase, *next);
    record_audit(tx, context, scrutineer ? ballot::Role::scrutineer : ballot::Role::general_secretary, "ballot_abandoned", id.text(),
                 {{"reason", reason}});
    return {};
}

} // namespace walkout::service
