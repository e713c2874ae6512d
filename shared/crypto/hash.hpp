#pragma once

#include "shared/base/encoding.hpp"
#include "shared/base/secret.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace walkout {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(ByteView message);
inline Digest sha256(std::string_view message) { return sha256(bytes_of(message)); }

/// SHA-256 of a message that arrives in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    Sha256& update(std::string_view piece);
    Digest finish(); ///< once

private:
    struct State;
    std::unique_ptr<State> state_;
};

Digest hmac_sha256(ByteView key, ByteView message);
std::array<std::uint8_t, 20> hmac_sha1(ByteView key, ByteView message); ///< only for RFC 6238, which authenticator apps fix to SHA-1

/// PBKDF2-HMAC-SHA256, 32 bytes: what protocol.md 2.3 derives a credential with.
Secret pbkdf2_sha256(std::string_view password, std::string_view salt, unsigned iterations);

/// scrypt (RFC 7914), 32 bytes: for files that rest under a passphrase.
struct ScryptCost {
    std::uint64_t n = 1U << 15;
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};
Secret scrypt(std::string_view passphrase, ByteView salt, ScryptCost cost);

/// HKDF-SHA256 (RFC 5869), 32 bytes.
Secret hkdf_sha256(ByteView key, std::string_view info);

/// Equal in constant time in the content.
bool same_bytes(ByteView a, ByteView b);

} // namespace walkout
