#pragma once

#include "shared/law/outcome.hpp"
#include "shared/law/timetable.hpp"
#include "shared/wire/codec.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

/// One row of the table of rules. Which of numbers, items and statement it has depends on the topic; a row that says there is no
/// such rule, or that there is one without figures, has none.
struct LawRule {
    law::Topic topic = law::Topic::turnout_threshold;
    bool holds = false; ///< false: no such rule in this period, or its content is not known (confidence says)
    std::string words;
    Date from{};                          ///< the first day of the table for rules older than it
    std::optional<Date> until;            ///< the first day on which it no longer applies
    std::optional<Date> unconfirmed_from; ///< from this day law not known to be in force may have replaced it
    law::Selector selector = law::Selector::opening_day;
    std::map<std::string, std::int64_t> numbers; ///< "days", "numerator", "months", ...
    std::vector<std::string> items;              ///< fields, figures, contents of a notice
    std::optional<std::string> statement;
    std::string source;
    law::Confidence confidence = law::Confidence::high;
};
template <class V> void describe(V& v, LawRule& m)
{
    v("topic", m.topic);
    v("holds", m.holds);
    v("words", m.words);
    v("from", m.from);
    v("until", m.until);
    v("unconfirmed_from", m.unconfirmed_from);
    v("selector", m.selector);
    v("numbers", m.numbers);
    v("items", m.items);
    v("statement", m.statement);
    v("source", m.source);
    v("confidence", m.confidence);
}

struct LawRules {
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    Date on{};
    std::vector<LawRule> rules;
};
template <class V> void describe(V& v, LawRules& m)
{
    v("jurisdiction", m.jurisdiction);
    v("on", m.on);
    v("rules", m.rules);
}

struct LawStep {
    Date day{};
    std::string what;
    law::Topic rule = law::Topic::ballot_date;
    std::string source;
};
template <class V> void describe(V& v, LawStep& m)
{
    v("day", m.day);
    v("what", m.what);
    v("rule", m.rule);
    v("source", m.source);
}

/// Why a plan is refused, as in a problem.
struct LawRefusal {
    std::string code;
    std::string detail;
    std::string next;
    std::string rule;
    std::string source;
    std::optional<std::string> earliest_lawful;
};
template <class V> void describe(V& v, LawRefusal& m)
{
    v("code", m.code);
    v("detail", m.detail);
    v("next", m.next);
    v("rule", m.rule);
    v("source", m.source);
    v("earliest_lawful", m.earliest_lawful);
}

struct LawWarning {
    std::string code;
    std::string detail;
    std::string source;
};
template <class V> void describe(V& v, LawWarning& m)
{
    v("code", m.code);
    v("detail", m.detail);
    v("source", m.source);
}

/// Days are the last that are in time, or the first on which action is lawful.
struct LawTimetable {
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    law::Method method = law::Method::post;
    Date opening_day{};
    WallTime closes{};
    Date ballot_notice_by{};
    Date sample_paper_by{};
    Date ballot_date{};
    Date report_due{};
    Date earliest_action{};
    law::Limit mandate = law::Limit::begin_by;
    Date mandate_day{};
    std::optional<Date> mandate_extendable_to;
    bool lawful = false;
    std::vector<LawStep> steps;
    std::vector<LawRefusal> refusals;
    std::vector<LawWarning> warnings;
};
template <class V> void describe(V& v, LawTimetable& m)
{
    v("jurisdiction", m.jurisdiction);
    v("method", m.method);
    v("opening_day", m.opening_day);
    v("closes", m.closes);
    v("ballot_notice_by", m.ballot_notice_by);
    v("sample_paper_by", m.sample_paper_by);
    v("ballot_date", m.ballot_date);
    v("report_due", m.report_due);
    v("earliest_action", m.earliest_action);
    v("mandate", m.mandate);
    v("mandate_day", m.mandate_day);
    v("mandate_extendable_to", m.mandate_extendable_to);
    v("lawful", m.lawful);
    v("steps", m.steps);
    v("refusals", m.refusals);
    v("warnings", m.warnings);
}

struct LawTest {
    law::Topic rule = law::Topic::majority;
    std::string asks;
    std::string sum; ///< "2×37 ≥ 90"
    bool met = false;
    bool binding = true; ///< false: shown for comparison
    std::string source;
};
template <class V> void describe(V& v, LawTest& m)
{
    v("rule", m.rule);
    v("asks", m.asks);
    v("sum", m.sum);
    v("met", m.met);
    v("binding", m.binding);
    v("source", m.source);
}

struct LawOutcome {
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    Date opened{};
    std::optional<std::int64_t> entitled;
    std::int64_t cast = 0;
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t spoiled = 0;
    bool important_public_service = false;
    bool supported = false;
    std::vector<LawTest> tests;
    std::vector<std::string> warnings;
};
template <class V> void describe(V& v, LawOutcome& m)
{
    v("jurisdiction", m.jurisdiction);
    v("opened", m.opened);
    v("entitled", m.entitled);
    v("cast", m.cast);
    v("yes", m.yes);
    v("no", m.no);
    v("spoiled", m.spoiled);
    v("important_public_service", m.important_public_service);
    v("supported", m.supported);
    v("tests", m.tests);
    v("warnings", m.warnings);
}

LawRules rules_message(const law::Rulebook& book, law::Jurisdiction jurisdiction, Date on);
LawTimetable timetable_message(const law::Plan& plan, const law::Timetable& dates, const std::vector<Refusal>& refusals,
                               const std::vector<law::Warning>& warnings);
LawOutcome outcome_message(const law::Rulebook& book, law::Jurisdiction jurisdiction, Date opened, const law::Tally& tally,
                           bool important_public_service, const law::Outcome& outcome);

} // namespace walkout::wire
