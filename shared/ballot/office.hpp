#pragma once

#include "shared/base/names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace walkout::ballot {

/// What an official is enrolled for. A member needs no role.
enum class Role { general_secretary, scrutineer, trustee, co_chair, official };

constexpr auto enum_names(Role)
{
    return std::to_array<std::pair<Role, std::string_view>>({{Role::general_secretary, "general_secretary"},
                                                             {Role::scrutineer, "scrutineer"},
                                                             {Role::trustee, "trustee"},
                                                             {Role::co_chair, "co_chair"},
                                                             {Role::official, "official"}});
}

/// Whether it makes its holder an official of the union (TULRCA s.119: an officer of the union or of a branch, or a representative under its rules).
/// A scrutineer must be independent of the union, and a trustee keeps a share of a key: neither office is one of the union's.
constexpr bool is_of_union(Role role)
{
    switch (role) {
    case Role::general_secretary:
    case Role::co_chair:
    case Role::official: return true;
    case Role::scrutineer:
    case Role::trustee: return false;
    }
    return false;
}

struct Office {
    Role role = Role::official;
    std::string scope; ///< branch name for a co-chair; empty for the whole union
    friend bool operator==(const Office&, const Office&) = default;
};

/// Whoever is signed in: a member, an official, or both under one number.
struct Caller {
    std::string number; ///< member number, or the official's sign-in name
    std::string name;
    bool member = false; ///< on the register
    std::string branch;  ///< the member's own branch; empty for an outsider
    std::vector<Office> offices;

    bool holds(Role role) const
    {
        return std::ranges::any_of(offices, [&](const Office& office) { return office.role == role; });
    }
    bool holds(Role role, const std::string& scope) const { return std::ranges::find(offices, Office{role, scope}) != offices.end(); }
};

} // namespace walkout::ballot
