#include "client/cli/notice_command.hpp"

#include "client/cli/document_command.hpp"
#include "client/cli/options.hpp"
#include "shared/wire/notice_messages.hpp"
#include "shared/wire/receipt_messages.hpp"
#include "shared/wire/told_messages.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

std::string target(const std::string& ballot) { return "/api/v1/ballots/" + segment(ballot) + "/notices"; }

std::string list_words(const Terminal& terminal, const wire::NoticeList& list)
{
    auto out = rehearsal_line(terminal, list.rehearsal);
    for (const auto& receipt : list.receipts) {
        out += std::to_string(receipt.number) + "  " + std::string(name(receipt.kind)) + "  " + receipt.employer + ", received on " +
               words(receipt.received_on) + " (" + receipt.how + ")";
        if (receipt.action) out += "\n    of " + ballot::action_words(*receipt.action);
        if (receipt.too_early) out += "\n    " + terminal.bad("Too early: ") + *receipt.too_early;
        if (!receipt.evidence.empty()) out += "\n    " + receipt.evidence;
        if (receipt.too_late) out += "\n    " + terminal.bad("Too late: ") + *receipt.too_late;
        if (receipt.contradicted) out += "\n    " + terminal.bad("Check: ") + *receipt.contradicted;
        out += "\n    " + terminal.dim("recorded by " + receipt.recorded_by + " at " + text(receipt.recorded_at)) + "\n";
        if (receipt.withdrawn)
            out += "    " + terminal.bad("withdrawn") + " by " + receipt.withdrawn->by + " at " + text(receipt.withdrawn->at) +
                   ", counts no more: " + receipt.withdrawn->reason + "\n";
    }
    for (const auto& awaited : list.awaited)
        out += terminal.bad("awaited") + "  " + std::string(name(awaited.kind)) + ", " + awaited.employer +
               (awaited.by ? ", by " + words(*awaited.by) : "") + "\n";
    if (list.not_in_time) out += terminal.bad("Not in time: ") + *list.not_in_time + "\n";
    for (const auto& warning : list.warnings) out += terminal.bad("Check: ") + warning + "\n";
    return out + "The ballot is " + std::string(name(list.phase)) + ".";
}

Result<Exit> show(Session& session, const Result<wire::NoticeList>& list)
{
    if (!list) return list.error();
    session.show(wire::to_json(*list), list_words(session.terminal(), *list));
    return Exit::done;
}

// ---- what a notice of action says ----

struct ActionOptions {
    std::string kind, from, first, last;
    std::vector<std::string> on;
    bool continuous = false;
};

void add_action_options(Command command, ActionOptions& given)
{
    command
        .add_option("--action", given.kind,
                    "the kind of action that a notice of action is of; may be left out where the ballot gave a mandate for one only")
        .check(names_of<ballot::QuestionKind>());
    command.add_option("--on", given.on, "a date of the action, where it is on some days only; may be repeated").check(is_date()).one_each();
    command.add_option("--first-day", given.first, "each date from this one to the last, instead").check(is_date());
    command.add_option("--last-day", given.last, "the last of them").check(is_date());
    command.add_flag("--continuous", given.continuous,
                     "the action goes on every day once it has begun; the notice names the date on which it begins");
    command.add_option("--from", given.from, "that date").check(is_date());
}

Refusal action_refused(std::string detail, std::string next) { return {Kind::malformed, "option_missing", std::move(detail), std::move(next)}; }

Result<std::vector<Date>> dates_of(const ActionOptions& given)
{
    std::vector<Date> dates;
    for (const auto& day : given.on) dates.push_back(*parse_date(day));
    if (given.first.empty() != given.last.empty())
        return action_refused("A range of dates has a first and a last.", "Give --first-day and --last-day, or each date with --on.");
    if (!given.first.empty()) {
        const auto first = *parse_date(given.first), last = *parse_date(given.last);
        if (last < first || last - first > Days(366))
            return action_refused("The last date is before the first, or more than a year after it.", "Give --first-day and --last-day.");
        for (auto day = first; day <= last; day += Days(1)) dates.push_back(day);
    }
    std::ranges::sort(dates);
    const auto again = std::ranges::unique(dates);
    dates.erase(again.begin(), again.end());
    return dates;
}

