#include "client/cli/strike_command.hpp"

#include "client/cli/options.hpp"
#include "shared/strike/cover.hpp"
#include "shared/wire/action_messages.hpp"
#include "shared/wire/strike_messages.hpp"

namespace walkout::cli {
namespace {

std::string target(const std::string& walkout, const std::string& rest = {}) { return "/api/v1/walkouts/" + segment(walkout) + rest; }

std::string_view covered_words(strike::Semantics semantics)
{
    switch (semantics) {
    case strike::Semantics::clock: return "work by the clock between these times";
    case strike::Semantics::commencing: return "every shift that starts between these times, to its end";
    case strike::Semantics::hybrid:
        return "every shift that starts between these times, to its end; a shift in progress is finished and handed over safely";
    }
    return "";
}

std::string state_words(const Terminal& terminal, const wire::WalkoutView& walkout)
{
    const auto reason = walkout.reason ? ": " + *walkout.reason : "";
    switch (walkout.state) {
    case strike::State::called: return terminal.good("On") + reason;
    case strike::State::suspended: return terminal.bad("SUSPENDED") + reason;
    case strike::State::ended: return terminal.bad("ENDED") + reason;
    }
    return "";
}

std::string notice_words(const wire::CalledPart& part)
{
    if (!part.notice) return {};
    const auto received = "; notice of action received on " + words(part.notice->received);
    if (!part.notice->last) return received + ", continuous from " + words(part.notice->first);
    if (*part.notice->last == part.notice->first) return received + " for " + words(part.notice->first);
    return received + " for days from " + words(part.notice->first) + " to " + words(*part.notice->last);
}

std::string show_words(const Terminal& terminal, const wire::WalkoutView& walkout)
{
    auto out = rehearsal_line(terminal, walkout.rehearsal) + terminal.bold(walkout.title) + "  " + terminal.dim(walkout.id.text()) + "\n\n";
    out += "  " + walkout.words + "\n";
    out += "  " + terminal.dim(text(walkout.starts_at) + " to " + text(walkout.ends_at) + " (" + walkout.zone + ")") + "\n\n";
    out += "  What    " + std::string(strike::action_words(walkout.kind)) + "\n";
    for (const auto& type : walkout.types.value_or(std::vector<std::string>{})) out += "          " + type + "\n";
    out += "  Covers  " + std::string(covered_words(walkout.semantics)) + "\n";
    out += "  By      " + walkout.called_by + ", under the ballot " + walkout.ballot.text() + "\n";
    out += "  State   " + state_words(terminal, walkout) + "\n";
    out += "  Called  ";
    std::string called;
    for (const auto& part : walkout.called) called += (called.empty() ? "" : "\n          ") + part.who + terminal.dim(notice_words(part));
    out += called;
    for (const auto& part : walkout.left_out.value_or(std::vector<wire::LeftOutPart>{}))
        out += "\n\n" + terminal.bad("Not called: ") + part.detail + "\n  " + part.next;
    if (const auto& told = walkout.told)
        out += "\n\n" + std::to_string(told->mailed) + " members and their co-chairs are told by mail" +
               (told->without_address > 0 ? "; " + terminal.bad(std::to_string(told->without_address) + " have no e-mail address in the register") +
                                                " and must hear of it otherwise."
                                          : ".");
    return out;
}

Result<Exit> show(Session& session, const Result<wire::WalkoutView>& walkout)
{
    if (!walkout) return walkout.error();
    session.show(wire::to_json(*walkout), show_words(session.terminal(), *walkout));
    return Exit::done;
}

// ---- call ----

struct CallOptions {
    std::string file, id, ballot, noon, start, end, zone = "Europe/London", kind = "strike", semantics = "clock";
    std::vector<std::string> constituencies, dates;
    bool leave_out = false;
    bool continuous = false;
};

Result<wire::CallWalkout> call_of(const CallOptions& given)
{
    if (!given.file.empty()) {
        const auto content = read_file(given.file);
        if (!content) return content.error();
        return wire::from_json<wire::CallWalkout>(*content);
    }
    const auto missing = [](std::string what) {
        return Refusal{.kind = Kind::malformed, .code = "option_missing", .detail = what, .next = "See: walkout strike call --help"};
    };
    const auto id = WalkoutId::parse(given.id);
    const auto ballot = BallotId::parse(given.ballot);
    if (!id || !ballot) return missing("Give a file, or --id and --ballot, each of letters, digits and dashes.");
    wire::CallWalkout message{.id = *id,
                              .ballot = *ballot,
                              .kind = *from_name<strike::Action>(given.kind),
                              .constituencies = std::nullopt,
                              .start = std::nullopt,
                              .end = std::nullopt,
                              .dates = std::nullopt,
                              .zone = given.zone,
                              .semantics = from_name<strike::Semantics>(given.semantics),
                              .leave_out_unready = given.leave_out,
                              .continuous = given.continuous ? std::optional(true) : std::nullopt};
    if (!given.noon.empty()) {
        message.start = *parse_date(given.noon) + std::chrono::hours(12);
        message.end = *message.start + Days(1);
    } else if (!given.dates.empty()) {
        message.dates.emplace();
        for (const auto& date : given.dates) message.dates->push_back(*parse_date(date));
    } else if (!given.start.empty() && (!given.end.empty() || given.continuous || message.kind == strike::Action::action_short)) {
        message.start = *parse_wall(given.start);
        if (!given.end.empty()) message.end = *parse_wall(given.end);
    } else {
        return missing("Give --noon DATE; or --start and --end; or, for continuous action, --continuous and --start; or, for action short of a "
                       "strike, each day with --on.");
    }
    for (const auto& constituency : given.constituencies) {
        const auto parsed = ConstituencyId::parse(constituency);
        if (!parsed) return missing("\"" + constituency + "\" is not the id of a constituency.");
        if (!message.constituencies) message.constituencies.emplace();
        message.constituencies->push_back(*parsed);
    }
    return message;
}

void add_call(Command group, Session& session)
{
    auto command = group.add_subcommand("call", "Call a walkout inside a mandate (the office named on the voting paper)");
    const auto given = value<CallOptions>();
    command.add_option("file", given->file, "the call as JSON, instead of options");
    command.add_option("--id", given->id, "a name for it, such as nov-2013");
    command.add_option("--ballot", given->ballot, "the ballot that gave the mandate");
    command.add_option("--noon", given->noon, "24 hours by the clock from 12 noon on this date").check(is_date());
    command.add_option("--start", given->start, "local time it starts").check(is_wall());
    command.add_option("--end", given->end, "local time it ends; that instant is outside it. Continuous action may leave it out").check(is_wall());
    command.add_option("--on", given->dates, "a day of action short of a strike that is on some days only; may be repeated, in order")
        .check(is_date());
    command.add_flag("--continuous", given->continuous,
                     "it goes on every day from its start, and the notice of action said so; action short of a strike without an end always does");
    command.add_option("--zone", given->zone, "time zone of both").shows_default();
    command.add_option("--kind", given->kind, "what the mandate is for").check(names_of<strike::Action>()).shows_default();
    command.add_option("--semantics", given->semantics, "which shifts it covers").check(names_of<strike::Semantics>()).shows_default();
    command.add_option("--constituency", given->constituencies, "only this constituency; may be repeated");
    command.add_flag("--leave-out-unready", given->leave_out, "call the employers whose notices are in time, and leave out the others");
    on_run(command, session, [&session, given]() -> Result<Exit> {
        const auto message = call_of(*given);
        if (!message) return message.error();
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::WalkoutView>("/api/v1/walkouts", *message));
    });
}

// ---- what anyone may ask ----

void add_list(Command group, Session& session)
{
    auto command = group.add_subcommand("list", "Every walkout, soonest first");
    on_run(command, session, [&session]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto list = (*api)->get<wire::WalkoutList>("/api/v1/walkouts");
        if (!list) return list.error();
        std::string out;
        for (const auto& walkout : list->walkouts)
            out += (out.empty() ? rehearsal_line(session.terminal(), walkout.rehearsal) : "\n") + session.terminal().bold(walkout.id.text()) + "  " +
                   walkout.title + "\n  " + walkout.words + "\n  " + state_words(session.terminal(), walkout);
        session.show(wire::to_json(*list), out.empty() ? "No walkout has been called." : out);
        return Exit::done;
    });
}

