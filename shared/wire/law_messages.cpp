#include "shared/wire/law_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace walkout::wire {
namespace {

/// Writes what a row says into its message, one overload per alternative of law::Value.
struct Spell {
    LawRule& out;

    void operator()(law::None) const { out.holds = false; }
    void operator()(law::Unverified) const { out.holds = false; }
    void operator()(law::Holds) const {}
    void operator()(const law::Share& share) const { out.numbers = {{"numerator", share.numerator}, {"denominator", share.denominator}}; }
    void operator()(const law::NoticeDays& notice) const
    {
        out.numbers["days"] = notice.days;
        if (notice.agreed) out.numbers["days_if_agreed"] = *notice.agreed;
    }
    void operator()(const law::Period& period) const { out.numbers[unit(period)] = period.length; }
    void operator()(const law::Life& life) const
    {
        out.items.emplace_back(name(life.limit));
        (*this)(life.period);
        if (life.agreed) out.numbers[unit(*life.agreed) + "_if_agreed"] = life.agreed->length;
    }
    void operator()(const law::Count& count) const { out.numbers["number"] = count.number; }
    void operator()(const law::ReturnDays& days) const { out.numbers = {{"first_class", days.first_class}, {"second_class", days.second_class}}; }
    template <class E> void operator()(const std::vector<E>& list) const
    {
        for (const auto item : list) out.items.emplace_back(name(item));
    }
    void operator()(const law::Statement& statement) const { out.statement = statement; }

    static std::string unit(const law::Period& period) { return period.unit == law::Period::Unit::weeks ? "weeks" : "months"; }
};

LawRule rule_message(const law::Rulebook& book, const law::Rule& rule)
{
    LawRule out{.topic = rule.topic,
                .holds = true,
                .words = std::string(rule.words),
                .from = rule.from,
                .until = book.until(rule),
                .unconfirmed_from = book.unconfirmed_from(rule),
                .selector = rule.selector,
                .numbers = {},
                .items = {},
                .statement = {},
                .source = law::source_of(rule),
                .confidence = rule.confidence,
                .recorded = rule.instrument.empty() ? std::nullopt : std::optional(rule.instrument),
                .value = law::value_text(rule.value),
                .settable = !law::is_verified(rule)};
    std::visit(Spell{out}, rule.value);
    return out;
}

LawRefusal refusal_message(const Refusal& refusal)
{
    LawRefusal out{refusal.code, refusal.detail, refusal.next, refusal.rule, refusal.source, {}};
    if (!refusal.earliest_lawful.empty()) out.earliest_lawful = refusal.earliest_lawful;
    return out;
}

} // namespace

LawRules rules_message(const law::Rulebook& book, law::Jurisdiction jurisdiction, Date on)
{
    LawRules out{.jurisdiction = jurisdiction, .on = on, .rules = {}};
    for (const auto& rule : book.on(jurisdiction, on)) out.rules.push_back(rule_message(book, rule));
    return out;
}

LawDiff diff_message(const law::Rulebook& book, law::Jurisdiction jurisdiction, Date from, Date to)
{
    LawDiff out{.jurisdiction = jurisdiction, .from = from, .to = to, .changes = {}};
    const auto before = book.on(jurisdiction, from);
    const auto after = book.on(jurisdiction, to);
    for (std::size_t i = 0; i < before.size(); ++i)
        if (before[i].from != after[i].from) out.changes.push_back({before[i].topic, rule_message(book, before[i]), rule_message(book, after[i])});
    return out;
}

LawTimetable timetable_message(const law::Plan& plan, const law::Timetable& dates, const std::vector<Refusal>& refusals,
                               const std::vector<law::Warning>& warnings)
{
    LawTimetable out{.jurisdiction = plan.jurisdiction,
                     .method = plan.method,
                     .opening_day = dates.opening_day,
                     .closes = dates.closes,
                     .ballot_notice_by = dates.ballot_notice_by,
                     .sample_paper_by = dates.sample_paper_by,
                     .ballot_date = dates.ballot_date,
                     .report_due = dates.report_due,
                     .earliest_action = dates.earliest_action,
                     .mandate = dates.mandate.limit,
                     .mandate_day = dates.mandate.day,
                     .mandate_extendable_to = dates.mandate.extendable_to,
                     .last_action_notice = dates.last_action_notice,
                     .report_copies_until = dates.report_copies_until,
                     .action_on = {},
                     .scrutineer_statutory = {},
                     .lawful = refusals.empty(),
                     .steps = {},
                     .refusals = {},
                     .warnings = {}};
    for (const auto& step : dates.steps) out.steps.push_back({step.day, step.what, step.rule.topic, law::source_of(step.rule)});
    for (const auto& refusal : refusals) out.refusals.push_back(refusal_message(refusal));
    for (const auto& warning : warnings) out.warnings.push_back({warning.code, warning.detail, warning.source});
    return out;
}

LawOutcome outcome_message(const law::Rulebook& book, law::Jurisdiction jurisdiction, Date opened, const law::Tally& tally,
                           bool important_public_service, const law::Outcome& outcome)
{
    LawOutcome out{.jurisdiction = jurisdiction,
                   .opened = opened,
                   .entitled = tally.entitled,
                   .cast = tally.cast(),
                   .yes = tally.yes,
                   .no = tally.no,
                   .spoiled = tally.spoiled,
                   .important_public_service = important_public_service,
                   .supported = outcome.supported,
                   .tests = {},
                   .turnout = {},
                   .yes_of_valid = law::percent(tally.yes, tally.yes + tally.no),
                   .yes_of_cast = law::percent(tally.yes, tally.cast()),
                   .yes_of_entitled = {},
                   .warnings = outcome.warnings};
    if (tally.entitled) {
        out.turnout = law::percent(tally.cast(), *tally.entitled);
        out.yes_of_entitled = law::percent(tally.yes, *tally.entitled);
    }
    const auto& spoiled = book.rule(law::Topic::spoiled_papers_count, jurisdiction, opened);
    if (tally.spoiled > 0 && !law::is_verified(spoiled))
        out.warnings.push_back("That " + spoiled.words + " was not read in the enactment: verify it first (" + law::source_of(spoiled) + ").");
    for (const auto& test : outcome.tests) {
        out.tests.push_back({test.topic, test.asks, test.sum, test.met, test.binding, test.source});
        const auto unconfirmed = book.unconfirmed_from(book.rule(test.topic, jurisdiction, opened));
        if (unconfirmed && opened >= *unconfirmed)
            out.warnings.push_back("The rule that " + test.asks + " may have been repealed since " + text(*unconfirmed) +
                                   ": find out whether the repeal is in force. No commencement is recorded here.");
    }
    return out;
}

} // namespace walkout::wire

WALKOUT_WIRE(walkout::wire::LawRules)
WALKOUT_WIRE(walkout::wire::LawDiff)
WALKOUT_WIRE(walkout::wire::NewCommencement)
WALKOUT_WIRE(walkout::wire::NewSetting)
WALKOUT_WIRE(walkout::wire::LawRecorded)
WALKOUT_WIRE(walkout::wire::LawRecords)
WALKOUT_WIRE(walkout::wire::LawTimetable)
WALKOUT_WIRE(walkout::wire::LawOutcome)
