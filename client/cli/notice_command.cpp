#include "client/cli/notice_command.hpp"

#include "client/cli/options.hpp"
#include "shared/wire/ballot_messages.hpp"

namespace walkout::cli {
namespace {

std::string target(const std::string& ballot) { return "/api/v1/ballots/" + segment(ballot) + "/notices"; }

std::string list_words(const Terminal& terminal, const wire::NoticeList& list)
{
    auto out = rehearsal_line(terminal, list.rehearsal);
    for (const auto& receipt : list.receipts) {
        out += std::string(name(receipt.kind)) + "  " + receipt.employer + ", received on " + words(receipt.received_on) + " (" + receipt.how + ")";
        if (receipt.action_first) out += ", action " + text(*receipt.action_first) + " to " + text(*receipt.action_last);
        if (!receipt.evidence.empty()) out += "\n    " + receipt.evidence;
        out += "\n    " + terminal.dim("recorded by " + receipt.recorded_by + " at " + text(receipt.recorded_at)) + "\n";
    }
    for (const auto& awaited : list.awaited)
        out += terminal.bad("awaited") + "  " + std::string(name(awaited.kind)) + ", " + awaited.employer +
               (awaited.by ? ", by " + words(*awaited.by) : "") + "\n";
    if (list.not_in_time) out += terminal.bad("Not in time: ") + *list.not_in_time + "\n";
    return out + "The ballot is " + std::string(name(list.phase)) + ".";
}

Result<Exit> show(Session& session, const Result<wire::NoticeList>& list)
{
    if (!list) return list.error();
    session.show(wire::to_json(*list), list_words(session.terminal(), *list));
    return Exit::done;
}

struct ReceiptOptions {
    std::string ballot, employer, kind, received, how = "recorded by hand", evidence, first, last;
    bool shorter = false;
};

Result<wire::NewReceipt> receipt_of(const ReceiptOptions& given)
{
    const auto kind = *from_name<ballot::NoticeKind>(given.kind);
    if (kind == ballot::NoticeKind::action && (given.first.empty() || given.last.empty()))
        return Refusal{Kind::malformed, "option_missing", "A notice of action names the days of the action.", "Give --first-day and --last-day."};
    wire::NewReceipt message{.kind = kind,
                             .employer = given.employer,
                             .received_on = *parse_date(given.received),
                             .how = given.how,
                             .evidence = given.evidence,
                             .action_first = parse_date(given.first),
                             .action_last = parse_date(given.last),
                             .shorter_agreed = std::nullopt};
    if (given.shorter) message.shorter_agreed = true;
    return message;
}

void add_receipt(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("receipt", "Record by hand that an employer received a notice (general secretary, scrutineer)");
    const auto given = value<ReceiptOptions>();
    command.add_option("ballot", given->ballot, "its id; see `walkout ballot list`")->required();
    command.add_option("--employer", given->employer, "as in the register")->required();
    command.add_option("--kind", given->kind, "which notice")->required()->check(names_of<ballot::NoticeKind>());
    command.add_option("--received", given->received, "the day the employer received it")->required()->check(is_date());
    command.add_option("--how", given->how, "by what means it was served")->capture_default_str();
    command.add_option("--evidence", given->evidence, "what proves it, such as a signature or a delivery number");
    command.add_option("--first-day", given->first, "the first day of action that a notice of action names")->check(is_date());
    command.add_option("--last-day", given->last, "the last day it names")->check(is_date());
    command.add_flag("--shorter-notice-agreed", given->shorter, "the employer agreed to shorter notice of action (2017 to 2026)");
    on_run(command, session, [&session, given]() -> Result<Exit> {
        const auto message = receipt_of(*given);
        if (!message) return message.error();
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::NoticeList>(target(given->ballot), *message));
    });
}

} // namespace

void add_notice_commands(CLI::App& app, Session& session)
{
    auto& group = *app.add_subcommand("notice", "Notices to employers, and when they were received");
    group.require_subcommand(1);
    auto& list = *group.add_subcommand("list", "Notices received, and those still awaited");
    const auto ballot = value<std::string>();
    list.add_option("ballot", *ballot, "its id; see `walkout ballot list`")->required();
    on_run(list, session, [&session, ballot]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::NoticeList>(target(*ballot)));
    });
    add_receipt(group, session);
}

} // namespace walkout::cli
