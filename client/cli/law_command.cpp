#include "client/cli/law_command.hpp"

#include "client/cli/law_book.hpp"
#include "client/cli/options.hpp"
#include "shared/law/proposal.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

// ---- rules, diff ----

std::string_view goes_by(law::Selector selector)
{
    switch (selector) {
    case law::Selector::opening_day: return "the day the ballot opens";
    case law::Selector::opening_day_and_sample_served:
        return "the day the ballot opens, unless every employer had the sample paper before the rule began";
    case law::Selector::ballot_notice_receipt: return "the day the employer receives the notice of ballot";
    case law::Selector::action_notice_receipt: return "the day the employer receives the notice of action";
    case law::Selector::action_start: return "the day the employee begins to take part";
    case law::Selector::picketing_day: return "the day of the picketing";
    }
    return {};
}

std::string period(const wire::LawRule& rule)
{
    const auto from = rule.from == law::first_covered_day() ? "since " + words(rule.from) + " or before" : "since " + words(rule.from);
    return rule.until ? from + ", until " + words(*rule.until - Days(1)) : from;
}

std::string trust(const wire::LawRule& rule)
{
    if (rule.confidence == law::Confidence::high) return rule.settable ? " (not read)" : "";
    return rule.confidence == law::Confidence::medium ? " (from a secondary source, not read in the enactment)" : " (NOT VERIFIED)";
}

std::string rule_words(const Terminal& terminal, const wire::LawRule& rule, Date on)
{
    auto out = "\n  " + rule.words + "\n";
    if (rule.statement) out += "    \"" + *rule.statement + "\"\n";
    if (rule.unconfirmed_from && on >= *rule.unconfirmed_from)
        out += "    " + terminal.bad("May have changed since " + words(*rule.unconfirmed_from)) +
               ": find out whether the change is in force; no commencement is recorded here.\n";
    out += "    " + terminal.dim(std::string(name(rule.topic)) + ", " + period(rule) + "; " + rule.source + trust(rule)) + "\n";
    if (rule.selector != law::Selector::opening_day) out += "    " + terminal.dim("goes by " + std::string(goes_by(rule.selector))) + "\n";
    return out;
}

std::string rules_words(const Terminal& terminal, const wire::LawRules& message)
{
    auto out = terminal.bold("The rules in " + std::string(law::country(message.jurisdiction)) + " on " + words(message.on)) + "\n";
    std::optional<law::Chapter> chapter;
    for (const auto& rule : message.rules) {
        if (const auto here = law::chapter_of(rule.topic); here != chapter) out += "\n" + terminal.bold(name(*(chapter = here))) + "\n";
        out += rule_words(terminal, rule, message.on);
    }
    out +=
        "\nEach rule goes by a date of its own: the day the ballot opens, where nothing else is said. So one ballot may meet rules of two periods.";
    const auto open = std::ranges::count_if(message.rules, &wire::LawRule::settable);
    if (open > 0)
        out += "\n" + std::to_string(open) +
               " of these rules were not read in the enactment. An official who has read one records it on the server: walkout law set RULE.";
    return out;
}

std::string diff_words(const Terminal& terminal, const wire::LawDiff& message)
{
    auto out = terminal.bold("What changed in " + std::string(law::country(message.jurisdiction)) + " between " + words(message.from) + " and " +
                             words(message.to)) +
               "\n";
    for (const auto& change : message.changes) {
        out += "\n  " + terminal.bold(name(change.rule)) + "\n    before: " + change.before.words + "\n    after:  " + change.after.words + "\n    " +
               terminal.dim(period(change.after) + "; " + change.after.source + trust(change.after)) + "\n";
        if (change.after.selector != law::Selector::opening_day)
            out += "    " + terminal.dim("goes by " + std::string(goes_by(change.after.selector))) + "\n";
    }
    return out + (message.changes.empty() ? "\nNothing." : "");
}

