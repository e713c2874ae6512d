#include "shared/protocol/ballot.hpp"
#include "tests/support/election.hpp"

#include <doctest/doctest.h>

#include <climits>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// What the server says about these bytes: the code of the first check that fails, or "".
std::string verdict(const Election& election, std::string_view bytes)
{
    const auto ballot = parse_ballot(*election.group, bytes);
    if (!ballot) return ballot.error().code;
    if (const auto checked = check_signature(election, *ballot); !checked) return checked.error().code;
    if (const auto checked = check_proofs(election, *ballot); !checked) return checked.error().code;
    return "";
}

/// Signs a tampered ballot again with the voter's own credential, as a cheating voter would.
std::string resigned(test::WholeElection& e, unsigned voter, std::string bytes)
{
    const auto start = bytes.find(",\"signature\":");
    const auto unsigned_bytes = bytes.substr(0, start) + "}";
    const auto seal = fingerprint_of(unsigned_bytes);
    const auto proof = prove_key(e.group, "sig|" + seal + "|", e.voters[voter].secret, e.random);
    return bytes.substr(0, start) + ",\"signature\":{\"hash\":\"" + seal + "\",\"proof\":{\"challenge\":\"" + e.group.text(proof.challenge) +
           "\",\"response\":\"" + e.group.text(proof.response) + "\"}}}";
}

std::string value_after(const std::string& text, const std::string& key)
{
    const auto from = text.find(key) + key.size();
    return text.substr(from, text.find('"', from) - from);
}

} // namespace

TEST_CASE("Yes, No and blank ballots pass every check")
{
    test::WholeElection e(3);
    for (unsigned choice = 0; choice < 3; ++choice) {
        CAPTURE(choice);
        CHECK(verdict(e.election, e.ballot(choice, choice)) == "");
    }
}

TEST_CASE("any lawful number of several answers can be chosen and proved, in both groups")
{
    for (const auto* name : {"BELENIOS-2048", "Ed25519"}) {
        CAPTURE(name);
        const auto& group = *Group::find(name);
        test::SeededRandom random(9);
        const auto election = make_election("", "", group, group.secret_power(group.generator(), group.random_scalar(random)),
                                            {{{"A", "B", "C"}, false, 1, 3, ""}, {{"A"}, false, 1, 1, ""}}, "123456789ABCDE");
        const auto credential = group.random_scalar(random);
        const auto cast = [&](Selections selections) {
            auto sealed = seal_ballot(election, group.secret_power(group.generator(), credential), selections, random);
            return sealed ? verdict(election, std::move(*sealed).sign(group, credential, random)) : sealed.error().code;
        };
        CHECK(cast({{1, 0, 0}, {1}}) == "");
        CHECK(cast({{0, 1, 1}, {1}}) == "");
        CHECK(cast({{1, 1, 1}, {1}}) == "");
        CHECK(cast({{0, 0, 0}, {1}}) == "answers");
        CHECK(cast({{1, 0, 0}, {0}}) == "answers");
        CHECK(cast({{UINT_MAX, 2, 0}, {1}}) == "answers"); // the sum of these is 1 modulo 2^32
    }
}

TEST_CASE("answers that do not fit the questions are not sealed")
{
    test::WholeElection e(1);
    const auto sealed = [&](Selections selections) { return seal_ballot(e.election, e.voters[0].public_key, selections, e.random).has_value(); };
    CHECK(sealed({{1, 0}, {0, 0}}));
    CHECK_FALSE(sealed({{1, 1}, {0, 0}}));
    CHECK_FALSE(sealed({{1, 0}}));
    CHECK_FALSE(sealed({{1}, {0}}));
    CHECK_FALSE(sealed({{2, 0}, {0, 0}}));
}

TEST_CASE("a changed ballot fails the check that its change breaks")
{
    test::WholeElection e(2);
    const auto good = e.ballot(0, 0);
    const auto alpha = value_after(good, "\"alpha\":\"");
    const auto challenge = value_after(good, "\"individual_proofs\":[[{\"challenge\":\"");
    CHECK(verdict(e.election, " " + good) == "not_canonical");
    CHECK(verdict(e.election, replaced(good, "\"alpha\":\"" + alpha, "\"alpha\":\"0" + alpha)) == "not_canonical");
    CHECK(verdict(e.election, replaced(good, challenge, "0" + challenge)) == "not_canonical");
    CHECK(verdict(e.election, replaced(good, "{\"election_uuid\"", "{\"extra\":1,\"election_uuid\"")) == "not_canonical");
    CHECK(verdict(e.election, replaced(good, alpha, e.group.text(e.group.generator()))) == "not_canonical"); // the seal no longer fits
    CHECK(verdict(e.election, replaced(good, value_after(good, "\"proof\":{\"challenge\":\""), "1")) == "signature");
    CHECK(verdict(e.election, good.substr(0, good.size() / 2)) == "not_canonical");
    CHECK(verdict(e.election, "") == "not_canonical");
}

TEST_CASE("a cheating voter who signs again is caught by the proofs")
{
    test::WholeElection e(2);
    const auto good = e.ballot(0, 0);
    const auto alpha = value_after(good, "\"alpha\":\"");
    const auto challenge = value_after(good, "\"individual_proofs\":[[{\"challenge\":\"");
    const auto cheat = [&](const std::string& from, const std::string& to) { return verdict(e.election, resigned(e, 0, replaced(good, from, to))); };
    CHECK(verdict(e.election, resigned(e, 0, good)) == "");
    CHECK(cheat(challenge, "1") == "proof");
    CHECK(cheat("\"alpha\":\"" + alpha, "\"alpha\":\"1") == "group");
    CHECK(cheat("\"alpha\":\"" + alpha, "\"alpha\":\"2") == "group"); // not in the subgroup
    CHECK(cheat("\"alpha\":\"" + alpha, "\"alpha\":\"" + e.group.text(e.group.generator())) == "proof");
    CHECK(cheat(e.election.fingerprint, std::string(43, 'A')) == "wrong_election");
}

TEST_CASE("another voter's answers under one's own credential are refused")
{
    test::WholeElection e(2);
    const auto theirs = e.ballot(1, 0);
    const auto copied = replaced(theirs, e.group.text(e.voters[1].public_key), e.group.text(e.voters[0].public_key));
    CHECK(verdict(e.election, resigned(e, 0, copied)) == "proof");
}

TEST_CASE("the same randomness gives the same ballot, byte for byte")
{
    test::WholeElection a(1, 42), b(1, 42);
    CHECK(a.ballot(0, 1) == b.ballot(0, 1));
    CHECK(a.ballot(0, 1) != a.ballot(0, 1));
}

TEST_SUITE_END();
