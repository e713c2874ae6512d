#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/protocol/tally.hpp"
#include "shared/wire/ceremony_messages.hpp"
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

/// A trustee's partial decryptions, checked against the published tallies. Refuses partial_decryption, which names the trustee and
/// the constituency, and not_a_trustee.
struct CheckedDecryptions {
    std::int64_t seat = 0;
    wire::Decryptions decryptions;
};
Result<CheckedDecryptions> check_decryptions(const store::ReadTx& tx, const Context& context, const BallotId& ballot, wire::Decryptions given);
/// Puts them on the boards (not published before the declaration). The last one needed combines and keeps the figures. A trustee whose decryption is
/// there already changes nothing by sending it again; one who is not needed any more is refused with decryption_complete.
Result<wire::CountState> take_decryptions(store::WriteTx& tx, const Context& context, const BallotId& ballot, const CheckedDecryptions& checked);

/// Who has decrypted and who may still, with the signatures that justify it, for trustees who verify them (protocol.md 5.6). Refuses not_counted.
Result<wire::CountState> count_state(const store::ReadTx& tx, const BallotId& ballot);
/// Whom a count that was started waits for: "1 more trustee must decrypt: union or outsider". Empty where it waits for nobody.
std::string trustees_awaited(const store::ReadTx& tx, const BallotId& ballot);

} // namespace walkout::service
