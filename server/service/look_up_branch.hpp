#pragma once

#include "server/service/context.hpp"
#include "server/store/register_store.hpp"
#include "shared/strike/picket.hpp"

namespace walkout::service {

// What a co-chair looks up in the register to plan with. Names stay in the branch.

/// Where the branch's members work, as the register spells it. Refuses "not_your_branch".
Result<std::vector<store::Workplace>> workplaces_of(const store::ReadTx& tx, const Context& context, const std::string& branch);

struct FoundMembers {
    std::vector<store::Member> members; ///< by name
    bool more = false;                  ///< than are shown
};
/// Active members of the branch with these letters in their name, twenty at most: to find somebody, not to list everybody.
/// Refusals: not_your_branch, too_short (fewer than two letters).
Result<FoundMembers> find_members(const store::ReadTx& tx, const Context& context, const std::string& branch, const std::string& letters);

/// The workplaces of the register whose names are most like this one, three at most; none where none is alike.
std::vector<store::Workplace> nearest_workplaces(const store::ReadTx& tx, const strike::Workplace& wanted);
/// " The nearest: Southampton of Hampshire Probation Trust." or nothing.
std::string nearest_words(const std::vector<store::Workplace>& nearest);

} // namespace walkout::service
