#include "client/cli/notice_command.hpp"

#include "client/cli/document_command.hpp"
#include "client/cli/options.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/notice_messages.hpp"
#include "shared/wire/told_messages.hpp"
#include "shared/wire/vote_messages.hpp"

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

void add_receipt(Command group, Session& session)
{
    auto command = group.add_subcommand("receipt", "Record by hand that an employer received a notice (general secretary, scrutineer)");
    const auto given = value<ReceiptOptions>();
    command.add_option("ballot", given->ballot, "its id; see `walkout ballot list`").required();
    command.add_option("--employer", given->employer, "as in the register").required();
    command.add_option("--kind", given->kind, "which notice").required().check(names_of<ballot::NoticeKind>());
    command.add_option("--received", given->received, "the day the employer received it").required().check(is_date());
    command.add_option("--how", given->how, "by what means it was served").shows_default();
    command.add_option("--evidence", given->evidence, "what proves it, such as a signature or a delivery number, and where it is kept").required();
    command.add_option("--first-day", given->first, "the first day of action that a notice of action names").check(is_date());
    command.add_option("--last-day", given->last, "the last day it names").check(is_date());
    command.add_flag("--shorter-notice-agreed", given->shorter, "the employer agreed to shorter notice of action (2017 to 2026)");
    on_run(command, session, [&session, given]() -> Result<Exit> {
        const auto message = receipt_of(*given);
        if (!message) return message.error();
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::NoticeList>(target(given->ballot), *message));
    });
}

struct DraftOptions {
    std::string ballot, employer, kind, format, first, last, mail, how;
    bool continuous = false;
};

void add_which(Command command, DraftOptions& given)
{
    command.add_option("ballot", given.ballot, "its id; see `walkout ballot list`").required();
    command.add_option("--kind", given.kind, "which notice").required().check(names_of<ballot::NoticeKind>());
    command.add_option("--employer", given.employer, "as in the register").required();
    command.add_option("--first-day", given.first, "the first day of action that a notice of action names").check(is_date());
    command.add_option("--last-day", given.last, "the last day it names").check(is_date());
    command.add_flag("--continuous", given.continuous, "the action goes on from its first day; else it is on each of the days named");
}

std::string draft_target(const DraftOptions& given)
{
    auto out = target(given.ballot) + "/" + segment(given.kind) + "?format=" + segment(given.format) + "&employer=" + segment(given.employer);
    if (!given.first.empty()) out += "&first=" + given.first;
    if (!given.last.empty()) out += "&last=" + given.last;
    if (given.continuous) out += "&continuous=true";
    return out;
}

/// What the planner must hear and the employer must not read: the roll is no longer the one whose figures this employer had.
void warn_if_roll_changed(Session& session, Api& api, DraftOptions given)
{
    given.format = "json";
    const auto notice = api.get<wire::EmployerNotice>(draft_target(given));
    if (notice && notice->roll_changed) session.terminal().tell(session.terminal().bad("Check: ") + *notice->roll_changed);
}

void add_show(Command group, Session& session)
{
    auto command = group.add_subcommand("show", "Draft a notice to an employer from the frozen roll, in the form the law of today asks for");
    const auto given = value<DraftOptions>();
    add_which(command, *given);
    add_format(command, given->format);
    const auto output = add_output(command);
    on_run(command, session, [&session, given, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto saved = save(session, (*api)->get_text(draft_target(*given)), *output);
        if (saved && given->kind != "sample" && given->kind != "result") warn_if_roll_changed(session, **api, *given);
        return saved;
    });
}

std::string served_words(const Terminal& terminal, const wire::ServingList& list)
{
    auto out = rehearsal_line(terminal, list.rehearsal);
    for (const auto& sent : list.served) {
        out += std::string(name(sent.kind)) + "  " + sent.employer + ", " + sent.how + "\n    sent at " + text(sent.sent_at) + " by " + sent.sent_by +
               "\n    ";
        out += sent.acknowledged_at ? terminal.good("acknowledged") + " at " + text(*sent.acknowledged_at) + " by " + *sent.acknowledged_by
                                    : terminal.bad("not acknowledged yet");
        out += "\n    " + terminal.dim("SHA-256 " + sent.hash) + "\n";
    }
    if (list.served.empty()) out += "No notice has been sent yet.\n";
    return out;
}

void add_serve(Command group, Session& session)
{
    auto command = group.add_subcommand(
        "serve", "Record that a notice was sent; by mail it leaves now, with a page on which the employer acknowledges it (general secretary)");
    const auto given = value<DraftOptions>();
    add_which(command, *given);
    auto mail = command.add_option("--mail", given->mail, "mail it to this address");
    command.add_option("--how", given->how, "how it was sent otherwise: \"recorded delivery AB123\"").excludes(mail);
    on_run(command, session, [&session, given]() -> Result<Exit> {
        const auto some = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
        wire::NewServing message{.kind = *from_name<ballot::NoticeKind>(given->kind),
                                 .employer = given->employer,
                                 .mail_to = some(given->mail),
                                 .how = some(given->how),
                                 .action_first = parse_date(given->first),
                                 .action_last = parse_date(given->last),
                                 .continuous = given->continuous ? std::optional(true) : std::nullopt};
        const auto api = session.api();
        if (!api) return api.error();
        const auto list = (*api)->post<wire::ServingList>(target(given->ballot) + "/served", message);
        if (!list) return list.error();
        session.show(wire::to_json(*list), served_words(session.terminal(), *list));
        return Exit::done;
    });
}

void add_served(Command group, Session& session)
{
    auto command = group.add_subcommand("served", "Notices sent, and which of them were acknowledged");
    const auto ballot = value<std::string>();
    command.add_option("ballot", *ballot, "its id; see `walkout ballot list`").required();
    on_run(command, session, [&session, ballot]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto list = (*api)->get<wire::ServingList>(target(*ballot) + "/served");
        if (!list) return list.error();
        session.show(wire::to_json(*list), served_words(session.terminal(), *list));
        return Exit::done;
    });
}

void add_members(Command group, Session& session)
{
    auto command = group.add_subcommand("members", "Mail the declared result to everybody entitled to vote, once (general secretary)");
    const auto ballot = value<std::string>();
    command.add_option("ballot", *ballot, "its id; see `walkout ballot list`").required();
    on_run(command, session, [&session, ballot]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto told = (*api)->post<wire::MembersTold>(target(*ballot) + "/members", wire::Nothing{});
        if (!told) return told.error();
        auto words = rehearsal_line(session.terminal(), told->rehearsal) + "The result was mailed to " + std::to_string(told->mailed) +
                     " members at " + text(told->told_at) + " by " + told->told_by + ".";
        if (told->without_address > 0)
            words += "\n" + std::to_string(told->without_address) +
                     " entitled members have no mail address on the register: they need a letter (walkout document result " + *ballot +
                     " --format pdf).";
        session.show(wire::to_json(*told), session.terminal().fitted(words));
        return Exit::done;
    });
}

} // namespace

void add_notice_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("notice", "Notices to employers, and when they were received");
    group.require_subcommand();
    auto list = group.add_subcommand("list", "Notices received, and those still awaited");
    const auto ballot = value<std::string>();
    list.add_option("ballot", *ballot, "its id; see `walkout ballot list`").required();
    on_run(list, session, [&session, ballot]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::NoticeList>(target(*ballot)));
    });
    add_show(group, session);
    add_serve(group, session);
    add_served(group, session);
    add_receipt(group, session);
    add_members(group, session);
}

} // namespace walkout::cli
