#include "server/service/draft_notice.hpp"

#include "server/service/ballots.hpp"
#include "server/service/declare_result.hpp"
#include "server/service/freeze_roll.hpp"
#include "server/service/notify_action.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>
#include <set>

namespace walkout::service {
namespace {

using law::Topic;

Result<void> on_roll(const store::ReadTx& tx, const store::Ballot& ballot, const std::string& employer)
{
    if (ballot.phase == ballot::Phase::planned)
        return Refusal{Kind::conflict, "wrong_phase", "The roll is not frozen yet, and notices take their figures from it.",
                       "Freeze it with walkout ballot freeze."};
    const auto employers = store::roll_employers(tx, ballot.plan.id);
    if (std::ranges::find(employers, employer) != employers.end()) return {};
    std::string known;
    for (const auto& name : employers) known += (known.empty() ? "" : ", ") + name;
    return Refusal{Kind::invalid, "employer_not_on_roll", "Nobody on the roll is employed by \"" + employer + "\".",
                   "The employers are: " + known + "."};
}

Date today(const store::Ballot& ballot, const Context& context) { return Zone::find(ballot.plan.zone).value().date(context.ballot_now); }

/// Those who may be called on to act: their constituency has a mandate for that (s.234A: the affected employees).
ballot::Roll with_mandate(const store::ReadTx& tx, const BallotId& id, ballot::QuestionKind kind)
{
    const auto mandates = store::mandates(tx, id);
    std::set<std::string> places;
    for (const auto& place : store::constituencies(tx, id))
        if (std::ranges::any_of(mandates, [&](const ballot::Mandate& one) { return one.constituency == place.id && one.kind == kind; }))
            places.insert(place.name);
    auto roll = store::roll(tx, id);
    std::erase_if(roll.entries, [&](const ballot::RollEntry& entry) { return !places.contains(entry.constituency); });
    return roll;
}

/// What every notice to an employer says, with the figures that the rule of its date asks for.
Result<wire::EmployerNotice> figures_notice(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const std::string& employer,
                                            Topic contents, const ballot::Roll& roll, std::string_view intends)
{
    if (const auto checked = on_roll(tx, ballot, employer); !checked) return checked.error();
    const auto day = today(ballot, context);
    if (const auto covered = law::Rulebook::covers(day); !covered) return covered.error();
    const auto book = rulebook_of(tx, ballot);
    const auto& rule = book.rule(contents, ballot.plan.jurisdiction, day);
    const auto* items = law::value_of<law::NoticeItems>(rule);
    const auto figures = ballot::notice_figures(roll, employer, items ? *items : law::NoticeItems{}, ballot.plan.roll_cut_off, intends);
    const auto revision = store::latest_revision(tx, ballot.plan.id).value();
    wire::EmployerNotice notice{.title = ballot.plan.title,
                                .from = ballot::sender(ballot.plan, ballot.plan.called_by.office),
                                .employer = employer,
                                .dispute = ballot.plan.dispute.title,
                                .drafted = words(day),
                                .rehearsal = is_rehearsal(tx),
                                .received_by = {},
                                .opening_day = {},
                                .action = {},
                                .continuous_from = {},
                                .action_dates = {},
                                .total = figures.total,
                                .categories = figures.categories,
                                .workplaces = figures.workplaces,
                                .per_category = figures.per_category,
                                .per_workplace = figures.per_workplace,
                                .explanation = figures.explanation,
                                .roll_revision = revision.revision,
                                .roll_hash = hex(revision.hash),
                                .roll_changed = {},
                                .too_early = {},
                                .source = law::source_of(rule)};
    const auto stale = employers_with_stale_figures(tx, ballot.plan.id);
    if (std::ranges::find(stale, employer) != stale.end())
        notice.roll_changed = "This employer was told other figures than the roll now gives: consider whether a fresh notice is needed.";
    return notice;
}

/// What of a declared ballot is said in a language: the plan's own words in it, where the planner gave them.
struct Saying {
    const ballot::BallotPlan& plan;
    ballot::Language language;

