#include "client/cli/plan_command.hpp"

#include "client/cli/law_book.hpp"
#include "client/cli/law_command.hpp"
#include "client/cli/options.hpp"
#include "client/cli/plan_dialogue.hpp"
#include "shared/wire/plan_messages.hpp"
#include "shared/wire/server.hpp"

namespace walkout::cli {
namespace {

std::string timetable_words(const Terminal& terminal, const wire::BallotTimetable& message)
{
    const auto zone = Zone::find(message.zone);
    auto out = rehearsal_line(terminal, message.rehearsal) + terminal.bold(message.title) + "  " + terminal.dim(message.ballot.text()) + "\n\n";
    out += "  Voting from " + words(message.opens) + "\n  until just before " + words(message.closes) +
           (zone ? " (" + zone->abbreviation(message.closes_at) + ")" : "") + "\n";
    out += "  " + terminal.dim(text(message.opens_at) + " to " + text(message.closes_at)) + "\n\n";
    auto law = message.law;
    law.lawful = false; // said by the server in accepting the plan; a ballot on its way may have been overtaken
    if (!message.statutory) law.steps.clear();
    return terminal.fitted(out + timetable_lines(terminal, law));
}

Result<Exit> show(Session& session, const Result<wire::BallotTimetable>& message)
{
    if (!message) return message.error();
    auto words = timetable_words(session.terminal(), *message);
    while (words.ends_with('\n')) words.pop_back();
    session.show(wire::to_json(*message), words);
    return Exit::done;
}

Result<Exit> send(Session& session, const ballot::BallotPlan& plan)
{
    const auto api = session.api();
    if (!api) return api.error();
    return show(session, (*api)->post<wire::BallotTimetable>("/api/v1/ballots", plan));
}

/// Asks, keeps the answers in a file whatever happens next, and plans where the person agrees.
Result<Exit> plan_by_dialogue(Session& session, const std::string& file)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto clock = (*api)->get<wire::ClockReading>("/api/v1/clock");
    if (!clock) return clock.error();
    AskedLaw as_recorded;
    as_recorded.recorded = true;
    const auto book = book_of(session, as_recorded);
    if (!book) return book.error();
    const auto& terminal = session.terminal();
    terminal.tell("Answer one thing at a time; Enter takes what stands in brackets. Nothing is planned before you say so.");
    const auto asked = ask_for_plan(terminal, {.book = *book, .now = clock->ballot, .rehearsal = clock->rehearsal});
    if (!asked) return asked.error();
    const auto& plan = asked->plan;
    const auto kept = file.empty() ? plan.id.text() + ".plan.json" : file;
    write_private(kept, wire::to_json(plan) + "\n");
    terminal.tell("\nYour answers are kept in " + kept + ".");
    if (asked->refused) {
        auto refused = *asked->refused;
        refused.next += " Mend it in " + kept + ", then: walkout ballot plan " + kept;
        return refused;
    }
    const auto agreed = terminal.confirm("Plan this ballot on the server now?", "walkout ballot plan " + kept);
    if (!agreed) return agreed.error();
    if (!*agreed) {
        terminal.tell("Nothing was planned. When you are ready: walkout ballot plan " + kept);
        return Exit::done;
    }
    return send(session, plan);
}

void add_plan(Command group, Session& session)
{
    auto command = group.add_subcommand(
        "plan", "Plan a ballot, from a file or by answering questions; an unlawful timetable is refused with the rule and what would be lawful "
                "(general secretary)");
    const auto file = value<std::string>();
    const auto keep = value<std::string>();
    const auto from_file = command.add_option("file", *file, "the plan as JSON; without it you are asked");
    command.add_option("--keep", *keep, "where the answers are kept as a plan file; ID.plan.json if absent").excludes(from_file);
    on_run(command, session, [&session, file, keep]() -> Result<Exit> {
        if (file->empty()) return plan_by_dialogue(session, *keep);
        const auto content = read_file(*file);
        if (!content) return content.error();
        const auto plan = wire::from_json<ballot::BallotPlan>(*content);
        if (!plan) return plan.error();
        return send(session, *plan);
    });
}

void add_timetable(Command group, Session& session)
{
    auto command = group.add_subcommand("timetable", "Every date of a ballot, with the rule it comes from");
    const auto id = value<std::string>();
    const auto calendar = value<bool>();
    command.add_option("ballot", *id, "its id; see `walkout ballot list`").required();
    const auto output = add_output(command);
    command.add_flag("--ics", *calendar, "as a calendar (iCalendar)");
    on_run(command, session, [&session, id, calendar, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto target = "/api/v1/ballots/" + segment(*id) + "/timetable";
        if (*calendar) return save(session, (*api)->get_text(target + ".ics"), *output);
        const auto message = (*api)->get<wire::BallotTimetable>(target);
        if (!message || output->empty()) return show(session, message);
        return save(session, session.json() ? wire::to_json(*message) : timetable_words(session.terminal(), *message), *output);
    });
}

} // namespace

void add_plan_commands(Command ballot, Session& session)
{
    add_plan(ballot, session);
    add_timetable(ballot, session);
}

} // namespace walkout::cli
