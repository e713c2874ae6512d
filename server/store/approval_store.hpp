#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/approval.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::store {

void add_approval(WriteTx& tx, const BallotId& ballot, ballot::ApprovalStep step, const ballot::Approval& approval, const Signature& signature,
                  Instant recorded_at);
std::vector<ballot::Approval> approvals(const ReadTx& tx, const BallotId& ballot, ballot::ApprovalStep step); ///< in the order recorded

/// The signatures over one object, for whoever verifies them without this server.
std::vector<ballot::GivenApproval> signatures_over(const ReadTx& tx, const BallotId& ballot, ballot::ApprovalStep step, const Digest& object);

/// The canonical text of ApprovalStep::count under which the count was started; absent before, and where that was done by an older server.
void put_counted_on(WriteTx& tx, const BallotId& ballot, const std::string& canonical);
std::optional<std::string> counted_on(const ReadTx& tx, const BallotId& ballot);

} // namespace walkout::store
