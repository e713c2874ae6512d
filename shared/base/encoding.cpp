#include "shared/base/encoding.hpp"

namespace walkout {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base32_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// RFC 4648 with digits of `bits` bits, without padding.
std::string encode(ByteView bytes, std::string_view digits, unsigned bits)
{
    std::string out;
    std::uint32_t buffer = 0;
    unsigned filled = 0;
    for (const auto byte : bytes) {
        buffer = (buffer << 8) | byte;
        filled += 8;
        while (filled >= bits) {
            filled -= bits;
            out += digits[(buffer >> filled) & (digits.size() - 1)];
        }
        buffer &= (1U << filled) - 1;
    }
    if (filled > 0) out += digits[(buffer << (bits - filled)) & (digits.size() - 1)];
    return out;
}

std::optional<Bytes> decode(std::string_view text, std::string_view digits, unsigned bits)
{
    Bytes out;
    std::uint32_t buffer = 0;
    unsigned filled = 0;
    for (const char c : text) {
        const auto digit = digits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        buffer = (buffer << bits) | static_cast<std::uint32_t>(digit);
        filled += bits;
        if (filled >= 8) {
            filled -= 8;
            out.push_back(static_cast<std::uint8_t>(buffer >> filled));
        }
        buffer &= (1U << filled) - 1;
    }
    if (filled >= bits || buffer != 0) return std::nullopt; // not what encode would have written
    return out;
}

} // namespace

std::string hex(ByteView bytes) { return encode(bytes, hex_digits, 4); }
std::optional<Bytes> from_hex(std::string_view text) { return decode(text, hex_digits, 4); }
std::string base64(ByteView bytes) { return encode(bytes, base64_digits, 6); }
std::optional<Bytes> from_base64(std::string_view text) { return decode(text, base64_digits, 6); }
std::string base32(ByteView bytes) { return encode(bytes, base32_digits, 5); }
std::optional<Bytes> from_base32(std::string_view text) { return decode(text, base32_digits, 5); }

} // namespace walkout
