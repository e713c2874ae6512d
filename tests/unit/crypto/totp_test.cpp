#include "shared/crypto/totp.hpp"

#include <doctest/doctest.h>

using namespace walkout;

TEST_SUITE_BEGIN("crypto");

namespace {

const ByteView secret = bytes_of("12345678901234567890"); // RFC 6238 appendix B
Instant at(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

} // namespace

TEST_CASE("codes are those of RFC 6238 appendix B, their last six digits")
{
    const std::pair<std::int64_t, const char*> vectors[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                                                            {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    for (const auto& [seconds, code] : vectors) {
        CAPTURE(seconds);
        CHECK(totp_code(secret, totp_step(at(seconds))) == code);
    }
}

TEST_CASE("a code is good from one step before its own to one step after, and not a second longer")
{
    const auto code = totp_code(secret, 100); // its own step: seconds 3000 to 3029
    CHECK(totp_match(secret, code, at(2969), 0) == std::nullopt);
    CHECK(totp_match(secret, code, at(2970), 0) == 100);
    CHECK(totp_match(secret, code, at(3029), 0) == 100);
    CHECK(totp_match(secret, code, at(3059), 0) == 100);
    CHECK(totp_match(secret, code, at(3060), 0) == std::nullopt);
}

TEST_CASE("a step that was used, and every one before it, works no more")
{
    CHECK(totp_match(secret, totp_code(secret, 100), at(3000), 99) == 100);
    CHECK(totp_match(secret, totp_code(secret, 100), at(3000), 100) == std::nullopt);
    CHECK(totp_match(secret, totp_code(secret, 99), at(3000), 100) == std::nullopt);
    CHECK(totp_match(secret, totp_code(secret, 101), at(3000), 100) == 101);
}

TEST_CASE("what is no code matches nothing")
{
    for (const auto* code : {"", "28708", "2870820", "28708x", "287 082"}) CHECK(totp_match(secret, code, at(59), 0) == std::nullopt);
}

TEST_CASE("the URI is what authenticator apps scan")
{
    CHECK(totp_uri(secret, "Walkout REHEARSAL", "anna/1").reveal() ==
          "otpauth://totp/"
          "Walkout%20REHEARSAL:anna%2f1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Walkout%20REHEARSAL&algorithm=SHA1&digits=6&"
          "period=30");
}

TEST_SUITE_END();
