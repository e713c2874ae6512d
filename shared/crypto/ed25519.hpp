#pragma once

#include "shared/base/encoding.hpp"
#include "shared/base/random.hpp"
#include "shared/base/secret.hpp"

#include <array>
#include <optional>

namespace walkout {

/// Ed25519 (RFC 8032): approvals of officials, signed heads and receipts of the board.
using SigningPublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

class SigningKey {
public:
    static SigningKey make(Random& random);
    static std::optional<SigningKey> from_seed(ByteView seed); ///< 32 bytes
    const SigningPublicKey& public_key() const { return public_key_; }
    ByteView reveal_seed() const { return seed_.reveal_bytes(); }
    Signature sign(std::string_view message) const;

private:
    SigningKey(Secret seed, const SigningPublicKey& public_key) : seed_(std::move(seed)), public_key_(public_key) {}
    Secret seed_;
    SigningPublicKey public_key_;
};

bool verify_signature(const SigningPublicKey& key, std::string_view message, const Signature& signature);

std::optional<SigningPublicKey> parse_public_key(std::string_view hex_text); ///< 64 lower-case hex digits
std::optional<Signature> parse_signature(std::string_view hex_text);         ///< 128 lower-case hex digits

} // namespace walkout
