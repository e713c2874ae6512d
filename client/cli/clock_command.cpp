#include "client/cli/clock_command.hpp"

#include "client/cli/options.hpp"
#include "shared/law/rule.hpp"
#include "shared/wire/server.hpp"

namespace walkout::cli {
namespace {

std::string clock_words(const Terminal& terminal, const wire::ClockReading& clock)
{
    const auto london = law::zone_of(law::Jurisdiction::great_britain);
    return rehearsal_line(terminal, clock.rehearsal) + "Ballot clock   " + words(london.wall(clock.ballot)) + "  " +
           terminal.dim(text(clock.ballot)) + "\nMachine clock  " + words(london.wall(clock.machine)) + "  " + terminal.dim(text(clock.machine));
}

/// A UTC instant, or a wall time in Great Britain.
Result<Instant> instant_of(const std::string& given)
{
    if (const auto instant = parse_instant(given)) return *instant;
    if (const auto wall = parse_wall(given)) return law::zone_of(law::Jurisdiction::great_britain).instant(*wall);
    return Refusal{Kind::malformed, "not_a_time", "\"" + given + "\" is not a time.", "Write 2013-09-30T09:00 (London) or 2013-09-30T08:00:00Z."};
}

void add_set(Command group, Session& session)
{
    auto command = group.add_subcommand("set", "Move a rehearsal's clock forward; what falls due on the way happens in order (officials)");
    const auto to = value<std::string>();
    command.add_option("time", *to, "2013-09-30T09:00 in London, or 2013-09-30T08:00:00Z").required();
    on_run(command, session, [&session, to]() -> Result<Exit> {
        const auto instant = instant_of(*to);
        if (!instant) return instant.error();
        const auto api = session.api();
        if (!api) return api.error();
        const auto moved = (*api)->post<wire::ClockMoved>("/api/v1/clock", wire::SetClock{*instant});
        if (!moved) return moved.error();
        session.show(wire::to_json(*moved),
                     "The ballot clock stands at " + words(law::zone_of(law::Jurisdiction::great_britain).wall(moved->ballot_now)) + ".");
        return Exit::done;
    });
}

} // namespace

void add_clock_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("clock", "The server's clocks");
    group.require_subcommand();
    auto show = group.add_subcommand("show", "The ballot clock, and the machine's; they differ only in a rehearsal");
    on_run(show, session, [&session]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto clock = (*api)->get<wire::ClockReading>("/api/v1/clock");
        if (!clock) return clock.error();
        session.show(wire::to_json(*clock), clock_words(session.terminal(), *clock));
        return Exit::done;
    });
    add_set(group, session);
}

} // namespace walkout::cli
