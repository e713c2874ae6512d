#pragma once

// Private to server.cpp: one connection's state and everything decided about it, without waiting.

#include "server/http/parse.hpp"
#include "server/http/server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace walkout::http {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using namespace std::chrono_literals;
using net::ip::tcp;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::uint64_t linger_limit = 16 * 1024 * 1024;

/// What bodies above the default limit may occupy together. A share is given back when it goes.
class LargeBodies {
public:
    explicit LargeBodies(std::uint64_t total) : left_(total) {}
    class Share {
    public:
        Share(LargeBodies& from, std::uint64_t bytes) : from_(&from), bytes_(bytes) {}
        Share(Share&& other) noexcept : from_(other.from_), bytes_(std::exchange(other.bytes_, 0)) {}
        Share& operator=(Share&& other) noexcept
        {
            std::swap(from_, other.from_);
            std::swap(bytes_, other.bytes_);
            return *this;
        }
        ~Share() { from_->left_ += bytes_; }

    private:
        LargeBodies* from_;
        std::uint64_t bytes_;
    };
    std::optional<Share> take(std::uint64_t bytes);

private:
    std::atomic<std::uint64_t> left_;
};

/// Touched on its strand only.
struct Connection {
    Connection(tcp::socket socket, std::shared_ptr<net::ssl::context> context, const Limits& given, Application& served, LargeBodies& shared,
               std::string from)
        : tls(std::move(context)), stream(std::move(socket), *tls), limits(given), application(served), large_bodies(shared), peer(std::move(from))
    {}

    void begin_handshake() { deadline(limits.handshake); }
    void begin_idle();
    void end_idle(std::size_t received);
    void begin_header();
    void judge_header();                            ///< sets fault, or gets ready for the body
    bool is_fault(boost::system::error_code error); ///< whether to answer a failed read (fault is set); otherwise the peer is lost
    bool expects_continue() const;
    Request take_request();
    void prepare(Response response); ///< sets reply and whether the connection goes on after it
    void sent();                     ///< the reply has left, or never will: lets go of it
    void begin_linger();
    void begin_shutdown() { deadline(2s); }
    void finish(); ///< the server is stopping: close now if idle, else after the present request

    beast::flat_buffer::mutable_buffers_type room() { return buffer.prepare(16 * 1024); }

    std::shared_ptr<net::ssl::context> tls;
    beast::ssl_stream<beast::tcp_stream> stream;
    const Limits& limits;
    Application& application;
    LargeBodies& large_bodies;
    const std::string peer;
    std::weak_ptr<void> server; ///< owns the io_context; weak, because that owns the coroutine that owns this

    beast::flat_buffer buffer;
    std::optional<wire::request_parser<wire::string_body>> parser;
    std::optional<wire::response<wire::span_body<const char>>> reply; ///< looks at what `response_` holds
    std::optional<Fault> fault;
    bool keep_alive = true;

private:
    void deadline(std::chrono::milliseconds after) { beast::get_lowest_layer(stream).expires_after(after); }
    std::chrono::milliseconds time_for(std::chrono::milliseconds base, std::uint64_t bytes) const;
    bool takes_body(Method method, std::string_view path, std::uint64_t length);
    void add_fields(Response& response);

    std::optional<LargeBodies::Share> share_;
    Response response_;
    Target target_;
    Method method_ = Method::get;
    bool idle_ = false;
    bool finishing_ = false;
};

} // namespace walkout::http
