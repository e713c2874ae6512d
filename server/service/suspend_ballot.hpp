#pragma once

#include "server/service/approve.hpp"

namespace walkout::service {

// Voting halted for a while: the scrutineer alone suspends it at once; it goes on by two signatures. Votes on the board stay, the closing too.

/// Refuses wrong_phase, and incident_what_missing without a reason.
Result<void> suspend_ballot(store::WriteTx& tx, const Context& context, const BallotId& ballot, const std::string& reason);

/// What two people sign to let voting go on.
Result<ApprovalObject> resumption_object(const store::ReadTx& tx, const store::Ballot& ballot);
Result<void> resume_ballot(store::WriteTx& tx, const Context& context, const store::Ballot& ballot);

/// Notes when the suspension that stands ended, where the ballot closes before anybody resumed it.
void end_suspension(store::WriteTx& tx, const Context& context, const BallotId& ballot);

} // namespace walkout::service
