#include "shared/protocol/challenge.hpp"
#include "tests/support/election.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

/// A strike Yes and action short of a strike No, opened.
struct Opening {
    test::WholeElection e;
    std::string file = write_challenge(e.group, "autumn", std::move(sealed({{1, 0}, {0, 1}})).open());
    Challenge challenge = parse_challenge(file).value();

    explicit Opening(std::string_view group = "BELENIOS-2048") : e(2, 1, 2, 3, 2, group) {}

    SealedBallot sealed(const Selections& selections) { return seal_ballot(e.election, e.voters[0].public_key, selections, e.random).value(); }

    /// The code of the check that fails, or "".
    std::string verdict(const Challenge& given) const
    {
        const auto opened = open_challenge(e.election, given);
        return opened ? "" : opened.error().code;
    }
    std::string verdict() const { return verdict(challenge); }

    /// As a cheating device would: the ballot is changed, and the seal made to fit it.
    void replace_in_ballot(const std::string& from, const std::string& to)
    {
        const auto at = challenge.ballot.find(from);
        REQUIRE(at != std::string::npos);
        challenge.ballot.replace(at, from.size(), to);
        challenge.seal = fingerprint_of(challenge.ballot);
    }
    Ciphertext first_choice() const { return parse_unsigned_ballot(e.group, challenge.ballot).value().answers[0].choices[0]; }
};

} // namespace

TEST_CASE("an opened ballot says what was sealed, and its seal is the one that was shown")
{
    const std::vector<Selections> all{{{1, 0}, {0, 1}}, {{0, 0}, {1, 0}}, {{0, 1}, {0, 0}}};
    for (const auto group : {"BELENIOS-2048", "Ed25519"}) {
        CAPTURE(group);
        Opening o(group);
        for (const auto& selections : all) {
            auto sealed = o.sealed(selections);
            const auto shown = sealed.seal();
            const auto challenge = parse_challenge(write_challenge(o.e.group, "autumn", std::move(sealed).open())).value();
            CHECK(challenge.seal == shown);
            CHECK(challenge.ballot_id == "autumn");
            CHECK(open_challenge(o.e.election, challenge).value() == selections);
            CHECK_FALSE(parse_ballot(o.e.group, challenge.ballot).has_value());
        }
    }
}

TEST_CASE("the seal of a cast ballot is the hash that its signature signs")
{
    test::WholeElection e(1);
    auto sealed = seal_ballot(e.election, e.voters[0].public_key, {{1, 0}, {0, 1}}, e.random).value();
    const auto shown = sealed.seal();
    CHECK(parse_ballot(e.group, std::move(sealed).sign(e.group, e.voters[0].secret, e.random)).value().seal == shown);
}

TEST_CASE("a sealed ballot is cast or opened, never both and never twice")
{
    Opening o;
    auto opened = o.sealed({{1, 0}, {1, 0}});
    CHECK_FALSE(std::move(opened).open().bytes.empty());
    CHECK_THROWS_AS((void)std::move(opened).sign(o.e.group, o.e.voters[0].secret, o.e.random), std::logic_error);
    CHECK_THROWS_AS((void)std::move(opened).open(), std::logic_error);
    auto cast = o.sealed({{1, 0}, {1, 0}});
    CHECK_FALSE(std::move(cast).sign(o.e.group, o.e.voters[0].secret, o.e.random).empty());
    CHECK_THROWS_AS((void)std::move(cast).open(), std::logic_error);
}

TEST_CASE("a challenged ballot is no ballot to the server")
{
    Opening o;
    CHECK(parse_ballot(o.e.group, o.challenge.ballot).error().code == "not_canonical");
    CHECK_FALSE(ballot_header(o.challenge.ballot).value().is_signed);
    CHECK(o.file.find("signature") == std::string::npos);
    CHECK(o.file.find(o.e.codes[0].reveal()) == std::string::npos);
}

TEST_CASE("starting again takes fresh randomness")
{
    Opening o;
    const auto again = parse_challenge(write_challenge(o.e.group, "autumn", o.sealed({{1, 0}, {0, 1}}).open())).value();
    CHECK(again.seal != o.challenge.seal);
    for (std::size_t i = 0; i < again.randomness.size(); ++i)
        for (std::size_t j = 0; j < again.randomness[i].size(); ++j) CHECK(again.randomness[i][j] != o.challenge.randomness[i][j]);
}

