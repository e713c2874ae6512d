#pragma once

#include "shared/base/encoding.hpp"
#include "shared/base/secret.hpp"
#include "shared/base/time.hpp"

#include <optional>

namespace walkout {

/// RFC 6238 with what every authenticator app assumes: SHA-1, steps of 30 seconds, 6 digits.
inline constexpr std::int64_t totp_step_seconds = 30;
inline constexpr std::size_t totp_secret_size = 20;

std::int64_t totp_step(Instant machine_now);
std::string totp_code(ByteView secret, std::int64_t step); ///< six digits

/// The step whose code this is: the present one, the one before or the one after, but none at or before `last_used`, so that
/// a code works once. All three are computed whatever matches.
std::optional<std::int64_t> totp_match(ByteView secret, std::string_view code, Instant machine_now, std::int64_t last_used);

/// What an authenticator app scans: otpauth://totp/Walkout:anna?secret=...&issuer=Walkout
Secret totp_uri(ByteView secret, std::string_view issuer, std::string_view account);

} // namespace walkout
