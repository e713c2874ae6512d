#include "server/api/dispatcher.hpp"
#include "server/api/people_routes.hpp"
#include "server/jobs/outbox_job.hpp"
#include "server/service/enrol_official.hpp"
#include "server/service/sign_in.hpp"
#include "server/store/register_store.hpp"
#include "server/store/sign_in_store.hpp"
#include "shared/crypto/system_random.hpp"
#include "shared/crypto/totp.hpp"
#include "shared/wire/people_messages.hpp"
#include "tests/support/store_fixture.hpp"

#include <doctest/doctest.h>

#include <future>

using namespace walkout;
using namespace walkout::test;
using http::Method;
using http::Response;

TEST_SUITE_BEGIN("api");

namespace {

struct Mailbox final : mail::Transport {
    void send(const mail::Message& message) override { last = message; }
    mail::Message last;
};

/// The people's routes with everything behind them but sockets and threads for mail.
struct PeopleApi : OpenStore {
    PeopleApi()
    {
        (void)store->write([](store::WriteTx& tx) -> Result<void> {
            store::put_branch(tx, "Hampshire");
            store::put_member(tx, {.number = "1001", .name = "Ann", .email = "ann@example.org", .branch = "Hampshire"});
            return {};
        });
        std::vector<api::Route> routes;
        api::add_people_routes(routes, services);
        dispatcher = std::make_unique<api::Dispatcher>(
            std::move(routes), services, pool,
            api::Dispatcher::Settings{.authenticate = service::session_caller,
                                      .session_used = [this](const store::ReadTx& tx, std::string_view bearer,
                                                             Instant at) { service::note_session_use(tx, bearer, at, store->writer); },
                                      .log = [](const wire::LogLine&) {}});
    }
    ~PeopleApi()
    {
        pool.stop();
        store->writer.stop();
    }

    Response ask(Method method, const std::string& path, std::string body = {}, const std::string& token = {}, std::string key = {})
    {
        http::Request request{
            .method = method, .path = path, .idempotency_key = std::move(key), .content_type = "application/json", .body = std::move(body)};
        if (!token.empty()) request.bearer.emplace(token);
        std::promise<Response> answered;
        dispatcher->answer(std::move(request), [&](Response response) { answered.set_value(std::move(response)); });
        return answered.get_future().get();
    }
    template <class Message> Response post(const std::string& path, const Message& message, const std::string& token = {}, std::string key = {})
    {
        return ask(Method::post, path, wire::to_json(message), token, std::move(key));
    }
    wire::SignInChallenge challenge(const std::string& number)
    {
        const auto response = post("/api/v1/sign-in", wire::SignIn{number});
        REQUIRE(response.status == 202);
        return wire::from_json<wire::SignInChallenge>(response.body).value();
    }
    std::string mailed_code()
    {
        job.pass();
        return mailbox.last.body.substr(std::string("Your sign-in code is ").size(), 9);
    }
    std::string sign_in(const std::string& number, const std::optional<std::string>& totp = {})
    {
        const auto asked = challenge(number);
        const auto response = post("/api/v1/sign-in/verify", wire::VerifySignIn{asked.challenge, mailed_code(), totp});
        REQUIRE(response.status == 200);
        return wire::from_json<wire::SignedIn>(response.body)->token;
    }
    std::string sign_in_official(ballot::Role role)
    {
        const auto enrolled = store->write([&](store::WriteTx& tx) {
            return service::enrol_official(tx, {.ballot_now = now, .machine_now = now, .random = random},
                                           {.number = "gs", .name = "Olu", .email = "olu@example.org", .office = {role, ""}, .signing_key = {1}},
                                           false);
        });
        const std::string uri(enrolled->totp_uri.reveal());
        const auto secret = from_base32(uri.substr(uri.find("secret=") + 7, 32)).value();
        return sign_in("gs", totp_code(secret, totp_step(now)));
    }

    Instant now = parse_instant("2026-11-22T09:00:00Z").value();
    service::Clocks clocks{[this] { return now; }};
    SystemRandom random;
    SigningKey board_key = SigningKey::make(random);
    api::Services services{
        .readers = store->readers, .writer = store->writer, .clocks = clocks, .random = random, .rehearsal = false, .board_key = board_key};
    api::Pool pool{2};
    Mailbox mailbox;
    jobs::OutboxJob job{store->readers, store->writer, mailbox, clocks, random, {}};
    std::unique_ptr<api::Dispatcher> dispatcher;
};

std::string code_of(const Response& response)
{
    const auto type = response.body.find("/problems/");
    return type == std::string::npos ? response.body : response.body.substr(type + 10, response.body.find('"', type) - type - 10);
}

} // namespace

TEST_CASE_FIXTURE(PeopleApi, "a member signs in, sees their own record, and signs out")
{
    const auto token = sign_in("1001");
    const auto me = wire::from_json<wire::Me>(ask(Method::get, "/api/v1/me", {}, token).body).value();
    CHECK(me.name == "Ann");
    REQUIRE(me.member.has_value());
    CHECK(me.member->branch == "Hampshire");
    CHECK(me.member->email == "ann@example.org");
    CHECK_FALSE(me.member->employer.has_value());
    CHECK(ask(Method::del, "/api/v1/session", {}, token).status == 204);
    const auto after = ask(Method::get, "/api/v1/me", {}, token);
    CHECK(after.status == 401);
    CHECK(code_of(after) == "session_ended");
}