TEST_CASE("altered randomness is refused by the number it should give")
{
    Opening o;
    CHECK(o.verdict() == "");
    SUBCASE("another number")
    {
        o.challenge.randomness[1][0] = "12345";
        CHECK(o.verdict() == "challenge_alpha");
        CHECK(open_challenge(o.e.election, o.challenge).error().detail.find("question 2, \"Yes\"") != std::string::npos);
    }
    SUBCASE("not canonical")
    {
        o.challenge.randomness[0][1] = "0" + o.challenge.randomness[0][1];
        CHECK(o.verdict() == "challenge_randomness");
    }
    SUBCASE("too few")
    {
        o.challenge.randomness[0].pop_back();
        CHECK(o.verdict() == "challenge_randomness");
    }
    SUBCASE("too many questions")
    {
        o.challenge.randomness.push_back({"1", "2"});
        CHECK(o.verdict() == "challenge_randomness");
    }
}

TEST_CASE("an altered choice is refused, also where the seal was made to fit")
{
    Opening o;
    const auto& group = o.e.group;
    const auto yes = o.first_choice();
    const auto original = o.challenge;
    SUBCASE("beta that says No where Yes was sealed: only the proofs tell")
    {
        o.replace_in_ballot(group.text(yes.beta), group.text(group.multiply(yes.beta, group.invert(group.generator()))));
        CHECK(o.verdict() == "challenge_proof");
        o.challenge.seal = original.seal; // the seal that the member wrote down tells before
        CHECK(o.verdict() == "challenge_seal");
    }
    SUBCASE("beta that says 2")
    {
        o.replace_in_ballot(group.text(yes.beta), group.text(group.multiply(yes.beta, group.generator())));
        CHECK(o.verdict() == "challenge_beta");
        CHECK(open_challenge(o.e.election, o.challenge).error().detail.find("question 1, \"Yes\"") != std::string::npos);
    }
    SUBCASE("alpha")
    {
        o.replace_in_ballot(group.text(yes.alpha), group.text(group.multiply(yes.alpha, group.generator())));
        CHECK(o.verdict() == "challenge_alpha");
    }
    SUBCASE("a question left out")
    {
        const auto second = o.challenge.ballot.find(",{\"choices\"");
        o.challenge.ballot = o.challenge.ballot.substr(0, second) + "]}";
        o.challenge.seal = fingerprint_of(o.challenge.ballot);
        CHECK(o.verdict() == "challenge_ballot");
    }
    SUBCASE("another form of the same numbers")
    {
        o.replace_in_ballot("{\"election_uuid\"", "{ \"election_uuid\"");
        CHECK(o.verdict() == "challenge_ballot");
    }
}

TEST_CASE("an altered seal, a signed ballot and another election are each refused by name")
{
    Opening o;
    SUBCASE("seal")
    {
        o.challenge.seal[0] = o.challenge.seal[0] == 'A' ? 'B' : 'A';
        CHECK(o.verdict() == "challenge_seal");
    }
    SUBCASE("signed")
    {
        o.challenge.ballot = o.e.ballot(0, 0);
        CHECK(o.verdict() == "challenge_signed");
    }
    SUBCASE("another election")
    {
        const test::WholeElection other(2, 7);
        CHECK(open_challenge(other.election, o.challenge).error().code == "challenge_election");
    }
}

TEST_CASE("a challenge file has one form")
{
    Opening o;
    CHECK(parse_challenge(o.file + "\n").error().code == "challenge_file");
    CHECK(parse_challenge(o.file.substr(0, o.file.size() - 2)).error().code == "challenge_file");
    CHECK(parse_challenge(o.challenge.ballot).error().code == "challenge_file");
    CHECK(parse_challenge("").error().code == "challenge_file");
    CHECK(parse_challenge(o.file.substr(0, o.file.size() - 1) + ",\"extra\":1}").error().code == "challenge_file");
}

TEST_SUITE_END();
