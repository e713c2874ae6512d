#include "client/cli/document_command.hpp"
#include "client/cli/picket_command.hpp"
#include "client/cli/picket_parts.hpp"
#include "shared/wire/strike_day_messages.hpp"

namespace walkout::cli {
namespace {

std::string exemption_words(const Terminal& terminal, const wire::ExemptionView& exemption)
{
    const auto state = std::string(name(exemption.state));
    auto out = terminal.bold("exemption " + std::to_string(exemption.number)) + "  " + exemption.name + terminal.dim(" " + exemption.member) + "  " +
               (exemption.state == strike::Exemption::State::granted ? terminal.good(state) : state) + "\n  " + exemption.words + "\n  " +
               exemption.work + "\n  asked for by " + exemption.requested_by + ": " + exemption.reason;
    for (const auto& decision : exemption.decisions) out += "\n  " + decision.name + (decision.grants ? " grants: " : " refuses: ") + decision.reason;
    if (exemption.withdrawn) out += "\n  " + terminal.bad("withdrawn") + " by " + exemption.withdrawn->name + ": " + exemption.withdrawn->reason;
    return out;
}

Result<Exit> show(Session& session, const Result<wire::ExemptionView>& exemption, const std::string& next)
{
    if (!exemption) return exemption.error();
    session.show(wire::to_json(*exemption),
                 rehearsal_line(session.terminal(), exemption->rehearsal) + exemption_words(session.terminal(), *exemption) + next);
    return Exit::done;
}

Result<Exit> show_list(Session& session, const Result<wire::ExemptionList>& list, const std::string& none)
{
    if (!list) return list.error();
    auto out = rehearsal_line(session.terminal(), list->rehearsal);
    for (const auto& exemption : list->exemptions) out += exemption_words(session.terminal(), exemption) + "\n";
    session.show(wire::to_json(*list), list->exemptions.empty() ? out + none : out);
    return Exit::done;
}

void add_request(Command group, Session& session)
{
    auto command = group.add_subcommand("request", "Ask for some work to be exempt: yours, or a member's for the employer (co-chairs)");
    const auto walkout = value<std::string>();
    const auto message = value<wire::NewExemption>();
    const auto hours = value<std::pair<std::string, std::string>>();
    command.add_option("walkout", *walkout, "its id; see `walkout strike list`").required();
    command.add_option("--member", message->member, "member number; your own where absent");
    command.add_option("--work", message->work, "what must be done, such as: duty desk").required();
    command.add_option("--from", hours->first, "local time it starts").required().check(is_wall());
    command.add_option("--to", hours->second, "local time it ends").required().check(is_wall());
    const auto second = value<std::pair<bool, bool>>();
    command.add_flag("--from-second", second->first, "in the hour that autumn repeats: the second time the clock shows --from");
    command.add_flag("--to-second", second->second, "the second time the clock shows --to");
    command.add_option("--reason", message->reason, "why it cannot wait").required();
    command.add_option("--requested-by", message->requested_by, "the employer, where it asked");
    on_run(command, session, [&session, walkout, message, hours, second]() -> Result<Exit> {
        if (second->first) message->start_second = true;
        if (second->second) message->end_second = true;
        message->start = *parse_wall(hours->first);
        message->end = *parse_wall(hours->second);
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::ExemptionView>("/api/v1/walkouts/" + segment(*walkout) + "/exemptions", *message),
                    "\nTwo people decide, who have a mail about it: co-chairs of the branch.");
    });
}

void add_show(Command group, Session& session)
{
    auto mine = group.add_subcommand("show", "Am I exempt?");
    const auto walkout = value<std::string>();
    mine.add_option("walkout", *walkout, "its id; see `walkout strike list`").required();
    on_run(mine, session, [&session, walkout]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show_list(session, (*api)->get<wire::ExemptionList>("/api/v1/walkouts/" + segment(*walkout) + "/exemptions"),
                         "You are not exempt: the call stands for you. See: walkout strike covers " + *walkout);
    });
    auto list = group.add_subcommand("list", "Those of a branch (co-chairs; the general secretary: those that a branch cannot decide alone)");
    const auto plan = value<PlanOptions>();
    add_plan_options(list, *plan);
    on_run(list, session, [&session, plan]() -> Result<Exit> {
        const auto path = plan_path(session, *plan, "/exemptions");
        if (!path) return path.error();
        return show_list(session, (*session.api())->get<wire::ExemptionList>(*path), "Nobody has asked for one.");
    });
}

std::shared_ptr<std::int64_t> add_number(Command command)
{
    auto number = value<std::int64_t>();
    command.add_option("exemption", *number, "its number; see `walkout exemption list`").required().check(is_positive());
    return number;
}

void add_decision(Command group, Session& session, const std::string& verb, const std::string& what, bool grants)
{
    auto command = group.add_subcommand(verb, what);
    const auto number = add_number(command);
    const auto message = value<wire::NewDecision>({.grants = grants, .reason = {}});
    command.add_option("--reason", message->reason, "one sentence; it is in the letter").required();
    on_run(command, session, [&session, number, message]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto decided = (*api)->post<wire::ExemptionView>("/api/v1/exemptions/" + std::to_string(*number) + "/decisions", *message);
        const bool more = decided && decided->state == strike::Exemption::State::requested;
        return show(session, decided, more ? "\nOne more person decides." : "\nThe member is told by mail.");
    });
}

void add_withdrawal(Command group, Session& session)
{
    auto command = group.add_subcommand("withdraw", "Take back one that was granted: the call stands for the member again (co-chairs)");
    const auto number = add_number(command);
    const auto message = value<wire::Reason>();
    command.add_option("--reason", message->reason, "one sentence; the member reads it").required();
    on_run(command, session, [&session, number, message]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::ExemptionView>("/api/v1/exemptions/" + std::to_string(*number) + "/withdrawal", *message),
                    "\nThe member is told by mail; the letter is no longer given out.");
    });
}

void add_letter(Command group, Session& session)
{
    auto command = group.add_subcommand("letter", "The letter of a granted exemption, to print and to show at work");
    const auto number = add_number(command);
    const auto format = value<std::string>();
    add_format(command, *format);
    const auto output = add_output(command);
    on_run(command, session, [&session, number, format, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return save(session, (*api)->get_text("/api/v1/exemptions/" + std::to_string(*number) + "/letter?format=" + *format), *output);
    });
}

} // namespace

void add_exemption_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("exemption", "Work that the union exempts from a walkout");
    group.require_subcommand();
    add_request(group, session);
    add_show(group, session);
    add_decision(group, session, "grant", "Grant one, with another co-chair (co-chairs)", true);
    add_decision(group, session, "refuse", "Refuse one (co-chairs)", false);
    add_withdrawal(group, session);
    add_letter(group, session);
}

} // namespace walkout::cli