/// None for a notice of another kind.
Result<std::optional<ballot::NotifiedAction>> action_of(const std::string& notice, const ActionOptions& given)
{
    const bool some =
        !given.kind.empty() || !given.on.empty() || !given.first.empty() || !given.last.empty() || given.continuous || !given.from.empty();
    if (notice != name(ballot::NoticeKind::action)) {
        if (some) return action_refused("Only a notice of action names dates of action.", "Leave them out, or say --kind action.");
        return std::optional<ballot::NotifiedAction>();
    }
    if (given.continuous != !given.from.empty())
        return action_refused("Continuous action is notified with the date on which it begins.",
                              "Give --continuous --from DATE; or, for action on some days only, each date with --on.");
    auto dates = dates_of(given);
    if (!dates) return dates.error();
    if (given.continuous && !dates->empty())
        return action_refused("Continuous action has one date, on which it begins.", "Give --continuous --from DATE, and no other date.");
    if (given.continuous) dates->push_back(*parse_date(given.from));
    if (dates->empty())
        return action_refused(
            "A notice of action names each date of the action, or the date on which continuous action begins (TULRCA s.234A(3)(b)).",
            "Give --on DATE for each; --first-day and --last-day for a run of days; or --continuous --from DATE.");
    return std::optional(ballot::NotifiedAction{.kind = from_name<ballot::QuestionKind>(given.kind),
                                                .course = given.continuous ? ballot::Course::continuous : ballot::Course::discontinuous,
                                                .dates = *std::move(dates)});
}

// ---- receipts ----

struct ReceiptOptions {
    std::string ballot, employer, kind, received, how = "recorded by hand", evidence;
    std::string reason;
    std::int64_t withdraw = 0; ///< a receipt's number; 0: one is recorded
    ActionOptions action;
    bool shorter = false;
};

Result<wire::NewReceipt> receipt_of(const ReceiptOptions& given)
{
    if (given.employer.empty() || given.kind.empty() || given.received.empty() || given.evidence.empty())
        return action_refused("A receipt is of a kind of notice, by an employer, on a day, with what proves it.",
                              "Give --kind, --employer, --received and --evidence; or --withdraw NUMBER --reason \"...\" for one recorded wrongly.");
    if (!given.reason.empty())
        return action_refused("Only a withdrawal has a reason.", "Leave --reason out, or say which receipt: --withdraw NUMBER.");
    const auto action = action_of(given.kind, given.action);
    if (!action) return action.error();
    wire::NewReceipt message{.kind = *from_name<ballot::NoticeKind>(given.kind),
                             .employer = given.employer,
                             .received_on = *parse_date(given.received),
                             .how = given.how,
                             .evidence = given.evidence,
                             .action = *action,
                             .shorter_agreed = std::nullopt};
    if (given.shorter) message.shorter_agreed = true;
    return message;
}

void add_receipt(Command group, Session& session)
{
    auto command = group.add_subcommand(
        "receipt", "Record by hand that an employer received a notice, or withdraw a record that was wrong (general secretary, scrutineer)");
    const auto given = value<ReceiptOptions>();
    command.add_option("ballot", given->ballot, "its id; see `walkout ballot list`").required();
    const auto employer = command.add_option("--employer", given->employer, "as in the register");
    const auto kind = command.add_option("--kind", given->kind, "which notice").check(names_of<ballot::NoticeKind>());
    const auto received = command.add_option("--received", given->received, "the day the employer received it").check(is_date());
    command.add_option("--how", given->how, "by what means it was served").shows_default();
    const auto evidence =
        command.add_option("--evidence", given->evidence, "what proves it, such as a signature or a delivery number, and where it is kept");
    auto withdraw = command.add_option("--withdraw", given->withdraw,
                                       "instead: withdraw the record of this number (walkout notice list), which stays listed and counts no more");
    withdraw.check(is_positive());
    for (const auto& other : {employer, kind, received, evidence}) withdraw.excludes(other);
    command.add_option("--reason", given->reason, "why it is withdrawn");
    add_action_options(command, given->action);
    command.add_flag("--shorter-notice-agreed", given->shorter, "the employer agreed to shorter notice of action (2017 to 2026)");
    on_run(command, session, [&session, given]() -> Result<Exit> {
        if (given->withdraw > 0) {
            const auto api = session.api();
            if (!api) return api.error();
            return show(session,
                        (*api)->post<wire::NoticeList>(target(given->ballot) + "/withdrawals", wire::NewWithdrawal{given->withdraw, given->reason}));
        }
        const auto message = receipt_of(*given);
        if (!message) return message.error();
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::NoticeList>(target(given->ballot), *message));
    });
}