std::shared_ptr<std::string> add_walkout_id(Command command)
{
    auto id = value<std::string>();
    command.add_option("walkout", *id, "its id; see `walkout strike list`").required();
    return id;
}

void add_show(Command group, Session& session)
{
    auto command = group.add_subcommand("show", "One walkout: when, who, and whether it is still on");
    const auto id = add_walkout_id(command);
    on_run(command, session, [&session, id]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::WalkoutView>(target(*id)));
    });
}

struct CoversOptions {
    std::string date, pattern, pattern_from;
    std::vector<std::string> starts, ends;
    bool off = false;
};

Refusal options_missing(std::string detail)
{
    return {.kind = Kind::malformed, .code = "option_missing", .detail = std::move(detail), .next = "See: walkout strike covers --help"};
}

/// One shift in its parts, a day off, or every shift of a rota that comes near the walkout.
Result<wire::CoverAsked> asked_of(const CoversOptions& given, const wire::WalkoutView& walkout)
{
    wire::CoverAsked asked{.shifts = {}, .off = std::nullopt};
    if (!given.pattern.empty()) {
        if (given.pattern_from.empty()) return options_missing("Give the first day of the pattern with --pattern-from.");
        const auto pattern = strike::parse_pattern(*parse_date(given.pattern_from), given.pattern);
        if (!pattern) return pattern.error();
        const auto window = strike::Window::make(walkout.start, walkout.end, walkout.zone, walkout.semantics);
        if (!window) return window.error();
        const auto days = strike::shifts_near(*pattern, *window);
        for (const auto& shift : days.shifts) asked.shifts.push_back({{{shift.start, shift.end}}});
        asked.off = days.off;
        return asked;
    }
    if (given.date.empty()) return options_missing("Give the day with --date, or a rota with --pattern and --pattern-from.");
    const auto day = *parse_date(given.date);
    if (given.off) {
        asked.off = {day};
        return asked;
    }
    if (given.starts.empty() || given.starts.size() != given.ends.size())
        return options_missing("Give --start and --end, as often as the shift has parts; or --off if you are not at work that day.");
    std::vector<strike::Hours> hours;
    for (std::size_t i = 0; i < given.starts.size(); ++i) hours.push_back({*parse_clock(given.starts[i]), *parse_clock(given.ends[i])});
    const auto parts = strike::split_shift(day, hours);
    if (!parts) return parts.error();
    auto& shift = asked.shifts.emplace_back();
    for (const auto& part : *parts) shift.parts.push_back({part.start, part.end});
    return asked;
}

