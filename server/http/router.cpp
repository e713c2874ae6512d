#include "server/http/router.hpp"

#include "server/http/parse.hpp"

#include <algorithm>
#include <stdexcept>

namespace walkout::http {
namespace {

bool placeholder(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

/// "/a/b" -> {"a", "b"}; a trailing '/' is an empty last segment and so another path.
std::vector<std::string_view> split(std::string_view path)
{
    std::vector<std::string_view> segments;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
        segments.push_back(path.substr(0, path.find('/')));
        path.remove_prefix(segments.back().size());
    }
    return segments;
}

/// Patterns of one shape compete for the same paths: "ab", "a{}" ... as a text that sorts literals before placeholders.
std::string shape(Method method, const std::vector<std::string>& segments)
{
    std::string out(name(method));
    for (const auto& segment : segments) out += placeholder(segment) ? "/~" : "/=" + segment;
    return out;
}

} // namespace

Router::Router(std::vector<Pattern> patterns)
{
    std::map<std::string, std::string> shapes;
    for (const auto& pattern : patterns) {
        const auto segments = split(pattern.text);
        patterns_.push_back({pattern.method, {segments.begin(), segments.end()}});
        const auto [other, fresh] = shapes.emplace(shape(pattern.method, patterns_.back().segments), pattern.text);
        if (!fresh) throw std::invalid_argument("two routes for " + std::string(name(pattern.method)) + " " + pattern.text);
    }
}

std::optional<PathArgs> Router::match(const Compiled& pattern, const std::vector<std::string_view>& path)
{
    if (pattern.segments.size() != path.size()) return std::nullopt;
    PathArgs args;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto& expected = pattern.segments[i];
        if (!placeholder(expected)) {
            if (expected != path[i]) return std::nullopt;
            continue;
        }
        auto value = percent_decode(path[i]);
        if (!value || value->empty()) return std::nullopt;
        args.emplace(expected.substr(1, expected.size() - 2), *std::move(value));
    }
    return args;
}

Router::Match Router::find(Method method, std::string_view path) const
{
    const auto wanted = method == Method::head ? Method::get : method;
    const auto segments = split(path);
    Match best;
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
        auto args = match(patterns_[i], segments);
        if (!args) continue;
        if (patterns_[i].method != wanted) best.allowed.push_back(patterns_[i].method);
        else if (!best.pattern || args->size() < best.args.size()) best = {.pattern = i, .args = *std::move(args), .allowed = best.allowed};
    }
    if (best.pattern) best.allowed.clear();
    return best;
}

} // namespace walkout::http
