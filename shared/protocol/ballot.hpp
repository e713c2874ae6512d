#pragma once

#include "shared/protocol/credential.hpp"
#include "shared/protocol/election.hpp"
#include "shared/protocol/proof.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::protocol {

struct Answer {
    std::vector<Ciphertext> choices;
    std::vector<std::vector<Proof>> individual_proofs;
    std::vector<Proof> overall_proof;
    std::optional<std::vector<Proof>> blank_proof;
};

/// A ballot as on the board (protocol.md 2.6). It shows who may vote (a credential) and hides how.
struct Ballot {
    std::string election_uuid;
    std::string election_hash;
    Element credential;
    std::vector<Answer> answers;
    std::string seal; ///< signature.hash: Base64 SHA-256 of the ballot without its signature
    Proof signature;
};

/// Refuses with code "not_canonical" whatever is not exactly what write_ballot would write: spaces, order, extra fields, other numbers.
Result<Ballot> parse_ballot(const Group& group, std::string_view bytes);
/// The same for a ballot without its signature, as a challenge opens it: `signature` stays empty.
Result<Ballot> parse_unsigned_ballot(const Group& group, std::string_view bytes);

/// The checks a ballot must pass, cheap ones first. Each refuses with its own stable code, which is also the verifier's check:
/// "wrong_election", "credential" (not in the group), "signature"; then "group" (alpha or beta outside the group, or 1), "shape", "proof".
Result<void> check_signature(const Election& election, const Ballot& ballot);
Result<void> check_proofs(const Election& election, const Ballot& ballot);

/// What is chosen in each question: one entry an answer, 1 chosen, 0 not. Nothing chosen is blank.
using Selections = std::vector<std::vector<unsigned>>;

/// A sealed ballot opened instead of cast: the ballot, which has no signature and never gets one, and the r of every choice, by question.
struct OpenedBallot {
    std::string bytes;
    std::string seal;
    std::vector<std::vector<Scalar>> randomness;
};

/// An encrypted ballot that is not signed yet and so cannot be cast (5.3: shown by its seal, then cast or challenged, and only one of the two).
class SealedBallot {
public:
    const std::string& seal() const { return seal_; }
    /// Signs and gives the bytes to cast. The randomness is wiped. Throws where the ballot was opened or signed before.
    std::string sign(const Group& group, const SecretScalar& credential, Random& random) &&;
    /// Gives the randomness away instead of signing. Throws where the ballot was opened or signed before.
    OpenedBallot open() &&;

private:
    friend Result<SealedBallot> seal_ballot(const Election&, const Element&, const Selections&, Random&);
    std::string take();
    std::string unsigned_bytes_; ///< empty once used
    std::string seal_;
    std::vector<std::vector<SecretScalar>> randomness_;
};

/// Refuses with code "answers" when the selections do not fit the questions. Questions with a blank bit are read, not written.
Result<SealedBallot> seal_ballot(const Election& election, const Element& credential, const Selections& selections, Random& random);

} // namespace walkout::protocol
