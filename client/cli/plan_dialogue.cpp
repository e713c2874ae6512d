#include "client/cli/plan_dialogue.hpp"

#include "shared/law/proposal.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace walkout::cli {
namespace {

constexpr std::string_view instead = "a plan file: walkout ballot plan FILE";

/// Questions of a dialogue. The first one that cannot be asked ends it: from then on every answer is empty, and `refusal` says why.
class Asker {
public:
    explicit Asker(const Terminal& terminal) : terminal_(terminal) {}

    bool lost() const { return refusal_.has_value(); }
    const Refusal& refusal() const { return *refusal_; }
    void say(std::string_view text) const { terminal_.tell(text); }

    /// An empty answer means `otherwise`, which the question shows in brackets.
    std::string text(const std::string& question, const std::string& otherwise = {})
    {
        if (lost()) return {};
        const auto shown = question + (otherwise.empty() ? ":" : " [" + otherwise + "]:");
        auto answer = terminal_.ask(shown, instead);
        if (!answer) {
            refusal_ = answer.error();
            return {};
        }
        const auto first = answer->find_first_not_of(" \t");
        if (first == answer->npos) return otherwise;
        return answer->substr(first, answer->find_last_not_of(" \t") - first + 1);
    }
    std::string needed(const std::string& question)
    {
        for (;;) {
            auto answer = text(question);
            if (!answer.empty() || lost()) return answer;
            say("  This is needed.");
        }
    }
    bool yes(const std::string& question, bool otherwise)
    {
        for (;;) {
            const auto answer = text(question + " (yes or no)", otherwise ? "yes" : "no");
            if (answer == "yes" || answer == "y") return true;
            if (answer == "no" || answer == "n" || lost()) return false;
            say("  Answer yes or no.");
        }
    }
    /// Asks until `read` understands the answer; once lost, `fallen` stands in for it.
    template <class T, class Read> T value(const std::string& question, const std::string& otherwise, const std::string& form, T fallen, Read read)
    {
        for (;;) {
            const auto answer = text(question, otherwise);
            if (lost()) return fallen;
            if (auto parsed = read(answer)) return *parsed;
            say("  Write " + form + ".");
        }
    }
    template <Named E> E one_of(const std::string& question, E otherwise)
    {
        std::string names;
        for (const auto& [value, name_of_value] : enum_names(E{})) names += (names.empty() ? "" : ", ") + std::string(name_of_value);
        for (;;) {
            const auto answer = text(question + " (" + names + ")", std::string(name(otherwise)));
            if (const auto value = from_name<E>(answer)) return *value;
            if (lost()) return otherwise;
            say("  Write one of: " + names + ".");
        }
    }
    /// Separated by semicolons, since names of employers have commas.
    std::vector<std::string> list(const std::string& question, const std::string& otherwise = {})
    {
        const auto answer = text(question + " (separated by ;)", otherwise);
        std::vector<std::string> out;
        for (std::size_t at = 0; at <= answer.size();) {
            const auto end = std::min(answer.find(';', at), answer.size());
            auto item = answer.substr(at, end - at);
            const auto first = item.find_first_not_of(' ');
            if (first != item.npos) out.push_back(item.substr(first, item.find_last_not_of(' ') - first + 1));
            at = end + 1;
        }
        return out;
    }

private:
    const Terminal& terminal_;
    std::optional<Refusal> refusal_;
};

std::optional<std::int64_t> days(const std::string& text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > 365) return std::nullopt;
    return value;
}

std::optional<std::string> welsh(Asker& ask)
{
    auto words = ask.text("  The same in Welsh, if you have it");
    return words.empty() ? std::nullopt : std::optional(std::move(words));
}

