#pragma once

#include "server/service/context.hpp"
#include "server/store/walkout_store.hpp"

namespace walkout::service {

/// Records what union and one of the walkout's employers agreed about suspending it (TULRCA s.234A(7B)), by the office that called it. It can be
/// recorded later than it was made: what counts is the day on which it was made. Refusals: no_such_walkout, wrong_office, walkout_ended,
/// employer_not_called, and those of strike::check.
Result<void> agree_suspension(store::WriteTx& tx, const Context& context, const WalkoutId& id, const strike::SuspensionAgreement& agreement);

/// What was agreed, for the same office; refuses no_such_walkout and wrong_office.
Result<std::vector<store::RecordedAgreement>> suspension_agreements(const store::ReadTx& tx, const Context& context, const WalkoutId& id);

} // namespace walkout::service
