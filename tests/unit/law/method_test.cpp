#include "tests/unit/law/law_support.hpp"

#include "shared/law/method.hpp"

using namespace walkout;
using namespace walkout::law;

TEST_SUITE_BEGIN("law/method");

TEST_CASE("voting by post is lawful for every ballot")
{
    for (const auto day : {"2006-05-12", "2013-10-07", "2017-03-01", "2026-02-18", "2035-12-31"})
        for (const auto jurisdiction : {GB, NI}) CHECK(check_method(Rulebook(), jurisdiction, on(day), Method::post).has_value());
}

TEST_CASE("voting online in October 2013 was not lawful, and the refusal says so")
{
    const auto refused = check_method(Rulebook(), GB, on("2013-10-07"), Method::online);
    REQUIRE(refused.has_error());
    const auto& refusal = refused.error();
    CHECK(refusal.kind == Kind::unlawful);
    CHECK(refusal.code == "method_not_lawful");
    CHECK(refusal.detail == "Voting online was not lawful for a ballot opened on 7 October 2013 in Great Britain; voting by post was.");
    CHECK(refusal.next == "Ballot by post.");
    CHECK(refusal.rule == "voting_online");
    CHECK(refusal.source == "TULRCA s.230(2)");
    CHECK(refusal.earliest_lawful.empty());
}

TEST_CASE("without a recorded commencement online voting is not known to be lawful today, and the refusal says how to record one")
{
    const auto refused = check_method(Rulebook(), GB, on("2026-12-01"), Method::online);
    REQUIRE(refused.has_error());
    CHECK(refused.error().detail == "Voting online is not known to be lawful for a ballot opened on 1 December 2026 in Great "
                                    "Britain: no commencement is recorded here.");
    CHECK(refused.error().next.find("walkout law commence online --from DATE --instrument SI") != std::string::npos);
}

TEST_CASE("a recorded commencement makes a method lawful for ballots opened on its day, not the day before")
{
    const Rulebook book({{Provision::online, on("2026-11-01"), "S.I. 2026/999"}});
    CHECK(check_method(book, GB, on("2026-11-01"), Method::online).has_value());
    const auto refused = check_method(book, GB, on("2026-10-31"), Method::online);
    REQUIRE(refused.has_error());
    CHECK(refused.error().earliest_lawful == "2026-11-01");
    CHECK(refused.error().detail ==
          "Voting online is not lawful for a ballot opened on 31 October 2026 in Great Britain, only from 1 November 2026.");
}

TEST_CASE("commencing one method commences no other, and none in Northern Ireland")
{
    const Rulebook book({{Provision::online, on("2026-11-01"), "S.I. 2026/999"}});
    CHECK(check_method(book, GB, on("2027-01-01"), Method::hybrid).has_error());
    CHECK(check_method(book, GB, on("2027-01-01"), Method::workplace).has_error());
    const auto refused = check_method(book, NI, on("2027-01-01"), Method::online);
    REQUIRE(refused.has_error());
    CHECK(refused.error().detail == "Voting online was not lawful for a ballot opened on 1 January 2027 in Northern Ireland; voting by post was.");
}

TEST_CASE("each provision of a method makes that method lawful")
{
    const Rulebook book({{Provision::hybrid, on("2026-11-01"), "S.I. 2026/1"}, {Provision::workplace, on("2026-11-02"), "S.I. 2026/2"}});
    CHECK(check_method(book, GB, on("2026-11-01"), Method::hybrid).has_value());
    CHECK(check_method(book, GB, on("2026-11-01"), Method::workplace).has_error());
    CHECK(check_method(book, GB, on("2026-11-02"), Method::workplace).has_value());
}

TEST_CASE("a method on a day not covered is refused as not covered")
{
    CHECK(is_not_covered(check_method(Rulebook(), GB, on("2006-05-11"), Method::post).error()));
}

TEST_SUITE_END();