void ask_what(Asker& ask, ballot::BallotPlan& plan)
{
    plan.id = ask.value("Short name for commands, such as pay-2027", "", "letters, digits and dashes", plan.id,
                        [](const std::string& text) { return BallotId::parse(text); });
    plan.union_name = ask.needed("Name of the union, for notices and results");
    plan.title = ask.needed("Title of the ballot");
    plan.title_cy = welsh(ask);
    plan.dispute.title = ask.needed("The trade dispute, in a few words");
    if (plan.title_cy) plan.dispute.title_cy = welsh(ask);
    plan.dispute.matters = ask.text("The matters in issue, in one line");
    if (plan.title_cy && !plan.dispute.matters.empty()) plan.dispute.matters_cy = welsh(ask);
    plan.jurisdiction = ask.one_of("Jurisdiction; a dispute in both is two ballots", law::Jurisdiction::great_britain);
    plan.statutory = ask.yes("Is this a ballot for industrial action, which can give a mandate", true);
}

void ask_kinds(Asker& ask, ballot::BallotPlan& plan)
{
    if (ask.yes("Ask about a strike", true))
        plan.questions.push_back({.kind = ballot::QuestionKind::strike,
                                  .text = ask.text("  Its words", "Are you prepared to take part in a strike?"),
                                  .text_cy = {},
                                  .types_of_action = {},
                                  .expected_periods = {}});
    if (ask.yes("Ask about action short of a strike", plan.questions.empty()))
        plan.questions.push_back({.kind = ballot::QuestionKind::action_short,
                                  .text = ask.text("  Its words", "Are you prepared to take part in action short of a strike?"),
                                  .text_cy = {},
                                  .types_of_action = ask.list("  Types of action, such as: a ban on overtime; working to contracted hours"),
                                  .expected_periods = {}});
}

/// The question in Welsh, as it is asked there; none where the planner has none.
std::optional<std::string> welsh(Asker& ask, ballot::QuestionKind kind)
{
    auto words = ask.text("The question on " + std::string(kind == ballot::QuestionKind::strike ? "a strike" : "action short of a strike") +
                          " in Welsh, if you have it");
    return words.empty() ? std::nullopt : std::optional(std::move(words));
}

void ask_questions(Asker& ask, ballot::BallotPlan& plan)
{
    while (plan.questions.empty() && !ask.lost()) {
        ask_kinds(ask, plan);
        if (plan.questions.empty()) ask.say("  A ballot asks at least one of the two.");
    }
    for (auto& question : plan.questions) {
        if (plan.title_cy) question.text_cy = welsh(ask, question.kind);
        if (question.types_of_action && question.types_of_action->empty()) question.types_of_action.reset();
        if (question.types_of_action && plan.title_cy)
            if (auto types = ask.list("The types of action in Welsh, if you have them"); !types.empty())
                question.types_of_action_cy = std::move(types);
        if (auto when =
                ask.text("When is " + std::string(question.kind == ballot::QuestionKind::strike ? "a strike" : "the action short of a strike") +
                         " expected, such as: from March 2027");
            !when.empty()) {
            question.expected_periods = when;
            if (plan.title_cy) question.expected_periods_cy = welsh(ask);
        }
    }
}

std::vector<std::string> ask_trustees(Asker& ask)
{
    for (;;) {
        auto names = ask.list("Three trustees' sign-in names, one of them the scrutineer's");
        const std::set<std::string> different(names.begin(), names.end());
        const auto count = static_cast<std::int64_t>(names.size());
        if (ask.lost() || (count >= ballot::Trustees{}.needed() && count <= ballot::Trustees::most && different.size() == names.size())) return names;
        ask.say("  Name 2 to " + std::to_string(ballot::Trustees::most) + " different people, such as: gs; scrutineer; treasurer.");
    }
}

void ask_people(Asker& ask, ballot::BallotPlan& plan)
{
    plan.called_by.office = ask.text("Who may call the action, in the words of the voting paper", "the General Secretary");
    if (plan.title_cy) plan.called_by.office_cy = welsh(ask);
    plan.scrutineer.name = ask.needed("Independent scrutineer");
    plan.scrutineer.return_address = ask.needed("Address to which papers are returned");
    plan.trustees.numbers = ask_trustees(ask);
    using Methods = std::vector<law::Method>;
    plan.methods = ask.value("Methods: post, or post,online", "post", "post, or post,online", Methods{law::Method::post},
                             [](const std::string& text) -> std::optional<Methods> {
                                 if (text == "post") return Methods{law::Method::post};
                                 if (text == "post,online" || text == "post, online") return Methods{law::Method::post, law::Method::online};
                                 return std::nullopt;
                             });
}

