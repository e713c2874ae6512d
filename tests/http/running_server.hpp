#pragma once

#include "server/http/server.hpp"
#include "tests/http/tls_peer.hpp"

#include <thread>

namespace walkout::test {

inline http::ServerConfig test_config(http::Limits limits = {})
{
    return {.certificate_chain = dev_certs() / "server.pem", .private_key = dev_certs() / "server.key", .limits = limits};
}

/// A server on a free port of the loopback, in its own threads until this goes.
class RunningServer {
public:
    RunningServer(http::Application& application, const http::ServerConfig& config) : server_(config, application), thread_([this] { server_.run(); })
    {}
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;
    ~RunningServer() { stop(); }
    std::uint16_t port() const { return port_; }
    void ask_to_stop() { server_.stop(); }
    void stop() ///< and waits until it has
    {
        server_.stop();
        if (thread_.joinable()) thread_.join();
    }

private:
    http::Server server_;
    std::uint16_t port_ = server_.port();
    std::thread thread_;
};

} // namespace walkout::test
