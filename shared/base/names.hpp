#pragma once

#include <array>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace walkout {

/// The names of an enum's values, as stored, sent and printed. Give each enum, in its own namespace:
///     constexpr auto enum_names(Phase) { return std::to_array<std::pair<Phase, std::string_view>>({{Phase::open, "open"}, ...}); }
template <class E>
concept Named = requires(E e)
{
    enum_names(e);
};

template <Named E> std::string_view name(E value)
{
    static constexpr auto names = enum_names(E{});
    for (const auto& [candidate, text] : names)
        if (candidate == value) return text;
    throw std::logic_error("an enum value without a name");
}

template <Named E> std::optional<E> from_name(std::string_view text)
{
    static constexpr auto names = enum_names(E{});
    for (const auto& [value, candidate] : names)
        if (candidate == text) return value;
    return std::nullopt;
}

} // namespace walkout
