#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"

namespace walkout::service {

/// Ends a ballot for good, with a reason everybody can read. Before it is open one official may; from then on it would discard votes, so
/// the scrutineer alone may. Refusals: no_such_ballot, wrong_phase, reason_missing, scrutineer_only.
Result<void> abandon_ballot(store::WriteTx& tx, const Context& context, const BallotId& id, const std::string& reason);

} // namespace walkout::service
