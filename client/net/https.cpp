#include "client/net/https.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace walkout::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Error = boost::system::error_code;
using Stream = beast::ssl_stream<beast::tcp_stream>;
using asio::ip::tcp;

Refusal unreachable(const Address& server, const Error& error)
{
    return {.kind = Kind::unavailable,
            .code = "unreachable",
            .detail = "The server " + server.host + ":" + server.port + " cannot be reached (" + error.message() + ").",
            .next = "Check the address and your connection, then try again."};
}

Refusal not_trusted(const Address& server, const std::string& why)
{
    return {.kind = Kind::invalid,
            .code = "server_not_trusted",
            .detail = "The certificate of " + server.host + " is not one you trust (" + why + ").",
            .next = "Name the certificate authority with --cacert if you know it is right; otherwise stop here."};
}

http::verb wire_verb(Verb verb)
{
    switch (verb) {
    case Verb::get: return http::verb::get;
    case Verb::post: return http::verb::post;
    case Verb::put: return http::verb::put;
    case Verb::patch: return http::verb::patch;
    case Verb::del: return http::verb::delete_;
    }
    throw std::logic_error("a verb outside the enumeration");
}

bool numeric(const std::string& host)
{
    Error not_an_address;
    asio::ip::make_address(host, not_an_address);
    return !not_an_address;
}

Response from_wire(http::response<http::string_body>&& message)
{
    Response response{.status = static_cast<int>(message.result_int())};
    for (const auto& field : message) {
        std::string name(field.name_string());
        std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        response.headers[name] = std::string(field.value());
    }
    response.body = std::move(message.body());
    return response;
}

} // namespace

Result<Address> parse_address(std::string_view url)
{
    const Refusal bad{.kind = Kind::malformed,
                      .code = "bad_server_address",
                      .detail = "A server address looks like https://ballot.example.org or https://localhost:8443."};
    constexpr std::string_view scheme = "https://";
    if (!url.starts_with(scheme)) return bad;
    url.remove_prefix(scheme.size());
    if (url.ends_with('/')) url.remove_suffix(1);
    const bool bracketed = url.starts_with('[');
    const auto host_end = bracketed ? url.find(']') : url.find(':');
    if (bracketed && host_end == url.npos) return bad;
    const auto host = bracketed ? url.substr(1, host_end - 1) : url.substr(0, host_end);
    auto rest = host_end == url.npos ? std::string_view() : url.substr(host_end + (bracketed ? 1 : 0));
    const auto allowed = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == ':'; };
    if (host.empty() || !std::ranges::all_of(host, allowed)) return bad;
    if (rest.empty()) return Address{std::string(host), "443"};
    rest.remove_prefix(1);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (rest.empty() || rest.size() > 5 || !std::ranges::all_of(rest, digit)) return bad;
    return Address{std::string(host), std::string(rest)};
}

/// Operations are started asynchronously and waited for one by one: Beast's timeouts do not watch synchronous ones.
struct HttpsClient::Impl {
    Impl(Address address, Options given) : server(std::move(address)), options(std::move(given)) {}

    template <class Start> Error wait(std::chrono::milliseconds limit, Start start)
    {
        Error result = asio::error::would_block;
        beast::get_lowest_layer(*stream).expires_after(limit);
        start([&result](Error error, auto&&...) { result = error; });
        io.restart();
        io.run();
        return result;
    }

    Result<void> trust();
    Result<void> connect();
    bool still_open();
    Result<Response> exchange(const http::request<http::string_body>& request);
    http::request<http::string_body> to_wire(const Request& request) const;

    Address server;
    Options options;
    asio::io_context io{1};
    asio::ssl::context tls{asio::ssl::context::tls_client};
    bool trust_loaded = false;
    std::optional<Stream> stream;
    beast::flat_buffer buffer;
};

