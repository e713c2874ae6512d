#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/base/result.hpp"
#include "shared/law/rulebook.hpp"

namespace walkout::service {

/// What a record of the law changes for ballots not yet opened.
struct LawReach {
    std::vector<BallotId> follows; ///< whose opening day it covers, and whose papers are as the law now wants them or not made yet
    std::vector<BallotId> samples; ///< of those: employers have samples of the paper as it was before, and need the other
    std::vector<BallotId> bound;   ///< the voting paper is bound, in words or a form that the law no longer wants: it stays as it is
};

/// Records that a provision is in force from a day, by the instrument that says so. Ballots already opened keep their law.
/// Refusals: those of law::check, and "not_plain_text". Gives what it changes for ballots not yet opened.
Result<LawReach> commence_law(store::WriteTx& tx, const Context& context, const law::Amendment& amendment);

/// Records a rule that could not be verified, or that changed since, as an official read it. The same refusals and answer.
Result<LawReach> set_law(store::WriteTx& tx, const Context& context, const law::Setting& setting);

/// Moves a rehearsal's ballot clock to an instant; the caller has run what fell due on the way. Refusals: not_a_rehearsal, clock_back.
Result<void> move_clock(store::WriteTx& tx, const Context& context, Instant to);
Result<void> may_move_clock(const store::ReadTx& tx, Instant ballot_now, Instant to);

} // namespace walkout::service
