#pragma once

#include "shared/base/result.hpp"
#include "shared/crypto/group.hpp"

#include <string>
#include <string_view>

namespace walkout::protocol {

/// A voting code: 14 base58 digits and a check digit, "XXX-XXX-XXX-XXX-XXX" (protocol.md 2.3, the 2.0 form; 82 bits).
class VotingCode {
public:
    static VotingCode make(Random& random);
    /// Forgives spaces and dashes. Refuses, without repeating what was typed: "voting_code_form", "voting_code_typo" (check digit).
    static Result<VotingCode> parse(std::string_view typed);
    std::string_view reveal() const { return text_.reveal(); } ///< with dashes

private:
    explicit VotingCode(Secret text) : text_(std::move(text)) {}
    Secret text_;
};

/// The signing secret that a voting code gives in one election, and its public half.
struct Credential {
    SecretScalar secret;
    Element public_key;
};
Credential derive_credential(const Group& group, const VotingCode& code, std::string_view election_uuid);

/// Base58 digits of a secret, uniform but for 2^-50 each, made without a branch or an address that depends on them.
std::uint64_t secret_digit(Random& random); ///< below 58
char base58_character(std::uint64_t digit);

/// `prefix` and 14 random base58 characters: election uuids.
std::string make_uuid(std::string_view prefix, Random& random);

} // namespace walkout::protocol
