#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace walkout {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView bytes_of(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
inline std::string_view text_of(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string hex(ByteView bytes);                         ///< lower case
std::optional<Bytes> from_hex(std::string_view text);    ///< lower case only, even length
std::string base64(ByteView bytes);                      ///< RFC 4648 section 4, without padding (protocol.md 2.2)
std::optional<Bytes> from_base64(std::string_view text); ///< unpadded, canonical only
std::string base32(ByteView bytes);                      ///< RFC 4648 section 6, without padding: what otpauth:// wants
std::optional<Bytes> from_base32(std::string_view text);

/// Bitcoin's base58 alphabet, of protocol.md 2.3. Digits are indices into it.
inline constexpr std::string_view base58_digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

} // namespace walkout
