#include "shared/ballot/plan.hpp"

#include "shared/ballot/office.hpp"
#include "shared/ballot/plain_text.hpp"
#include "shared/ballot/postal.hpp"
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
    const auto welsh = [&](const std::optional<std::string>& value, const char* field) {
        if (value) lines.push_back({*value, field});
    };
    if (plan.union_name) lines.push_back({*plan.union_name, "name of the union"});
    welsh(plan.title_cy, "Welsh title");
    welsh(plan.dispute.title_cy, "Welsh title of the dispute");
    welsh(plan.dispute.matters_cy, "Welsh matters in issue");
    welsh(plan.called_by.office_cy, "Welsh office that may call the action");
    for (const auto& question : plan.questions) {
        lines.push_back({question.text, "question"});
        welsh(question.text_cy, "Welsh question");
        welsh(question.expected_periods_cy, "Welsh expected periods");
        if (question.expected_periods) lines.push_back({*question.expected_periods, "expected periods"});
        if (question.types_of_action)
            for (const auto& type : *question.types_of_action) lines.push_back({type, "type of action"});
        if (question.types_of_action_cy)
            for (const auto& type : *question.types_of_action_cy) lines.push_back({type, "Welsh type of action"});
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
    if (plan.trustees.needed() < 2 || trustees < plan.trustees.needed() || trustees > Trustees::most || !all_different(plan.trustees.numbers))
        return wrong("plan_trustees", "A ballot needs 2 to 9 different trustees, and at least 2 of them to decrypt: nobody alone may open a vote.",
                     "Name, for example, three trustees with a threshold of 2.");
    if (plan.spares && (*plan.spares < 0 || *plan.spares > 1'000'000))
        return wrong("plan_spares", "The number of spare credentials must be between 0 and 1,000,000.", "Leave it out for the usual quarter.");
    return {};
}

/// The ground a plan states, or the one its own rule amounts to: an employer's workplaces vote as one where all of its members do, or all of
/// stated categories.
std::optional<AggregateGround> ground_of(const BallotPlan& plan, const Entitlement& rule)
{
    if (plan.aggregate_ground || plan.constituencies == Split::aggregate || rule.workplaces) return plan.aggregate_ground;
    return rule.categories ? AggregateGround::occupations : AggregateGround::employers;
}

