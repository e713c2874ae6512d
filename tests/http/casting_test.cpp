// Casting: what is checked in which order, by what it costs and not by a clock.

#include "tests/http/casting_fixture.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::test;

namespace {

using Cost = std::pair<int, int>;
constexpr Cost nothing{0, 0};
constexpr Cost one_signature{1, 0};
constexpr Cost everything{1, 1};

std::string with(std::string text, const std::string& what, const std::string& instead)
{
    return text.replace(text.find(what), what.size(), instead);
}

/// The voter's own signature under a ballot whose proofs are wrong.
std::string signed_nonsense(unsigned voter)
{
    const auto& ballot = voters().ballots[voter];
    const auto& made = voters().made;
    auto unsigned_bytes = ballot.substr(0, ballot.find(",\"signature\":")) + "}";
    const auto response = unsigned_bytes.rfind("\"response\":\"") + 12;
    unsigned_bytes[response] = unsigned_bytes[response] == '1' ? '2' : '1';
    const auto seal = protocol::fingerprint_of(unsigned_bytes);
    SeededRandom random(99);
    const auto proof = protocol::prove_key(made.group, "sig|" + seal + "|", made.voters[voter].secret, random);
    unsigned_bytes.pop_back();
    return unsigned_bytes + ",\"signature\":{\"hash\":\"" + seal + "\",\"proof\":{\"challenge\":\"" + made.group.text(proof.challenge) +
           "\",\"response\":\"" + made.group.text(proof.response) + "\"}}}";
}

} // namespace

TEST_SUITE_BEGIN("casting");

TEST_CASE("what is not a ballot of this election in its one form costs no exponentiation")
{
    Open world;
    const auto& ballot = voters().ballots[0];
    const auto refused = [&](const std::string& bytes) {
        std::string code;
        CHECK(world.cost_of([&] { code = world.cast(bytes, "1001"); }) == nothing);
        return code;
    };
    CHECK(refused("") == "not_canonical");
    CHECK(refused(" " + ballot) == "not_canonical");
    CHECK(refused(with(ballot, "\"challenge\":\"", "\"challenge\":\"0")) == "not_canonical");
    WholeElection other(1, 77);
    CHECK(refused(other.ballot(0, 0)) == "wrong_election");
    WholeElection shorter(1, 3, 1);
    auto one_question = shorter.ballot(0, 0);
    one_question = one_question.substr(0, one_question.find(",\"election_hash\"")) + one_question.substr(one_question.find(",\"election_hash\""));
    CHECK(refused(one_question) == "wrong_election");
    CHECK(world.send(http::Method::post, "/votes", "{\"ballot\":").status == 400);
}

TEST_CASE("a wrong signature costs one check and no proofs, and is held against the address alone")
{
    Open world;
    auto forged = voters().ballots[0];
    const auto response = forged.rfind("\"response\":\"") + 12;
    forged[response] = forged[response] == '1' ? '2' : '1';
    std::string code;
    for (int i = 0; i < 50; ++i) {
        CHECK(world.cost_of([&] { code = world.cast(forged, "1001", {}, elsewhere); }) == one_signature);
        REQUIRE(code == "signature");
    }
    CHECK(world.cost_of([&] { code = world.cast(forged, "1001", {}, elsewhere); }) == nothing);
    CHECK(code == "address_paused");
    CHECK(world.cast_of(0) == "accepted"); // the voter whose credential it was, from anywhere else
    CHECK(world.cast(voters().ballots[1], "1002", {}, elsewhere) == "address_paused");
    world.pass(std::chrono::minutes(1));
    CHECK(world.cast(voters().ballots[1], "1002", {}, elsewhere) == "accepted");
}

TEST_CASE("the same bytes again get the same receipt for one signature, whoever asks and whenever")
{
    Open world;
    REQUIRE(world.cast_of(0) == "accepted");
    const auto receipt = world.last.body;
    const auto again = [&](std::optional<std::string> number) {
        CHECK(world.cost_of([&] { CHECK(world.cast(voters().ballots[0], std::move(number)) == "accepted"); }) == one_signature);
        CHECK(world.last.body == receipt);
    };
    again("1001");
    again(std::nullopt);
    again("1002");
    world.now = at("2013-10-18T11:00:00Z");
    again(std::nullopt);
}

