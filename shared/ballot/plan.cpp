#include "shared/ballot/plan.hpp"

#include "shared/ballot/office.hpp"
#include "shared/ballot/plain_text.hpp"
#include "shared/ballot/voting_paper.hpp"

#include <algorithm>
#include <set>

namespace walkout::ballot {
namespace {

using Check = Result<void>;

Refusal wrong(std::string code, std::string detail, std::string next) { return {Kind::invalid, std::move(code), std::move(detail), std::move(next)}; }

template <class T> bool all_different(const std::vector<T>& items) { return std::set<T>(items.begin(), items.end()).size() == items.size(); }

// ---- the plan as a document ----

Check check_line(const std::string& value, const std::string& field, bool may_be_empty = false)
{
    constexpr std::size_t longest = 2000;
    if (value.empty() && !may_be_empty) return wrong("plan_incomplete", "The plan does not say: " + field + ".", "Fill it in and plan again.");
    if (value.size() > longest) return wrong("plan_text", "The " + field + " is longer than 2,000 bytes.", "Shorten it.");
    if (!is_plain_line(value))
        return wrong("plan_text", "The " + field + " has a line break, a control character or a letter with a separate accent.",
                     "Write it on one line, with each accented letter as one character (Unicode NFC).");
    return {};
}

Check check_texts(const BallotPlan& plan)
{
    struct Line {
        const std::string& value;
        const char* field;
        bool may_be_empty = false;
    };
    std::vector<Line> lines{{plan.title, "title"},
                            {plan.dispute.title, "title of the dispute"},
                            {plan.dispute.matters, "matters in issue", true},
                            {plan.called_by.office, "office that may call the action"},
                            {plan.scrutineer.name, "scrutineer's name"},
                            {plan.scrutineer.return_address, "return address"}};
    if (plan.title_cy) lines.push_back({*plan.title_cy, "Welsh title"});
    for (const auto& question : plan.questions) {
        lines.push_back({question.text, "question"});
        if (question.text_cy) lines.push_back({*question.text_cy, "Welsh question"});
        if (question.expected_periods) lines.push_back({*question.expected_periods, "expected periods"});
        if (question.types_of_action)
            for (const auto& type : *question.types_of_action) lines.push_back({type, "type of action"});
    }
    for (const auto& line : lines)
        if (auto checked = check_line(line.value, line.field, line.may_be_empty); !checked) return checked;
    return {};
}

Check check_questions(const BallotPlan& plan)
{
    if (plan.questions.empty() || plan.questions.size() > 2 || (plan.questions.size() == 2 && plan.questions[0].kind == plan.questions[1].kind))
        return wrong("plan_questions", "A ballot asks one or two questions: one on a strike, one on action short of a strike.",
                     "Ask each kind at most once (TULRCA s.229(2)).");
    return {};
}

Check check_people(const BallotPlan& plan)
{
    if (from_name<Role>(plan.called_by.role) != Role::general_secretary)
        return wrong("plan_called_by", "Only the office of general_secretary can call action here.", "Set called_by.role to \"general_secretary\".");
    const auto trustees = static_cast<std::int64_t>(plan.trustees.numbers.size());
    if (plan.trustees.threshold < 2 || trustees < plan.trustees.threshold || trustees > 15 || !all_different(plan.trustees.numbers))
        return wrong("plan_trustees", "A ballot needs up to 15 different trustees, and at least 2 of them to decrypt.",
                     "Name, for example, three trustees with a threshold of 2.");
    if (plan.spares && (*plan.spares < 0 || *plan.spares > 1'000'000))
        return wrong("plan_spares", "The number of spare credentials must be between 0 and 1,000,000.", "Leave it out for the usual quarter.");
    return {};
}

/// The grounds of s.228A(3) and (4) are about "all members" of stated occupations or employers, so the rule must not cut them further.
Check check_ground(const BallotPlan& plan)
{
    if (plan.constituencies != Split::aggregate || !plan.statutory) return {};
    if (!plan.aggregate_ground)
        return wrong("aggregate_ground_missing", "An aggregate ballot over several workplaces needs a ground that allows it (TULRCA s.228A).",
                     "State aggregate_ground, or ballot per_employer or per_workplace.");
    const auto rule = plan.entitled.value_or(Entitlement{});
    const bool by_employer = *plan.aggregate_ground == AggregateGround::employers && (rule.workplaces || rule.categories);
    const bool by_occupation = *plan.aggregate_ground == AggregateGround::occupations && (rule.workplaces || !rule.categories);
    if (by_employer || by_occupation)
        return wrong("aggregate_ground_unfit",
                     by_employer
                         ? "Ground \"employers\" (TULRCA s.228A(4)) covers all members of the employers, but the rule leaves some of them out."
                         : "Ground \"occupations\" (TULRCA s.228A(3)) covers all members of stated categories, at every workplace.",
                     "Change the entitlement rule or the ground.");
    return {};
}

Check check_methods(const BallotPlan& plan, bool rehearsal)
{
    if (plan.methods.empty() || !all_different(plan.methods))
        return wrong("plan_methods", "The plan must name its methods of voting, each once.", "Use \"post\", or \"post\" and \"online\".");
    if (plan.as_if_lawful && !rehearsal)
        return wrong("as_if_lawful_needs_rehearsal", "Only a rehearsal may pretend that a method is lawful, and this server is not one.",
                     "Leave as_if_lawful out, or use a server made with walkoutd init --rehearsal.");
    if (plan.statutory && !plan.uses(law::Method::post))
        return wrong("post_always", "A statutory ballot always lets members vote by post (ERelA 2004 s.54(5)).", "Add \"post\" to the methods.");
    return {};
}

Check check_times(const BallotPlan& plan, Instant now)
{
    const auto zone = Zone::find(plan.zone);
    if (!zone) return wrong("plan_zone", "There is no time zone \"" + plan.zone + "\".", "Use an IANA name such as Europe/London.");
    if (plan.statutory && zone->name() != law::zone_of(plan.jurisdiction).name())
        return wrong("plan_zone",
                     "Days in the law of " + std::string(law::country(plan.jurisdiction)) + " are counted in " +
                         law::zone_of(plan.jurisdiction).name() + ".",
                     "Give opens and closes in that zone.");
    for (const auto wall : {plan.opens, plan.closes})
        if (!zone->exists(wall))
            return wrong("plan_times", "There is no such time as " + words(wall) + ": the clocks go forward over it.", "Choose another time.");
    if (closing_instant(plan) <= opening_instant(plan))
        return wrong("plan_times", "The ballot would close before it opens.", "Correct opens or closes.");
    if (opening_instant(plan) <= now) return wrong("opens_in_past", "The opening, " + words(plan.opens) + ", has passed.", "Choose a later opening.");
    if (plan.roll_cut_off >= date::floor<Days>(plan.opens))
        return wrong("cut_off_too_late", "The roll's cut-off day, " + words(plan.roll_cut_off) + ", must end before the opening day.",
                     "Choose an earlier cut-off.");
    return {};
}

// ---- the plan before the law ----

/// Of several refusals the one that decides: a refusal no later date would help, else the latest of the earliest lawful dates.
const Refusal& hardest(const std::vector<Refusal>& refusals)
{
    const auto key = [](const Refusal& refusal) { return std::pair(refusal.earliest_lawful.empty(), refusal.earliest_lawful); };
    return *std::ranges::max_element(refusals, {}, key);
}

Check check_method_law(const law::Rulebook& book, const BallotPlan& plan, Date opening_day)
{
    for (const auto method : plan.methods) {
        if (plan.pretends_lawful(method)) continue;
        if (auto lawful = law::check_method(book, plan.jurisdiction, opening_day, method); !lawful) return lawful;
    }
    return {};
}

Check check_law(const law::Rulebook& book, const BallotPlan& plan, const law::Timetable& timetable, const PlanningFacts& facts)
{
    auto by_post = law_plan(plan);
    by_post.method = law::Method::post; // each method is asked by itself below
    const auto today = Zone::find(plan.zone)->date(facts.now);
    if (const auto refusals = law::check_plan(book, by_post, today); !refusals.empty()) return hardest(refusals);
    if (auto lawful = check_method_law(book, plan, timetable.opening_day); !lawful) return lawful;
    if (auto form = paper_form(book, plan, timetable.opening_day, std::nullopt, facts.entitled_now); !form) return form.error();
    // The notice's figures come from the frozen roll, and the roll freezes when the cut-off day has ended.
    if (plan.roll_cut_off >= timetable.ballot_notice_by)
        return law::unlawful(book.rule(law::Topic::ballot_notice_days, plan.jurisdiction, timetable.opening_day), "cut_off_after_notice",
                             "The notice to employers must be received by " + words(timetable.ballot_notice_by) +
                                 ", with figures from a roll frozen before.",
                             "Choose a cut-off no later than " + words(timetable.ballot_notice_by - Days(1)) + ".");
    return {};
}

std::vector<law::Warning> warnings_for(const law::Rulebook& book, const BallotPlan& plan, const PlanningFacts& facts)
{
    std::vector<law::Warning> out;
    if (plan.statutory) out = law::advise(book, law_plan(plan));
    else out.push_back({"consultative", "This is a consultative ballot: it can give no mandate for industrial action.", ""});
    for (const auto method : plan.as_if_lawful.value_or(std::vector<law::Method>{}))
        if (!law::check_method(book, plan.jurisdiction, date::floor<Days>(plan.opens), method))
            out.push_back({"as_if_lawful",
                           "Rehearsal: voting by the method \"" + std::string(name(method)) +
                               "\" would not be lawful in a ballot opened on this date. Every page, file and message will say so.",
                           ""});
    if (facts.entitled_now == 0) out.push_back({"nobody_entitled_yet", "The rule covers nobody on the register today.", ""});
    if (facts.smallest_constituency > 0 && facts.smallest_constituency < 20)
        out.push_back({"small_constituency",
                       "A constituency has " + std::to_string(facts.smallest_constituency) +
                           " people entitled: with fewer than 20, its published result may reveal how somebody voted.",
                       ""});
    return out;
}

} // namespace

bool BallotPlan::uses(law::Method method) const { return std::ranges::find(methods, method) != methods.end(); }
bool BallotPlan::pretends_lawful(law::Method method) const { return as_if_lawful && std::ranges::find(*as_if_lawful, method) != as_if_lawful->end(); }
bool BallotPlan::asks(QuestionKind kind) const
{
    return std::ranges::any_of(questions, [&](const Question& question) { return question.kind == kind; });
}
std::int64_t BallotPlan::spares_for(std::int64_t entitled_members) const { return spares.value_or(spare_credentials(entitled_members)); }

std::int64_t spare_credentials(std::int64_t entitled_members) { return std::max<std::int64_t>(20, (entitled_members + 3) / 4); }

Instant opening_instant(const BallotPlan& plan) { return Zone::find(plan.zone).value().instant(plan.opens); }
Instant closing_instant(const BallotPlan& plan) { return Zone::find(plan.zone).value().instant(plan.closes); }

law::Plan law_plan(const BallotPlan& plan)
{
    law::Plan out;
    out.jurisdiction = plan.jurisdiction;
    out.method = plan.uses(law::Method::post) || plan.methods.empty() ? law::Method::post : plan.methods.front();
    out.opening_day = date::floor<Days>(plan.opens);
    out.closes = plan.closes;
    return out;
}

Result<Planned> plan_ballot(const law::Rulebook& book, BallotPlan plan, const PlanningFacts& facts)
{
    for (const auto& checked : {check_texts(plan), check_questions(plan), check_people(plan), check_ground(plan),
                                check_methods(plan, facts.rehearsal), check_times(plan, facts.now)})
        if (!checked) return checked.error();
    auto timetable = law::timetable(book, law_plan(plan));
    if (!timetable) return timetable.error();
    if (plan.statutory)
        if (auto lawful = check_law(book, plan, *timetable, facts); !lawful) return lawful.error();
    auto warnings = warnings_for(book, plan, facts);
    return Planned{std::move(plan), std::move(*timetable), std::move(warnings)};
}

std::vector<std::string> timetable_lines(const Planned& planned)
{
    std::vector<std::string> lines{planned.plan.title};
    for (const auto& step : planned.timetable.steps) lines.push_back(words(step.day) + ": " + step.what + " (" + std::string(step.rule.source) + ")");
    lines.push_back("Voting: from " + words(planned.plan.opens) + " until just before " + words(planned.plan.closes) + ", " + planned.plan.zone);
    for (const auto& warning : planned.warnings)
        lines.push_back("Note: " + warning.detail + (warning.source.empty() ? "" : " (" + warning.source + ")"));
    return lines;
}

} // namespace walkout::ballot
