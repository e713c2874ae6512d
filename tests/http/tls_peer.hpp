#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace walkout::test {

/// A folder with ca.pem, server.pem and server.key of certs/make-dev-certs, made once per test run.
const std::filesystem::path& dev_certs();

enum class TlsVersion { only_1_1, only_1_2, only_1_3 };

/// A TLS client that sends exactly the bytes it is told to, badly timed or malformed as they may be.
class TlsPeer {
public:
    /// Nothing where the handshake fails.
    static std::optional<TlsPeer> connect(std::uint16_t port, TlsVersion version = TlsVersion::only_1_3);
    TlsPeer(TlsPeer&&) noexcept;
    ~TlsPeer();

    bool send(std::string_view bytes); ///< false once the server has closed
    std::string read_until_closed();
    std::string read_response(); ///< one response with a Content-Length

private:
    struct Impl;
    explicit TlsPeer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace walkout::test
