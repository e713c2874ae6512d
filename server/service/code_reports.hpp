#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/wire/replacement_messages.hpp"

namespace walkout::service {

// What the scrutineer reports of voting codes, which never come here.

/// One member's code has left, again or for the first time after a change. Refuses not_on_roll and ballot_not_open: sending is opening.
Result<void> record_resending(store::WriteTx& tx, const Context& context, const BallotId& ballot, const std::string& number);

/// A member says that the ballot under their code is not theirs. It stays; that it happened is kept and counted. Recording it again changes nothing.
/// Refuses code_unused (then the code is simply replaced), and report_stands once the report is signed.
Result<wire::Incidents> record_incident(store::WriteTx& tx, const Context& context, const BallotId& ballot, const std::string& number);

/// The signed statement that the vault and its copies are destroyed; the same statement again changes nothing. Refuses result_not_declared,
/// wrong_signature, and statement_stands where there is another.
Result<void> record_vault_destroyed(store::WriteTx& tx, const Context& context, const wire::VaultDestroyed& statement);
Result<wire::VaultDestroyed> vault_destroyed(const store::ReadTx& tx, const BallotId& ballot); ///< refuses vault_kept

} // namespace walkout::service