std::string replies_words(const Terminal& terminal, const wire::CoverReplies& replies, const std::string& walkout)
{
    std::string out = rehearsal_line(terminal, replies.rehearsal);
    const bool takes_part = std::ranges::any_of(replies.answers, [](const wire::CoverReply& answer) {
        return answer.cover != strike::Cover::not_at_work && answer.cover != strike::Cover::not_called && answer.cover != strike::Cover::exempt;
    });
    for (const auto& answer : replies.answers) {
        const bool off = answer.cover == strike::Cover::not_at_work;
        if (replies.answers.size() > 1)
            out += terminal.bold(off ? words(date::floor<Days>(answer.shift_start)) : words(answer.shift_start) + " to " + words(answer.shift_end)) +
                   "\n";
        out += answer.sentence + "\n" + terminal.dim("To your manager: " + answer.for_manager) + "\n";
        if (replies.answers.size() > 1) out += "\n";
    }
    const auto whom = replies.called ? std::string() : "This is for members who are called: sign in, or see `walkout strike show " + walkout + "`. ";
    return out + terminal.dim(whom + (takes_part ? "Taking part may affect leave, sickness, time off in lieu and overtime." : ""));
}

void add_covers(Command group, Session& session)
{
    auto command = group.add_subcommand("covers", "Does it cover my shift? Signed in, it knows whether you are called or exempt");
    const auto id = add_walkout_id(command);
    const auto given = value<CoversOptions>();
    command.add_option("--date", given->date, "the day your shift starts").check(is_date());
    command.add_option("--start", given->starts, "when it starts, such as 22:00; again for the next part of a split shift").check(is_clock());
    command.add_option("--end", given->ends, "when it ends; on the next day if that is not later; one for each start").check(is_clock());
    command.add_flag("--off", given->off, "you are not at work that day");
    command.add_option("--pattern", given->pattern, "a rota that comes round, one entry a day: 07:00-19:00,07:00-19:00,19:00-07:00,off,off");
    command.add_option("--pattern-from", given->pattern_from, "a day on which the pattern begins").check(is_date());
    on_run(command, session, [&session, id, given]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto walkout = (*api)->get<wire::WalkoutView>(target(*id));
        if (!walkout) return walkout.error();
        const auto asked = asked_of(*given, *walkout);
        if (!asked) return asked.error();
        const auto replies = (*api)->post<wire::CoverReplies>(target(*id, "/cover"), *asked);
        if (!replies) return replies.error();
        session.show(wire::to_json(*replies), replies_words(session.terminal(), *replies, *id));
        return Exit::done;
    });
}

