#include "shared/protocol/verify.hpp"
#include "tests/support/election.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

std::string failed_check(std::string_view archive)
{
    const auto verification = verify_archive(ArchiveReader::from(archive));
    return verification.failure ? std::string(name(verification.failure->check)) : "";
}

test::WholeElection counted(unsigned voters)
{
    test::WholeElection e(voters);
    for (unsigned i = 0; i < voters; ++i) e.put_on_board(e.ballot(i, i % 3));
    e.close();
    e.publish_tally();
    e.decrypt(1);
    e.decrypt(3);
    return e;
}

} // namespace

TEST_CASE("a whole election verifies and counts what was cast")
{
    auto e = counted(5); // Yes, No, blank, Yes, No
    e.publish_result({{2, 2}, {2, 2}});
    const auto verification = verify_archive(ArchiveReader::from(e.archive));
    REQUIRE_FALSE(verification.failure);
    CHECK(verification.finished());
    CHECK(verification.ballots == 5);
    CHECK(*verification.counts == Counts{{2, 2}, {2, 2}});
    CHECK(verification.chain.head == e.chain.head);
}

TEST_CASE("an election in which nobody voted is counted like any other")
{
    test::WholeElection e(3);
    e.close();
    e.publish_tally();
    e.decrypt(2);
    e.decrypt(3);
    e.publish_result({{0, 0}, {0, 0}});
    CHECK(failed_check(e.archive) == "");
}

TEST_CASE("an archive is verified at every stage of its growth")
{
    test::WholeElection e(2);
    CHECK(failed_check(e.archive) == "");
    e.put_on_board(e.ballot(0, 0));
    CHECK(failed_check(e.archive) == "");
    e.close();
    const auto verification = verify_archive(ArchiveReader::from(e.archive));
    CHECK_FALSE(verification.failure);
    CHECK_FALSE(verification.finished());
    CHECK(verification.stage == EventType::end_ballots);
}

TEST_CASE("each way of cheating with events fails the check it breaks")
{
    SUBCASE("a false result")
    {
        auto e = counted(2);
        e.publish_result({{2, 0}, {1, 1}});
        CHECK(failed_check(e.archive) == "result");
    }
    SUBCASE("one decryption too few")
    {
        test::WholeElection e(1);
        e.close();
        e.publish_tally();
        e.decrypt(1);
        e.publish_result({{0, 0}, {0, 0}});
        CHECK(failed_check(e.archive) == "decryptions");
    }
    SUBCASE("a trustee decrypts twice")
    {
        auto e = counted(1);
        e.decrypt(1);
        CHECK(failed_check(e.archive) == "decryptions");
    }
    SUBCASE("two results")
    {
        auto e = counted(2);
        e.publish_result({{1, 1}, {1, 1}});
        e.publish_result({{1, 1}, {1, 1}});
        CHECK(failed_check(e.archive) == "event-order");
    }
    SUBCASE("ballots hidden behind an extra end")
    {
        test::WholeElection e(2);
        e.put_on_board(e.ballot(0, 0));
        e.close();
        e.close();
        CHECK(failed_check(e.archive) == "event-order");
    }
    SUBCASE("a ballot after the end")
    {
        test::WholeElection e(2);
        e.close();
        e.put_on_board(e.ballot(0, 0));
        CHECK(failed_check(e.archive) == "event-order");
    }
    SUBCASE("the stored tally leaves a ballot out")
    {
        test::WholeElection e(2);
        const auto hidden = e.ballot(1, 1);
        e.put_on_board(e.ballot(0, 0));
        e.append(EventType::ballot, {hidden});
        e.close();
        e.publish_tally();
        CHECK(failed_check(e.archive) == "encrypted-tally");
    }
    SUBCASE("the number tallied is wrong")
    {
        test::WholeElection e(2);
        e.put_on_board(e.ballot(0, 0));
        e.cast = 2;
        e.close();
        e.publish_tally();
        CHECK(failed_check(e.archive) == "encrypted-tally");
    }
    SUBCASE("a second ballot under one credential")
    {
        test::WholeElection e(2);
        e.put_on_board(e.ballot(0, 0));
        e.put_on_board(e.ballot(0, 1));
        CHECK(failed_check(e.archive) == "one-ballot");
    }
    SUBCASE("the same ballot twice")
    {
        test::WholeElection e(2);
        const auto ballot = e.ballot(0, 0);
        e.put_on_board(ballot);
        e.put_on_board(ballot);
        CHECK(failed_check(e.archive) == "duplicates");
    }
    SUBCASE("a ballot of a credential that is not listed")
    {
        test::WholeElection e(1), other(2, 9);
        e.append(EventType::ballot, {other.ballot(1, 0)});
        CHECK(failed_check(e.archive) == "known-credential");
    }
    SUBCASE("an event with a record too many")
    {
        test::WholeElection e(1);
        e.append(EventType::ballot, {"{}", e.ballot(0, 0)});
        CHECK(failed_check(e.archive) == "event-order");
    }
    SUBCASE("bytes after the end")
    {
        test::WholeElection e(1);
        CHECK(failed_check(e.archive + std::string(512, '\0')) == "container");
        CHECK(failed_check(e.archive + "x") == "container");
        CHECK(failed_check(e.archive.substr(0, e.archive.size() - 1)) == "container");
    }
    SUBCASE("nothing at all")
    {
        CHECK(failed_check("") == "container");
        CHECK(failed_check(archive_header(1)) == "event-order");
    }
}

TEST_CASE("any single changed byte of an archive fails")
{
    auto e = counted(1);
    e.publish_result({{1, 0}, {1, 0}});
    REQUIRE(failed_check(e.archive) == "");
    for (std::size_t at = 0; at < e.archive.size(); at += 397) {
        CAPTURE(at);
        auto changed = e.archive;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        CHECK(failed_check(changed) != "");
    }
}

TEST_SUITE_END();
