#include "client/cli/api.hpp"
#include "server/api/dispatcher.hpp"
#include "server/api/problem.hpp"
#include "server/api/reply.hpp"
#include "server/store/idempotency_store.hpp"
#include "shared/crypto/system_random.hpp"
#include "shared/wire/problem.hpp"
#include "tests/http/running_server.hpp"
#include "tests/support/store_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <set>
#include <thread>

using namespace walkout;
using namespace walkout::test;
using api::Call;
using api::Reply;
using api::Route;
using http::Method;
using http::Request;
using http::Response;

namespace {

/// Everything behind the socket: a database, the pool, and a small table of routes that count in a table of their own.
struct World {
    explicit World(std::optional<http::RateLimiter::Rate> rate = {}, std::size_t most_waiting = 4096) : pool(2, most_waiting)
    {
        (void)store->write([](store::WriteTx& tx) -> Result<void> {
            tx.script("CREATE TABLE counted (who TEXT NOT NULL) STRICT");
            return {};
        });
        std::vector<Route> routes;
        api::add_base_routes(routes, services);
        add_routes(routes);
        api::add_openapi_route(routes);
        dispatcher = std::make_unique<api::Dispatcher>(
            std::move(routes), services, pool,
            api::Dispatcher::Settings{.authenticate = who_is,
                                      .session_used = [this](const store::ReadTx&, std::string_view, Instant) { ++sessions_used; },
                                      .log =
                                          [this](const wire::LogLine& line) {
                                              const std::lock_guard lock(log_mutex);
                                              log.push_back(line);
                                          },
                                      .per_address = rate});
    }
    ~World()
    {
        pool.stop();
        store->writer.stop();
    }

    static std::optional<ballot::Caller> who_is(const store::ReadTx&, std::string_view bearer, Instant)
    {
        if (bearer == "member") return ballot::Caller{.number = "1", .name = "A Member", .member = true, .branch = "Andover", .offices = {}};
        if (bearer == "scrutineer")
            return ballot::Caller{.number = "3", .name = "A Scrutineer", .branch = "", .offices = {{ballot::Role::scrutineer, ""}}};
        if (bearer == "secretary")
            return ballot::Caller{.number = "2", .name = "A Secretary", .branch = "", .offices = {{ballot::Role::general_secretary, ""}}};
        return std::nullopt;
    }

    static Result<Reply> count(const Call& call, store::WriteTx& tx)
    {
        tx.prepare("INSERT INTO counted (who) VALUES (?)").bind(call.context.caller.number).run();
        if (call.request.body == "refuse") return Refusal{.kind = Kind::conflict, .code = "refused", .detail = "No."};
        if (call.request.body == "break") throw std::runtime_error("the inside story");
        return api::with(Reply{.status = 201, .body = std::to_string(tx.prepare("SELECT count(*) FROM counted").number())}, "Location", "/made");
    }

    void add_routes(std::vector<Route>& routes)
    {
        const auto signed_in = api::signed_in;
        routes.push_back({.method = Method::post, .pattern = "/count", .access = signed_in, .handle = api::Write{count}});
        routes.push_back({.method = Method::post, .pattern = "/cast", .access = signed_in, .handle = api::Write{count}, .traceless = true});
        routes.push_back({.method = Method::post,
                          .pattern = "/scan",
                          .access = api::any_of(ballot::Role::scrutineer),
                          .handle = api::Write{count},
                          .traceless = true});
        routes.push_back({.method = Method::post, .pattern = "/names", .access = signed_in, .handle = api::Write{count}, .private_reply = true});
        routes.push_back({.method = Method::post,
                          .pattern = "/prepared",
                          .access = signed_in,
                          .handle = api::Prepare{[](const Call& call, const store::ReadTx& tx) -> Result<api::Work> {
                              if (tx.prepare("SELECT count(*) FROM counted").number() > 0)
                                  return Refusal{.kind = Kind::conflict, .code = "already", .detail = "Already."};
                              return api::Work([&call](store::WriteTx& write) { return count(call, write); });
                          }}});
        routes.push_back({.method = Method::put,
                          .pattern = "/plan",
                          .access = api::any_of(ballot::Role::general_secretary),
                          .handle = api::Write{count},
                          .if_match = true});
        routes.push_back({.pattern = "/wait", .handle = api::Read{[this](const Call&, const store::ReadTx&) -> Result<Reply> {
                                                  ++at_work;
                                                  told_to_go_on.wait();
                                                  return Reply{.body = "done"};
                                              }}});
        routes.push_back({.pattern = "/name/{name}", .handle = api::Read{[](const Call& call, const store::ReadTx&) -> Result<Reply> {
                                                         return api::with(Reply{.body = call.arg("name")}, "ETag", api::etag_of(call.arg("name")));
                                                     }}});
    }