    std::string of(const std::string& english, const std::optional<std::string>& welsh) const
    {
        return language == ballot::Language::cy ? welsh.value_or(english) : english;
    }
    std::string question(const ballot::QuestionResult& result) const
    {
        const auto asked = std::ranges::find(plan.questions, result.kind, &ballot::Question::kind);
        return asked == plan.questions.end() ? result.text : of(result.text, asked->text_cy);
    }
    std::string yes_or_no(bool met) const { return say(language, met ? ballot::Phrase::met : ballot::Phrase::not_met); }
};

wire::ResultQuestion question_of(const ballot::QuestionResult& question, const law::Figures& asked, const Saying& saying)
{
    const auto told = [&](law::Figure figure, Topic topic) -> std::optional<std::string> {
        const auto met = question.outcome.met(topic);
        if (std::ranges::find(asked, figure) == asked.end() || !met) return std::nullopt;
        return saying.yes_or_no(*met);
    };
    const auto all = question.yes + question.no + question.spoiled;
    wire::ResultQuestion out{.figures = wire::question_figures(saying.question(question), question.yes, question.no, question.spoiled),
                             .yes_percent_of_all = law::percent(question.yes, all).value_or("-"),
                             .no_percent_of_all = law::percent(question.no, all).value_or("-"),
                             .tests = {},
                             .turnout_met = told(law::Figure::turnout_met, Topic::turnout_threshold),
                             .support_met = told(law::Figure::support_met, Topic::support_threshold),
                             .outcome = ballot::outcome_words(question, saying.language)};
    for (const auto& test : question.outcome.tests)
        out.tests.push_back({ballot::test_words(test, saying.language), test.sum, saying.yes_or_no(test.met)});
    return out;
}

/// An employer is not shown where to look for how somebody voted.
wire::ResultConstituency constituency_of(const ballot::ConstituencyResult& result, const law::Figures& asked, const Saying& saying, bool to_employer)
{
    wire::ResultConstituency out{.name = result.name == saying.plan.title ? saying.of(result.name, saying.plan.title_cy) : result.name,
                                 .entitled = result.entitled,
                                 .overseas = {},
                                 .cast = result.cast,
                                 .turnout_percent = law::percent(result.cast, result.entitled),
                                 .questions = {},
                                 .warnings = {}};
    if (result.overseas > 0) out.overseas = result.overseas;
    for (const auto& question : result.questions) out.questions.push_back(question_of(question, asked, saying));
    for (const auto& warning : result.warnings)
        if (!to_employer || (warning.code != "tiny" && warning.code != "unanimous"))
            out.warnings.push_back(ballot::warning_words(result, warning, saying.language));
    return out;
}

} // namespace

Result<wire::EmployerNotice> ballot_notice(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const std::string& employer)
{
    auto notice = figures_notice(tx, context, ballot, employer, Topic::ballot_notice_contents, store::roll(tx, ballot.plan.id), "ballot");
    if (!notice) return notice;
    const auto dates = timetable_of(tx, ballot, notice->rehearsal);
    if (!dates) return dates.error();
    notice->opening_day = words(opening_day_of(ballot));
    notice->received_by = words(dates->timetable.ballot_notice_by);
    return notice;
}

Result<wire::EmployerNotice> action_notice(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const std::string& employer,
                                           const ballot::NotifiedAction& asked)
{
    if (const auto declared = declared_result(tx, ballot); !declared) return declared.error();
    const auto action = with_kind(tx, ballot, asked);
    if (!action) return action.error();
    const auto called = with_mandate(tx, ballot.plan.id, *action->kind);
    if (std::ranges::find(called.entries, employer, &ballot::RollEntry::employer) == called.entries.end())
        return Refusal{Kind::conflict, "no_mandate",
                       "No constituency with members employed by \"" + employer + "\" has a mandate for " + ballot::kind_words(*action) + ".",
                       "See walkout mandate list " + ballot.plan.id.text() + "."};
    auto notice = figures_notice(tx, context, ballot, employer, Topic::action_notice_contents, called, "call on to take part in the action");
    if (!notice) return notice;
    notice->action = ballot::kind_words(*action);
    if (action->course == ballot::Course::continuous) notice->continuous_from = words(action->first());
    else
        for (const auto day : action->dates) notice->action_dates.push_back(words(day));
    notice->too_early = first_date_today(tx, context, ballot, employer, *action).warning;
    return notice;
}

Result<wire::SamplePaper> sample_paper(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot,
                                       const SigningPublicKey& board_key, ballot::Language language)
{
    // The day the sample reached the employers decides the form of the paper, and so the rule that it is drawn from: today while none has.
    auto served = sample_served_on(tx, ballot.plan.id);
    if (!served && !ballot.paper) served = today(ballot, context);
    auto bound = paper_of(tx, ballot, board_key, served);
    if (!bound && bound.error().code == "paper_field_missing") {
        served = sample_served_on(tx, ballot.plan.id);
        bound = paper_of(tx, ballot, board_key);
    }
    if (!bound) return bound.error();
    const auto& paper = bound->paper;
    wire::SamplePaper out{.title = Saying{ballot.plan, language}.of(paper.title, paper.title_cy),
                          .rehearsal = paper.rehearsal,
                          .lines = {},
                          .statement = {},
                          .paper_hash = hex(bound->hash),
                          .final_form = ballot.paper.has_value(),
                          .source = {}};
    for (auto& line : ballot::paper_lines(paper, language))
        if (!line.empty() && line != paper.statement) out.lines.push_back(std::move(line));
    if (!paper.statement.empty()) out.statement = paper.statement;
    const auto opening = opening_day_of(ballot);
    if (const auto covered = law::Rulebook::covers(opening); !covered) return covered.error();
    const auto book = rulebook_of(tx, ballot);
    out.source = law::source_of(book.paper_rule(Topic::voting_paper, ballot.plan.jurisdiction, opening, served));
    return out;
}

Result<wire::ResultNotice> result_notice(const store::ReadTx& tx, const store::Ballot& ballot, const std::optional<std::string>& employer,
                                         ballot::Language language)
{
    const auto result = declared_result(tx, ballot);
    if (!result) return result.error();
    if (employer)
        if (const auto checked = on_roll(tx, ballot, *employer); !checked) return checked.error();
    const auto book = rulebook_of(tx, ballot);
    const auto& rule = book.rule(Topic::result_figures, ballot.plan.jurisdiction, result->opening_day);
    const auto* figures = law::value_of<law::Figures>(rule);
    const Saying saying{ballot.plan, language};
    wire::ResultNotice out{.title = saying.of(ballot.plan.title, ballot.plan.title_cy),
                           .from = ballot::sender(ballot.plan, saying.of(ballot.plan.called_by.office, ballot.plan.called_by.office_cy)),
                           .employer = employer,
                           .rehearsal = is_rehearsal(tx),
                           .opening_day = ballot::words_in(language, result->opening_day),
                           .date_of_ballot = ballot::words_in(language, result->date_of_ballot),
                           .constituencies = {},
                           .result_hash = hex(ballot::result_hash(*result)),
                           .source = law::source_of(rule)};
    for (const auto& constituency : result->constituencies) {
        const auto employers = store::constituency_employers(tx, constituency.id);
        if (employer && std::ranges::find(employers, *employer) == employers.end()) continue;
        out.constituencies.push_back(constituency_of(constituency, figures ? *figures : law::Figures{}, saying, employer.has_value()));
    }
    return out;
}

Result<wire::TimetablePage> timetable_page(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto planned = timetable_of(tx, ballot, is_rehearsal(tx));
    if (!planned) return planned.error();
    wire::TimetablePage out{.title = ballot.plan.title,
                            .country = std::string(law::country(ballot.plan.jurisdiction)),
                            .rehearsal = is_rehearsal(tx),
                            .dates = {},
                            .warnings = {}};
    for (const auto& step : planned->timetable.steps)
        out.dates.push_back({words(step.day), step.what, step.rule.words + " (" + law::source_of(step.rule) + ")"});
    for (const auto& warning : planned->warnings) out.warnings.push_back(warning.detail);
    return out;
}

} // namespace walkout::service
