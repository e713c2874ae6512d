// The only coroutines of the server. g++ 12.2 miscompiles several common coroutine shapes without a warning, so here co_await appears
// only as a whole statement or as the whole initialiser of a local:
//     co_await operation(named, arguments);
//     auto [ec, n] = co_await operation(named, arguments);
// never inside a condition, a braced list, or an expression that also holds a lambda. What a coroutine decides is decided in an
// ordinary function of Connection or Impl; the coroutine only waits.

#include "server/http/server.hpp"

#include "server/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <csignal>
#include <iostream>
#include <map>
#include <set>
#include <thread>

namespace walkout::http {
namespace {

constexpr auto as_result = net::as_tuple(net::use_awaitable);

std::shared_ptr<net::ssl::context> load_tls(const ServerConfig& config)
{
    auto tls = std::make_shared<net::ssl::context>(net::ssl::context::tls_server);
    auto options = net::ssl::context::no_tlsv1 | net::ssl::context::no_tlsv1_1 | net::ssl::context::no_compression;
    if (!config.allow_tls12) options |= net::ssl::context::no_tlsv1_2;
    tls->set_options(options);
    tls->use_certificate_chain_file(config.certificate_chain.string());
    tls->use_private_key_file(config.private_key.string(), net::ssl::context::pem);
    return tls;
}

} // namespace

/// Everything here but `io` is touched on the `control` strand only; what belongs to one connection, on that connection's strand.
struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
    Impl(const ServerConfig& server_config, Application& served)
        : config(server_config), application(served), tls(load_tls(config)), io(static_cast<int>(config.threads)), control(net::make_strand(io)),
          acceptor(control, tcp::endpoint(net::ip::make_address(config.address), config.port)), signals(control), pause(control), drain(control)
    {}

    bool full() const { return connections.size() >= config.limits.connections; }
    static net::awaitable<void> accept_forever(Impl& server);
    std::shared_ptr<Connection> admit(tcp::socket socket);
    void begin(tcp::socket socket);
    void forget(const std::shared_ptr<Connection>& connection);
    void begin_stop();
    void watch_signals();
    void obey(int signal);

    const ServerConfig config;
    Application& application;
    std::shared_ptr<net::ssl::context> tls; ///< replaced on SIGHUP; each connection keeps the one it began with
    LargeBodies large_bodies{config.limits.large_bodies};
    net::io_context io;
    net::strand<net::io_context::executor_type> control;
    tcp::acceptor acceptor;
    net::signal_set signals;
    net::steady_timer pause;
    net::steady_timer drain;
    bool stopping = false;
    std::set<std::shared_ptr<Connection>> connections;
    std::map<std::string, std::size_t> per_address;
};

namespace {

/// Carries a connection's wait for its answer. Answers 500 if nobody does, so that no connection waits for ever.
template <class Handler> class Pending {
public:
    Pending(std::shared_ptr<void> server, Handler handler) : server_(std::move(server)), handler_(std::move(handler)) {}
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;
    ~Pending() { answer(Response{.status = 500, .content_type = {}}); }

    void answer(Response response)
    {
        if (answered_.exchange(true)) return;
        const auto strand = net::get_associated_executor(handler_);
        net::post(strand, [handler = std::move(handler_), response = std::move(response)]() mutable { std::move(handler)(std::move(response)); });
    }

private:
    std::shared_ptr<void> server_; // the io_context must outlive the handler, whoever holds it last
    Handler handler_;
    std::atomic<bool> answered_ = false;
};

/// Not a coroutine, so its lambdas are out of the compiler's way.
net::awaitable<Response> answer(Connection& connection)
{
    const auto begin = [&connection](auto handler) {
        const auto pending = std::make_shared<Pending<decltype(handler)>>(connection.server.lock(), std::move(handler));
        connection.application.answer(connection.take_request(), [pending](Response response) { pending->answer(std::move(response)); });
    };
    return net::async_initiate<const net::use_awaitable_t<>&, void(Response)>(begin, net::use_awaitable);
}

net::awaitable<void> send(Connection& connection, Response response)
{
    connection.prepare(std::move(response));
    auto [error, written] = co_await wire::async_write(connection.stream, *connection.reply, as_result);
    if (error) connection.keep_alive = false;
    connection.sent();
}

/// Waits for the first byte of a request, however idle the peer; false when there will be none.
net::awaitable<bool> await_request(Connection& connection)
{
    if (connection.buffer.size() > 0) co_return true; // pipelined
    connection.begin_idle();
    const auto room = connection.room();
    auto [error, size] = co_await connection.stream.async_read_some(room, as_result);
    connection.end_idle(size);
    co_return !error;
}

/// Reads one request into connection.parser. Nothing is left to read, or connection.fault is set, or the connection is lost (false).
net::awaitable<bool> read_request(Connection& connection)
{
    connection.begin_header();
    auto [header_error, header_size] = co_await wire::async_read_header(connection.stream, connection.buffer, *connection.parser, as_result);
    if (header_error) co_return connection.is_fault(header_error);
    connection.judge_header();
    if (connection.fault) co_return true;
    if (connection.expects_continue()) {
        const auto go_on = net::buffer(continue_line);
        auto [continue_error, continue_size] = co_await net::async_write(connection.stream, go_on, as_result);
        if (continue_error) co_return false;
    }
    auto [body_error, body_size] = co_await wire::async_read(connection.stream, connection.buffer, *connection.parser, as_result);
    if (body_error) co_return connection.is_fault(body_error);
    co_return true;
}

/// A peer that is still sending would have its unread answer torn up by the reset that follows a close: hear it out, within reason.
net::awaitable<void> linger(Connection& connection)
{
    connection.begin_linger();
    for (std::uint64_t heard = 0; heard < linger_limit;) {
        const auto room = connection.room();
        auto [error, size] = co_await connection.stream.async_read_some(room, as_result);
        if (error) co_return;
        heard += size;
    }
}

net::awaitable<void> session(std::shared_ptr<Connection> held)
{
    auto& connection = *held;
    connection.begin_handshake();
    auto [handshake_error] = co_await connection.stream.async_handshake(net::ssl::stream_base::server, as_result);
    if (handshake_error) co_return;
    while (connection.keep_alive) {
        auto asked = co_await await_request(connection);
        if (!asked) break;
        auto arrived = co_await read_request(connection);
        if (!arrived) break;
        Response response;
        if (connection.fault) response = connection.application.refuse(*connection.fault);
        else response = co_await answer(connection);
        co_await send(connection, std::move(response));
        if (!connection.fault) continue;
        co_await linger(connection);
    }
    connection.begin_shutdown();
    [[maybe_unused]] auto [shutdown_error] = co_await connection.stream.async_shutdown(as_result); // peers often just leave
}

} // namespace

