#pragma once

#include "server/http/message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace walkout::http {

inline constexpr std::uint64_t default_body_limit = 64 * 1024;

/// Answers one request. Call it once, from any thread; dropping it uncalled answers 500.
using Respond = std::function<void(Response)>;

/// What the transport refuses before there is a Request.
enum class Fault { malformed, unknown_method, length_required, headers_too_large, body_too_large, too_busy };

/// What the server serves. Called on I/O threads, several at a time: must be thread-safe and must not block.
class Application {
public:
    virtual ~Application() = default;
    virtual void answer(Request request, Respond respond) = 0;
    /// Bytes allowed for the body, asked when the header has been read.
    virtual std::uint64_t body_limit(Method method, std::string_view path) const = 0;
    virtual Response refuse(Fault fault) = 0;
};

struct Limits {
    std::size_t header_bytes = 8 * 1024;
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds header{10'000}; ///< from the first byte of a request to the end of its header
    std::chrono::milliseconds body{30'000};   ///< and a second more for each slowest_rate of its bytes, as has:
    std::chrono::milliseconds write{30'000};  ///< the response
    std::uint64_t slowest_rate = 16 * 1024;
    std::chrono::milliseconds idle{60'000};         ///< keep-alive, between requests
    std::chrono::milliseconds drain{10'000};        ///< how long a stop waits for requests in flight
    std::size_t connections = 2000;                 ///< beyond these, new ones wait in the kernel's queue
    std::size_t connections_per_address = 500;      ///< generous: an office or a mobile network may share one address
    std::uint64_t large_bodies = 256 * 1024 * 1024; ///< bytes that bodies above the default limit may hold at once, over all connections
};

struct ServerConfig {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0 asks the kernel for a free port
    std::filesystem::path certificate_chain{};
    std::filesystem::path private_key{};
    bool allow_tls12 = false; ///< TLS 1.3 alone otherwise
    unsigned threads = 2;
    bool obey_signals = false; ///< SIGINT and SIGTERM stop it, SIGHUP reloads the certificate
    Limits limits{};
};

/// HTTP/1.1 over TLS. Listens once constructed; throws where the address or the certificate cannot be used.
class Server {
public:
    Server(const ServerConfig& config, Application& application);
    ~Server();
    std::uint16_t port() const;
    void run();  ///< serves until stop(), then lets requests in flight finish, at most for Limits::drain
    void stop(); ///< from any thread

private:
    struct Impl;
    std::shared_ptr<Impl> impl_; ///< shared with every Respond still held elsewhere
};

} // namespace walkout::http
