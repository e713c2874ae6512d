#pragma once

#include "shared/base/result.hpp"

#include <nlohmann/json.hpp>

namespace walkout::protocol {

/// Parses JSON from outside: at most 32 levels deep, no object key twice (nlohmann would silently keep the last), valid UTF-8.
/// The caller has already capped the size. Refuses with code "malformed_json".
Result<nlohmann::ordered_json> parse_strict(std::string_view text);

} // namespace walkout::protocol
