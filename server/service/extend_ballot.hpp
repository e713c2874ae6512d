#pragma once

#include "server/service/approve.hpp"
#include "server/store/extension_store.hpp"
#include "shared/wire/conduct_messages.hpp"

namespace walkout::service {

// A later closing (shared/ballot/extension.hpp): proposed by an official, made by the second of two signatures, announced to everybody.

/// Proposes it, in the place of one that nobody has approved; proposing the same again changes nothing. Refuses what ballot::extend refuses,
/// closing_skipped for a moment that the clocks pass over, and reason_missing.
Result<store::Extension> propose_extension(store::WriteTx& tx, const Context& context, const BallotId& ballot, const wire::LaterClosing& wanted);

/// What two people sign: the addendum proposed last. Refuses nothing_proposed.
Result<ApprovalObject> extension_object(const store::ReadTx& tx, const store::Ballot& ballot);

/// Makes the proposed closing the one in force and tells all voters, and the employers whose address for mail is known. Decided again: refuses as
/// propose_extension does, and object_changed.
Result<void> make_extension(store::WriteTx& tx, const Context& context, const store::Ballot& ballot);

/// The addenda to the bound paper, with the signatures that made them. Public.
wire::AddendumList addenda(const store::ReadTx& tx, const BallotId& ballot);
wire::Addendum addendum_view(const store::ReadTx& tx, const BallotId& ballot, const store::Extension& extension);

} // namespace walkout::service
