#include "shared/ballot/notified_action.hpp"

#include <algorithm>
#include <functional>

namespace walkout::ballot {
namespace {

constexpr std::size_t most_listed = 10; // more dates than these are no longer read one by one in a sentence

Refusal refuse(const char* code, std::string detail, std::string next)
{
    return {.kind = Kind::invalid, .code = code, .detail = std::move(detail), .next = std::move(next), .source = "TULRCA s.234A(3)(b)"};
}

} // namespace

bool NotifiedAction::names(Date day) const
{
    return course == Course::continuous ? !dates.empty() && dates.front() <= day : std::ranges::binary_search(dates, day);
}

Result<void> check(const NotifiedAction& action)
{
    if (action.dates.empty() || (action.course == Course::continuous && action.dates.size() != 1))
        return refuse("action_days_missing",
                      "A notice of action names each date of discontinuous action, or the date on which continuous action begins.",
                      "Give each date (--on), or the first of continuous action (--continuous --from).");
    if (std::ranges::adjacent_find(action.dates, std::greater_equal<>{}) != action.dates.end())
        return refuse("action_days_out_of_order", "The dates of the action are not in order, or one is there twice.",
                      "Give each date once, the first of them first.");
    if (action.dates.back() - action.dates.front() > Days(366))
        return refuse("action_days_too_far_apart", "The dates of the action are more than a year apart, which is longer than any mandate.",
                      "Name the earlier dates now, and the later ones in a further notice.");
    return {};
}

std::string kind_words(const NotifiedAction& action)
{
    if (!action.kind) return "industrial action";
    return *action.kind == QuestionKind::strike ? "a strike" : "industrial action short of a strike";
}

std::string day_list(const std::vector<Date>& dates)
{
    if (dates.empty()) return {};
    const bool run = dates.back() - dates.front() + Days(1) == Days(static_cast<int>(dates.size()));
    if (run && dates.size() > 2) return "each day from " + words(dates.front()) + " to " + words(dates.back());
    if (dates.size() > most_listed) return std::to_string(dates.size()) + " days from " + words(dates.front()) + " to " + words(dates.back());
    std::string out;
    for (std::size_t i = 0; i < dates.size(); ++i) out += (i == 0 ? "" : i + 1 == dates.size() ? " and " : ", ") + words(dates[i]);
    return out;
}

std::string action_words(const NotifiedAction& action)
{
    if (action.course == Course::continuous) return kind_words(action) + ", continuous from " + words(action.dates.front());
    const auto days = day_list(action.dates);
    return kind_words(action) + (days.starts_with("each") || (!days.empty() && days.front() <= '9') ? ", " : " on ") + days;
}

} // namespace walkout::ballot
