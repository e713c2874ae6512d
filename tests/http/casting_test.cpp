// Casting: what is checked in which order, by what it costs and not by a clock; and that nothing keeps the order or the time of it.

#include "server/api/dispatcher.hpp"
#include "server/api/vote_routes.hpp"
#include "server/service/boards.hpp"
#include "server/service/check_boards.hpp"
#include "server/service/sign_in.hpp"
#include "server/store/board_store.hpp"
#include "server/store/sign_in_store.hpp"
#include "shared/protocol/proof.hpp"
#include "shared/wire/problem.hpp"
#include "shared/wire/vote_messages.hpp"
#include "tests/store/ballot_fixture.hpp"
#include "tests/support/election.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <future>
#include <iterator>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace walkout;
using namespace walkout::test;
using ballot::Phase;

namespace {

constexpr unsigned members = 60;
constexpr const char* elsewhere = "198.51.100.7";

/// Sixty ballots cost a second of arithmetic: made once, for every world. Voter i is member 1001 + i.
struct Voters {
    WholeElection made{members, 3};
    std::vector<std::string> ballots;
    Voters()
    {
        for (unsigned i = 0; i < members; ++i) ballots.push_back(made.ballot(i, i % 3));
    }
};
Voters& voters()
{
    static Voters all;
    return all;
}

ballot::BallotPlan plan_with(ballot::SecondFactor factor)
{
    auto plan = ballot::plan_2013();
    plan.statutory = false; // online, in 2013
    plan.methods = {law::Method::post, law::Method::online};
    plan.second_factor = factor;
    plan.trustees = {2, {"scrutineer", "union", "outsider"}};
    return plan;
}

/// What the checks that cost something were asked, and where.
struct Costs {
    std::atomic<int> signatures = 0;
    std::atomic<int> proofs = 0;
    std::atomic<int> on_caller = 0;
    std::thread::id caller = std::this_thread::get_id();

    service::CastingChecks hooks()
    {
        const auto count = [this](std::atomic<int>& counter) {
            ++counter;
            if (std::this_thread::get_id() == caller) ++on_caller;
        };
        return {.signature =
                    [this, count](const protocol::Election& election, const protocol::Ballot& ballot) {
                        count(signatures);
                        return protocol::check_signature(election, ballot);
                    },
                .proofs =
                    [this, count](const protocol::Election& election, const protocol::Ballot& ballot) {
                        count(proofs);
                        return protocol::check_proofs(election, ballot);
                    }};
    }
};

/// An open ballot of sixty behind the casting route. Bearer tokens are members' numbers.
struct Open : BallotWorld {
    explicit Open(ballot::SecondFactor factor = ballot::SecondFactor::member_number)
    {
        plan(plan_with(factor));
        now = at("2013-09-11T09:00:00Z");
        freeze();
        now = at("2013-09-24T09:00:00Z");
        all_receipts();
        now = at("2013-09-30T09:00:00Z");
        write([&](store::WriteTx& tx) { set_up(tx); });
        std::vector<api::Route> routes;
        api::add_vote_routes(routes, services, costs.hooks());
        dispatcher = std::make_unique<api::Dispatcher>(
            std::move(routes), services, pool,
            api::Dispatcher::Settings{.authenticate =
                                          [](const store::ReadTx&, std::string_view bearer, Instant) {
                                              return ballot::Caller{
                                                  .number = std::string(bearer), .name = {}, .member = true, .branch = {}, .offices = {}};
                                          },
                                      .session_used = [this](const store::ReadTx&, std::string_view, Instant) { ++sessions_used; },
                                      .log = [](const wire::LogLine&) {}});
    }
    ~Open()
    {
        pool.stop();
        store->writer.stop();
    }

    void set_up(store::WriteTx& tx)
    {
        const auto& made = voters().made;
        place = store::constituencies(tx, id).at(0).id;
        std::vector<Element> keys;
        for (const auto& voter : made.voters) keys.push_back(voter.public_key);
        store::put_phase(tx, id, Phase::noticed, Phase::keyed);
        store::add_board(tx, {place, id, WholeElection::timestamp, made.election.bytes, made.trustees_record.bytes,
                              protocol::write_credentials(made.group, keys)});
        store::put_fingerprint(tx, place, made.election.fingerprint);
        for (unsigned i = 0; i < members; ++i) {
            const auto credential = made.group.text(keys[i]);
            store::add_credential(tx, place, credential, /*spare=*/false);
            store::put_credential(tx, id, std::to_string(1001 + i), credential);
        }
        store::put_phase(tx, id, Phase::keyed, Phase::coded);
        service::open_boards(tx, scrutineer(), store::find_ballot(tx, id).value(), board_key);
        store::put_phase(tx, id, Phase::coded, Phase::open);
        store::put_opened(tx, id, at("2013-09-30T08:00:00Z"));
    }

