#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/base/result.hpp"
#include "shared/law/rulebook.hpp"

namespace walkout::service {

/// Records that a provision is in force from a day, by the instrument that says so. Ballots already opened keep their law.
/// Refusals: those of law::check, and "not_plain_text". Gives the ballots not yet opened that it reaches.
Result<std::vector<BallotId>> commence_law(store::WriteTx& tx, const Context& context, const law::Amendment& amendment);

/// Records a rule that could not be verified, or that changed since, as an official read it. The same refusals and answer.
Result<std::vector<BallotId>> set_law(store::WriteTx& tx, const Context& context, const law::Setting& setting);

/// Moves a rehearsal's ballot clock to an instant; the caller has run what fell due on the way. Refusals: not_a_rehearsal, clock_back.
Result<void> move_clock(store::WriteTx& tx, const Context& context, Instant to);
Result<void> may_move_clock(const store::ReadTx& tx, Instant ballot_now, Instant to);

} // namespace walkout::service