struct DraftOptions {
    std::string ballot, employer, kind, format, mail, how;
    ActionOptions action;
};

void add_which(Command command, DraftOptions& given)
{
    command.add_option("ballot", given.ballot, "its id; see `walkout ballot list`").required();
    command.add_option("--kind", given.kind, "which notice").required().check(names_of<ballot::NoticeKind>());
    command.add_option("--employer", given.employer, "as in the register").required();
    add_action_options(command, given.action);
}

std::string draft_target(const DraftOptions& given, const std::optional<ballot::NotifiedAction>& action)
{
    auto out = target(given.ballot) + "/" + segment(given.kind) + "?format=" + segment(given.format) + "&employer=" + segment(given.employer);
    if (!action) return out;
    if (action->kind) out += "&action=" + std::string(name(*action->kind));
    if (action->course == ballot::Course::continuous) out += "&continuous=true";
    std::string dates;
    for (const auto day : action->dates) dates += (dates.empty() ? "" : ",") + text(day);
    return out + "&dates=" + dates;
}

/// What the planner must hear and the employer must not read: the roll is no longer the one whose figures this employer had, or a date is too early.
void warn_the_planner(Session& session, Api& api, DraftOptions given, const std::optional<ballot::NotifiedAction>& action)
{
    given.format = "json";
    const auto notice = api.get<wire::EmployerNotice>(draft_target(given, action));
    if (!notice) return;
    for (const auto& warning : {notice->roll_changed, notice->too_early})
        if (warning) session.terminal().tell(session.terminal().bad("Check: ") + *warning);
}

void add_show(Command group, Session& session)
{
    auto command = group.add_subcommand("show", "Draft a notice to an employer from the frozen roll, in the form the law of today asks for");
    const auto given = value<DraftOptions>();
    add_which(command, *given);
    add_format(command, given->format);
    const auto output = add_output(command);
    on_run(command, session, [&session, given, output]() -> Result<Exit> {
        const auto action = action_of(given->kind, given->action);
        if (!action) return action.error();
        const auto api = session.api();
        if (!api) return api.error();
        const auto saved = save(session, (*api)->get_text(draft_target(*given, *action)), *output);
        if (saved && given->kind != "sample" && given->kind != "result") warn_the_planner(session, **api, *given, *action);
        return saved;
    });
}

std::string served_words(const Terminal& terminal, const wire::ServingList& list)
{
    auto out = rehearsal_line(terminal, list.rehearsal);
    for (const auto& sent : list.served) {
        out += std::string(name(sent.kind)) + "  " + sent.employer + ", " + sent.how + "\n    sent at " + text(sent.sent_at) + " by " + sent.sent_by +
               "\n    ";
        if (sent.too_late) out += terminal.bad("Too late: ") + *sent.too_late + "\n    ";
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
        const auto action = action_of(given->kind, given->action);
        if (!action) return action.error();
        const auto some = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
        wire::NewServing message{.kind = *from_name<ballot::NoticeKind>(given->kind),
                                 .employer = given->employer,
                                 .mail_to = some(given->mail),
                                 .how = some(given->how),
                                 .action = *action};
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
