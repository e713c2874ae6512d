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
    std::optional<std::string> recorded; ///< the instrument or enactment an official recorded on a server
    std::string value;                   ///< in the form that `law set` takes
    bool settable = false;               ///< not read in the enactment: an official may record it with its source
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
    v("recorded", m.recorded);
    v("value", m.value);
    v("settable", m.settable);
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

/// What differs between two days: each rule as it was and as it became.
struct LawChange {
    law::Topic rule = law::Topic::turnout_threshold;
    LawRule before;
    LawRule after;
};
template <class V> void describe(V& v, LawChange& m)
{
    v("rule", m.rule);
    v("before", m.before);
    v("after", m.after);
}
struct LawDiff {
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    Date from{};
    Date to{};
    std::vector<LawChange> changes;
};
template <class V> void describe(V& v, LawDiff& m)
{
    v("jurisdiction", m.jurisdiction);
    v("from", m.from);
    v("to", m.to);
    v("changes", m.changes);
}

/// POST /api/v1/law/commencements
struct NewCommencement {
    law::Provision provision = law::Provision::online;
    Date from{};
    std::string instrument;
};
template <class V> void describe(V& v, NewCommencement& m)
{
    v("provision", m.provision);
    v("from", m.from);
    v("instrument", m.instrument);
}

/// POST /api/v1/law/settings
struct NewSetting {
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    law::Topic rule = law::Topic::statutory_statement;
    Date from{};
    std::string value; ///< as law::parse_value() reads it
    std::string source;
};
template <class V> void describe(V& v, NewSetting& m)
{
    v("jurisdiction", m.jurisdiction);
    v("rule", m.rule);
    v("from", m.from);
    v("value", m.value);
    v("source", m.source);
}

/// The answer to both: the record, in words, and the ballots it reaches.
struct LawRecorded {
    std::string words;
    std::vector<std::string> reaches; ///< ids of ballots planned and not yet opened whose opening day it covers, and which follow it
    std::vector<std::string> samples; ///< of those: employers have samples of the paper as it was before
    std::vector<std::string> keeps;   ///< ids of ballots not yet opened whose voting paper is bound otherwise, and cannot follow it
};
template <class V> void describe(V& v, LawRecorded& m)
{
    v("words", m.words);
    v("reaches", m.reaches);
    v("samples", m.samples);
    v("keeps", m.keeps);
}

/// Public: GET /api/v1/law/records. In the order recorded.
struct CommencementView {
    law::Provision provision = law::Provision::online;
    Date from{};
    std::string instrument;
    Instant recorded_at{}; ///< ballot clock
};
template <class V> void describe(V& v, CommencementView& m)
{
    v("provision", m.provision);
    v("from", m.from);
    v("instrument", m.instrument);
    v("recorded_at", m.recorded_at);
}
struct SettingView {
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    law::Topic rule = law::Topic::statutory_statement;
    Date from{};
    std::string value;
    std::string source;
    Instant recorded_at{};
};
template <class V> void describe(V& v, SettingView& m)
{
    v("jurisdiction", m.jurisdiction);
    v("rule", m.rule);
    v("from", m.from);
    v("value", m.value);
    v("source", m.source);
    v("recorded_at", m.recorded_at);
}
struct LawRecords {
    bool rehearsal = false;
    std::vector<CommencementView> commencements;
    std::vector<SettingView> settings;
};
template <class V> void describe(V& v, LawRecords& m)
{
    v("rehearsal", m.rehearsal);
    v("commencements", m.commencements);
    v("settings", m.settings);
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
    Date last_action_notice{};                ///< received this day, a notice still allows action on the mandate's last day
    Date report_copies_until{};               ///< voters and employers may ask for the scrutineer's report
    std::optional<Date> action_on;            ///< the first day of action that the timetable was asked for
    std::optional<bool> scrutineer_statutory; ///< of a planned ballot: false where so few are entitled that the law asks for none
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
    v("last_action_notice", m.last_action_notice);
    v("report_copies_until", m.report_copies_until);
    v("action_on", m.action_on);
    v("scrutineer_statutory", m.scrutineer_statutory);
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
    std::optional<std::string> turnout;         ///< percentages as unions publish them, to two places: "56.96"; they decide nothing
    std::optional<std::string> yes_of_valid;    ///< of Yes and No together
    std::optional<std::string> yes_of_cast;     ///< of all papers returned: the strict base
    std::optional<std::string> yes_of_entitled; ///< absent, like turnout, where the number entitled was not given
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
    v("turnout", m.turnout);
    v("yes_of_valid", m.yes_of_valid);
    v("yes_of_cast", m.yes_of_cast);
    v("yes_of_entitled", m.yes_of_entitled);
    v("warnings", m.warnings);
}

LawRules rules_message(const law::Rulebook& book, law::Jurisdiction jurisdiction, Date on);
LawDiff diff_message(const law::Rulebook& book, law::Jurisdiction jurisdiction, Date from, Date to);
LawTimetable timetable_message(const law::Plan& plan, const law::Timetable& dates, const std::vector<Refusal>& refusals,
                               const std::vector<law::Warning>& warnings);
LawOutcome outcome_message(const law::Rulebook& book, law::Jurisdiction jurisdiction, Date opened, const law::Tally& tally,
                           bool important_public_service, const law::Outcome& outcome);

} // namespace walkout::wire
