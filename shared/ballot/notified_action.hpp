#pragma once

#include "shared/ballot/plan.hpp"
#include "shared/base/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::ballot {

/// Discontinuous action is on some days only of those on which there is an opportunity to take it; continuous action is not so restricted
/// (TULRCA s.234A(6)).
enum class Course { continuous, discontinuous };

constexpr auto enum_names(Course)
{
    return std::to_array<std::pair<Course, std::string_view>>({{Course::continuous, "continuous"}, {Course::discontinuous, "discontinuous"}});
}

/// What a notice of action says that the action will be (TULRCA s.234A(3)(b)).
struct NotifiedAction {
    std::optional<QuestionKind> kind{}; ///< none in notices recorded before the kind was: they speak of industrial action of either
    Course course = Course::discontinuous;
    std::vector<Date> dates{}; ///< discontinuous: each date, in order; continuous: the one on which it begins, and it has no end

    Date first() const { return dates.front(); }
    std::optional<Date> last() const { return course == Course::continuous ? std::nullopt : std::optional(dates.back()); }
    bool names(Date day) const; ///< for continuous action every day from the first
    friend bool operator==(const NotifiedAction&, const NotifiedAction&) = default;
};

/// Refuses "action_days_missing" (no date, or more than the first of continuous action), "action_days_out_of_order" (or one twice) and
/// "action_days_too_far_apart" (over a year, which is longer than any mandate).
Result<void> check(const NotifiedAction& action);

/// "a strike", "industrial action short of a strike", "industrial action": as a notice names it.
std::string kind_words(const NotifiedAction& action);

/// "a strike on Monday 7 December 2026 and Wednesday 9 December 2026", "industrial action short of a strike, continuous from Monday ..."
std::string action_words(const NotifiedAction& action);

/// "Monday 7 December 2026, Wednesday 9 December 2026 and Friday 11 December 2026"; a long unbroken run as "each day from ... to ...".
std::string day_list(const std::vector<Date>& dates);

} // namespace walkout::ballot
