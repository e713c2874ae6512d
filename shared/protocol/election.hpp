#pragma once

#include "shared/base/result.hpp"
#include "shared/crypto/group.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout::protocol {

/// A homomorphic question (protocol.md 2.4). Ours are answers ["Yes","No"], min 0, max 1: nothing chosen is the deliberately blank paper.
struct Question {
    std::vector<std::string> answers;
    bool blank = false; ///< other people's archives: a leading blank bit
    unsigned min = 0;
    unsigned max = 1;
    std::string text;

    std::size_t choices() const { return answers.size() + (blank ? 1 : 0); }
};

/// The election record. Everything a ballot proves is bound to its exact bytes through the fingerprint.
struct Election {
    std::string description;
    std::string name;
    const Group* group = nullptr;
    Element public_key;
    std::vector<Question> questions;
    std::string uuid;
    std::string bytes;       ///< exactly as in the archive
    std::string fingerprint; ///< φ: Base64 SHA-256 of bytes
    std::shared_ptr<const Powers> key_powers;

    /// Archives of Walkout say so in the last line of the description (5.2); then a second ballot under a credential is refused.
    bool one_ballot_per_credential() const;
};

/// The last line of a Walkout description: binds the voting paper by its SHA-256 (lower-case hex).
std::string description_last_line(std::string_view paper_hash_hex);

/// Refuses with code "election_record".
Result<Election> parse_election(std::string_view bytes);

/// Builds the record of a new election and parses it back.
Election make_election(std::string description, std::string name, const Group& group, const Element& public_key, std::vector<Question> questions,
                       std::string uuid);

/// The credentials record: one entry a credential, sorted by group element. Refuses with code "credentials_record": every entry must be canonical,
/// in the group, distinct, with weight at least 1.
struct Voter {
    Element credential;
    unsigned weight = 1;
};
inline constexpr std::uint64_t largest_count = std::uint64_t{1} << 31U; ///< of weights, and of what all of them together may come to
/// One entry, "K" or "K,weight", in its canonical form; nothing otherwise. Membership of the group is not checked.
std::optional<Voter> parse_voter(const Group& group, std::string_view entry);
Result<std::vector<Voter>> parse_credentials(const Group& group, std::string_view bytes);
std::string write_credentials(const Group& group, std::vector<Element> credentials);

/// Base64 SHA-256 without padding: fingerprints and trackers.
std::string fingerprint_of(std::string_view bytes);

} // namespace walkout::protocol
