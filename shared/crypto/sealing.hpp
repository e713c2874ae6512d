#pragma once

#include "shared/base/encoding.hpp"
#include "shared/base/random.hpp"
#include "shared/base/secret.hpp"
#include "shared/crypto/hash.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace walkout {

/// AES-256-GCM: nonce (12 bytes) + ciphertext + tag (16). `context` is authenticated, not stored.
Bytes seal(ByteView key, std::string_view plain, std::string_view context, Random& random);
std::optional<Secret> open_sealed(ByteView key, ByteView sealed, std::string_view context);

/// A text file under a passphrase: "<magic> scrypt N r p\n<salt hex>\n<sealed hex>\n". Parameters are stored in it and bounded on reading.
std::string lock_with_passphrase(std::string_view magic, const Secret& plain, const Secret& passphrase, Random& random);
std::optional<Secret> unlock_with_passphrase(std::string_view magic, std::string_view file, const Secret& passphrase);

/// X25519 (RFC 7748), for messages between trustees (protocol.md 5.7).
using AgreementPublicKey = std::array<std::uint8_t, 32>;
struct AgreementKey {
    Secret seed; ///< 32 bytes
    AgreementPublicKey public_key;
    static AgreementKey from_seed(Secret seed);
};
bool usable(const AgreementPublicKey& key); ///< false for the points of small order, with which nothing can be agreed
/// Sealed to a recipient with a fresh key: ephemeral public key (32) + AES-256-GCM under HKDF of the agreement. The sender is not shown: sign it.
Bytes seal_to(const AgreementPublicKey& recipient, std::string_view plain, std::string_view context, Random& random);
std::optional<Secret> open_from(const AgreementKey& mine, ByteView sealed, std::string_view context);

} // namespace walkout
