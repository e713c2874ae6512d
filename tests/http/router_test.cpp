#include "server/http/router.hpp"

#include <doctest/doctest.h>

using namespace walkout::http;

TEST_SUITE_BEGIN("http");

TEST_CASE("a path finds its pattern, and its placeholders their decoded text")
{
    const Router router({{Method::get, "/ballots"}, {Method::get, "/ballots/{ballot}"}, {Method::post, "/branches/{branch}/sites/{site}"}});
    CHECK(router.find(Method::get, "/ballots").pattern == 0);
    CHECK(router.find(Method::get, "/ballots/probation-2013").args.at("ballot") == "probation-2013");
    const auto site = router.find(Method::post, "/branches/Isle%20of%20Wight/sites/a%2Fb");
    REQUIRE(site.pattern == 2);
    CHECK(site.args.at("branch") == "Isle of Wight");
    CHECK(site.args.at("site") == "a/b");
    for (const auto* unknown : {"/", "/ballot", "/ballots/", "/ballots/a/b", "/ballots/%zz", "/ballots/%00", "ballots", ""}) {
        CAPTURE(unknown);
        const auto match = router.find(Method::get, unknown);
        CHECK_FALSE(match.pattern);
        CHECK(match.allowed.empty());
    }
}

TEST_CASE("a literal segment wins over a placeholder, in either order")
{
    for (const bool literal_first : {true, false}) {
        const Router::Pattern literal{Method::get, "/walkouts/current"};
        const Router::Pattern open{Method::get, "/walkouts/{walkout}"};
        const Router router(literal_first ? std::vector{literal, open} : std::vector{open, literal});
        CHECK(router.find(Method::get, "/walkouts/current").pattern == (literal_first ? 0U : 1U));
        CHECK(router.find(Method::get, "/walkouts/5-november").pattern == (literal_first ? 1U : 0U));
    }
}

TEST_CASE("a known path with another method says which methods it has")
{
    const Router router({{Method::get, "/plan"}, {Method::put, "/plan"}});
    const auto match = router.find(Method::del, "/plan");
    CHECK_FALSE(match.pattern);
    CHECK(match.allowed == std::vector{Method::get, Method::put});
    CHECK(router.find(Method::head, "/plan").pattern == 0);
}

TEST_CASE("two patterns for the same requests are refused when the table is made")
{
    CHECK_THROWS_AS(Router({{Method::get, "/a/{x}"}, {Method::get, "/a/{y}"}}), std::invalid_argument);
    CHECK_NOTHROW(Router({{Method::get, "/a/{x}"}, {Method::put, "/a/{y}"}}));
}

TEST_SUITE_END();
