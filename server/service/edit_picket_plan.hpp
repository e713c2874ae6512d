#pragma once

#include "server/service/context.hpp"
#include "server/store/picket_store.hpp"

#include <functional>

namespace walkout::service {

/// Which version of a branch's plan an edit was made against; asked inside the transaction, with the version that stands now.
/// server/api gives If-Match.
using StillCurrent = std::function<Result<void>(std::int64_t version)>;

template <class Thing> struct AddedToPlan {
    Thing thing;              ///< with its number
    std::int64_t version = 0; ///< of the plan with it
};

/// Each adds to the plan of a branch, by one of its co-chairs. Refusals: no_such_walkout, no_such_branch, not_your_branch,
/// what still_current says, no_such_workplace, and those of strike::add_site, add_entrance and add_post.
Result<AddedToPlan<strike::Site>> add_picket_site(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                  const StillCurrent& still_current, strike::Site site);
Result<AddedToPlan<strike::Entrance>> add_picket_entrance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout,
                                                          const std::string& branch, const StillCurrent& still_current, strike::Entrance entrance);
Result<AddedToPlan<strike::Post>> add_picket_post(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                  const StillCurrent& still_current, strike::Post post);

/// What one branch plans is seen by its members, its co-chairs and the general secretary; who is on which post by its co-chairs alone.
/// Refuses "not_your_branch".
Result<void> may_see_plan(const ballot::Caller& caller, const std::string& branch);
bool may_see_people(const ballot::Caller& caller, const std::string& branch);

/// The branch a caller means who names none: the one they co-chair, else their own. Refuses "branch_needed" where that is none or several.
Result<std::string> own_branch(const ballot::Caller& caller);

} // namespace walkout::service
