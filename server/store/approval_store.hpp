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

} // namespace walkout::store