    Response ask(Request request)
    {
        std::promise<Response> answered;
        dispatcher->answer(std::move(request), [&](Response response) { answered.set_value(std::move(response)); });
        return answered.get_future().get();
    }
    std::int64_t counted()
    {
        return store->read([](const store::ReadTx& tx) { return tx.prepare("SELECT count(*) FROM counted").number(); });
    }
    wire::LogLine last_line()
    {
        const std::lock_guard lock(log_mutex);
        return log.back();
    }

    OpenStore database;
    store::Store* store = database.store.get();
    std::int64_t now = 1'000'000;
    service::Clocks clocks{[this] { return Instant(std::chrono::seconds(now)); }};
    SystemRandom random;
    SigningKey board_key = SigningKey::make(random);
    api::Services services{
        .readers = store->readers, .writer = store->writer, .clocks = clocks, .random = random, .rehearsal = false, .board_key = board_key};
    api::Pool pool;
    std::atomic<int> at_work = 0; ///< on /wait
    std::promise<void> go_on;
    std::shared_future<void> told_to_go_on = go_on.get_future().share();
    std::atomic<int> sessions_used = 0;
    std::mutex log_mutex;
    std::vector<wire::LogLine> log;
    std::unique_ptr<api::Dispatcher> dispatcher;
};

Request post(std::string path, std::string body, const char* bearer = "member", std::string key = {})
{
    return {.method = Method::post,
            .path = std::move(path),
            .bearer = Secret(std::string(bearer)),
            .idempotency_key = std::move(key),
            .body = std::move(body),
            .peer = "127.0.0.1"};
}

Refusal refusal_in(const Response& response)
{
    REQUIRE(response.content_type == "application/problem+json");
    const auto problem = wire::from_json<wire::Problem>(response.body);
    REQUIRE(problem.has_value());
    CHECK(problem->status == response.status);
    CHECK_FALSE(problem->instance.empty());
    return wire::refusal_of(*problem);
}

std::string header_of(const Response& response, std::string_view name)
{
    for (const auto& header : response.headers)
        if (header.name == name) return header.value;
    return {};
}

} // namespace

TEST_SUITE_BEGIN("api");

TEST_CASE("every kind of refusal arrives at the client as it left the handler")
{
    std::set<std::string> titles;
    for (const auto& [kind, kind_name] : enum_names(Kind{})) {
        CAPTURE(kind_name);
        const Refusal refusal{
            .kind = kind, .code = "some_code", .detail = "Why.", .next = "What now.", .rule = "r", .source = "s.1", .earliest_lawful = "2013-10-01"};
        const auto response = api::problem(refusal, "abc");
        const auto back = refusal_in(response);
        CHECK(back.kind == kind);
        CHECK(back.code == "some_code");
        CHECK(back.detail == "Why.");
        CHECK(back.next == "What now.");
        CHECK(back.rule == "r");
        CHECK(back.source == "s.1");
        CHECK(back.earliest_lawful == "2013-10-01");
        CHECK(response.status >= 400);
        CHECK(response.status == api::status_of(kind));
        CHECK(header_of(response, "Retry-After").empty() == (response.status != 429 && response.status != 503));
    }
}

TEST_CASE("an unknown address is 404, a known one with another method 405 naming what it takes")
{
    World world;
    CHECK(refusal_in(world.ask({.path = "/nowhere"})).code == "not_found");
    CHECK(world.ask({.path = "/nowhere"}).status == 404);
    const auto other = world.ask({.method = Method::del, .path = "/plan"});
    CHECK(other.status == 405);
    CHECK(header_of(other, "Allow") == "PUT");
}

