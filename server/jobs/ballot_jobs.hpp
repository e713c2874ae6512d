#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::jobs {

// What happens to ballots by the clock: opening, publication of batches, closing. Nothing is queued: what is due follows from what is stored,
// so a job cannot be lost, and running it twice changes nothing.

/// The next instant after `after` at which something falls due for some ballot, by the ballot clock; nullopt when nothing is scheduled.
std::optional<Instant> next_due(const store::ReadTx& tx, Instant after);

/// Does everything that is due at context.ballot_now. Returns how many ballots changed.
std::int64_t run_due(store::WriteTx& tx, const service::Context& context, const SigningKey& board_key);

/// For a rehearsal's clock: runs everything due up to `until`, each thing at its own instant, in order.
std::int64_t run_due_until(store::WriteTx& tx, service::Context context, const SigningKey& board_key, Instant until);

/// What a second signature allows happens with it: a late opening, an early closing, and at the declaration the last signed heads, which make the
/// decryptions and the result public.
void after_approval(store::WriteTx& tx, const service::Context& context, const BallotId& ballot, const SigningKey& board_key);

} // namespace walkout::jobs