void ask_who_votes(Asker& ask, ballot::BallotPlan& plan)
{
    ballot::Entitlement rule;
    const auto list = [&](const char* question) -> std::optional<std::vector<std::string>> {
        auto names = ask.list(question);
        return names.empty() ? std::nullopt : std::optional(std::move(names));
    };
    rule.employers = list("Employers balloted; leave empty for all on the register");
    rule.workplaces = list("Workplaces balloted; leave empty for all of theirs");
    rule.categories = list("Job categories balloted; leave empty for all");
    if (rule != ballot::Entitlement{}) plan.entitled = rule;
    plan.constituencies = ask.one_of("Votes counted together", ballot::Split::aggregate);
    if (!plan.statutory || plan.constituencies == ballot::Split::per_workplace) return;
    if (plan.constituencies == ballot::Split::per_employer && !rule.workplaces) return; // the rule itself is the ground
    ask.say(
        "Several workplaces may vote as one on one of these grounds (TULRCA s.228A): affected_members, each workplace has a member affected by the "
        "dispute; occupations, all members of the categories named with the employers named; employers, all members employed by them; "
        "one_workplace, there is only one.");
    const auto likely = rule.workplaces   ? ballot::AggregateGround::affected_members
                        : rule.categories ? ballot::AggregateGround::occupations
                                          : ballot::AggregateGround::employers;
    plan.aggregate_ground = ask.one_of("Ground", likely);
}

/// Dates with their rules, and what a person should hear about them: shown as a proposal.
void propose(Asker& ask, const law::Rulebook& book, const law::Plan& plan, const std::string& heading)
{
    const auto dates = law::timetable(book, plan);
    if (!dates) return;
    ask.say("\n" + heading);
    for (const auto& step : dates->steps) ask.say("  " + words(step.day) + "\n    " + step.what + "\n    " + law::source_of(step.rule));
    for (const auto& warning : law::advise(book, plan))
        ask.say("  Note: " + warning.detail + (warning.source.empty() ? "" : " (" + warning.source + ")"));
    ask.say("");
}

law::Method method_asked(const ballot::BallotPlan& plan) { return plan.methods.back(); }

/// The fastest lawful ballot; where its method is not lawful then, the refusal is told and the dates are those of a ballot by post.
std::optional<law::Plan> fastest_told(Asker& ask, const law::Rulebook& book, law::Wish& wish)
{
    auto plan = law::fastest(book, wish);
    if (!plan) {
        ask.say("  " + plan.error().detail + " " + plan.error().next);
        wish.method = law::Method::post;
        plan = law::fastest(book, wish);
    }
    if (!plan) return std::nullopt;
    propose(ask, book, *plan, "The fastest lawful timetable, with notice and sample paper in every employer's hands on " + words(wish.today) + ":");
    return *plan;
}

/// The latest ballot that still allows action on that day; told why not, where it cannot be had any more.
std::optional<law::Plan> latest_told(Asker& ask, const law::Rulebook& book, const law::Wish& wish, Date first_action)
{
    const auto plan = law::latest_for(book, wish, first_action);
    const auto refusals = plan ? law::check_plan(book, *plan, wish.today) : std::vector{plan.error()};
    if (refusals.empty()) {
        propose(ask, book, *plan, "The latest dates for action from " + words(first_action) + ":");
        return *plan;
    }
    ask.say("  Action from " + words(first_action) + " cannot be had: " + refusals.front().detail);
    return std::nullopt;
}