TEST_CASE("access is checked before the handler runs")
{
    World world;
    const auto refused = [&](Request request) { return refusal_in(world.ask(std::move(request))).code; };
    CHECK(refused({.method = Method::post, .path = "/count"}) == "sign_in_needed");
    CHECK(refused(post("/count", "", "expired")) == "session_ended");
    Request plan{.method = Method::put, .path = "/plan", .bearer = Secret(std::string("member")), .if_match = "\"v1\""};
    CHECK(refused(std::move(plan)) == "not_allowed");
    CHECK(world.counted() == 0);
    Request by_secretary{.method = Method::put, .path = "/plan", .bearer = Secret(std::string("secretary")), .if_match = "\"v1\""};
    CHECK(world.ask(std::move(by_secretary)).status == 201);
    CHECK(world.ask({.path = "/name/x", .bearer = Secret(std::string("expired"))}).status == 200);
}

TEST_CASE("what two people edit needs If-Match")
{
    World world;
    const auto response = world.ask({.method = Method::put, .path = "/plan", .bearer = Secret(std::string("secretary"))});
    CHECK(response.status == 428);
    CHECK(refusal_in(response).code == "if_match_needed");
    CHECK(world.counted() == 0);
}

TEST_CASE("a write is kept where it returns a value, and leaves nothing where it refuses or breaks")
{
    World world;
    CHECK(world.ask(post("/count", "")).status == 201);
    CHECK(world.ask(post("/count", "refuse")).status == 409);
    const auto broken = world.ask(post("/count", "break"));
    CHECK(broken.status == 500);
    CHECK(broken.body.find("inside story") == std::string::npos);
    CHECK(world.last_line().detail == "the inside story");
    CHECK(broken.body.find(*world.last_line().request) != std::string::npos);
    CHECK(world.counted() == 1);
}

TEST_CASE("an Idempotency-Key gives the stored reply again, even where the same request would now be refused")
{
    World world;
    for (const auto* path : {"/prepared", "/count"}) {
        CAPTURE(path);
        const auto before = world.counted();
        const auto first = world.ask(post(path, "", "member", std::string("key") + path));
        const auto again = world.ask(post(path, "", "member", std::string("key") + path));
        CHECK(first.status == 201);
        CHECK(again.status == 201);
        CHECK(again.body == first.body);
        CHECK(again.headers == first.headers);
        CHECK(world.counted() == before + 1);
    }
}

TEST_CASE("an Idempotency-Key belongs to its caller, its address and its body, for 24 hours")
{
    World world;
    CHECK(world.ask(post("/count", "a", "member", "k")).status == 201);
    for (const auto& [path, body] : {std::pair("/count", "b"), std::pair("/prepared", "a")}) {
        const auto response = world.ask(post(path, body, "member", "k"));
        CHECK(response.status == 422);
        CHECK(refusal_in(response).code == "idempotency_key_reused");
    }
    CHECK(world.counted() == 1);
    CHECK(world.ask(post("/count", "b", "secretary", "k")).status == 201);
    CHECK(world.ask(post("/count", "a", "member", "a b")).status == 400);
    CHECK(world.ask(post("/count", "a", "member", std::string(256, 'k'))).status == 400);
    CHECK(world.counted() == 2);
    world.now += 24 * 3600 - 1;
    CHECK(world.ask(post("/count", "a", "member", "k")).status == 201);
    CHECK(world.counted() == 2);
    world.now += 1;
    CHECK(world.ask(post("/count", "a", "member", "k")).status == 201);
    CHECK(world.counted() == 3);
}