void add_rules(Command group, Session& session)
{
    auto command = group.add_subcommand("rules", "The rules in force on a day, with their sources");
    const auto asked = add_asked_law(command);
    const auto on = value<std::string>();
    command.add_option("--on", *on, "the day").required().check(is_date());
    on_run(command, session, [&session, asked, on]() -> Result<Exit> {
        const auto day = *parse_date(*on);
        if (const auto covered = law::Rulebook::covers(day); !covered) return covered.error();
        const auto book = book_of(session, *asked);
        if (!book) return book.error();
        const auto message = wire::rules_message(*book, asked->where(), day);
        session.show(wire::to_json(message), session.terminal().fitted(rules_words(session.terminal(), message)));
        return Exit::done;
    });
}

void add_diff(Command group, Session& session)
{
    struct Days {
        std::string from, to;
    };
    auto command = group.add_subcommand("diff", "What changed in the rules between two days");
    const auto asked = add_asked_law(command);
    const auto given = value<Days>();
    command.add_option("from", given->from, "the earlier day").required().check(is_date());
    command.add_option("to", given->to, "the later day").required().check(is_date());
    on_run(command, session, [&session, asked, given]() -> Result<Exit> {
        const auto from = *parse_date(given->from), to = *parse_date(given->to);
        for (const auto day : {from, to})
            if (const auto covered = law::Rulebook::covers(day); !covered) return covered.error();
        const auto book = book_of(session, *asked);
        if (!book) return book.error();
        const auto message = wire::diff_message(*book, asked->where(), std::min(from, to), std::max(from, to));
        session.show(wire::to_json(message), session.terminal().fitted(diff_words(session.terminal(), message)));
        return Exit::done;
    });
}

// ---- timetable ----

struct TimetableOptions {
    std::string open, close, act_on, today, method = "post", ballot_notice, sample;
    std::optional<std::int64_t> days;
    bool shorter_notice = false;
};

law::Wish wish_of(const TimetableOptions& given, const AskedLaw& asked, Date today)
{
    return {.jurisdiction = asked.where(),
            .method = *from_name<law::Method>(given.method),
            .today = today,
            .days = given.days,
            .shorter_notice_agreed = given.shorter_notice};
}

/// The plan that is asked about: with the opening that is given, the latest for a day of action, or the fastest there is.
Result<law::Plan> asked_plan(const law::Rulebook& book, const TimetableOptions& given, const law::Wish& wish)
{
    if (!given.act_on.empty()) return law::latest_for(book, wish, *parse_date(given.act_on));
    if (given.open.empty()) return law::fastest(book, wish);
    const auto opening_day = *parse_date(given.open);
    if (const auto covered = law::Rulebook::covers(opening_day); !covered) return covered.error();
    return law::Plan{.jurisdiction = wish.jurisdiction,
                     .method = wish.method,
                     .opening_day = opening_day,
                     .closes = law::closing_for(book, wish, opening_day),
                     .ballot_notice_received = parse_date(given.ballot_notice),
                     .sample_paper_received = parse_date(given.sample),
                     .shorter_notice_agreed = given.shorter_notice};
}

/// A question about a ballot already past is not refused because its notices can no longer arrive in time.
Date standing_on(const TimetableOptions& given)
{
    const auto machine = machine_today();
    if (!given.today.empty()) return *parse_date(given.today);
    const auto day = parse_date(given.open.empty() ? given.act_on : given.open);
    return day && *day < machine ? *day - Days(365) : machine;
}

std::string timetable_words(const Terminal& terminal, const wire::LawTimetable& message, const TimetableOptions& given, Date today)
{
    const auto country = std::string(law::country(message.jurisdiction));
    auto out = message.action_on ? "The latest dates in " + country + " for action from " + words(*message.action_on)
               : given.open.empty()
                   ? "The fastest lawful ballot in " + country + ", if every employer has notice and sample paper today, " + words(today)
                   : "A ballot in " + country + " that opens on " + words(message.opening_day);
    out = terminal.bold(out) + "\n\n" + timetable_lines(terminal, message);
    if (given.close.empty())
        out += "\nVoting here lasts " + std::to_string((message.ballot_date - message.opening_day).count()) +
               " days; no statute says how long it must. Ask for another length with --days or --close.";
    return out;
}