Result<void> HttpsClient::Impl::trust()
{
    if (trust_loaded) return {};
    Error error;
    tls.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    tls.set_verify_mode(asio::ssl::verify_peer);
    if (options.cacert.empty()) tls.set_default_verify_paths(error);
    else tls.load_verify_file(options.cacert.string(), error);
    if (error)
        return Refusal{.kind = Kind::invalid,
                       .code = "bad_cacert",
                       .detail = "The certificate authorities in " + options.cacert.string() + " cannot be read.",
                       .next = "Give --cacert a PEM file of certificates."};
    trust_loaded = true;
    return {};
}

Result<void> HttpsClient::Impl::connect()
{
    if (const auto trusted = trust(); !trusted) return trusted.error();
    buffer.clear();
    stream.emplace(io, tls);
    stream->set_verify_callback(asio::ssl::host_name_verification(server.host));
    if (!numeric(server.host)) // what the macro SSL_set_tlsext_host_name does, without its old-style cast
        SSL_ctrl(stream->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, server.host.data());

    Error error;
    const auto endpoints = tcp::resolver(io).resolve(server.host, server.port, error);
    if (error) return unreachable(server, error);
    auto& transport = beast::get_lowest_layer(*stream);
    error = wait(options.connect, [&](auto done) { transport.async_connect(endpoints, done); });
    if (error) return unreachable(server, error);
    transport.socket().set_option(tcp::no_delay(true), error);
    error = wait(options.connect, [&](auto done) { stream->async_handshake(asio::ssl::stream_base::client, done); });
    if (!error) return {};
    if (error.category() == asio::error::get_ssl_category() &&
        ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_CERTIFICATE_VERIFY_FAILED) {
        const auto verdict = SSL_get_verify_result(stream->native_handle());
        return not_trusted(server, verdict == X509_V_OK ? "it is for another host" : X509_verify_cert_error_string(verdict));
    }
    return unreachable(server, error);
}

/// A server closes connections that idle; a request sent into one would be lost with nothing known of its outcome.
bool HttpsClient::Impl::still_open()
{
    if (!stream) return false;
    char peeked = 0;
    const auto received = ::recv(beast::get_lowest_layer(*stream).socket().native_handle(), &peeked, 1, MSG_PEEK | MSG_DONTWAIT);
    return received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

http::request<http::string_body> HttpsClient::Impl::to_wire(const Request& request) const
{
    http::request<http::string_body> message(wire_verb(request.verb), request.target, 11);
    const bool ipv6 = server.host.find(':') != std::string::npos;
    message.set(http::field::host, (ipv6 ? "[" + server.host + "]" : server.host) + (server.port == "443" ? "" : ":" + server.port));
    message.set(http::field::user_agent, "walkout/" WALKOUT_VERSION);
    for (const auto& [name, value] : request.headers) message.set(name, value);
    if (request.bearer != nullptr && !request.bearer->empty())
        message.set(http::field::authorization, "Bearer " + std::string(request.bearer->reveal()));
    message.body() = request.body;
    message.prepare_payload();
    return message;
}

Result<Response> HttpsClient::Impl::exchange(const http::request<http::string_body>& request)
{
    auto error = wait(options.exchange, [&](auto done) { http::async_write(*stream, request, done); });
    // The server may have answered (413) without hearing us out: its answer is worth more than our failure to go on.
    http::response_parser<http::string_body> parser;
    parser.body_limit(options.response_bytes);
    const auto read_error = wait(options.exchange, [&](auto done) { http::async_read(*stream, buffer, parser, done); });
    if (read_error) {
        stream.reset();
        return unreachable(server, error ? error : read_error);
    }
    if (error || !parser.keep_alive()) stream.reset();
    return from_wire(parser.release());
}

HttpsClient::HttpsClient(Address server, Options options) : impl_(std::make_unique<Impl>(std::move(server), std::move(options))) {}
HttpsClient::~HttpsClient() = default;
HttpsClient::HttpsClient(HttpsClient&&) noexcept = default;
HttpsClient& HttpsClient::operator=(HttpsClient&&) noexcept = default;

Result<Response> HttpsClient::send(const Request& request)
{
    if (!impl_->still_open())
        if (const auto connected = impl_->connect(); !connected) {
            impl_->stream.reset();
            return connected.error();
        }
    return impl_->exchange(impl_->to_wire(request));
}

} // namespace walkout::net