void ask_dates(Asker& ask, const PlanningGround& ground, ballot::BallotPlan& plan)
{
    const auto today = law::zone_of(plan.jurisdiction).date(ground.now);
    const auto lead = ask.value("Days from today, " + words(today) + ", until every employer has notice and sample paper", "3", "a number of days",
                                std::int64_t{3}, days);
    law::Wish wish{.jurisdiction = plan.jurisdiction, .method = law::Method::post, .today = today + Days(lead), .days = {}};
    if (!plan.as_if_lawful) wish.method = method_asked(plan);
    auto proposal = fastest_told(ask, ground.book, wish);
    const auto date_form = std::string("a date such as 2027-01-20");
    const auto wanted = ask.value("First day of action wanted, for the latest dates", "", date_form, std::optional<Date>(),
                                  [](const std::string& text) -> std::optional<std::optional<Date>> {
                                      if (text.empty()) return std::optional<Date>();
                                      const auto day = parse_date(text);
                                      if (!day) return std::nullopt; // not "no day", which is an answer
                                      return std::optional<std::optional<Date>>(day);
                                  });
    if (wanted)
        if (const auto latest = latest_told(ask, ground.book, wish, *wanted)) proposal = latest;
    if (ask.lost() || !proposal) return;
    const auto wall = [](const std::string& text) { return parse_wall(text); };
    const auto wall_form = std::string("a local time such as 2027-01-20T12:00");
    const auto opens = WallTime(proposal->opening_day);
    plan.opens = ask.value("Voting opens", text(opens + std::chrono::hours(9)), wall_form, plan.opens, wall);
    if (ask.lost()) return;
    plan.closes =
        ask.value("Voting closes", text(WallTime(date::floor<Days>(plan.opens)) + (proposal->closes - opens)), wall_form, plan.closes, wall);
    if (ask.lost()) return;
    auto chosen = *proposal;
    chosen.opening_day = date::floor<Days>(plan.opens);
    chosen.closes = plan.closes;
    const auto dates = law::timetable(ground.book, chosen);
    const auto notice_by = dates ? dates->ballot_notice_by : chosen.opening_day;
    plan.roll_cut_off = ask.value("Last day on which a change of the register counts for the roll", text(std::min(today, notice_by - Days(1))),
                                  date_form, plan.roll_cut_off, [](const std::string& text) { return parse_date(text); });
}

void ask_services(Asker& ask, const PlanningGround& ground, ballot::BallotPlan& plan)
{
    const auto opening_day = date::floor<Days>(plan.opens);
    plan.important_public_service.reset(); // asked again where other dates need it
    if (!plan.statutory || !law::Rulebook::covers(opening_day)) return;
    if (law::value_of<law::Share>(ground.book.rule(law::Topic::support_threshold, plan.jurisdiction, opening_day)) == nullptr) return;
    ask.say(ground.book.rule(law::Topic::important_public_services, plan.jurisdiction, opening_day).words);
    plan.important_public_service = ask.yes("Do most of those entitled normally work in these", false);
}

/// Refusals that other dates mend; any other needs another answer.
bool about_dates(const Refusal& refusal)
{
    return !refusal.earliest_lawful.empty() || refusal.code == "plan_times" || refusal.code == "opens_in_past" ||
           refusal.code == "cut_off_too_late" || refusal.code == "not_covered";
}

} // namespace

Result<AskedPlan> ask_for_plan(const Terminal& terminal, const PlanningGround& ground)
{
    Asker ask(terminal);
    AskedPlan asked;
    auto& plan = asked.plan;
    ask_what(ask, plan);
    ask_questions(ask, plan);
    ask_people(ask, plan);
    ask_who_votes(ask, plan);
    if (ground.rehearsal && plan.uses(law::Method::online)) plan.as_if_lawful = {law::Method::online};
    for (;;) {
        ask_dates(ask, ground, plan);
        ask_services(ask, ground, plan);
        if (ask.lost()) return ask.refusal();
        const auto planned = ballot::plan_ballot(ground.book, plan, {.now = ground.now, .rehearsal = ground.rehearsal});
        if (planned) return asked;
        const auto& refusal = planned.error();
        ask.say("\nNot possible: " + refusal.detail + (refusal.source.empty() ? "" : " (" + refusal.source + ")") + "\n" + refusal.next);
        if (!about_dates(refusal)) {
            asked.refused = refusal;
            return asked;
        }
        ask.say("Other dates, then.\n");
    }
}

} // namespace walkout::cli