/// Where the latest dates for a day of action are already past: the first day that can still be had.
std::optional<Date> first_action_from(const law::Rulebook& book, const law::Wish& wish)
{
    const auto plan = law::fastest(book, wish);
    if (!plan) return std::nullopt;
    const auto dates = law::timetable(book, *plan);
    return dates ? std::optional(dates->earliest_action) : std::nullopt;
}

Result<Exit> show_timetable(Session& session, const AskedLaw& asked, const TimetableOptions& given)
{
    if (!given.act_on.empty() && !given.open.empty())
        return Refusal{Kind::malformed, "too_many_wishes", "--act-on looks for the latest opening, and --open names one.", "Give one of them."};
    const auto book = book_of(session, asked);
    if (!book) return book.error();
    const auto today = standing_on(given);
    const auto wish = wish_of(given, asked, today);
    auto plan = asked_plan(*book, given, wish);
    if (!plan) return plan.error();
    if (!given.close.empty()) plan->closes = *parse_wall(given.close);
    const auto dates = law::timetable(*book, *plan);
    if (!dates) return dates.error();
    auto refusals = law::check_plan(*book, *plan, today);
    const auto act_on = parse_date(given.act_on);
    if (act_on && !refusals.empty())
        if (const auto first = first_action_from(*book, wish))
            refusals.front().next = "Begun today, action can start on " + words(*first) + " at the earliest.";
    auto message = wire::timetable_message(*plan, *dates, refusals, law::advise(*book, *plan));
    message.action_on = act_on;
    session.show(wire::to_json(message), session.terminal().fitted(timetable_words(session.terminal(), message, given, today)));
    return refusals.empty() ? Exit::done : Exit::error;
}

void add_timetable(Command group, Session& session)
{
    auto command = group.add_subcommand(
        "timetable",
        "Every date that follows from an opening day; without one the fastest lawful ballot from today; --act-on gives the latest dates");
    const auto asked = add_asked_law(command);
    const auto given = value<TimetableOptions>();
    command.add_option("--open", given->open, "opening day: the first day a voting paper is sent").check(is_date());
    command.add_option("--act-on", given->act_on, "the first day of action you want: the latest dates that allow it").check(is_date());
    const auto close = command.add_option("--close", given->close, "when voting closes, local time").check(is_wall());
    command.add_option("--days", given->days, "days of voting, instead of --close; otherwise what the Code advises for first-class post")
        .check(is_within(0, 365))
        .excludes(close);
    command.add_option("--method", given->method, "how votes are cast").check(names_of<law::Method>()).shows_default();
    command.add_option("--ballot-notice", given->ballot_notice, "day the last employer received notice of the ballot").check(is_date());
    command.add_option("--sample", given->sample, "day the last employer received the sample voting paper").check(is_date());
    command.add_option("--today", given->today, "the day on which you ask; today if absent, any earlier day for a ballot already opened")
        .check(is_date());
    command.add_flag("--shorter-notice-agreed", given->shorter_notice, "every employer agreed to shorter notice of action (2017 to 2026)");
    on_run(command, session, [&session, asked, given] { return show_timetable(session, *asked, *given); });
}

// ---- outcome ----

std::string percentages(const wire::LawOutcome& message)
{
    std::string out;
    const auto line = [&](const std::optional<std::string>& percent, const char* of) {
        if (percent) out += "  " + *percent + "% " + of + "\n";
    };
    line(message.turnout, "of those entitled returned a paper");
    line(message.yes_of_valid, "of valid votes were Yes, as unions publish it");
    line(message.yes_of_cast, "of all papers returned were Yes");
    line(message.yes_of_entitled, "of those entitled answered Yes");
    return out.empty() ? out : "\nIn per cent, rounded, which decides nothing:\n" + out;
}

