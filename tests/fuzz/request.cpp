// The path of a request from the first byte to the handler, without the socket: the connection's own parser, its judgement of the header, the
// request a handler is given, the router.

#include "server/http/connection.hpp"
#include "server/http/router.hpp"
#include "tests/fuzz/targets.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdlib>

using namespace walkout;
using namespace walkout::http;

namespace {

constexpr std::uint64_t small_body = 64;

class Served final : public Application {
public:
    void answer(Request request, Respond respond) override
    {
        if (!request.path.starts_with('/') || request.path.find('?') != request.path.npos) std::abort();
        if (request.body.size() > body_limit(request.method, request.path)) std::abort();
        const auto match = router_.find(request.method, request.path);
        for (const auto& [placeholder, value] : match.args)
            if (value.empty()) std::abort();
        respond({.body = request.body});
    }
    std::uint64_t body_limit(Method, std::string_view path) const override { return path == "/small" ? small_body : default_body_limit; }
    Response refuse(Fault) override { return {.status = 400}; }

private:
    const Router router_{{{Method::get, "/api/v1/ballots/{ballot}"},
                          {Method::post, "/api/v1/constituencies/{constituency}/votes"},
                          {Method::post, "/small"},
                          {Method::get, "/api/v1/ballots/list"}}};
};

/// Feeds the parser as reads from a socket would, in pieces of this size. Whether it is content; false where the peer would be lost.
class Feed {
public:
    Feed(std::string_view bytes, std::size_t piece) : left_(bytes), piece_(piece) {}

    boost::system::error_code parse_until(Connection& connection, bool header_only)
    {
        auto& parser = *connection.parser;
        parser.eager(!header_only);
        for (;;) {
            if (header_only ? parser.is_header_done() : parser.is_done()) return {};
            boost::system::error_code error;
            connection.buffer.consume(parser.put(connection.buffer.data(), error));
            if (error && error != wire::error::need_more) return error;
            if (!error && connection.buffer.size() > 0) continue;
            if (!error && (header_only ? parser.is_header_done() : parser.is_done())) return {};
            if (left_.empty()) return wire::error::partial_message;
            const auto piece = left_.substr(0, piece_);
            left_.remove_prefix(piece.size());
            connection.buffer.commit(net::buffer_copy(connection.buffer.prepare(piece.size()), net::buffer(piece)));
        }
    }
    bool done() const { return left_.empty(); }

private:
    std::string_view left_;
    std::size_t piece_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto tls = std::make_shared<net::ssl::context>(net::ssl::context::tls_server);
    static const Limits limits{.header_bytes = 1024};
    static Served served;
    LargeBodies large_bodies(1024 * 1024);
    fuzz::Input input(data, size);
    const auto piece = 1 + std::size_t{input.byte()};
    Feed feed(input.rest(), piece);
    net::io_context io;
    Connection connection(tcp::socket(io), tls, limits, served, large_bodies, "192.0.2.1");
    while (connection.keep_alive && !(feed.done() && connection.buffer.size() == 0)) {
        connection.begin_header();
        auto error = feed.parse_until(connection, true);
        if (!error) {
            connection.judge_header();
            if (!connection.fault) error = feed.parse_until(connection, false);
        }
        if (error && !connection.is_fault(error)) break;
        Response reply;
        if (connection.fault) reply = served.refuse(*connection.fault);
        else served.answer(connection.take_request(), [&](Response response) { reply = std::move(response); });
        connection.prepare(std::move(reply));
        if (connection.fault && connection.keep_alive) std::abort(); // what follows a fault cannot be told from its rest
    }
    return 0;
}
