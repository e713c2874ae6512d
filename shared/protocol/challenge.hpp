#pragma once

#include "shared/protocol/ballot.hpp"

namespace walkout::protocol {

// The challenge of protocol.md 5.3: a sealed ballot is opened instead of cast, and anybody's machine can tell from the file what was sealed. The file
//
//     {"walkout_challenge":1,"ballot_id":"...","seal":"...","ballot":"...","randomness":[["r","r"],["r","r"]]}
//
// holds the unsigned ballot as the text it is hashed as, and the r of every choice, by question. It names no member and proves nothing about a vote:
// what it opens has no signature, and so can never be cast.

struct Challenge {
    std::string ballot_id; ///< where a server has the election; nothing rests on it
    std::string seal;      ///< as the device showed it
    std::string ballot;    ///< unsigned
    std::vector<std::vector<std::string>> randomness;
};
std::string write_challenge(const Group& group, std::string_view ballot_id, const OpenedBallot& opened);
/// Refuses with "challenge_file" whatever is not exactly what write_challenge would write.
Result<Challenge> parse_challenge(std::string_view bytes);

/// What a ballot, signed or not, says about itself before its election is known. Nothing of it is checked.
struct BallotHeader {
    std::string election_uuid;
    std::string election_hash;
    std::string credential; ///< text
    bool is_signed = false;
};
/// Refuses with "not_a_ballot".
Result<BallotHeader> ballot_header(std::string_view bytes);

/// Recomputes every alpha and beta from the randomness, the seal, and all proofs, and says what was sealed. Refuses with the check that fails:
/// "challenge_signed" (the ballot has a signature: it could be cast), "challenge_election", "challenge_ballot" (not canonical), "challenge_seal",
/// "challenge_randomness" (not one canonical number a choice), "challenge_alpha", "challenge_beta" (naming question and answer), "challenge_proof".
Result<Selections> open_challenge(const Election& election, const Challenge& challenge);

} // namespace walkout::protocol
