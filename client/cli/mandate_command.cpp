#include "client/cli/mandate_command.hpp"

#include "client/cli/options.hpp"
#include "shared/wire/mandate_messages.hpp"

namespace walkout::cli {
namespace {

std::string target(const std::string& ballot, const char* rest) { return "/api/v1/ballots/" + segment(ballot) + "/mandates/" + rest; }

std::string clock_words(const Terminal& terminal, const wire::EmployerClock& clock)
{
    const auto action = clock.kind == ballot::QuestionKind::strike ? "strike" : "action short of a strike";
    auto out =
        terminal.bold(clock.employer) + ", " + action + (clock.constituency_name == clock.employer ? "" : ", in " + clock.constituency_name) + "\n  ";
    out += clock.limit == law::Limit::begin_by ? "action must begin by " + words(clock.last_day) : "until the end of " + words(clock.last_day);
    if (clock.extendable_to && *clock.extendable_to > clock.last_day) out += "; by agreement up to " + words(*clock.extendable_to);
    out += clock.result_told ? "\n  told the result on " + words(*clock.result_told) : "\n  not told the result yet";
    for (const auto& extension : clock.extensions)
        out += "\n  lengthened to " + words(extension.until) +
               (extension.ground == law::ExtensionGround::agreement ? " by agreement of " : " by a court's order of ") + words(extension.made_on) +
               ": " + extension.evidence +
               (extension.forbidden_from ? "\n    forbidden from " + words(*extension.forbidden_from) + " to " + words(*extension.forbidden_to) : "");
    return out + "\n  " + clock.words + "\n";
}

Result<Exit> show(Session& session, const Result<wire::EmployerClocks>& clocks)
{
    if (!clocks) return clocks.error();
    auto words = rehearsal_line(session.terminal(), clocks->rehearsal);
    for (const auto& clock : clocks->clocks) words += clock_words(session.terminal(), clock);
    if (clocks->clocks.empty()) words += "This ballot gives no mandate, or is not declared yet.\n";
    words.pop_back();
    session.show(wire::to_json(*clocks), session.terminal().fitted(words));
    return Exit::done;
}

void add_list(Command group, Session& session)
{
    auto command =
        group.add_subcommand("list", "Each mandate towards each employer: told when, notice by when, action from when until when (officials)");
    const auto id = value<std::string>();
    command.add_option("ballot", *id, "its id").required();
    on_run(command, session, [&session, id]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::EmployerClocks>(target(*id, "employers")));
    });
}

struct ExtendOptions {
    std::string ballot, employer, until, made_on, evidence, kind, forbidden_from, forbidden_to;
    bool court = false;
};

void add_extend(Command group, Session& session)
{
    auto command = group.add_subcommand(
        "extend", "Record that a mandate was lengthened towards one employer, by agreement or by a court, with the evidence (general secretary)");
    const auto given = value<ExtendOptions>();
    command.add_option("ballot", given->ballot, "its id").required();
    command.add_option("--employer", given->employer, "the employer").required();
    command.add_option("--until", given->until, "the new last day").required().check(is_date());
    command.add_option("--made-on", given->made_on, "the day of the agreement or order").required().check(is_date());
    command.add_option("--evidence", given->evidence, "where it is kept, and who signed").required();
    command.add_option("--action", given->kind, "strike or action_short; both if absent").check(names_of<ballot::QuestionKind>());
    command.add_flag("--court-order", given->court, "by a court that gave days back, not by agreement");
    command.add_option("--forbidden-from", given->forbidden_from, "with --court-order: the first day on which the action was forbidden")
        .check(is_date());
    command.add_option("--forbidden-to", given->forbidden_to, "the last such day; the court gives back these days and no more").check(is_date());
    on_run(command, session, [&session, given]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const wire::NewExtension message{.employer = given->employer,
                                         .kind = from_name<ballot::QuestionKind>(given->kind),
                                         .ground = given->court ? law::ExtensionGround::court_order : law::ExtensionGround::agreement,
                                         .until = *parse_date(given->until),
                                         .made_on = *parse_date(given->made_on),
                                         .evidence = given->evidence,
                                         .forbidden_from = parse_date(given->forbidden_from),
                                         .forbidden_to = parse_date(given->forbidden_to)};
        return show(session, (*api)->post<wire::EmployerClocks>(target(given->ballot, "extensions"), message));
    });
}

} // namespace

void add_mandate_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("mandate", "What a declared result allows, employer by employer");
    group.require_subcommand();
    add_list(group, session);
    add_extend(group, session);
}

} // namespace walkout::cli
