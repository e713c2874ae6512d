#pragma once

#include "server/http/message.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::http {

using PathArgs = std::map<std::string, std::string, std::less<>>;

/// Finds which pattern a path belongs to: "/api/v1/ballots/{ballot}". Literal segments win over placeholders; HEAD is served by GET.
class Router {
public:
    struct Pattern {
        Method method;
        std::string text;
    };
    /// Throws std::invalid_argument where two patterns would match the same requests equally well.
    explicit Router(std::vector<Pattern> patterns);

    struct Match {
        std::optional<std::size_t> pattern{}; ///< index into what the constructor was given
        PathArgs args{};                      ///< decoded; a segment that does not decode, or is empty, matches nothing
        std::vector<Method> allowed{};        ///< without a match: the methods this path has. None: no such path
    };
    Match find(Method method, std::string_view path) const;

private:
    struct Compiled {
        Method method;
        std::vector<std::string> segments; ///< "{name}" for a placeholder
    };
    static std::optional<PathArgs> match(const Compiled& pattern, const std::vector<std::string_view>& path);

    std::vector<Compiled> patterns_;
};

} // namespace walkout::http