TEST_CASE("a wrong second factor costs no proofs and pauses that voting code for minutes, never longer")
{
    Open world;
    std::string code;
    for (int i = 0; i < 5; ++i) {
        CHECK(world.cost_of([&] { code = world.cast(voters().ballots[0], "1002"); }) == one_signature);
        CHECK(code == "second_factor_refused");
    }
    CHECK(world.cost_of([&] { code = world.cast_of(0); }) == one_signature);
    CHECK(code == "vote_paused");
    CHECK(world.cast_of(1) == "accepted"); // others are not paused
    world.pass(std::chrono::minutes(5));
    CHECK(world.cast_of(0) == "accepted");
    CHECK(world.cost_of([&] { code = world.cast(voters().ballots[2], std::nullopt); }) == one_signature);
    CHECK(code == "member_number_needed");
}

TEST_CASE("a ballot that is closed and a credential that is used or nobody's cost no proofs")
{
    Open world;
    std::string code;
    WholeElection& made = voters().made;
    REQUIRE(world.cast_of(0) == "accepted");
    const auto second = made.ballot(0, 1);
    CHECK(world.cost_of([&] { code = world.cast(second, "1001"); }) == one_signature);
    CHECK(code == "already_voted");
    world.write([&](store::WriteTx& tx) { store::put_returned(tx, world.id, "1003"); }); // on paper, say
    CHECK(world.cost_of([&] { code = world.cast_of(2); }) == one_signature);
    CHECK(code == "already_voted");
    world.now = at("2013-10-18T11:00:00Z");
    CHECK(world.cost_of([&] { code = world.cast_of(1); }) == one_signature);
    CHECK(code == "ballot_closed");
    CHECK(world.cost_of([&] { code = world.cast(voters().ballots[1], "1003"); }) == one_signature);
    CHECK(code == "second_factor_refused"); // asked before the clock: a stranger learns nothing more
}

TEST_CASE("a good vote costs one signature and one check of its proofs, on the pool's threads alone")
{
    Open world;
    CHECK(world.cost_of([&] { CHECK(world.cast_of(0) == "accepted"); }) == everything);
    CHECK(world.costs.on_caller == 0); // the caller stands where the server's I/O threads do
}

TEST_CASE("wrong proofs under a right signature pause that voting code, and none of it is recorded")
{
    Open world;
    std::string code;
    for (int i = 0; i < 5; ++i) {
        CHECK(world.cost_of([&] { code = world.cast(signed_nonsense(0), "1001"); }) == everything);
        CHECK(code == "proof");
    }
    CHECK(world.cost_of([&] { code = world.cast(signed_nonsense(0), "1001"); }) == one_signature);
    CHECK(code == "ballots_paused");
    CHECK(world.read([&](const store::ReadTx& tx) { return store::accepted_count(tx, world.place); }) == 0);
    world.pass(std::chrono::minutes(5));
    CHECK(world.cast_of(0) == "accepted");
}

TEST_CASE("thirty clients with one ballot at once get one receipt, and the ballot counts once")
{
    Open world;
    std::vector<std::future<std::string>> answers;
    const auto body = wire::to_json(wire::Vote{voters().ballots[0], "1001"});
    for (int i = 0; i < 30; ++i)
        answers.push_back(std::async(std::launch::async, [&] { return world.send(http::Method::post, "/votes", body).body; }));
    std::set<std::string> receipts;
    for (auto& answer : answers) receipts.insert(answer.get());
    CHECK(receipts.size() == 1);
    CHECK(world.read([&](const store::ReadTx& tx) { return store::accepted_count(tx, world.place); }) == 1);
}

TEST_CASE("casting does not count as using a session, and another route does")
{
    Open world(ballot::SecondFactor::sign_in);
    CHECK(world.cast(voters().ballots[0], std::nullopt) == "sign_in_to_vote");
    CHECK(world.cast(voters().ballots[0], std::nullopt, "1002") == "second_factor_refused");
    CHECK(world.cast(voters().ballots[0], std::nullopt, "1001") == "accepted");
    CHECK(world.sessions_used == 0);
    CHECK(world.send(http::Method::get, "/head", {}, "1001").status == 200);
    CHECK(world.sessions_used == 1);
}

TEST_SUITE_END();
