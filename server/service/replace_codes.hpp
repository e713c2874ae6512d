#pragma once

#include "server/service/approve.hpp"
#include "server/service/context.hpp"
#include "server/store/replacement_store.hpp"
#include "shared/wire/replacement_messages.hpp"

namespace walkout::service {

// Replacements and late entitlement (protocol.md 5.1): proposed by the scrutineer, made by the second of two signatures.

/// Proposes a batch, in the place of one that nobody has approved; proposing the same again changes nothing. The old credential of everybody replaced
/// must be unused. Refuses code_used, not_on_roll, already_on_roll, no_spares, constituencies_fixed, member_twice, no_changes, wrong_phase,
/// ballot_closed.
Result<store::ReplacementBatch> propose_replacements(store::WriteTx& tx, const Context& context, const BallotId& ballot,
                                                     const std::vector<wire::ProposedChange>& wanted);

/// What two people sign: the batch proposed last. Refuses nothing_proposed.
Result<ApprovalObject> replacement_object(const store::ReadTx& tx, const store::Ballot& ballot);

/// Makes the proposed batch true: old credentials revoked, spares activated, the next revision of the roll, records in the registers. All of it is
/// asked again: a member may have voted since. Refuses as propose_replacements does, and object_changed.
Result<void> make_replacements(store::WriteTx& tx, const Context& context, const store::Ballot& ballot);

/// Everything proposed and done, for the scrutineer.
Result<wire::CodeChanges> code_changes(const store::ReadTx& tx, bool rehearsal, const BallotId& ballot);
wire::ChangeBatch batch_view(const store::ReadTx& tx, const store::Ballot& ballot, const store::ReplacementBatch& batch);

} // namespace walkout::service
