#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/protocol/tally.hpp"
#include "shared/wire/vote_messages.hpp"

namespace walkout::service {

/// A constituency's encrypted tally, recomputed from its sealed board.
struct TalliedBoard {
    store::Constituency constituency;
    unsigned ballots = 0;
    std::string tally; ///< the record
};
/// The expensive half of starting the count. Refuses wrong_phase and approval_missing.
Result<std::vector<TalliedBoard>> tally_boards(const store::ReadTx& tx, const Context& context, const BallotId& ballot);
/// Publishes the tallies: the ballot is counted, and waits for the trustees.
Result<wire::CountStarted> start_count(store::WriteTx& tx, const Context& context, const BallotId& ballot, const std::vector<TalliedBoard>& tallies,
                                       const SigningKey& board_key);

/// A trustee's partial decryptions, checked against the published tallies. Refuses decryption_done, partial_decryption, not_a_trustee.
struct CheckedDecryptions {
    std::int64_t seat = 0;
    wire::Decryptions decryptions;
};
Result<CheckedDecryptions> check_decryptions(const store::ReadTx& tx, const Context& context, const BallotId& ballot, wire::Decryptions given);
/// Puts them on the boards (not published before the declaration). The last one needed combines and keeps the figures.
Result<wire::DecryptionProgress> take_decryptions(store::WriteTx& tx, const Context& context, const BallotId& ballot,
                                                  const CheckedDecryptions& checked);

} // namespace walkout::service
