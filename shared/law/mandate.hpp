#pragma once

#include "shared/law/rulebook.hpp"

#include <vector>

namespace walkout::law {

/// How long a supported ballot lasts.
struct Mandate {
    Limit limit = Limit::expires_end_of;
    Date day{};                          ///< the last day on which action may begin, or on which there may be any
    std::optional<Date> extendable_to{}; ///< the last day that union and employer may agree instead
    std::string source;
};

/// `agreed_until`: the last day agreed with the employer, if any. Refuses "not_covered"; "mandate_not_extendable" where that law knows no
/// agreed extension; "mandate_too_long" past the longest that may be agreed.
Result<Mandate> mandate(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Date ballot_date,
                        std::optional<Date> agreed_until = std::nullopt);

/// What may lengthen one employer's mandate: union and employer agree (s.234(1)), or a court gives back days on which its order or an
/// undertaking forbade the action (s.234(2)-(6)).
enum class ExtensionGround { agreement, court_order };

constexpr auto enum_names(ExtensionGround)
{
    return std::to_array<std::pair<ExtensionGround, std::string_view>>(
        {{ExtensionGround::agreement, "agreement"}, {ExtensionGround::court_order, "court_order"}});
}

struct Extension {
    ExtensionGround ground = ExtensionGround::agreement;
    Date until{}; ///< the new last day
    /// A court's order: the first and last day on which an order or undertaking forbade the action. What was recorded without them is not held to them.
    std::optional<Date> forbidden_from{}, forbidden_to{};
};

/// The mandate as it stands towards one employer. Refusals: those of mandate(); for a court's order "law_not_verified" where the law of that
/// day was not read, "mandate_too_long", also for more days than were forbidden, "forbidden_days" where those are no days of the mandate, and
/// "days_given_back" where they were given back before; "extension_shortens" where the mandate lasts as long already.
Result<Mandate> extended(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Date ballot_date,
                         const std::vector<Extension>& extensions);

/// The calendar days that action touches, both inclusive. Noon on the 5th to noon on the 6th touches two.
struct ActionDays {
    Date first;
    Date last;
};

/// Half-open: an end at midnight touches the day before only.
ActionDays days_touched(WallTime begins, WallTime ends);

/// Refuses action outside its mandate: "before_ballot_date", "mandate_begin_passed", "mandate_expired".
std::vector<Refusal> check_action(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Date ballot_date, const Mandate& mandate,
                                  ActionDays days);

/// The last day on which notice of action can be received for action on that day.
Date latest_notice(const Rulebook& book, Jurisdiction jurisdiction, Date action_day, bool shorter_agreed = false);

/// One employer's own clock: it starts when that employer is told the result (s.234A(4)), and no action is left once `earliest` is past `last`.
struct ActionWindow {
    Date notice_from{};   ///< the day it was told the result: notice received before does not count
    Date notice_by{};     ///< the last day on which it can receive notice for action on the mandate's last day
    Date earliest{};      ///< the first day of action if it receives notice today, or on notice_from where that is later
    Date last{};          ///< the mandate's day
    bool possible = true; ///< a notice received today would still allow action
};
ActionWindow action_window(const Rulebook& book, Jurisdiction jurisdiction, const Mandate& mandate, Date result_told, Date today,
                           bool shorter_agreed = false);

/// What one employer has received.
struct ActionNotice {
    Jurisdiction jurisdiction = Jurisdiction::great_britain;
    Date result_told{};          ///< the day the employer was told the result (s.231A)
    Date received{};             ///< the day it received the notice of action (s.234A)
    bool shorter_agreed = false; ///< counts only under a law that allows it (1 March 2017 to 17 February 2026)
};

/// The first lawful day of action after a notice received that day. The day must be covered.
Date earliest_action(const Rulebook& book, Jurisdiction jurisdiction, Date notice_received, bool shorter_agreed = false);

/// Refuses "notice_before_result" (the notice window begins on the day the employer is told the result) and "action_notice_short", both
/// with the earliest lawful first day.
std::vector<Refusal> check_action_notice(const Rulebook& book, const ActionNotice& notice, Date first_day);

} // namespace walkout::law
