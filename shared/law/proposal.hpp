#pragma once

#include "shared/law/timetable.hpp"

namespace walkout::law {

/// A timetable that somebody has not chosen yet.
struct Wish {
    Jurisdiction jurisdiction = Jurisdiction::great_britain;
    Method method = Method::post;
    Date today{};                       ///< notices can be received today at the earliest
    std::optional<std::int64_t> days{}; ///< of voting, from the opening day to the date of the ballot; the Code's first-class advice otherwise
    bool shorter_notice_agreed = false;
};

/// Noon so many days after the opening day; where the wish names no number, what the Code advises for the return of first-class post.
WallTime closing_for(const Rulebook& book, const Wish& wish, Date opening_day);

/// The earliest opening that check_plan() accepts today, with every notice received today. Refuses as check_plan() does where no later day
/// would help ("method_not_lawful" without a known commencement).
Result<Plan> fastest(const Rulebook& book, const Wish& wish);

/// The latest plan under which action can begin on `first_action`: result told and notice of action received on the date of the ballot.
/// It may be too late already: ask check_plan(). Refuses "not_covered".
Result<Plan> latest_for(const Rulebook& book, const Wish& wish, Date first_action);

} // namespace walkout::law
