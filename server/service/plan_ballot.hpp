#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/ballot/plan.hpp"

namespace walkout::service {

/// Records a plan that the law of its dates allows. Refusals: those of ballot::plan_ballot, ballot_exists, unknown_trustee, and
/// unknown_employer, unknown_workplace, unknown_category where the entitlement rule names what the register does not know.
Result<ballot::Planned> plan_ballot(store::WriteTx& tx, const Context& context, const ballot::BallotPlan& plan);

} // namespace walkout::service
