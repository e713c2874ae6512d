#include "server/http/parse.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace walkout;
using namespace walkout::http;

TEST_SUITE_BEGIN("http");

TEST_CASE("percent-decoding takes what a segment may hold and nothing else")
{
    CHECK(percent_decode("Hampshire%20and%20Isle%20of%20Wight") == "Hampshire and Isle of Wight");
    CHECK(percent_decode("Ynys%20M%C3%B4n") == "Ynys M\xC3\xB4n");
    CHECK(percent_decode("").value() == "");
    for (const auto* bad : {"%", "%4", "%G1", "%00", "%1f", "%7f", "%0A", "%C3", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "%FF"}) {
        CAPTURE(bad);
        CHECK_FALSE(percent_decode(bad));
    }
}

TEST_CASE("a target is a path and a query without doubled names")
{
    const auto target = parse_target("/api/v1/members?branch=Andover%20Road&limit=50&flag");
    REQUIRE(target);
    CHECK(target->path == "/api/v1/members");
    CHECK(target->query.at("branch") == "Andover Road");
    CHECK(target->query.at("limit") == "50");
    CHECK(target->query.at("flag") == "");
    CHECK(parse_target("/?")->query.empty());
    for (const auto* bad : {"", "api", "*", "https://other/", "/a#b", "/a?x=1&x=2", "/a?=1", "/a?x=%", "/%00", "/a?&b"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_target(bad));
    }
}

TEST_CASE("a bearer token is taken from its scheme only")
{
    CHECK(bearer_token("Bearer abc-._~+/=")->reveal() == "abc-._~+/=");
    CHECK(bearer_token("bearer abc")->reveal() == "abc");
    for (const auto* bad : {"", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer a\"b", "Bearerabc"}) {
        CAPTURE(bad);
        CHECK_FALSE(bearer_token(bad));
    }
}

TEST_CASE("whatever the bytes, what parses as a target is printable and starts with a slash")
{
    constexpr std::string_view alphabet = "/%?&=#a0F\xC3\xA9\x80 +";
    std::size_t accepted = 0;
    for (std::uint32_t seed = 0; seed < 5000; ++seed) {
        CAPTURE(seed);
        std::minstd_rand random(seed + 1);
        std::string text = "/";
        for (auto length = random() % 12; length > 0; --length) text += alphabet[random() % alphabet.size()];
        const auto target = parse_target(text);
        if (!target) continue;
        ++accepted;
        CHECK(target->path.starts_with('/'));
        CHECK(target->path.find_first_of("?#") == std::string::npos);
        CHECK(percent_decode(target->path).has_value());
    }
    CHECK(accepted > 100);
}

TEST_SUITE_END();
