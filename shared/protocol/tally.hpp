#pragma once

#include "shared/protocol/ballot.hpp"
#include "shared/protocol/trustees.hpp"

#include <map>

namespace walkout::protocol {

/// The encrypted tally (protocol.md 2.8): one ciphertext a question and choice.
using EncryptedTally = std::vector<std::vector<Ciphertext>>;

/// The tally of no ballots: all ones.
EncryptedTally empty_tally(const Election& election);
void add_to_tally(const Election& election, EncryptedTally& tally, const Ballot& ballot, unsigned weight = 1);
std::string write_tally(const Group& group, const EncryptedTally& tally);

struct PartialDecryption {
    std::vector<std::vector<Element>> factors;
    std::vector<std::vector<Proof>> proofs;
};
PartialDecryption decrypt_share(const Election& election, const EncryptedTally& tally, const SecretScalar& share, Random& random);
std::string write_partial_decryption(const Group& group, const PartialDecryption& partial);
/// Parses strictly and verifies under the owner's public key. Refuses with code "partial_decryption".
Result<PartialDecryption> parse_partial_decryption(const Election& election, const EncryptedTally& tally, const Element& owner_key,
                                                   std::string_view bytes);

/// Counts a question and choice.
using Counts = std::vector<std::vector<unsigned>>;

/// Combines partial decryptions (by 1-based owner over the flattened trustees) into counts. `most` bounds the discrete logarithm: the total weight.
/// Refuses with code "decryptions" when trustees are missing or the counts are out of range.
Result<Counts> combine(const Election& election, const Trustees& trustees, const EncryptedTally& tally,
                       const std::map<unsigned, PartialDecryption>& partials, unsigned most);
std::string write_result(const Counts& counts);

} // namespace walkout::protocol