/// Several workplaces vote as one where the ballot is aggregate, and within each employer of a ballot per employer. The grounds of s.228A(3) and
/// (4) are about "all members" of stated occupations or employers, so the rule must not cut them further; that each workplace has a member
/// affected (2) no register can tell, and the person who plans states it.
Check check_ground(const law::Rulebook& book, const BallotPlan& plan)
{
    if (plan.constituencies == Split::per_workplace || !plan.statutory) return {};
    const auto rule = plan.entitled.value_or(Entitlement{});
    const auto refuse = [&](const char* code, const char* detail, const char* next) -> Check {
        return law::unlawful(book.rule(law::Topic::aggregate_grounds, plan.jurisdiction, date::floor<Days>(plan.opens)), code, detail, next);
    };
    const auto ground = ground_of(plan, rule);
    if (!ground && plan.constituencies == Split::aggregate)
        return refuse("aggregate_ground_missing", "An aggregate ballot over several workplaces needs a ground that allows it (TULRCA s.228A).",
                      "State aggregate_ground, or ballot per_employer or per_workplace.");
    if (!ground)
        return refuse("aggregate_ground_missing",
                      "A ballot per employer lets several workplaces vote as one, and this one leaves some workplaces out: that needs a ground "
                      "(TULRCA s.228A).",
                      "State aggregate_ground, or ballot per_workplace.");
    if (*ground == AggregateGround::employers && (rule.workplaces || rule.categories))
        return refuse("aggregate_ground_unfit",
                      "Ground \"employers\" (TULRCA s.228A(4)) covers all members of the employers, but the rule leaves some of them out.",
                      "Change the entitlement rule or the ground.");
    if (*ground == AggregateGround::occupations && (rule.workplaces || !rule.categories))
        return refuse("aggregate_ground_unfit",
                      "Ground \"occupations\" (TULRCA s.228A(3)) covers all members of stated categories, at every workplace.",
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

Check check_important_services(const law::Rulebook& book, const BallotPlan& plan, Date opening_day)
{
    const auto& rule = book.rule(law::Topic::support_threshold, plan.jurisdiction, opening_day);
    if (law::value_of<law::Share>(rule) == nullptr || plan.important_public_service) return {};
    return law::unlawful(rule, "important_public_service_missing",
                         "For a ballot opened on " + words(opening_day) + " the plan must say whether most of those entitled normally work in " +
                             book.rule(law::Topic::important_public_services, plan.jurisdiction, opening_day).words + ".",
                         "Add \"important_public_service\": true or false.");
}

Check check_law(const law::Rulebook& book, const BallotPlan& plan, const law::Timetable& timetable, const PlanningFacts& facts)
{
    auto by_post = law_plan(plan);
    by_post.method = law::Method::post; // each method is asked by itself below
    const auto today = Zone::find(plan.zone)->date(facts.now);
    auto refusals = law::check_plan(book, by_post, today);
    if (!papers_to_everybody(plan)) std::erase_if(refusals, [](const Refusal& refusal) { return refusal.code == "no_time_to_return"; });
    if (!refusals.empty()) return hardest(refusals);
    if (auto lawful = check_method_law(book, plan, timetable.opening_day); !lawful) return lawful;
    if (auto asked = check_important_services(book, plan, timetable.opening_day); !asked) return asked;
    if (auto form = paper_form(book, plan, timetable.opening_day, std::nullopt, facts.entitled_now + facts.entitled_beside); !form)
        return form.error();
    // The notice's figures come from the frozen roll, and the roll freezes when the cut-off day has ended.
    if (plan.roll_cut_off >= timetable.ballot_notice_by)
        return law::unlawful(book.rule(law::Topic::ballot_notice_days, plan.jurisdiction, timetable.opening_day), "cut_off_after_notice",
                             "The notice to employers must be received by " + words(timetable.ballot_notice_by) +
                                 ", with figures from a roll frozen before.",
                             "Choose a cut-off no later than " + words(timetable.ballot_notice_by - Days(1)) + ", or open later.",
                             timetable.opening_day + (plan.roll_cut_off - timetable.ballot_notice_by) + Days(1));
    return {};
}

bool scrutineer_statutory(const law::Rulebook& book, const BallotPlan& plan, Date opening_day, const PlanningFacts& facts)
{
    return plan.statutory && law::scrutineer_needed(book, plan.jurisdiction, opening_day, facts.entitled_now + facts.entitled_beside);
}

std::optional<law::Warning> small_ballot(const law::Rulebook& book, const BallotPlan& plan, Date opening_day, const PlanningFacts& facts)
{
    if (!plan.statutory || facts.entitled_now == 0 || scrutineer_statutory(book, plan, opening_day, facts)) return std::nullopt;
    const bool only_post = std::ranges::all_of(plan.methods, [](law::Method method) { return method == law::Method::post; });
    return law::Warning{
        "scrutineer_not_statutory",
        std::to_string(facts.entitled_now + facts.entitled_beside) +
            " people are entitled, over all workplaces and all ballots of this dispute together: the law asks for no independent scrutineer "
            "(statutory: no). Walkout still "
            "needs an independent second person, who holds the codes and signs." +
            (only_post ? ""
                       : " Whether this exemption holds for a ballot that is not by post alone could not be read: treat the scrutineer as required."),
        law::source_of(book.rule(law::Topic::scrutineer, plan.jurisdiction, opening_day))};
}

/// SI 2026/3 Sch 2 para 8(2): which form the paper takes may depend on the day the sample reaches the last employer.
std::optional<law::Warning> sample_decides_form(const law::Rulebook& book, const BallotPlan& plan, Date opening_day, const PlanningFacts& facts)
{
    const auto today = Zone::find(plan.zone)->date(facts.now);
    const auto& now = book.paper_rule(law::Topic::voting_paper, plan.jurisdiction, opening_day, std::nullopt);
    const auto& earlier = book.paper_rule(law::Topic::voting_paper, plan.jurisdiction, opening_day, today);
    if (!plan.statutory || today >= opening_day || now.from == earlier.from) return std::nullopt;
    const auto old_form = paper_form(book, plan, opening_day, today, facts.entitled_now + facts.entitled_beside);
    return law::Warning{"sample_decides_form",
                        "If the sample paper reaches every employer before " + words(now.from) +
                            ", the paper keeps its older form: " + earlier.words + "." + (old_form ? "" : " The plan has not got all of that yet."),
                        law::source_of(now)};
}

std::optional<law::Warning> not_read(const law::Rulebook& book, const BallotPlan& plan, Date opening_day)
{
    const auto rules = book.unverified(plan.jurisdiction, opening_day);
    if (!plan.statutory || plan.jurisdiction == law::Jurisdiction::great_britain || rules.empty()) return std::nullopt;
    return law::Warning{"rules_not_verified",
                        std::to_string(rules.size()) + " rules of " + std::string(law::country(plan.jurisdiction)) +
                            " were not read in the enactment; Walkout goes by the law of Great Britain before March 2017 in their place. See walkout "
                            "law rules --on " +
                            text(opening_day) + " --jurisdiction " + std::string(name(plan.jurisdiction)) +
                            ", and record what you read: walkout law set.",
                        "NI Order Part VIII"};
}

/// The threshold that everything turns on may have been repealed: whoever plans must find out.
std::optional<law::Warning> turnout_unconfirmed(const law::Rulebook& book, const BallotPlan& plan, Date opening_day)
{
    const auto& rule = book.rule(law::Topic::turnout_threshold, plan.jurisdiction, opening_day);
    const auto from = book.unconfirmed_from(rule);
    if (!plan.statutory || !from || opening_day < *from) return std::nullopt;
    return law::Warning{"turnout_unconfirmed",
                        "The rule that " + rule.words + " may have been repealed since " + words(*from) +
                            ". Walkout keeps to it until an official records the commencement: walkout law commence turnout_repeal.",
                        law::source_of(rule)};
}

std::vector<law::Warning> warnings_for(const law::Rulebook& book, const BallotPlan& plan, const law::Plan& in_force, const PlanningFacts& facts)
{
    std::vector<law::Warning> out;
    if (plan.statutory) out = law::advise(book, in_force);
    for (auto& warning : {small_ballot(book, plan, in_force.opening_day, facts), sample_decides_form(book, plan, in_force.opening_day, facts),
                          not_read(book, plan, in_force.opening_day), turnout_unconfirmed(book, plan, in_force.opening_day)})
        if (warning) out.push_back(*warning);
    if (plan.statutory && !plan.union_name)
        out.push_back({"union_not_named", "No notice or result will name the union: add \"union\" to the plan, such as \"union\": \"Napo\".", ""});
    if (!plan.statutory) out.push_back({"consultative", "This is a consultative ballot: it can give no mandate for industrial action.", ""});
    for (const auto method : plan.as_if_lawful.value_or(std::vector<law::Method>{}))
        if (!law::check_method(book, plan.jurisdiction, date::floor<Days>(plan.opens), method))
            out.push_back({"as_if_lawful",
                           "Rehearsal: voting by the method \"" + std::string(name(method)) +
                               "\" would not be lawful in a ballot opened on this date. Every page, file and message will say so.",
                           ""});
    if (plan.group_or_default() == Group::ed25519)
        out.push_back({"group_3x_only",
                       "Votes are encrypted in the group Ed25519. Of other programs only belenios-tool 3.x can check this ballot; the 2.0 that "
                       "Debian 12 packages cannot.",
                       ""});
    if (plan.trustees.needed() == static_cast<std::int64_t>(plan.trustees.numbers.size()))
        out.push_back(
            {"every_trustee_needed", "Every trustee is needed to decrypt: if one of them loses a key, nobody can ever count this ballot.", ""});
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

std::string sender(const BallotPlan& plan, const std::string& office) { return plan.union_name ? office + ", " + *plan.union_name : office; }

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

law::Plan law_plan(const BallotPlan& plan, Date opening_day, Instant closes)
{
    auto out = law_plan(plan);
    out.opening_day = opening_day;
    out.closes = Zone::find(plan.zone).value().wall(closes);
    return out;
}

Result<Planned> timetable_for(const law::Rulebook& book, const BallotPlan& plan, const law::Plan& in_force, const PlanningFacts& facts)
{
    auto timetable = law::timetable(book, in_force);
    if (!timetable) return timetable.error();
    return Planned{plan, std::move(*timetable), warnings_for(book, plan, in_force, facts),
                   scrutineer_statutory(book, plan, in_force.opening_day, facts)};
}

Result<Planned> plan_ballot(const law::Rulebook& book, BallotPlan plan, const PlanningFacts& facts)
{
    for (const auto& checked : {check_texts(plan), check_questions(plan), check_people(plan), check_methods(plan, facts.rehearsal),
                                check_times(plan, facts.now), law::Rulebook::covers(date::floor<Days>(plan.opens))})
        if (!checked) return checked.error();
    if (auto checked = check_ground(book, plan); !checked) return checked.error();
    auto planned = timetable_for(book, plan, law_plan(plan), facts);
    if (!planned) return planned;
    if (plan.statutory)
        if (auto lawful = check_law(book, plan, planned->timetable, facts); !lawful) return lawful.error();
    return planned;
}

std::string secrecy_line(const BallotPlan& plan)
{
    const bool small = plan.group_or_default() == Group::ed25519;
    return "Votes are encrypted in the group " + std::string(name(plan.group_or_default())) +
           (small ? ", which of other programs only belenios-tool 3.x checks" : ", which every packaged belenios-tool checks") + "; any " +
           std::to_string(plan.trustees.needed()) + " of " + std::to_string(plan.trustees.numbers.size()) + " trustees can open the totals";
}

std::vector<std::string> timetable_lines(const Planned& planned)
{
    std::vector<std::string> lines{planned.plan.title};
    for (const auto& step : planned.timetable.steps) lines.push_back(words(step.day) + ": " + step.what + " (" + law::source_of(step.rule) + ")");
    lines.push_back("Voting: from " + words(planned.plan.opens) + " until just before " + words(planned.plan.closes) + ", " + planned.plan.zone);
    for (const auto& warning : planned.warnings)
        lines.push_back("Note: " + warning.detail + (warning.source.empty() ? "" : " (" + warning.source + ")"));
    return lines;
}

} // namespace walkout::ballot