net::awaitable<void> Server::Impl::accept_forever(Impl& server)
{
    while (!server.stopping) {
        if (server.full()) {
            server.pause.expires_after(50ms);
            [[maybe_unused]] auto [pause_error] = co_await server.pause.async_wait(as_result);
            continue;
        }
        const net::any_io_executor strand = net::make_strand(server.io);
        auto [error, socket] = co_await server.acceptor.async_accept(strand, as_result);
        if (error == net::error::operation_aborted) co_return;
        if (error) { // most likely out of descriptors: let connections finish instead of spinning
            server.pause.expires_after(100ms);
            [[maybe_unused]] auto [pause_error] = co_await server.pause.async_wait(as_result);
            continue;
        }
        server.begin(std::move(socket));
    }
}

std::shared_ptr<Connection> Server::Impl::admit(tcp::socket socket)
{
    boost::system::error_code gone;
    const auto remote = socket.remote_endpoint(gone);
    if (gone) return nullptr;
    auto peer = remote.address().to_string();
    auto& from_there = per_address[peer];
    if (from_there >= config.limits.connections_per_address) return nullptr;
    ++from_there;
    socket.set_option(tcp::no_delay(true), gone);
    const auto connection = std::make_shared<Connection>(std::move(socket), tls, config.limits, application, large_bodies, std::move(peer));
    connection->server = weak_from_this();
    connections.insert(connection);
    return connection;
}

void Server::Impl::begin(tcp::socket socket)
{
    const auto connection = admit(std::move(socket));
    if (!connection) return;
    const auto ended = [this, connection](std::exception_ptr broken) {
        if (broken) std::clog << "walkoutd: a connection broke\n";
        net::post(control, [this, connection] { forget(connection); });
    };
    net::co_spawn(connection->stream.get_executor(), session(connection), ended);
}

void Server::Impl::forget(const std::shared_ptr<Connection>& connection)
{
    const auto count = per_address.find(connection->peer);
    if (--count->second == 0) per_address.erase(count);
    connections.erase(connection);
    if (stopping && connections.empty()) io.stop();
}

void Server::Impl::begin_stop()
{
    if (stopping) return;
    stopping = true;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    signals.cancel(ignored);
    pause.cancel();
    if (connections.empty()) return io.stop();
    for (const auto& connection : connections) net::post(connection->stream.get_executor(), [connection] { connection->finish(); });
    drain.expires_after(config.limits.drain);
    drain.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) io.stop();
    });
}

void Server::Impl::watch_signals()
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) signals.add(number);
    signals.async_wait([this](boost::system::error_code cancelled, int number) {
        if (!cancelled) obey(number);
    });
}

void Server::Impl::obey(int signal)
{
    if (signal != SIGHUP) return begin_stop();
    try {
        tls = load_tls(config);
    } catch (const std::exception& unusable) {
        std::clog << "walkoutd: the certificate was not reloaded, the old one stays: " << unusable.what() << '\n';
    }
    watch_signals();
}

Server::Server(const ServerConfig& config, Application& application) : impl_(std::make_shared<Impl>(config, application)) {}
Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

void Server::stop()
{
    net::post(impl_->control, [impl = impl_.get()] { impl->begin_stop(); });
}

void Server::run()
{
    auto& impl = *impl_;
    const auto keep_running = net::make_work_guard(impl.io);
    if (impl.config.obey_signals) impl.watch_signals();
    net::co_spawn(impl.control, Impl::accept_forever(impl), [](std::exception_ptr broken) {
        if (broken) std::rethrow_exception(broken);
    });
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < impl.config.threads; ++i) others.emplace_back([&impl] { impl.io.run(); });
    impl.io.run();
}

} // namespace walkout::http
