#pragma once

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace walkout::net {

enum class Verb { get, post, put, patch, del };

/// "https://host[:port]"; the port is 443 where absent.
struct Address {
    std::string host;
    std::string port;
};
Result<Address> parse_address(std::string_view url);

struct Request {
    Verb verb = Verb::get;
    std::string target{}; ///< path and query, already percent-encoded
    std::map<std::string, std::string> headers{};
    const Secret* bearer = nullptr; ///< sent as Authorization; not kept
    std::string body{};
};

struct Response {
    int status = 0;
    std::map<std::string, std::string> headers{}; ///< names in lower case
    std::string body{};
};

struct Options {
    std::filesystem::path cacert{}; ///< PEM file of the authorities to trust instead of the system's; the server is always verified
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds exchange{60'000};
    std::size_t response_bytes = 512 * 1024 * 1024;
};

/// One server, one connection at a time, kept open between requests. Not thread-safe: one per thread.
class HttpsClient {
public:
    HttpsClient(Address server, Options options);
    ~HttpsClient();
    HttpsClient(HttpsClient&&) noexcept;
    HttpsClient& operator=(HttpsClient&&) noexcept;

    /// Any status is a Response. Refuses with "unreachable" (kind unavailable: nothing is known of the outcome, safe to retry what is
    /// idempotent), "server_not_trusted" or "bad_cacert" (kind invalid).
    Result<Response> send(const Request& request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace walkout::net
