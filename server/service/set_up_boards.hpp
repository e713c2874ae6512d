#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/wire/vote_messages.hpp"

namespace walkout::service {

// The scrutineer's voting codes (protocol.md 5.1): material out, public credentials in. The codes never come here.

/// For the scrutineer of a keyed ballot. Refuses with wrong_phase otherwise.
Result<wire::SetupMaterial> setup_material(const store::ReadTx& tx, bool rehearsal, const BallotId& ballot);

/// The expensive checks: each election record is exactly the one this ballot prescribes, every credential is a distinct member of the group,
/// live ones are assigned to exactly the entitled, spares are the number planned, voting papers are numbered in one series, the scrutineer's signature
/// holds.
Result<void> check_setup(const store::ReadTx& tx, const Context& context, bool rehearsal, const BallotId& ballot, const wire::Setup& setup);

/// Records a checked setup: the ballot is coded.
Result<void> take_setup(store::WriteTx& tx, const Context& context, const BallotId& ballot, const wire::Setup& setup);

/// The scrutineer has read back the second copy of the vault.
Result<void> vault_verified(store::WriteTx& tx, const Context& context, const BallotId& ballot);

/// Codes have left. Not before the opening day, and only with the opening approved: sending is opening (design.md section 3).
/// None sent is a question: may they leave now? "paper_outdated" where the first may not any more.
Result<void> record_sending(store::WriteTx& tx, const Context& context, const BallotId& ballot, std::int64_t sent);

} // namespace walkout::service
