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

namespace {

/// By a court's order; the day must be covered.
Result<Date> by_order(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Date ballot_date, Date until)
{
    const auto& rule = book.rule(Topic::mandate_court_order, jurisdiction, opening_day);
    if (std::holds_alternative<Unverified>(rule.value))
        return unlawful(rule, "law_not_verified",
                        "Whether a court may lengthen a mandate in " + std::string(country(jurisdiction)) + " was not read in the enactment.",
                        "Record what you read: walkout law set mandate_court_order --jurisdiction " + std::string(name(jurisdiction)) +
                            " --value holds --from DATE --source ENACTMENT.");
    if (std::holds_alternative<None>(rule.value))
        return unlawful(rule, "mandate_not_extendable", "The law of this ballot's opening day knows no extension by a court.", "Ballot again.");
    if (const auto* limit = value_of<Period>(rule); limit != nullptr && until > limit->last_day(ballot_date))
        return unlawful(rule, "mandate_too_long",
                        "Whatever the court ordered, the mandate cannot outlast " + words(limit->last_day(ballot_date)) + ".",
                        "Record a day up to " + text(limit->last_day(ballot_date)) + ".");
    return until;
}

/// The period in which the action was forbidden does not count towards the mandate's: so many days are given back, each once (s.234(2)-(6)).
std::optional<Refusal> check_days_given_back(const Rule& rule, const Mandate& stands, Date ballot_date, const Extension& extension,
                                             const std::vector<Extension>& before)
{
    if (!extension.forbidden_from || !extension.forbidden_to) return std::nullopt;
    const auto from = *extension.forbidden_from, to = *extension.forbidden_to;
    if (to < from || from < ballot_date || from > stands.day)
        return unlawful(rule, "forbidden_days",
                        "A court gives back days on which it, or an undertaking, forbade action under the mandate, which runs from " +
                            words(ballot_date) + " to " + words(stands.day) + "; it did not from " + words(from) + " to " + words(to) + ".",
                        "Give the first and the last day on which the action was forbidden.");
    for (const auto& other : before)
        if (other.forbidden_from && other.forbidden_to && from <= *other.forbidden_to && *other.forbidden_from <= to)
            return unlawful(rule, "days_given_back",
                            "The days from " + words(*other.forbidden_from) + " to " + words(*other.forbidden_to) + " have been given back already.",
                            "Give the days on which the action was forbidden again.");
    const auto days = (to - from).count() + 1;
    const auto longest = stands.day + Days(days);
    if (extension.until <= longest) return std::nullopt;
    return unlawful(rule, "mandate_too_long",
                    "The action was forbidden on " + std::to_string(days) + (days == 1 ? " day" : " days") +
                        ", and a court gives back no more: until " + words(longest) + ", not " + words(extension.until) + ".",
                    "Record a day up to " + text(longest) + ".");
}

} // namespace

Result<Mandate> extended(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Date ballot_date,
                         const std::vector<Extension>& extensions)
{
    auto out = mandate(book, jurisdiction, opening_day, ballot_date);
    std::vector<Extension> given_back;
    for (const auto& extension : extensions) {
        if (!out) return out;
        if (extension.until <= out->day)
            return Refusal{.kind = Kind::invalid,
                           .code = "extension_shortens",
                           .detail = "The mandate lasts until " + words(out->day) + " already.",
                           .next = "Record an extension to a later day."};
        if (extension.ground == ExtensionGround::agreement) {
            const auto agreed = mandate(book, jurisdiction, opening_day, ballot_date, extension.until);
            if (!agreed) return agreed;
            out->day = extension.until;
        } else {
            const auto ordered = by_order(book, jurisdiction, opening_day, ballot_date, extension.until);
            if (!ordered) return ordered.error();
            const auto& rule = book.rule(Topic::mandate_court_order, jurisdiction, opening_day);
            if (auto refusal = check_days_given_back(rule, *out, ballot_date, extension, given_back)) return *std::move(refusal);
            given_back.push_back(extension);
            out->day = *ordered;
        }
    }
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

Date latest_notice(const Rulebook& book, Jurisdiction jurisdiction, Date action_day, bool shorter_agreed)
{
    // The period goes by the day of receipt, so the last day that is in time is looked for, not computed.
    auto day = action_day;
    while (day > first_covered_day() && earliest_action(book, jurisdiction, day, shorter_agreed) > action_day) day -= Days(1);
    return day;
}

ActionWindow action_window(const Rulebook& book, Jurisdiction jurisdiction, const Mandate& mandate, Date result_told, Date today, bool shorter_agreed)
{
    ActionWindow out{.notice_from = result_told,
                     .notice_by = latest_notice(book, jurisdiction, mandate.day, shorter_agreed),
                     .earliest = earliest_action(book, jurisdiction, std::max(result_told, today), shorter_agreed),
                     .last = mandate.day};
    out.possible = out.earliest <= out.last;
    return out;
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
