#pragma once

#include "shared/law/mandate.hpp"
#include "shared/law/method.hpp"

#include <vector>

namespace walkout::law {

struct Plan {
    Jurisdiction jurisdiction = Jurisdiction::great_britain;
    Method method = Method::post;
    Date opening_day{};
    WallTime closes{};                            ///< outside the voting period: nothing received at or after it counts
    std::optional<Date> ballot_notice_received{}; ///< by the last of the employers; empty: not yet
    std::optional<Date> sample_paper_received{};
    bool shorter_notice_agreed = false; ///< with every employer, where the law allows a shorter notice of action
};

/// One date of the timetable and the rule it comes from.
struct Step {
    std::string what; ///< "ballot notice received by every employer, at the latest"
    Date day;
    Rule rule;
};

/// The dates that follow from a plan. Days are inclusive: `..._by` and `..._due` are the last day that is in time.
struct Timetable {
    Date ballot_notice_by{};
    Date sample_paper_by{};
    Date opening_day{};
    WallTime closes{};
    Date ballot_date{}; ///< s.246: the last day on which votes may be cast
    Date report_due{};
    Date earliest_action{}; ///< if result and notice of action reach the employer on the date of the ballot
    Mandate mandate{};
    Date last_action_notice{};  ///< received this day, a notice still allows action on the mandate's last day
    Date report_copies_until{}; ///< the last day on which a copy may be asked for: six months "from" the date of the ballot (s.231B(2))
    std::vector<Step> steps;    ///< the same, in order of time, to be printed
};

/// The local date of the last instant before closing.
Date ballot_date(WallTime closes);

/// The dates of a plan, lawful or not (see check_plan). Refuses "not_covered" and a closing before opening.
Result<Timetable> timetable(const Rulebook& book, const Plan& plan);

/// Everything in a plan that the law of its dates refuses, as seen on `today`: a notice not yet received can be received today at the
/// earliest. Empty: lawful. A consultative ballot (no mandate) is not asked.
std::vector<Refusal> check_plan(const Rulebook& book, const Plan& plan, Date today);

/// Guidance, not law: what a person should hear before going on.
struct Warning {
    std::string code;
    std::string detail; ///< one sentence
    std::string source;
};

std::vector<Warning> advise(const Rulebook& book, const Plan& plan);

} // namespace walkout::law
