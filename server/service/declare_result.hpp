#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/ballot/result.hpp"

namespace walkout::service {

/// The counts judged under the ballot's own law. Refuses result_not_counted before the count.
Result<ballot::BallotResult> result_of(const store::ReadTx& tx, const store::Ballot& ballot);

/// What anybody may see: result_of a declared ballot. Refuses result_not_declared before.
Result<ballot::BallotResult> declared_result(const store::ReadTx& tx, const store::Ballot& ballot);

/// Makes the mandates and publishes, once two people have signed the result. Called when the second signature is in.
Result<void> declare_result(store::WriteTx& tx, const Context& context, const BallotId& id);

} // namespace walkout::service
