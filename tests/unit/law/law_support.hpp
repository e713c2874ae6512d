#pragma once

#include "shared/law/rulebook.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace walkout::law {

inline Date on(std::string_view iso)
{
    const auto day = parse_date(iso);
    if (!day) throw std::invalid_argument(std::string(iso));
    return *day;
}

inline WallTime at(std::string_view iso)
{
    const auto wall = parse_wall(iso);
    if (!wall) throw std::invalid_argument(std::string(iso));
    return *wall;
}

inline constexpr auto GB = Jurisdiction::great_britain;
inline constexpr auto NI = Jurisdiction::northern_ireland;

/// The codes of some refusals, in order, joined by spaces: short to compare, clear when it fails.
inline std::string codes(const std::vector<Refusal>& refusals)
{
    std::string out;
    for (const auto& refusal : refusals) out += (out.empty() ? "" : " ") + refusal.code;
    return out;
}

inline bool is_not_covered(const Refusal& refusal) { return refusal.code == "not_covered" && refusal.kind == Kind::invalid; }

/// law.md's fourth column, as an official would bring it about.
inline Rulebook after_turnout_repeal(std::string_view from = "2026-09-01")
{
    return Rulebook({{Provision::turnout_repeal, on(from), "S.I. 2026/901"}});
}

} // namespace walkout::law
