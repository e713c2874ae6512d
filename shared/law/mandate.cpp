#include "shared/law/mandate.hpp"

#include <algorithm>

namespace walkout::law {

Result<Mandate> mandate(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Date ballot_date, std::optional<Date> agreed_until)
{
    if (const auto covered = Rulebook::covers(opening_day); !covered) return covered.error();
    const auto& rule = book.rule(Topic::mandate, jurisdiction, opening_day);
    const auto& life = std::get<Life>(rule.value);
    Mandate out{.limit = life.limit, .day = life.period.last_day(ballot_date), .extendable_to = {}, .source = source_of(rule)};
    if (life.agreed) out.extendable_to = life.agreed->last_day(ballot_date);
    if (!agreed_until) return out;

    if (!out.extendable_to)
        return unlawful(rule, "mandate_not_extendable", "The law of this ballot's opening day knows no agreed extension of its mandate.",
                        "Act by " + words(out.day) + ", or ballot again.");
    if (*agreed_until > *out.extendable_to)
        return unlawful(rule, "mandate_too_long", "Union and employer cannot agree a mandate beyond " + words(*out.extendable_to) + ".",
                        "Record an agreement up to " + text(*out.extendable_to) + ".");
    out.day = std::max(out.day, *agreed_until);
    return out;
}

ActionDays days_touched(WallTime begins, WallTime ends)
{
    return {date::floor<Days>(begins), date::floor<Days>(std::max(begins, ends - std::chrono::seconds(1)))};
}

std::vector<Refusal> check_action(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Date ballot_date, const Mandate& mandate,
                                  ActionDays days)
{
    const auto& rule = book.rule(Topic::mandate, jurisdiction, opening_day);
    std::vector<Refusal> out;
    if (days.first < ballot_date)
        out.push_back(unlawful(rule, "before_ballot_date",
                               "Action on " + words(days.first) + " would come before the date of the ballot, " + words(ballot_date) + ".",
                               "Begin later.", ballot_date));
    if (mandate.limit == Limit::begin_by && days.first > mandate.day)
        out.push_back(unlawful(
            rule, "mandate_begin_passed", "Action had to begin by " + words(mandate.day) + ", and this would begin on " + words(days.first) + ".",
            "Begin by " + text(mandate.day) + (mandate.extendable_to ? ", agree an extension with the employer," : "") + " or ballot again."));
    if (mandate.limit == Limit::expires_end_of && days.last > mandate.day)
        out.push_back(unlawful(rule, "mandate_expired",
                               "The mandate ends at the end of " + words(mandate.day) + ", and this would go on to " + words(days.last) + ".",
                               days.first > mandate.day ? "Ballot again." : "Shorten to end by midnight at the end of " + words(mandate.day) + "."));
    return out;
}

Date earliest_action(const Rulebook& book, Jurisdiction jurisdiction, Date notice_received, bool shorter_agreed)
{
    const auto notice = std::get<NoticeDays>(book.rule(Topic::action_notice_days, jurisdiction, notice_received).value);
    return notice_received + Days(shorter_agreed ? notice.agreed.value_or(notice.days) : notice.days);
}

std::vector<Refusal> check_action_notice(const Rulebook& book, const ActionNotice& notice, Date first_day)
{
    if (const auto covered = Rulebook::covers(notice.received); !covered) return {covered.error()};
    const auto& rule = book.rule(Topic::action_notice_days, notice.jurisdiction, notice.received);
    std::vector<Refusal> out;
    if (notice.received < notice.result_told) {
        const auto earliest = earliest_action(book, notice.jurisdiction, notice.result_told, notice.shorter_agreed);
        out.push_back(unlawful(rule, "notice_before_result",
                               "Notice of action was received on " + words(notice.received) + ", before the employer was told the result on " +
                                   words(notice.result_told) + ".",
                               "Serve notice of action again.", earliest));
        return out;
    }
    const auto earliest = earliest_action(book, notice.jurisdiction, notice.received, notice.shorter_agreed);
    if (first_day < earliest)
        out.push_back(
            unlawful(rule, "action_notice_short",
                     "Notice received on " + words(notice.received) + " allows action from " + words(earliest) + ", not on " + words(first_day) + ".",
                     "Begin on or after " + text(earliest) + ".", earliest));
    return out;
}

} // namespace walkout::law