TEST_CASE_FIXTURE(PeopleApi, "an unknown number and a wrong code get the same reply but for the request's own name")
{
    const auto known = challenge("1001");
    const auto unknown = challenge("4711");
    job.pass();
    const auto reply = [&](const std::string& id) {
        auto response = post("/api/v1/sign-in/verify", wire::VerifySignIn{id, "0000-0000", {}});
        const auto instance = response.body.find("\"instance\"");
        response.body.erase(instance, response.body.find(',', instance) - instance);
        return response;
    };
    const auto a = reply(known.challenge);
    const auto b = reply(unknown.challenge);
    CHECK(a.status == 401);
    CHECK(code_of(a) == "sign_in_refused");
    CHECK(a.status == b.status);
    CHECK(a.body == b.body);
    CHECK(a.headers == b.headers);
}

TEST_CASE_FIXTURE(PeopleApi, "one network may ask five times with a number, known or not, and from elsewhere it may still be asked")
{
    const auto ask_from = [&](const char* peer, const char* number) {
        std::promise<Response> answered;
        dispatcher->answer({.method = Method::post,
                            .path = "/api/v1/sign-in",
                            .content_type = "application/json",
                            .body = wire::to_json(wire::SignIn{number}),
                            .peer = peer},
                           [&](Response response) { answered.set_value(std::move(response)); });
        const auto response = answered.get_future().get();
        return response.status == 202 ? "asked" : code_of(response);
    };
    for (const auto* number : {"1001", "4711"}) {
        CAPTURE(number);
        for (int i = 0; i < 5; ++i) CHECK(ask_from(i % 2 == 0 ? "192.0.2.1" : "192.0.2.200", number) == "asked");
        CHECK(ask_from("192.0.2.77", number) == "too_many_codes");
        CHECK(ask_from("198.51.100.1", number) == "asked");
        CHECK(ask_from("2001:db8:1::1", number) == "asked");
    }
    CHECK(ask_from("192.0.2.1", "1002") == "asked");
    now += std::chrono::minutes(3);
    CHECK(ask_from("192.0.2.1", "1001") == "asked");
    CHECK(ask_from("192.0.2.1", "1001") == "too_many_codes");
}

TEST_CASE_FIXTURE(PeopleApi, "a try that is refused is counted all the same")
{
    const auto asked = challenge("1001");
    const auto code = mailed_code();
    for (int i = 0; i < 5; ++i) CHECK(post("/api/v1/sign-in/verify", wire::VerifySignIn{asked.challenge, "", {}}).status == 401);
    CHECK(code_of(post("/api/v1/sign-in/verify", wire::VerifySignIn{asked.challenge, code, {}})) == "sign_in_refused");
}

TEST_CASE_FIXTURE(PeopleApi, "a token never rests in an idempotency record")
{
    const auto token = sign_in("1001");
    const auto asked = challenge("1001");
    CHECK(post("/api/v1/sign-in/verify", wire::VerifySignIn{asked.challenge, mailed_code(), {}}, token, "a-key").status == 200);
    CHECK(store->read([](const store::ReadTx& tx) { return tx.prepare("SELECT count(*) FROM idempotency").number(); }) == 0);
}

TEST_CASE_FIXTURE(PeopleApi, "a session in use stays open past its idle time")
{
    const auto token = sign_in("1001");
    for (int i = 0; i < 3; ++i) {
        now += std::chrono::minutes(20);
        CHECK(ask(Method::get, "/api/v1/me", {}, token).status == 200);
        (void)store->write([](store::WriteTx&) -> Result<void> { return {}; }); // the touch was queued before this
    }
    now += std::chrono::minutes(30);
    CHECK(ask(Method::get, "/api/v1/me", {}, token).status == 401);
}

TEST_CASE_FIXTURE(PeopleApi, "the register is imported by the general secretary and by no member, scrutineer or stranger")
{
    const wire::ImportRegister csv{.csv = "number,name,branch\n1001,Ann,Hampshire\n1002,Bob,Kent\n1003,,Kent\n", .mapping = {}};
    CHECK(post("/api/v1/register/members", csv).status == 401);
    CHECK(post("/api/v1/register/members", csv, sign_in("1001")).status == 403);
    SUBCASE("scrutineer") { CHECK(post("/api/v1/register/members", csv, sign_in_official(ballot::Role::scrutineer)).status == 403); }
    SUBCASE("general secretary")
    {
        const auto response = post("/api/v1/register/members", csv, sign_in_official(ballot::Role::general_secretary));
        REQUIRE(response.status == 200);
        const auto report = wire::from_json<ballot::ImportReport>(response.body).value();
        CHECK(report.added == 1);
        CHECK(report.unchanged == 1);
        CHECK(report.rejected == 1);
        CHECK(report.new_branches == std::vector<std::string>{"Kent"});
        CHECK(store->read([](const store::ReadTx& tx) { return store::find_member(tx, "1002"); }).has_value());
    }
}

TEST_CASE_FIXTURE(PeopleApi, "a body that is not what it should be is refused before anything is looked at")
{
    CHECK(ask(Method::post, "/api/v1/sign-in", "{\"number\":").status == 400);
    CHECK(ask(Method::post, "/api/v1/sign-in", "{}").status == 400);
    CHECK(ask(Method::post, "/api/v1/sign-in", "{\"number\":\"\"}").status == 400);
    CHECK(ask(Method::post, "/api/v1/sign-in", "{\"number\":\"1001\",\"admin\":true}").status == 400);
    CHECK(ask(Method::post, "/api/v1/register/colours", "{}").status == 404);
}

TEST_SUITE_END();