    http::Response send(http::Method method, const std::string& what, std::string body = {}, std::optional<std::string> bearer = {},
                        std::string peer = "192.0.2.1", std::string if_none_match = {})
    {
        std::promise<http::Response> answered;
        http::Request request{.method = method,
                              .path = "/api/v1/constituencies/" + place.text() + what,
                              .if_none_match = std::move(if_none_match),
                              .content_type = body.empty() ? "" : "application/json",
                              .body = std::move(body),
                              .peer = std::move(peer)};
        if (bearer) request.bearer.emplace(*bearer);
        dispatcher->answer(std::move(request), [&](http::Response response) { answered.set_value(std::move(response)); });
        return answered.get_future().get();
    }
    /// The code of what refuses the vote, or "accepted".
    std::string cast(const std::string& ballot, std::optional<std::string> number, std::optional<std::string> bearer = {},
                     const std::string& peer = "192.0.2.1")
    {
        last = send(http::Method::post, "/votes", wire::to_json(wire::Vote{ballot, std::move(number)}), std::move(bearer), peer);
        if (last.status == 200) return "accepted";
        return wire::refusal_of(wire::from_json<wire::Problem>(last.body).value()).code;
    }
    std::string cast_of(unsigned voter) { return cast(voters().ballots[voter], std::to_string(1001 + voter)); }
    /// What the vote cost: signatures and proofs verified for it.
    std::pair<int, int> cost_of(const std::function<void()>& casting)
    {
        const std::pair before(costs.signatures.load(), costs.proofs.load());
        casting();
        return {costs.signatures - before.first, costs.proofs - before.second};
    }
    void pass(std::chrono::seconds time)
    {
        const std::lock_guard lock(clock);
        now += time;
    }
    void publish()
    {
        pass(std::chrono::hours(1));
        write([&](store::WriteTx& tx) { service::publish_batches(tx, scrutineer(), store::find_ballot(tx, id).value(), board_key); });
    }

    ConstituencyId place = *ConstituencyId::parse("none");
    Costs costs;
    std::atomic<int> sessions_used = 0;
    std::mutex clock; ///< the server's threads read the time while a test lets it pass
    service::Clocks clocks{[this] {
        const std::lock_guard lock(clock);
        return now;
    }};
    api::Services services{
        .readers = store->readers, .writer = store->writer, .clocks = clocks, .random = random, .rehearsal = false, .board_key = board_key};
    api::Pool pool{2};
    std::unique_ptr<api::Dispatcher> dispatcher;
    http::Response last;
};

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

namespace {

std::string content_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Where in the file each voter's tracker, and each ciphertext's digest, stands: every place of it.
std::vector<std::pair<std::size_t, std::string>> traces(const std::string& file, const std::vector<std::string>& of)
{
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const auto& text : of)
        for (auto place = file.find(text); place != file.npos; place = file.find(text, place + 1)) found.emplace_back(place, text);
    std::ranges::sort(found);
    return found;
}

struct Left {
    std::vector<std::string> while_waiting; ///< trackers in the order of their places in the file, before the batch
    std::vector<std::string> in_order;      ///< and everything, after it
    std::string archive;
    std::uintmax_t log_size = 0;
};

/// Casts in this order, publishes, and reads the files as a thief of the disk would.
Left cast_in(const std::vector<unsigned>& order)
{
    Open world;
    for (const auto voter : order) REQUIRE(world.cast_of(voter) == "accepted");
    std::vector<std::string> texts;
    for (const auto voter : order) texts.push_back(protocol::fingerprint_of(voters().ballots[voter]));
    std::ranges::sort(texts);
    Left left;
    const auto log = std::filesystem::path(world.file.string() + "-wal");
    REQUIRE(std::filesystem::file_size(log) > 0);
    REQUIRE(world.store->writer.truncate_log());
    for (auto& [place, text] : traces(content_of(world.file), texts)) left.while_waiting.push_back(std::move(text));
    world.publish();
    REQUIRE(world.store->writer.truncate_log());
    world.read([&](const store::ReadTx& tx) {
        CHECK(store::accepted_count(tx, world.place) == static_cast<std::int64_t>(order.size()));
        for (const auto& row : tx.prepare("SELECT digest FROM accepted_ciphertext")) texts.emplace_back(text_of(row.blob(0)));
    });
    std::ranges::sort(texts);
    left.archive = world.send(http::Method::get, "/archive").content();
    left.log_size = std::filesystem::file_size(log);
    for (auto& [place, text] : traces(content_of(world.file), texts)) left.in_order.push_back(std::move(text));
    CHECK(left.in_order.size() >= texts.size()); // the published rows are really there
    return left;
}

} // namespace

TEST_CASE("after a batch the files are the same whatever the order of casting was, and the log is empty")
{
    std::vector<unsigned> forward(40);
    for (unsigned i = 0; i < 40; ++i) forward[i] = i;
    auto backward = forward;
    std::ranges::reverse(backward);
    auto shuffled = forward;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(5));
    const auto first = cast_in(forward);
    CHECK(first.log_size == 0);
    for (const auto& order : {backward, shuffled}) {
        const auto other = cast_in(order);
        CHECK(other.log_size == 0);
        CHECK(other.while_waiting != first.while_waiting); // the order is there until the batch: what is compared next can differ
        CHECK(other.in_order == first.in_order);
        CHECK(other.archive.size() == first.archive.size());
    }
}

