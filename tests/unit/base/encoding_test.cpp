#include "shared/base/encoding.hpp"

#include <doctest/doctest.h>

using namespace walkout;

TEST_SUITE_BEGIN("base");

TEST_CASE("encodings agree with RFC 4648 without padding")
{
    CHECK(base64(bytes_of("fooba")) == "Zm9vYmE");
    CHECK(base64(bytes_of("foobar")) == "Zm9vYmFy");
    CHECK(base32(bytes_of("fooba")) == "MZXW6YTB");
    CHECK(base32(bytes_of("foob")) == "MZXW6YQ");
    CHECK(hex(bytes_of("~\x01")) == "7e01");
}

TEST_CASE("only the canonical text decodes")
{
    CHECK(text_of(*from_base64("Zm9vYmE")) == "fooba");
    CHECK_FALSE(from_base64("Zm9vYmF")); // stray bits
    CHECK_FALSE(from_base64("Zm9vYmE="));
    CHECK_FALSE(from_base64("Z"));
    CHECK_FALSE(from_hex("7E"));
    CHECK_FALSE(from_hex("7"));
}

TEST_SUITE_END();
