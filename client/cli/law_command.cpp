#include "client/cli/law_command.hpp"

#include "shared/wire/law_messages.hpp"

#include <algorithm>
#include <chrono>

namespace walkout::cli {
namespace {

const CLI::Validator is_date([](std::string& text) { return parse_date(text) ? std::string() : "not a date such as 2013-11-05: " + text; }, "DATE");
const CLI::Validator is_wall(
    [](std::string& text) { return parse_wall(text) ? std::string() : "not a local time such as 2013-10-28T12:00: " + text; }, "WALL");

/// One of an enum's names; CLI11 refuses the others with the list.
template <Named E> CLI::IsMember names_of()
{
    std::vector<std::string> out;
    for (const auto& [value, text] : enum_names(E{})) out.emplace_back(text);
    return CLI::IsMember(out);
}

/// What every question to the law needs besides its date.
struct Asked {
    std::string jurisdiction = "GB";
    std::vector<std::string> commenced;
};

std::shared_ptr<Asked> add_asked(CLI::App& command)
{
    auto asked = value<Asked>();
    command.add_option("--jurisdiction", asked->jurisdiction, "GB or NI")->check(names_of<law::Jurisdiction>())->capture_default_str();
    command.add_option("--commenced", asked->commenced,
                       "as if this had been commenced: online, hybrid, workplace or turnout_repeal, with its date "
                       "(online=2026-11-01); may be repeated");
    return asked;
}

Result<law::Rulebook> book_of(const Asked& asked)
{
    std::vector<law::Amendment> amendments;
    for (const auto& text : asked.commenced) {
        const auto equals = std::min(text.find('='), text.size());
        const auto provision = from_name<law::Provision>(std::string_view(text).substr(0, equals));
        const auto from = equals == text.size() ? std::nullopt : parse_date(std::string_view(text).substr(equals + 1));
        if (!provision || !from)
            return Refusal{.kind = Kind::malformed,
                           .code = "commencement_malformed",
                           .detail = "\"" + text + "\" does not name a provision and a date.",
                           .next = "Write it as online=2026-11-01; the provisions are online, hybrid, workplace and turnout_repeal."};
        law::Amendment amendment{.provision = *provision, .from = *from, .instrument = "--commenced on the command line"};
        if (const auto possible = law::check(amendment); !possible) return possible.error();
        amendments.push_back(std::move(amendment));
    }
    return law::Rulebook(amendments);
}

law::Jurisdiction jurisdiction_of(const Asked& asked) { return *from_name<law::Jurisdiction>(asked.jurisdiction); }

std::string period(const wire::LawRule& rule)
{
    const auto from = rule.from == law::first_covered_day() ? "from " + text(rule.from) + " or before" : "from " + text(rule.from);
    return rule.until ? from + " until " + text(*rule.until - Days(1)) : from + " to the present";
}

std::string trust(law::Confidence confidence)
{
    if (confidence == law::Confidence::high) return {};
    return confidence == law::Confidence::medium ? "; from a secondary source" : "; not verified";
}

std::string rules_words(const Terminal& terminal, const wire::LawRules& message)
{
    auto out = terminal.bold("The rules in " + std::string(law::country(message.jurisdiction)) + " on " + words(message.on)) + "\n";
    for (const auto& rule : message.rules) {
        out += "\n" + terminal.bold(name(rule.topic)) + "\n  " + rule.words + "\n";
        if (rule.unconfirmed_from && message.on >= *rule.unconfirmed_from)
            out += "  may have changed since " + text(*rule.unconfirmed_from) + ": no commencement is recorded here\n";
        if (rule.statement) out += "  \"" + *rule.statement + "\"\n";
        out += "  " + terminal.dim(period(rule) + ", by " + std::string(name(rule.selector)) + "; " + rule.source + trust(rule.confidence)) + "\n";
    }
    return out + "\nEach rule goes by its own date (\"by ...\"), so one ballot may meet rules of two periods. What officials "
                 "commenced on a server is not known here.";
}

std::string timetable_words(const Terminal& terminal, const wire::LawTimetable& message)
{
    auto out =
        terminal.bold("A ballot in " + std::string(law::country(message.jurisdiction)) + " that opens on " + words(message.opening_day)) + "\n\n";
    for (const auto& step : message.steps)
        out += text(step.day) + "  " + step.what + "\n            " + terminal.dim(words(step.day) + "; " + step.source) + "\n";
    if (message.mandate_extendable_to)
        out += "\nUnion and employer may agree to extend the mandate to " + words(*message.mandate_extendable_to) + " at most.\n";
    for (const auto& warning : message.warnings) out += "\nWarning: " + warning.detail + "\n  " + terminal.dim(warning.source) + "\n";
    for (const auto& refusal : message.refusals)
        out += "\n" + terminal.bad("Not lawful: ") + refusal.detail + "\n  " + refusal.next + " " + terminal.dim(refusal.source) + "\n";
    return out + (message.lawful ? "\n" + terminal.good("These dates are lawful.") : "");
}

std::string outcome_words(const Terminal& terminal, const wire::LawOutcome& message)
{
    auto out = terminal.bold("A ballot in " + std::string(law::country(message.jurisdiction)) + " opened on " + words(message.opened)) + "\n" +
               (message.entitled ? std::to_string(*message.entitled) + " entitled, " : "") + std::to_string(message.cast) + " cast, " +
               std::to_string(message.yes) + " Yes, " + std::to_string(message.no) + " No, " + std::to_string(message.spoiled) + " spoiled\n\n";
    for (const auto& test : message.tests)
        out += test.sum + (test.met ? "? " + terminal.good("yes") : "? " + terminal.bad("no")) + "\n  " + test.asks +
               (test.binding ? "" : " (for comparison; it does not decide)") + "\n  " + terminal.dim(test.source) + "\n";
    for (const auto& warning : message.warnings) out += "\nWarning: " + warning + "\n";
    return out + "\n" + (message.supported ? terminal.good("Supported.") : terminal.bad("Not supported."));
}

void add_rules(CLI::App& law, Session& session)
{
    auto& command = *law.add_subcommand("rules", "The rules in force on a day, with their sources");
    const auto asked = add_asked(command);
    const auto on = value<std::string>();
    command.add_option("--on", *on, "the day")->required()->check(is_date);
    on_run(command, session, [&session, asked, on]() -> Result<Exit> {
        const auto book = book_of(*asked);
        if (!book) return book.error();
        const auto day = *parse_date(*on);
        if (const auto covered = law::Rulebook::covers(day); !covered) return covered.error();
        const auto message = wire::rules_message(*book, jurisdiction_of(*asked), day);
        session.show(wire::to_json(message), rules_words(session.terminal(), message));
        return Exit::done;
    });
}

struct TimetableOptions {
    std::string open, close, today, method = "post", ballot_notice, sample;
    bool shorter_notice = false;
};

/// A question about a ballot already past is not refused because its notices can no longer arrive in time.
Date standing_on(const TimetableOptions& options, Date opening_day)
{
    if (!options.today.empty()) return *parse_date(options.today);
    const auto machine =
        law::zone_of(law::Jurisdiction::great_britain).date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    return opening_day < machine ? opening_day - Days(365) : machine;
}

void add_timetable(CLI::App& law, Session& session)
{
    auto& command = *law.add_subcommand("timetable", "If we open on this day: every date that follows, and whether it is lawful");
    const auto asked = add_asked(command);
    const auto given = value<TimetableOptions>();
    command.add_option("--open", given->open, "opening day: the first day a voting paper is sent")->required()->check(is_date);
    command.add_option("--close", given->close, "when voting closes, local time")->required()->check(is_wall);
    command.add_option("--method", given->method, "how votes are cast")->check(names_of<law::Method>())->capture_default_str();
    command.add_option("--ballot-notice", given->ballot_notice, "day the last employer received notice of the ballot")->check(is_date);
    command.add_option("--sample", given->sample, "day the last employer received the sample voting paper")->check(is_date);
    command.add_option("--today", given->today, "the day on which you ask; today if absent, any earlier day for a ballot already opened")
        ->check(is_date);
    command.add_flag("--shorter-notice-agreed", given->shorter_notice, "every employer agreed to shorter notice of action (2017 to 2026)");
    on_run(command, session, [&session, asked, given]() -> Result<Exit> {
        const auto book = book_of(*asked);
        if (!book) return book.error();
        const law::Plan plan{.jurisdiction = jurisdiction_of(*asked),
                             .method = *from_name<law::Method>(given->method),
                             .opening_day = *parse_date(given->open),
                             .closes = *parse_wall(given->close),
                             .ballot_notice_received = parse_date(given->ballot_notice),
                             .sample_paper_received = parse_date(given->sample),
                             .shorter_notice_agreed = given->shorter_notice};
        const auto dates = law::timetable(*book, plan);
        if (!dates) return dates.error();
        const auto refusals = law::check_plan(*book, plan, standing_on(*given, plan.opening_day));
        const auto message = wire::timetable_message(plan, *dates, refusals, law::advise(*book, plan));
        session.show(wire::to_json(message), timetable_words(session.terminal(), message));
        return refusals.empty() ? Exit::done : Exit::error;
    });
}

struct OutcomeOptions {
    std::string opened;
    std::optional<std::int64_t> entitled;
    std::int64_t yes = 0, no = 0, spoiled = 0;
    bool important = false;
};

void add_outcome(CLI::App& law, Session& session)
{
    auto& command = *law.add_subcommand("outcome", "Judge figures under the rules of the day the ballot opened");
    const auto asked = add_asked(command);
    const auto given = value<OutcomeOptions>();
    command.add_option("--opened", given->opened, "opening day")->required()->check(is_date);
    command.add_option("--entitled", given->entitled, "how many were entitled to vote; needed where a rule of that day asks");
    command.add_option("--yes", given->yes, "votes Yes")->required();
    command.add_option("--no", given->no, "votes No")->required();
    command.add_option("--spoiled", given->spoiled, "spoiled, blank or otherwise invalid papers")->required();
    command.add_flag("--important-public-service", given->important, "most of those entitled normally work in one (law of 2017 to 2026)");
    on_run(command, session, [&session, asked, given]() -> Result<Exit> {
        const auto book = book_of(*asked);
        if (!book) return book.error();
        const auto opened = *parse_date(given->opened);
        const law::Tally tally{.entitled = given->entitled, .yes = given->yes, .no = given->no, .spoiled = given->spoiled};
        const auto outcome = law::judge(*book, jurisdiction_of(*asked), opened, tally, given->important);
        if (!outcome) return outcome.error();
        const auto message = wire::outcome_message(*book, jurisdiction_of(*asked), opened, tally, given->important, *outcome);
        session.show(wire::to_json(message), outcome_words(session.terminal(), message));
        return Exit::done;
    });
}

} // namespace

void add_law_commands(CLI::App& app, Session& session)
{
    auto& law = *app.add_subcommand("law", "The dated rules of ballots, action and picketing; needs no server");
    law.require_subcommand(1);
    add_rules(law, session);
    add_timetable(law, session);
    add_outcome(law, session);
}

} // namespace walkout::cli
