#include "server/http/rate_limit.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using http::network_of;
using http::RateLimiter;

namespace {

Instant at(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

} // namespace

TEST_SUITE_BEGIN("http");

TEST_CASE("a neighbourhood is a /24 or a /48, however its address is written")
{
    CHECK(http::neighbourhood_of("192.0.2.17") == "192.0.2.0/24");
    CHECK(http::neighbourhood_of("::ffff:192.0.2.99") == "192.0.2.0/24");
    CHECK(http::neighbourhood_of("192.0.3.17") != http::neighbourhood_of("192.0.2.17"));
    CHECK(http::neighbourhood_of("2001:db8:7:1::2") == http::neighbourhood_of("2001:db8:7:ffff::9"));
    CHECK(http::neighbourhood_of("2001:db8:8:1::2") != http::neighbourhood_of("2001:db8:7:1::2"));
    CHECK(http::neighbourhood_of("2001:db8::1") == "2001:db8:0::/48");
}

TEST_CASE("a bucket gives its burst, then its rate, and says how long to wait")
{
    RateLimiter limiter({.per_second = 0.5, .burst = 3});
    for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a", at(100)));
    CHECK(limiter.take("a", at(100)) == std::chrono::seconds(2));
    CHECK(limiter.take("a", at(101)) == std::chrono::seconds(1));
    CHECK_FALSE(limiter.take("a", at(102)));
    CHECK(limiter.take("a", at(102)));
    CHECK_FALSE(limiter.take("b", at(102)));
}

TEST_CASE("a clock set back gives no tokens and takes none")
{
    RateLimiter limiter({.per_second = 1, .burst = 1});
    CHECK_FALSE(limiter.take("a", at(100)));
    CHECK(limiter.take("a", at(50)));
    CHECK_FALSE(limiter.take("a", at(51)));
}

TEST_CASE("many passing addresses do not empty a bucket that is in use")
{
    RateLimiter limiter({.per_second = 0.0001, .burst = 1});
    CHECK_FALSE(limiter.take("held", at(0)));
    for (int i = 0; i < 5000; ++i) (void)limiter.take(std::to_string(i), at(i));
    CHECK(limiter.take("held", at(5000)));
}

TEST_CASE("an IPv6 household is its /64 however the address is written short")
{
    CHECK(network_of("192.0.2.7") == "192.0.2.7");
    CHECK(network_of("::ffff:192.0.2.7") == "192.0.2.7");
    CHECK(network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::6"));
    CHECK(network_of("2001:db8:1:2:3:4:5:6") != network_of("2001:db8:1:3:3:4:5:6"));
    CHECK(network_of("2001:db8::1") == network_of("2001:db8::2:0:0:1"));
    CHECK(network_of("::1") == network_of("::2"));
    CHECK(network_of("::1") != network_of("1::1"));
}

TEST_SUITE_END();
