#include "client/net/https.hpp"
#include "tests/http/running_server.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <future>
#include <vector>

using namespace walkout;
using namespace walkout::test;
using namespace std::chrono_literals;
using http::Limits;
using http::Method;
using http::Request;
using http::Respond;
using http::Response;

namespace {

/// Says what it was asked, at /slow only when told to, at /silent never.
class Echo final : public http::Application {
public:
    void answer(Request request, Respond respond) override
    {
        ++answered;
        if (request.path == "/silent") return;
        if (request.path == "/slow") return slow.set_value(std::move(respond));
        respond({.content_type = "text/plain",
                 .body = std::string(name(request.method)) + " " + request.path + " " + std::to_string(request.body.size()) + " " + request.peer,
                 .headers = {{"ETag", "\"1\""}}});
    }
    std::uint64_t body_limit(Method, std::string_view path) const override { return path == "/large" ? 4 * 1024 * 1024 : http::default_body_limit; }
    Response refuse(http::Fault fault) override
    {
        faults.push_back(fault);
        const auto status = fault == http::Fault::body_too_large ? 413 : fault == http::Fault::length_required ? 411 : 400;
        return {.status = status, .content_type = "text/plain", .body = "refused"};
    }
    std::atomic<int> answered = 0;
    std::promise<Respond> slow;
    std::vector<http::Fault> faults;
};

net::HttpsClient client_of(std::uint16_t port) { return {{"localhost", std::to_string(port)}, {.cacert = dev_certs() / "ca.pem"}}; }

std::string get(std::string_view path) { return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"; }

} // namespace

TEST_SUITE_BEGIN("http");

TEST_CASE("requests follow each other on one connection, each with the protective headers")
{
    Echo echo;
    RunningServer server(echo, test_config());
    auto peer = TlsPeer::connect(server.port());
    REQUIRE(peer);
    for (const auto* path : {"/one", "/two?x=1", "/three"}) {
        CAPTURE(path);
        REQUIRE(peer->send(get(path)));
        const auto response = peer->read_response();
        CHECK(response.starts_with("HTTP/1.1 200 OK\r\n"));
        CHECK(response.find("Strict-Transport-Security: max-age=63072000\r\n") != response.npos);
        CHECK(response.find("X-Content-Type-Options: nosniff\r\n") != response.npos);
        CHECK(response.find("Cache-Control: no-store\r\n") != response.npos);
        CHECK(response.find("ETag: \"1\"\r\n") != response.npos);
        CHECK(response.find(" 127.0.0.1") != response.npos);
    }
    REQUIRE(peer->send(get("/a") + get("/b"))); // pipelined
    CHECK(peer->read_response().find("GET /a ") != std::string::npos);
    CHECK(peer->read_response().find("GET /b ") != std::string::npos);
    REQUIRE(peer->send("GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    CHECK(peer->read_until_closed().find("GET /last ") != std::string::npos);
}

TEST_CASE("a HEAD response has the length of its GET and no body")
{
    Echo echo;
    RunningServer server(echo, test_config());
    auto peer = TlsPeer::connect(server.port());
    REQUIRE(peer);
    REQUIRE(peer->send("HEAD /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    const auto response = peer->read_until_closed();
    CHECK(response.find("Content-Length: 19\r\n") != response.npos);
    CHECK(response.ends_with("\r\n\r\n"));
}

TEST_CASE("TLS 1.3 is spoken, TLS 1.2 only where allowed, TLS 1.1 never")
{
    for (const bool allow_tls12 : {false, true}) {
        CAPTURE(allow_tls12);
        Echo echo;
        auto config = test_config();
        config.allow_tls12 = allow_tls12;
        RunningServer server(echo, config);
        CHECK(TlsPeer::connect(server.port(), TlsVersion::only_1_3).has_value());
        CHECK(TlsPeer::connect(server.port(), TlsVersion::only_1_2).has_value() == allow_tls12);
        CHECK_FALSE(TlsPeer::connect(server.port(), TlsVersion::only_1_1).has_value());
    }
}

TEST_CASE("a body is taken up to its route's limit and refused one byte beyond")
{
    Echo echo;
    RunningServer server(echo, test_config());
    auto client = client_of(server.port());
    const auto status = [&](const char* path, std::size_t size) {
        const auto response = client.send({.verb = net::Verb::post, .target = path, .body = std::string(size, 'x')});
        REQUIRE(response.has_value());
        return response->status;
    };
    CHECK(status("/x", http::default_body_limit) == 200);
    CHECK(status("/x", http::default_body_limit + 1) == 413);
    CHECK(status("/x", 10 * 1024 * 1024) == 413);
    CHECK(status("/large", 4 * 1024 * 1024) == 200);
    CHECK(status("/large", 4 * 1024 * 1024 + 1) == 413);
    CHECK(echo.answered == 2);
}

TEST_CASE("a body in chunks, whose length nobody has said, is refused before any of it is read")
{
    Echo echo;
    RunningServer server(echo, test_config());
    for (const auto* chunk : {"", "0", "400\r\n"}) {
        CAPTURE(chunk);
        auto peer = TlsPeer::connect(server.port());
        REQUIRE(peer);
        REQUIRE(peer->send("POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(chunk)));
        CHECK(peer->read_response().starts_with("HTTP/1.1 411"));
    }
    CHECK(echo.answered == 0);
}

TEST_CASE("large bodies share one budget, given back when they are answered")
{
    Echo echo;
    RunningServer server(echo, test_config({.large_bodies = 3 * 1024 * 1024}));
    auto client = client_of(server.port());
    const auto status = [&](std::size_t size) {
        return client.send({.verb = net::Verb::post, .target = "/large", .body = std::string(size, 'x')})->status;
    };
    CHECK(status(2 * 1024 * 1024) == 200);
    CHECK(status(2 * 1024 * 1024) == 200);
    CHECK(status(4 * 1024 * 1024) == 400);
    REQUIRE(echo.faults.size() == 1);
    CHECK(echo.faults.front() == http::Fault::too_busy);
}

TEST_CASE("what waits for a go-ahead gets it, unless it is refused at once")
{
    Echo echo;
    RunningServer server(echo, test_config({.idle = 500ms})); // read_response() reads until the server closes
    const std::string header = "POST /x HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ";
    auto peer = TlsPeer::connect(server.port());
    REQUIRE(peer->send(header + "3\r\n\r\n"));
    REQUIRE(peer->send("abc"));
    CHECK(peer->read_response().starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"));
    auto greedy = TlsPeer::connect(server.port());
    REQUIRE(greedy->send(header + "10000000\r\n\r\n"));
    CHECK(greedy->read_response().starts_with("HTTP/1.1 413"));
}

TEST_CASE("what is not HTTP is refused once and the connection closed")
{
    const std::string with_host = " HTTP/1.1\r\nHost: localhost\r\n";
    for (const auto& request :
         {std::string("nonsense\r\n\r\n"), "GET /a?x=1&x=2" + with_host + "\r\n", "GET /%" + with_host + "\r\n",
          std::string("GET / HTTP/1.1\r\n\r\n"), "BREW /" + with_host + "\r\n", "POST /x" + with_host + "Content-Length: -1\r\n\r\n",
          "POST /x" + with_host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "GET /" + with_host + "X: " + std::string(9000, 'x') + "\r\n\r\n", "GET http://localhost/" + with_host + "\r\n"}) {
        Echo echo;
        RunningServer server(echo, test_config());
        CAPTURE(request.substr(0, 60));
        auto peer = TlsPeer::connect(server.port());
        REQUIRE(peer);
        REQUIRE(peer->send(request));
        CHECK(peer->read_response().starts_with("HTTP/1.1 400"));
        CHECK(echo.answered == 0);
        CHECK(echo.faults.size() == 1);
    }
}

TEST_CASE("a peer that dawdles over its header or its body is dropped, and others are served meanwhile")
{
    Echo echo;
    RunningServer server(echo, test_config({.header = 300ms, .body = 300ms, .idle = 300ms}));
    for (const auto* begun : {"", "GET / HT", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab"}) {
        CAPTURE(begun);
        auto dawdler = TlsPeer::connect(server.port());
        REQUIRE(dawdler);
        REQUIRE(dawdler->send(begun));
        const auto since = std::chrono::steady_clock::now();
        auto client = client_of(server.port());
        CHECK(client.send({.target = "/"})->status == 200);
        CHECK(dawdler->read_until_closed().empty());
        CHECK(std::chrono::steady_clock::now() - since < 3s);
    }
}

TEST_CASE("a header sent byte by byte does not stretch its time")
{
    Echo echo;
    RunningServer server(echo, test_config({.header = 400ms}));
    auto peer = TlsPeer::connect(server.port());
    const auto since = std::chrono::steady_clock::now();
    while (peer->send("G") && std::chrono::steady_clock::now() - since < 5s) std::this_thread::sleep_for(50ms);
    CHECK(std::chrono::steady_clock::now() - since < 2s);
}

TEST_CASE("one address cannot take every connection")
{
    Echo echo;
    RunningServer server(echo, test_config({.connections_per_address = 2}));
    auto first = TlsPeer::connect(server.port());
    auto second = TlsPeer::connect(server.port());
    CHECK_FALSE(TlsPeer::connect(server.port()).has_value());
    REQUIRE(first->send(get("/")));
    CHECK(first->read_response().starts_with("HTTP/1.1 200"));
}

TEST_CASE("beyond the cap a connection waits for another to end")
{
    Echo echo;
    RunningServer server(echo, test_config({.connections = 1}));
    auto first = TlsPeer::connect(server.port());
    auto waiting = std::async([&] { return TlsPeer::connect(server.port()).has_value(); });
    CHECK(waiting.wait_for(300ms) == std::future_status::timeout);
    first.reset();
    REQUIRE(waiting.wait_for(5s) == std::future_status::ready);
    CHECK(waiting.get());
}

TEST_CASE("a request nobody answers gets a 500 instead of silence")
{
    Echo echo;
    RunningServer server(echo, test_config());
    auto client = client_of(server.port());
    CHECK(client.send({.target = "/silent"})->status == 500);
}

TEST_CASE("a stop lets the request in flight finish, drops idle connections and takes no new ones")
{
    Echo echo;
    RunningServer server(echo, test_config());
    auto idle = TlsPeer::connect(server.port());
    auto busy = TlsPeer::connect(server.port());
    auto respond = echo.slow.get_future();
    REQUIRE(busy->send(get("/slow")));
    auto answer = respond.get();
    server.ask_to_stop();
    CHECK(idle->read_until_closed().empty());
    CHECK_FALSE(TlsPeer::connect(server.port()).has_value());
    answer({.content_type = "text/plain", .body = "late but here"});
    answer = nullptr;
    const auto response = busy->read_until_closed();
    CHECK(response.find("late but here") != response.npos);
    CHECK(response.find("Connection: close") != response.npos);
    server.stop();
}

TEST_CASE("a stop waits for a request in flight no longer than it was told")
{
    Echo echo;
    Respond answer;
    const auto since = std::chrono::steady_clock::now();
    {
        RunningServer server(echo, test_config({.drain = 200ms}));
        auto busy = TlsPeer::connect(server.port());
        auto respond = echo.slow.get_future();
        REQUIRE(busy->send(get("/slow")));
        answer = respond.get();
        server.stop();
        CHECK(std::chrono::steady_clock::now() - since < 5s);
    }
    answer({.body = "too late"}); // harmless after the server has gone
}

namespace {

/// Answers every request with one large body that all share, and counts who still looks at it.
class Library final : public http::Application {
public:
    explicit Library(std::size_t size) : content(std::make_shared<const std::string>(size, 'x')) {}
    void answer(Request request, Respond respond) override
    {
        if (request.path == "/small") return respond({.content_type = "text/plain", .body = "here"});
        respond({.content_type = "application/x-tar", .shared_body = SharedBytes{content, *content}});
    }
    std::uint64_t body_limit(Method, std::string_view) const override { return http::default_body_limit; }
    Response refuse(http::Fault) override { return {.status = 400, .content_type = "text/plain", .body = "refused"}; }

    const std::shared_ptr<const std::string> content;
};

/// Of this process, from /proc.
std::size_t resident_kilobytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    return 0;
}

} // namespace

TEST_CASE("a large shared answer arrives whole, and a HEAD of it has its length alone")
{
    Library library(3'000'000);
    RunningServer server(library, test_config());
    auto client = client_of(server.port());
    const auto response = client.send({.target = "/archive"});
    REQUIRE(response.has_value());
    CHECK(response->body == *library.content);
    auto peer = TlsPeer::connect(server.port());
    REQUIRE(peer->send("HEAD /archive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    const auto head = peer->read_until_closed();
    CHECK(head.find("Content-Length: 3000000\r\n") != head.npos);
    CHECK(head.ends_with("\r\n\r\n"));
}

TEST_CASE("forty clients that ask for a large board and do not read it cost next to no memory, and others are served")
{
    Library library(32'000'000);
    RunningServer server(library, test_config());
    const auto before = resident_kilobytes();
    std::vector<TlsPeer> sluggish;
    for (int i = 0; i < 40; ++i) {
        auto peer = TlsPeer::connect(server.port());
        REQUIRE(peer);
        REQUIRE(peer->send(get("/archive")));
        sluggish.push_back(std::move(*peer));
    }
    auto client = client_of(server.port());
    for (int i = 0; i < 10; ++i) CHECK(client.send({.target = "/small"})->body == "here");
    while (library.content.use_count() < 41) std::this_thread::yield(); // all forty have begun to be answered
    CHECK(resident_kilobytes() - before < 320'000);                     // forty copies would be 1280 MB
    sluggish.clear();
    server.stop();
    CHECK(library.content.use_count() == 1); // nothing is held for those who have gone
}

TEST_CASE("whoever reads too slowly is dropped, and lets go of what they were sent")
{
    Library library(32'000'000);
    RunningServer server(library, test_config({.write = std::chrono::milliseconds(300), .slowest_rate = 1U << 30U}));
    auto sluggish = TlsPeer::connect(server.port());
    REQUIRE(sluggish->send(get("/archive")));
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (library.content.use_count() < 2 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    while (library.content.use_count() > 1 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(10ms);
    CHECK(library.content.use_count() == 1);
    CHECK(sluggish->read_until_closed().size() < library.content->size());
}

TEST_CASE("sixteen clients at once are each answered in their own order")
{
    Echo echo;
    RunningServer server(echo, test_config());
    std::vector<std::future<int>> clients;
    for (int i = 0; i < 16; ++i)
        clients.push_back(std::async(std::launch::async, [&, i] {
            auto client = client_of(server.port());
            int right = 0;
            for (int n = 0; n < 20; ++n) {
                const auto path = "/" + std::to_string(i) + "-" + std::to_string(n);
                const auto response = client.send({.target = path});
                right += response && response->body == "GET " + path + " 0 127.0.0.1";
            }
            return right;
        }));
    for (auto& client : clients) CHECK(client.get() == 20);
}

TEST_CASE("the client verifies the server, and says unreachable when nobody is there")
{
    Echo echo;
    auto server = std::make_unique<RunningServer>(echo, test_config());
    const auto port = std::to_string(server->port());
    net::HttpsClient without_ca({"localhost", port}, {});
    CHECK(without_ca.send({.target = "/"}).error().code == "server_not_trusted");
    auto client = client_of(server->port());
    CHECK(client.send({.target = "/"})->headers.at("etag") == "\"1\"");
    server.reset();
    CHECK(client.send({.target = "/"}).error().code == "unreachable");
    net::HttpsClient bad_ca({"localhost", port}, {.cacert = "/nonexistent.pem"});
    CHECK(bad_ca.send({.target = "/"}).error().code == "bad_cacert");
}

TEST_CASE("the client opens a new connection where the server has closed the idle one")
{
    Echo echo;
    RunningServer server(echo, test_config({.idle = 200ms}));
    auto client = client_of(server.port());
    CHECK(client.send({.target = "/"})->status == 200);
    std::this_thread::sleep_for(600ms);
    CHECK(client.send({.verb = net::Verb::post, .target = "/", .body = "x"})->status == 200);
}

TEST_CASE("a server address is https, a host and perhaps a port")
{
    CHECK(net::parse_address("https://localhost:8443")->port == "8443");
    CHECK(net::parse_address("https://ballot.example.org/")->port == "443");
    CHECK(net::parse_address("https://[::1]:8443")->host == "::1");
    for (const auto* bad : {"", "localhost", "http://localhost", "https://", "https://a b", "https://a:", "https://a:x", "https://a:123456",
                            "https://a/b", "https://[::1"}) {
        CAPTURE(bad);
        CHECK_FALSE(net::parse_address(bad).has_value());
    }
}

TEST_SUITE_END();