void add_ics(Command group, Session& session)
{
    auto command = group.add_subcommand("ics", "The walkout for your calendar (RFC 5545)");
    const auto id = add_walkout_id(command);
    const auto output = add_output(command);
    on_run(command, session, [&session, id, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return save(session, (*api)->get_text(target(*id, "/ics")), *output);
    });
}

void add_change(Command group, Session& session, const std::string& verb, const std::string& what)
{
    auto command = group.add_subcommand(verb, what);
    const auto id = add_walkout_id(command);
    const auto reason = value<std::string>();
    command.add_option("--reason", *reason, "one sentence that members read").required();
    on_run(command, session, [&session, verb, id, reason]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::WalkoutView>(target(*id, "/" + verb), wire::Reason{*reason}));
    });
}

// ---- what was agreed with an employer about a suspension ----

Result<Exit> show(Session& session, const Result<wire::AgreementList>& list)
{
    if (!list) return list.error();
    auto out = rehearsal_line(session.terminal(), list->rehearsal);
    for (const auto& agreed : list->agreements)
        out += session.terminal().bold(agreed.employer) + "  suspended from " + words(agreed.suspended_from) + ", may resume from " +
               words(agreed.resumes_on) + "\n    agreed on " + words(agreed.made_on) + " by " + agreed.agreed_by + "; " + agreed.evidence + "\n    " +
               session.terminal().dim("recorded by " + agreed.recorded_by + " at " + text(agreed.recorded_at)) + "\n";
    session.show(wire::to_json(*list), list->agreements.empty() ? out + "No agreement with an employer is recorded." : out);
    return Exit::done;
}

struct AgreementOptions {
    std::string employer, agreed_by, made_on, from, resumes, evidence;
};

void add_agreement(Command group, Session& session)
{
    auto agreement = group.add_subcommand("agreement", "What an employer agreed about suspending a walkout, so that its notice of action stays good");
    agreement.require_subcommand();
    auto list = agreement.add_subcommand("list", "Every agreement recorded (the office that called the walkout)");
    const auto listed = add_walkout_id(list);
    on_run(list, session, [&session, listed]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::AgreementList>(target(*listed, "/agreements")));
    });
    auto add = agreement.add_subcommand("add", "Record one with its evidence; it counts if it was made before the walkout was suspended");
    const auto id = add_walkout_id(add);
    const auto given = value<AgreementOptions>();
    add.add_option("--employer", given->employer, "as in the register").required();
    add.add_option("--agreed-by", given->agreed_by, "who agreed for the employer: name and position").required();
    add.add_option("--made-on", given->made_on, "the day it was agreed").required().check(is_date());
    add.add_option("--suspended-from", given->from, "the day from which the action is suspended").required().check(is_date());
    add.add_option("--resumes-on", given->resumes, "the earliest day on which it may resume").required().check(is_date());
    add.add_option("--evidence", given->evidence, "what proves it, and where it is kept").required();
    on_run(add, session, [&session, id, given]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const wire::NewAgreement message{.employer = given->employer,
                                         .agreed_by = given->agreed_by,
                                         .made_on = *parse_date(given->made_on),
                                         .suspended_from = *parse_date(given->from),
                                         .resumes_on = *parse_date(given->resumes),
                                         .evidence = given->evidence};
        return show(session, (*api)->post<wire::AgreementList>(target(*id, "/agreements"), message));
    });
}

} // namespace

void add_strike_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("strike", "Walkouts: when they are, and whether they cover your shift");
    group.require_subcommand();
    add_call(group, session);
    add_list(group, session);
    add_show(group, session);
    add_covers(group, session);
    add_ics(group, session);
    add_change(group, session, "suspend", "Suspend it; its calendars cancel it (the office that called it)");
    add_change(group, session, "resume", "Put it on again, where every employer agreed or has had a fresh notice (the office that called it)");
    add_change(group, session, "end", "End it for good (the office that called it)");
    add_agreement(group, session);
}

} // namespace walkout::cli
