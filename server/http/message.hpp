#pragma once

#include "shared/base/names.hpp"
#include "shared/base/secret.hpp"
#include "shared/base/shared_bytes.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::http {

enum class Method { get, head, post, put, patch, del };

constexpr auto enum_names(Method)
{
    return std::to_array<std::pair<Method, std::string_view>>({{Method::get, "GET"},
                                                               {Method::head, "HEAD"},
                                                               {Method::post, "POST"},
                                                               {Method::put, "PUT"},
                                                               {Method::patch, "PATCH"},
                                                               {Method::del, "DELETE"}});
}

/// What handlers may know of a request. Move-only, because it carries the bearer token.
struct Request {
    Method method = Method::get;
    std::string path{};                         ///< as sent, before '?'; still percent-encoded
    std::map<std::string, std::string> query{}; ///< decoded; a name given twice is refused before this exists
    std::optional<Secret> bearer{};             ///< from Authorization: Bearer
    std::string if_match{};                     ///< these are empty where the header is absent
    std::string if_none_match{};
    std::string idempotency_key{};
    std::string content_type{};
    std::string accept_language{};
    std::string body{};
    std::string peer{}; ///< numeric address, without port
    std::string id{};   ///< of this request, in logs and problems; set by server/api
};

struct Header {
    std::string name;
    std::string value;
    friend bool operator==(const Header&, const Header&) = default;
};

/// HSTS and nosniff are added to every response, and "Cache-Control: no-store" to each that names no other.
struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body{};
    std::vector<Header> headers{};            ///< ETag, Location, Cache-Control, Retry-After, Content-Disposition, ...
    std::optional<SharedBytes> shared_body{}; ///< sent instead of body: what is large and the same for everybody

    std::string_view content() const { return shared_body ? shared_body->bytes : std::string_view(body); }
};

} // namespace walkout::http
