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
/// what still_current says, no_such_workplace, workplace_not_called, and those of strike::add_site, add_entrance and add_post.
Result<AddedToPlan<strike::Site>> add_picket_site(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                  const StillCurrent& still_current, strike::Site site);
Result<AddedToPlan<strike::Entrance>> add_picket_entrance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout,
                                                          const std::string& branch, const StillCurrent& still_current, strike::Entrance entrance);
/// A post as a co-chair asks for it.
struct AskedPost {
    strike::PostNumber number{};
    strike::Post post;
    bool role_by_hours = false; ///< nobody said what it is for: its hours do
};
/// Whoever is to be in charge can be there (may_be_in_charge), and is told. Refuses no_such_organiser too.
Result<AddedToPlan<strike::Post>> add_picket_post(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                  const StillCurrent& still_current, AskedPost asked);

/// Each changes what its number names, whole: what is not given again is gone. People on a post whose hours or place change are told, and their
/// calendars change. Refusals: as above, no_such_site, no_such_entrance, no_such_post; for a site people_elsewhere
/// (it would not be their own place of work, and no reason is recorded why they stay); for a post places_taken (more people are on it than it
/// would hold) and people_conflict (somebody could not keep their place at the new hours).
Result<AddedToPlan<strike::Site>> change_picket_site(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                     const StillCurrent& still_current, strike::Site site);
Result<AddedToPlan<strike::Entrance>> change_picket_entrance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout,
                                                             const std::string& branch, const StillCurrent& still_current, strike::Entrance entrance);
Result<AddedToPlan<strike::Post>> change_picket_post(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                     const StillCurrent& still_current, AskedPost asked);

/// Removes one, with all that is in it; the people on its posts are told. Returns the plan's new version.
Result<std::int64_t> remove_picket_site(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                        const StillCurrent& still_current, strike::SiteNumber site);
Result<std::int64_t> remove_picket_entrance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                            const StillCurrent& still_current, strike::EntranceNumber entrance);
Result<std::int64_t> remove_picket_post(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                        const StillCurrent& still_current, strike::PostNumber post);

/// Whoever pickets at a workplace that is not called out would leave work without a notice, and without protection. Refuses "workplace_not_called".
Result<void> called_workplace(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Site& site);

/// Lays the posts of strike::template_posts on the branch's entrances, in one edit. Refuses no_opening_hours where no entrance has any.
/// Laying it again adds only what is missing.
struct Laid {
    std::vector<strike::Post> posts;
    std::int64_t version = 0;
};
Result<Laid> lay_template(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                          const StillCurrent& still_current);

/// The walkout and the branch's plan, for one of its co-chairs. Refusals: not_your_branch, no_such_walkout, no_such_branch.
struct Planning {
    strike::Walkout walkout;
    strike::Plan plan;
};
Result<Planning> as_co_chair(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch);

/// What one branch plans is seen by its members, its co-chairs and the general secretary; who is on which post by its co-chairs alone.
/// Refuses "not_your_branch".
Result<void> may_see_plan(const ballot::Caller& caller, const std::string& branch);
bool may_see_people(const ballot::Caller& caller, const std::string& branch);

/// The branch a caller means who names none: the one they co-chair, else their own. Refuses "branch_needed" where that is none or several.
Result<std::string> own_branch(const ballot::Caller& caller);

} // namespace walkout::service
