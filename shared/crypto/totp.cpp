#include "shared/crypto/totp.hpp"

#include "shared/crypto/hash.hpp"

namespace walkout {
namespace {

std::string percent_encoded(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
        if (plain) out += c;
        else (out += '%') += hex(bytes_of(std::string_view(&c, 1)));
    }
    return out;
}

} // namespace

std::int64_t totp_step(Instant machine_now) { return machine_now.time_since_epoch().count() / totp_step_seconds; }

std::string totp_code(ByteView secret, std::int64_t step)
{
    std::array<std::uint8_t, 8> counter;
    for (std::size_t i = 0; i < 8; ++i) counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
    const auto mac = hmac_sha1(secret, counter);
    const std::size_t offset = mac[19] & 0x0F; // RFC 4226 section 5.3
    const std::uint32_t number =
        (std::uint32_t{mac[offset]} & 0x7FU) << 24 | std::uint32_t{mac[offset + 1]} << 16 | std::uint32_t{mac[offset + 2]} << 8 | mac[offset + 3];
    const auto digits = std::to_string(number % 1'000'000);
    return std::string(6 - digits.size(), '0') + digits;
}

std::optional<std::int64_t> totp_match(ByteView secret, std::string_view code, Instant machine_now, std::int64_t last_used)
{
    std::optional<std::int64_t> match;
    const auto now = totp_step(machine_now);
    for (const auto step : {now - 1, now, now + 1})
        if (same_bytes(bytes_of(totp_code(secret, step)), bytes_of(code)) && step > last_used) match = step;
    return match;
}

Secret totp_uri(ByteView secret, std::string_view issuer, std::string_view account)
{
    return Secret("otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(account) + "?secret=" + base32(secret) +
                  "&issuer=" + percent_encoded(issuer) + "&algorithm=SHA1&digits=6&period=30");
}

} // namespace walkout
