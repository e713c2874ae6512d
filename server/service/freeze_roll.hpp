#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/ballot/roll.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::service {

/// Freezes the roll by the plan's rule and makes the constituencies. A consultative ballot, which needs no notice, is noticed at once.
/// Refusals: no_such_ballot, wrong_phase, cut_off_not_over and those of ballot::freeze_roll.
Result<ballot::Roll> freeze_roll(store::WriteTx& tx, const Context& context, const BallotId& id, const SigningPublicKey& board_key);

/// The line a member would have on the roll, as the register has them now. Refuses no_such_member and workplace_unknown.
Result<ballot::RollEntry> entry_from_register(const store::ReadTx& tx, const ballot::BallotPlan& plan, const std::string& number);

/// A later change of entitlement: who, and why. `add` and `change` take the member as the register has them now.
struct RollChange {
    ballot::Correction::Kind kind = ballot::Correction::Kind::add;
    std::string number;
    std::string reason;
};
/// Makes the next revision. Refused with codes_made once voting codes exist: from then on a change needs a replacement.
Result<ballot::Roll> correct_roll(store::WriteTx& tx, const Context& context, const BallotId& id, const std::vector<RollChange>& changes);

/// Employers whose notified figures differ from the roll in force: each raises the question of a fresh notice.
std::vector<std::string> employers_with_stale_figures(const store::ReadTx& tx, const BallotId& id);

} // namespace walkout::service
