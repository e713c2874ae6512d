#pragma once

#include "server/api/route.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace walkout::api {

/// The one mapping from a kind of refusal to an HTTP status.
int status_of(Kind kind);

/// Where HTTP says more precisely than a kind of refusal can.
struct Precisely {
    std::optional<int> status{};                       ///< 405, 431, 501
    std::optional<std::chrono::seconds> retry_after{}; ///< otherwise half a minute with 429, five seconds with 503
};

/// RFC 9457 problem details of a refusal. 429 and 503 say Retry-After, 401 says WWW-Authenticate.
Reply problem(const Refusal& refusal, const std::string& request_id, const Precisely& precisely = {});

/// What a caller sees of broken machinery: a bare 500 that names the request, so that the operator can find it in the log.
Reply server_error(const std::string& request_id);

} // namespace walkout::api