TEST_CASE("a reply that names people is not kept: the same key again is told that it was done, and nothing is done twice")
{
    World world;
    const auto first = world.ask(post("/names", "a", "member", "k"));
    CHECK(first.status == 201);
    CHECK(refusal_in(world.ask(post("/names", "a", "member", "k"))).code == "already_done");
    CHECK(refusal_in(world.ask(post("/names", "b", "member", "k"))).code == "idempotency_key_reused");
    CHECK(world.counted() == 1);
    CHECK(world.store->read([](const store::ReadTx& tx) {
        return tx.prepare("SELECT count(*) FROM idempotency WHERE length(body) + length(headers) + length(content_type) > 0").number();
    }) == 0);
    world.now += 24 * 3600;
    (void)world.store->write([&](store::WriteTx& tx) -> Result<void> {
        store::forget_answered_posts(tx, world.clocks.machine_now());
        return {};
    });
    CHECK(world.store->read([](const store::ReadTx& tx) { return tx.prepare("SELECT count(*) FROM idempotency").number(); }) == 0);
    CHECK(world.ask(post("/names", "a", "member", "k")).status == 201);
}

TEST_CASE("a refused request does not use up its Idempotency-Key")
{
    World world;
    CHECK(world.ask(post("/count", "refuse", "member", "k")).status == 409);
    CHECK(world.ask(post("/count", "", "member", "k")).status == 201);
}

TEST_CASE("the same Idempotency-Key many times at once changes one thing")
{
    World world;
    std::vector<std::future<Response>> answers;
    for (int i = 0; i < 16; ++i) answers.push_back(std::async(std::launch::async, [&] { return world.ask(post("/count", "", "member", "k")); }));
    for (auto& answer : answers) CHECK(answer.get().body == "1");
    CHECK(world.counted() == 1);
}

TEST_CASE("casting leaves neither a log line nor an idempotency record")
{
    World world;
    const auto lines = world.log.size();
    CHECK(world.ask(post("/cast", "", "member", "k")).body == "1");
    CHECK(world.ask(post("/cast", "", "member", "k")).body == "2");
    CHECK(world.ask(post("/cast", "refuse", "member")).status == 409);
    CHECK(world.log.size() == lines);
    CHECK(world.store->read([](const store::ReadTx& tx) { return tx.prepare("SELECT count(*) FROM idempotency").number(); }) == 0);
    CHECK(world.ask(post("/cast", "break", "member")).status == 500);
    CHECK(world.log.size() == lines + 1);
}

TEST_CASE("a scrutineer who scans papers stays signed in, and a member who casts leaves no trace in the session")
{
    World world;
    const auto used_after = [&](const char* path, const char* who) {
        world.ask(post(path, "{}", who));
        return world.sessions_used.load();
    };
    CHECK(used_after("/cast", "member") == 0);
    CHECK(used_after("/cast", "scrutineer") == 0);
    CHECK(used_after("/scan", "member") == 0);
    CHECK(used_after("/scan", "scrutineer") == 1);
}

TEST_CASE("the log names the route by its pattern, never by what was in its place")
{
    World world;
    CHECK(world.ask({.path = "/name/secret-tracker"}).status == 200);
    CHECK(world.last_line().route == "/name/{name}");
    CHECK(wire::to_json(world.last_line()).find("tracker") == std::string::npos);
}

TEST_CASE("what a client has already is not sent again")
{
    World world;
    const auto first = world.ask({.path = "/name/x"});
    const auto again = world.ask({.path = "/name/x", .if_none_match = header_of(first, "ETag")});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(world.ask({.path = "/name/y", .if_none_match = header_of(first, "ETag")}).status == 200);
}

TEST_CASE("an address that asks too much is told to wait, and the next one is not")
{
    World world(http::RateLimiter::Rate{.per_second = 1, .burst = 2});
    CHECK(world.ask({.path = "/healthz", .peer = "192.0.2.1"}).status == 200);
    CHECK(world.ask({.path = "/healthz", .peer = "192.0.2.1"}).status == 200);
    const auto third = world.ask({.path = "/healthz", .peer = "192.0.2.1"});
    CHECK(third.status == 429);
    CHECK(header_of(third, "Retry-After") == "1");
    CHECK(world.ask({.path = "/healthz", .peer = "192.0.2.2"}).status == 200);
}

TEST_CASE("a pool with too much waiting says so")
{
    api::Pool pool(1, 1);
    std::promise<void> release;
    std::promise<void> started;
    CHECK(pool.run([&] {
        started.set_value();
        release.get_future().wait();
    }));
    started.get_future().wait();
    CHECK(pool.run([] {}));
    CHECK_FALSE(pool.run([] {}));
    release.set_value();
    pool.stop();
    CHECK_FALSE(pool.run([] {}));
}

