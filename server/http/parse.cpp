#include "server/http/parse.hpp"

#include "shared/base/encoding.hpp"

#include <algorithm>

namespace walkout::http {
namespace {

std::optional<unsigned char> hex_byte(std::string_view two)
{
    const auto digit = [](char c) -> unsigned {
        if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
        if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
        if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
        return 16;
    };
    if (two.size() < 2 || digit(two[0]) > 15 || digit(two[1]) > 15) return std::nullopt;
    return static_cast<unsigned char>(digit(two[0]) * 16 + digit(two[1]));
}

/// How many bytes a UTF-8 sequence has that starts here, or 0. Overlong forms, surrogates and what lies beyond U+10FFFF are not UTF-8.
std::size_t utf8_sequence(std::string_view rest)
{
    const auto byte = [&](std::size_t i) { return i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0U; };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const auto first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) > 0x9F;
        return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && byte(1) < 0x90;
        const bool beyond = first == 0xF4 && byte(1) > 0x8F;
        return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

bool printable_utf8(std::string_view text)
{
    while (!text.empty()) {
        const auto length = utf8_sequence(text);
        const auto first = static_cast<unsigned char>(text.front());
        if (length == 0 || first < 0x20 || first == 0x7F) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool add_parameter(std::map<std::string, std::string>& query, std::string_view pair)
{
    const auto equals = pair.find('=');
    const auto name = percent_decode(pair.substr(0, equals));
    const auto value = percent_decode(equals == pair.npos ? std::string_view() : pair.substr(equals + 1));
    return name && value && !name->empty() && query.emplace(*name, *value).second;
}

} // namespace

std::optional<std::string> percent_decode(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const auto byte = hex_byte(text.substr(i + 1, 2));
        if (!byte) return std::nullopt;
        out += static_cast<char>(*byte);
        i += 2;
    }
    if (!printable_utf8(out)) return std::nullopt;
    return out;
}

std::optional<Target> parse_target(std::string_view target)
{
    if (!target.starts_with('/') || target.find('#') != target.npos || !percent_decode(target)) return std::nullopt;
    const auto question = target.find('?');
    Target out{.path = std::string(target.substr(0, question)), .query = {}};
    auto rest = question == target.npos ? std::string_view() : target.substr(question + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        if (!add_parameter(out.query, rest.substr(0, end))) return std::nullopt;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

std::optional<Secret> bearer_token(std::string_view authorization)
{
    constexpr std::string_view scheme = "bearer ";
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    if (!std::ranges::equal(authorization.substr(0, scheme.size()), scheme, {}, lower)) return std::nullopt;
    const auto token = authorization.substr(scheme.size());
    if (token.empty() || token.find_first_not_of(allowed) != token.npos) return std::nullopt;
    return Secret(bytes_of(token));
}

} // namespace walkout::http
