#include "client/cli/turnout_command.hpp"

#include "client/cli/options.hpp"
#include "shared/wire/turnout_messages.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

/// "44.9 %", rounded down: never nearer to a threshold than it is.
std::string percent(std::int64_t part, std::int64_t whole)
{
    const auto tenths = whole == 0 ? 0 : part * 1000 / whole;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string table_words(const Terminal& terminal, const char* title, const std::vector<ballot::TurnoutCell>& cells)
{
    if (cells.empty()) return "";
    auto out = "\n\n" + terminal.bold(title);
    for (const auto& cell : cells)
        out +=
            "\n  " + cell.name + ": " +
            (cell.returned ? std::to_string(*cell.returned) + " of " + std::to_string(cell.entitled) + ", " + percent(*cell.returned, cell.entitled)
                           : terminal.dim("not shown, to protect the secrecy of the ballot (" + std::to_string(cell.entitled) + " entitled)"));
    return out;
}

std::string turnout_words(const Terminal& terminal, const wire::TurnoutView& turnout)
{
    auto out = rehearsal_line(terminal, turnout.rehearsal) + terminal.bold(turnout.title);
    if (!turnout.constituencies_at) return out + "\n\nNo turnout has been published yet.";
    out += "\n  as of " + text(*turnout.constituencies_at);
    out += table_words(terminal, "Papers returned", turnout.constituencies);
    for (const auto& distance : turnout.distance)
        out += "\n  " + distance.name + ": " +
               (distance.still_needed == 0 ? terminal.good("the turnout threshold is met")
                                           : std::to_string(distance.still_needed) + " more needed of " + std::to_string(distance.needed)) +
               " " + terminal.dim(distance.source);
    if (turnout.tables_at) out += "\n\n  Branches and workplaces once a day, last " + text(*turnout.tables_at);
    out += table_words(terminal, "By branch", turnout.branches);
    out += table_words(terminal, "By workplace", turnout.workplaces);
    return out;
}

} // namespace

void add_turnout_command(Command app, Session& session)
{
    auto command = app.add_subcommand("turnout", "How many papers have been returned; small figures are hidden");
    const auto ballot = value<std::string>();
    command.add_option("ballot", *ballot, "its id; see `walkout ballot list`").required();
    on_run(command, session, [&session, ballot]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto turnout = (*api)->get<wire::TurnoutView>("/api/v1/ballots/" + segment(*ballot) + "/turnout");
        if (!turnout) return turnout.error();
        session.show(wire::to_json(*turnout), turnout_words(session.terminal(), *turnout));
        return Exit::done;
    });
}

} // namespace walkout::cli