TEST_CASE("a second batch leaves the first where it was, and a credential or ciphertext of either is used up")
{
    Open world;
    for (unsigned i = 0; i < 12; ++i) REQUIRE(world.cast_of(i) == "accepted");
    world.publish();
    for (unsigned i = 12; i < 24; ++i) REQUIRE(world.cast_of(i) == "accepted");
    const auto once_published = std::string(world.send(http::Method::get, "/archive").content());
    world.publish();
    const auto twice = std::string(world.send(http::Method::get, "/archive").content());
    CHECK(twice.starts_with(once_published));
    CHECK(twice.size() > once_published.size());
    CHECK(world.cast(voters().made.ballot(3, 1), "1004") == "already_voted");
    CHECK(world.cast_of(3) == "accepted"); // its receipt
    world.read([&](const store::ReadTx& tx) {
        CHECK(store::waiting_count(tx, world.place) == 0);
        CHECK(store::accepted_count(tx, world.place) == 24);
        CHECK(store::ciphertext_count(tx, world.place) == 24 * 4);
    });
    const auto insert = [&](const char* sql) { return world.write([&](store::WriteTx& tx) { tx.prepare(sql).run(); }); };
    CHECK_THROWS_AS(insert("INSERT INTO waiting_ballot SELECT constituency, 'another', credential, 0, x'00' FROM published_ballot LIMIT 1"),
                    store::Failure);
    CHECK_THROWS_AS(insert("DELETE FROM published_ballot"), store::Failure);
}

TEST_CASE("an accepted ballot that waits cannot be taken away or changed")
{
    Open world;
    REQUIRE(world.cast_of(0) == "accepted");
    for (const auto* sql : {"DELETE FROM waiting_ballot", "UPDATE waiting_ballot SET body = x'00'"}) {
        CAPTURE(sql);
        CHECK_THROWS_AS(world.write([&](store::WriteTx& tx) { tx.prepare(sql).run(); }), store::Failure);
    }
}

TEST_CASE("one archive is shared by all who fetch it, is named by its head and not sent to whoever has it")
{
    Open world;
    const auto one = world.send(http::Method::get, "/archive");
    const auto two = world.send(http::Method::get, "/archive");
    REQUIRE(one.shared_body.has_value());
    CHECK(one.shared_body->bytes.data() == two.shared_body->bytes.data());
    const auto head = wire::from_json<wire::BoardHead>(world.send(http::Method::get, "/head").body).value();
    const auto tag = "\"" + head.event + "\"";
    CHECK(std::ranges::count(one.headers, http::Header{"ETag", tag}) == 1);
    const auto unchanged = world.send(http::Method::get, "/archive", {}, {}, "192.0.2.1", tag);
    CHECK(unchanged.status == 304);
    CHECK(unchanged.content().empty());
    for (unsigned i = 0; i < 10; ++i) REQUIRE(world.cast_of(i) == "accepted");
    CHECK(world.send(http::Method::get, "/archive").content() == one.content()); // accepted, not published
    world.publish();
    const auto grown = world.send(http::Method::get, "/archive", {}, {}, "192.0.2.1", tag);
    CHECK(grown.status == 200);
    CHECK(grown.content().starts_with(one.content())); // and what the first client still reads has not moved
    const auto credentials = world.send(http::Method::get, "/credentials");
    CHECK(credentials.shared_body.has_value());
    CHECK(protocol::parse_credentials(voters().made.group, credentials.content()).value().size() == members);
}

TEST_CASE("whoever fetches while a batch is published gets a whole board of a signed head")
{
    Open world;
    std::atomic<bool> done = false;
    std::atomic<int> fetched = 0;
    std::vector<std::thread> readers;
    std::atomic<int> wrong = 0;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            while (!done) {
                const auto response = world.send(http::Method::get, "/archive");
                const auto tag = std::ranges::find(response.headers, "ETag", &http::Header::name)->value;
                protocol::ArchiveReader reader(protocol::ArchiveReader::from(response.content()));
                std::string last;
                if (!reader.read_header()) ++wrong;
                for (;;) {
                    const auto record = reader.next();
                    if (!record) ++wrong;
                    if (!record || !*record) break;
                    last = (*record)->hash();
                }
                if ("\"" + last + "\"" != tag) ++wrong;
                ++fetched;
            }
        });
    for (unsigned batch = 0; batch < 3; ++batch) {
        for (unsigned i = 0; i < 10; ++i) CHECK(world.cast_of(10 * batch + i) == "accepted");
        world.publish();
    }
    while (fetched < 10) std::this_thread::yield();
    done = true;
    for (auto& reader : readers) reader.join();
    CHECK(wrong == 0);
    CHECK(world.read([&](const store::ReadTx& tx) { return service::board_faults(tx, world.board_key.public_key()); }).empty());
}

TEST_SUITE_END();
