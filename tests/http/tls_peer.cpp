#include "tests/http/tls_peer.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace walkout::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

const std::filesystem::path& dev_certs()
{
    static const auto folder = [] {
        auto path = (std::filesystem::temp_directory_path() / "walkout-http-certs-XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
        std::atexit([] { std::filesystem::remove_all(dev_certs()); });
        const auto command = std::string(WALKOUT_SOURCE_DIR) + "/certs/make-dev-certs " + path;
        if (std::system(command.c_str()) != 0) throw std::runtime_error("make-dev-certs failed");
        return std::filesystem::path(path);
    }();
    return folder;
}

struct TlsPeer::Impl {
    asio::io_context io;
    asio::ssl::context tls{asio::ssl::context::tls_client};
    asio::ssl::stream<tcp::socket> stream{io, tls};
    std::string buffer;
};

TlsPeer::TlsPeer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsPeer::TlsPeer(TlsPeer&&) noexcept = default;
TlsPeer::~TlsPeer() = default;

std::optional<TlsPeer> TlsPeer::connect(std::uint16_t port, TlsVersion version)
{
    auto impl = std::make_unique<Impl>();
    const int number = version == TlsVersion::only_1_1 ? TLS1_1_VERSION : version == TlsVersion::only_1_2 ? TLS1_2_VERSION : TLS1_3_VERSION;
    auto* const ssl = impl->stream.native_handle();
    SSL_set_security_level(ssl, 0); // OpenSSL 3 would not even offer TLS 1.1 otherwise
    SSL_ctrl(ssl, SSL_CTRL_SET_MIN_PROTO_VERSION, number, nullptr);
    SSL_ctrl(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, number, nullptr);
    Error error;
    impl->stream.next_layer().connect({asio::ip::address_v4::loopback(), port}, error);
    if (!error) impl->stream.handshake(asio::ssl::stream_base::client, error);
    if (error) return std::nullopt;
    return TlsPeer(std::move(impl));
}

bool TlsPeer::send(std::string_view bytes)
{
    Error error;
    asio::write(impl_->stream, asio::buffer(bytes), error);
    return !error;
}

std::string TlsPeer::read_until_closed()
{
    Error closed;
    asio::read(impl_->stream, asio::dynamic_buffer(impl_->buffer), closed);
    return std::exchange(impl_->buffer, {});
}

std::string TlsPeer::read_response()
{
    auto& buffer = impl_->buffer;
    std::array<char, 4096> piece;
    for (;;) {
        const auto header = buffer.find("\r\n\r\n");
        const auto length = buffer.find("Content-Length: ");
        if (header != buffer.npos && length < header) {
            const auto end = header + 4 + std::stoul(buffer.substr(length + 16));
            if (buffer.size() >= end) {
                auto response = buffer.substr(0, end);
                buffer.erase(0, end);
                return response;
            }
        }
        Error error;
        const auto size = impl_->stream.read_some(asio::buffer(piece), error);
        if (error) return std::exchange(buffer, {});
        buffer.append(piece.data(), size);
    }
}

} // namespace walkout::test
