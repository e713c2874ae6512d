#pragma once

#include "shared/base/secret.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace walkout::http {

/// %41 -> A. Nothing for a bad escape, a control character or what is not UTF-8 afterwards.
std::optional<std::string> percent_decode(std::string_view text);

struct Target {
    std::string path; ///< starts with '/', still percent-encoded
    std::map<std::string, std::string> query;
};

/// A request target in origin form: "/path?a=1&b=2". Nothing for another form, a fragment, a bad escape or a query name given twice.
std::optional<Target> parse_target(std::string_view target);

/// The token of "Bearer <token>" (RFC 6750 section 2.1); nothing for other schemes and other characters.
std::optional<Secret> bearer_token(std::string_view authorization);

} // namespace walkout::http