std::string outcome_words(const Terminal& terminal, const wire::LawOutcome& message)
{
    auto out = terminal.bold("A ballot in " + std::string(law::country(message.jurisdiction)) + " opened on " + words(message.opened)) + "\n" +
               (message.entitled ? std::to_string(*message.entitled) + " entitled, " : "") + std::to_string(message.cast) + " cast, " +
               std::to_string(message.yes) + " Yes, " + std::to_string(message.no) + " No, " + std::to_string(message.spoiled) + " spoiled\n\n";
    for (const auto& test : message.tests)
        out += test.sum + (test.met ? "? " + terminal.good("yes") : "? " + terminal.bad("no")) + "\n  " + test.asks +
               (test.binding ? "" : " (for comparison; it does not decide)") + "\n  " + terminal.dim(test.source) + "\n";
    out += percentages(message);
    for (const auto& warning : message.warnings) out += "\nWarning: " + warning + "\n";
    return out + "\n" + (message.supported ? terminal.good("Supported.") : terminal.bad("Not supported."));
}

struct OutcomeOptions {
    std::string opened;
    std::optional<std::int64_t> entitled;
    std::int64_t yes = 0, no = 0, spoiled = 0;
    bool important = false;
};

/// Where the law of that day has a test for some services that nobody said applies: say that it was left out.
void add_untested(wire::LawOutcome& message, const law::Rulebook& book)
{
    const auto& rule = book.rule(law::Topic::support_threshold, message.jurisdiction, message.opened);
    if (law::value_of<law::Share>(rule) == nullptr || message.important_public_service) return;
    message.warnings.push_back("Not tested: " + rule.words + ". Add --important-public-service where that is so (" + law::source_of(rule) + ").");
}

void add_outcome(Command group, Session& session)
{
    auto command = group.add_subcommand("outcome", "Judge figures under the rules of the day the ballot opened");
    const auto asked = add_asked_law(command);
    const auto given = value<OutcomeOptions>();
    command.add_option("--opened", given->opened, "opening day").required().check(is_date());
    command.add_option("--entitled", given->entitled, "how many were entitled to vote; needed where a rule of that day asks");
    command.add_option("--yes", given->yes, "votes Yes").required();
    command.add_option("--no", given->no, "votes No").required();
    command.add_option("--spoiled", given->spoiled, "spoiled, blank or otherwise invalid papers").required();
    command.add_flag("--important-public-service", given->important, "most of those entitled normally work in one (law of 2017 to 2026)");
    on_run(command, session, [&session, asked, given]() -> Result<Exit> {
        const auto book = book_of(session, *asked);
        if (!book) return book.error();
        const auto opened = *parse_date(given->opened);
        const law::Tally tally{.entitled = given->entitled, .yes = given->yes, .no = given->no, .spoiled = given->spoiled};
        const auto outcome = law::judge(*book, asked->where(), opened, tally, given->important);
        if (!outcome) return outcome.error();
        auto message = wire::outcome_message(*book, asked->where(), opened, tally, given->important, *outcome);
        add_untested(message, *book);
        session.show(wire::to_json(message), session.terminal().fitted(outcome_words(session.terminal(), message)));
        return Exit::done;
    });
}

} // namespace

std::string timetable_lines(const Terminal& terminal, const wire::LawTimetable& message)
{
    std::string out;
    for (const auto& step : message.steps)
        out += "  " + terminal.bold(words(step.day)) + "\n    " + step.what + "\n    " + terminal.dim(step.source) + "\n";
    if (message.mandate_extendable_to)
        out += "\nUnion and employer may agree to extend the mandate to " + words(*message.mandate_extendable_to) + " at most.\n";
    if (message.scrutineer_statutory && !*message.scrutineer_statutory) out += "\nIndependent scrutineer: statutory: no.\n";
    for (const auto& warning : message.warnings)
        out += "\nNote: " + warning.detail + (warning.source.empty() ? "" : "\n  " + terminal.dim(warning.source)) + "\n";
    for (const auto& refusal : message.refusals)
        out += "\n" + terminal.bad("Not lawful: ") + refusal.detail + "\n  " + refusal.next + " " + terminal.dim(refusal.source) + "\n";
    return out + (message.lawful ? "\n" + terminal.good("These dates are lawful.") + "\n" : "");
}

void add_law_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("law", "The dated rules of ballots, action and picketing; reading them needs no server");
    group.require_subcommand();
    add_rules(group, session);
    add_diff(group, session);
    add_timetable(group, session);
    add_outcome(group, session);
    add_law_record_commands(group, session);
}

} // namespace walkout::cli