TEST_CASE("health, readiness and both clocks can be asked by anyone")
{
    World world;
    world.clocks.set_offset(std::chrono::hours(24));
    CHECK(world.ask({.path = "/healthz"}).status == 200);
    CHECK(world.ask({.path = "/readyz"}).status == 200);
    const auto clock = wire::from_json<wire::ClockReading>(world.ask({.path = "/api/v1/clock"}).body);
    REQUIRE(clock.has_value());
    CHECK(clock->ballot - clock->machine == std::chrono::hours(24));
    CHECK_FALSE(clock->rehearsal);
}

TEST_CASE("the OpenAPI document lists every route")
{
    World world;
    const auto document = world.ask({.path = "/api/v1/openapi.json"}).body;
    for (const auto* part : {R"("openapi":"3.1.0")", R"("/count":{"post")", R"("/name/{name}":{"get")", R"("/api/v1/openapi.json":{"get")",
                             R"("name":"If-Match")", "signed in as general_secretary", "application/problem+json"}) {
        CAPTURE(part);
        CHECK(document.find(part) != std::string::npos);
    }
}

TEST_CASE("a cursor comes back as the position it was made from, and nonsense is refused")
{
    CHECK(*api::position(api::cursor("member 17")) == "member 17");
    CHECK(*api::position(api::cursor("")) == "");
    CHECK(api::position("xyz").error().code == "bad_cursor");
}

TEST_CASE("over a socket: the client's API speaks to the dispatcher's, refusals included")
{
    World world;
    RunningServer server(*world.dispatcher, test_config());
    const auto connect = [&](const char* token) {
        return cli::Api({{"localhost", std::to_string(server.port())}, {.cacert = dev_certs() / "ca.pem"}}, Secret(std::string(token)), world.random);
    };
    auto member = connect("member");
    CHECK(member.get<wire::ClockReading>("/api/v1/clock")->machine == world.clocks.machine_now());
    CHECK(member.get_text("/name/" + cli::segment("Isle of Wight")).value() == "Isle of Wight");
    CHECK(member.post("/count", wire::Health{}).has_value());
    CHECK(member.post("/count", wire::Health{}).has_value());
    CHECK(world.counted() == 2);
    auto nobody = connect("");
    const auto refused = nobody.post("/count", wire::Health{});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == Kind::sign_in_needed);
    CHECK(refused.error().code == "sign_in_needed");
    CHECK(nobody.get_text("/nowhere").error().kind == Kind::not_found);
    const auto too_large = member.exchange({.verb = net::Verb::post, .target = "/count", .body = std::string(1'000'000, 'x')}, cli::Api::Repeat::no);
    CHECK(too_large.error().code == "body_too_large");
}

TEST_CASE("a flood is answered at once: what the pool can hold waits its turn, the rest hears that the server is too busy")
{
    World world({}, 8);
    RunningServer server(*world.dispatcher, test_config());
    std::vector<TlsPeer> flood;
    for (int i = 0; i < 30; ++i) {
        auto peer = TlsPeer::connect(server.port());
        REQUIRE(peer);
        REQUIRE(peer->send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        flood.push_back(std::move(*peer));
        while (world.at_work < std::min(i + 1, 2)) std::this_thread::yield(); // the two threads of the pool first
    }
    // Two are worked on and eight wait: twenty are refused while those still do.
    std::vector<std::future<std::string>> answers;
    for (auto& peer : flood) answers.push_back(std::async(std::launch::async, [&peer] { return peer.read_response(); }));
    const auto answered = [&] {
        return std::ranges::count_if(answers,
                                     [](const auto& answer) { return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
    };
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (answered() < 20 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    CHECK(answered() == 20);
    world.go_on.set_value();
    int done = 0;
    int refused = 0;
    for (auto& answer : answers) {
        const auto response = answer.get();
        done += response.starts_with("HTTP/1.1 200");
        refused += response.starts_with("HTTP/1.1 503") && response.find("/problems/too_busy") != response.npos;
    }
    CHECK(done == 10);
    CHECK(refused == 20);
}

TEST_SUITE_END();
