#include "client/cli/strike_command.hpp"

#include "client/cli/options.hpp"
#include "shared/strike/cover.hpp"
#include "shared/wire/strike_messages.hpp"

namespace walkout::cli {
namespace {

std::string target(const std::string& walkout, const std::string& rest = {}) { return "/api/v1/walkouts/" + segment(walkout) + rest; }

std::string_view words(strike::Action action) { return action == strike::Action::strike ? "strike" : "action short of a strike"; }

std::string_view words(strike::Semantics semantics)
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

std::string show_words(const Terminal& terminal, const wire::WalkoutView& walkout)
{
    auto out = rehearsal_line(terminal, walkout.rehearsal) + terminal.bold(walkout.title) + "  " + terminal.dim(walkout.id.text()) + "\n\n";
    out += "  " + walkout.words + "\n";
    out += "  " + terminal.dim(text(walkout.starts_at) + " to " + text(walkout.ends_at) + " (" + walkout.zone + ")") + "\n\n";
    out += "  What    " + std::string(words(walkout.kind)) + "\n";
    out += "  Covers  " + std::string(words(walkout.semantics)) + "\n";
    out += "  By      " + walkout.called_by + ", under the ballot " + walkout.ballot.text() + "\n";
    out += "  State   " + state_words(terminal, walkout) + "\n";
    out += "  Called  ";
    std::string called;
    for (const auto& part : walkout.called)
        called += (called.empty() ? "" : "\n          ") + part.employer + terminal.dim(" (" + part.constituency.text() + ")");
    out += called;
    for (const auto& part : walkout.left_out.value_or(std::vector<wire::LeftOutPart>{}))
        out += "\n\n" + terminal.bad("Not called: ") + part.detail + "\n  " + part.next;
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
    std::vector<std::string> constituencies;
    bool leave_out = false;
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
                              .start = {},
                              .end = {},
                              .zone = given.zone,
                              .semantics = from_name<strike::Semantics>(given.semantics),
                              .leave_out_unready = given.leave_out};
    if (!given.noon.empty()) {
        message.start = *parse_date(given.noon) + std::chrono::hours(12);
        message.end = message.start + Days(1);
    } else if (!given.start.empty() && !given.end.empty()) {
        message.start = *parse_wall(given.start);
        message.end = *parse_wall(given.end);
    } else {
        return missing("Give --noon DATE, or --start and --end.");
    }
    for (const auto& constituency : given.constituencies) {
        const auto parsed = ConstituencyId::parse(constituency);
        if (!parsed) return missing("\"" + constituency + "\" is not the id of a constituency.");
        if (!message.constituencies) message.constituencies.emplace();
        message.constituencies->push_back(*parsed);
    }
    return message;
}

void add_call(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("call", "Call a walkout inside a mandate (the office named on the voting paper)");
    const auto given = value<CallOptions>();
    command.add_option("file", given->file, "the call as JSON, instead of options");
    command.add_option("--id", given->id, "a name for it, such as nov-2013");
    command.add_option("--ballot", given->ballot, "the ballot that gave the mandate");
    command.add_option("--noon", given->noon, "24 hours by the clock from 12 noon on this date")->check(is_date());
    command.add_option("--start", given->start, "local time it starts")->check(is_wall());
    command.add_option("--end", given->end, "local time it ends; that instant is outside it")->check(is_wall());
    command.add_option("--zone", given->zone, "time zone of both")->capture_default_str();
    command.add_option("--kind", given->kind, "what the mandate is for")->check(names_of<strike::Action>())->capture_default_str();
    command.add_option("--semantics", given->semantics, "which shifts it covers")->check(names_of<strike::Semantics>())->capture_default_str();
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

void add_list(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("list", "Every walkout, soonest first");
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

std::shared_ptr<std::string> add_walkout_id(CLI::App& command)
{
    auto id = value<std::string>();
    command.add_option("walkout", *id, "its id; see `walkout strike list`")->required();
    return id;
}

void add_show(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("show", "One walkout: when, who, and whether it is still on");
    const auto id = add_walkout_id(command);
    on_run(command, session, [&session, id]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::WalkoutView>(target(*id)));
    });
}

struct CoversOptions {
    std::string date, start, end;
};

void add_covers(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("covers", "Does it cover my shift? For a member who is called");
    const auto id = add_walkout_id(command);
    const auto given = value<CoversOptions>();
    command.add_option("--date", given->date, "the day your shift starts")->required()->check(is_date());
    command.add_option("--start", given->start, "when it starts, such as 22:00")->required()->check(is_clock());
    command.add_option("--end", given->end, "when it ends; on the next day if that is not later")->required()->check(is_clock());
    on_run(command, session, [&session, id, given]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto walkout = (*api)->get<wire::WalkoutView>(target(*id));
        if (!walkout) return walkout.error();
        const auto window = strike::Window::make(walkout->start, walkout->end, walkout->zone, walkout->semantics);
        if (!window) return window.error();
        const auto shift = strike::shift_on(*parse_date(given->date), *parse_clock(given->start), *parse_clock(given->end));
        const auto answer = strike::cover(*window, shift, walkout->state);
        if (!answer) return answer.error();
        const wire::CoverReply reply{.cover = answer->cover, .sentence = answer->sentence, .shift_start = shift.start, .shift_end = shift.end};
        session.show(wire::to_json(reply), rehearsal_line(session.terminal(), walkout->rehearsal) + answer->sentence + "\n" +
                                               session.terminal().dim("This is for members who are called: see `walkout strike show " + *id +
                                                                      "`. It may affect leave, sickness, time off in lieu and overtime."));
        return Exit::done;
    });
}

void add_ics(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("ics", "The walkout for your calendar (RFC 5545)");
    const auto id = add_walkout_id(command);
    const auto output = add_output(command);
    on_run(command, session, [&session, id, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return save(session, (*api)->get_text(target(*id, "/ics")), *output);
    });
}

void add_change(CLI::App& group, Session& session, const std::string& verb, const std::string& what)
{
    auto& command = *group.add_subcommand(verb, what);
    const auto id = add_walkout_id(command);
    const auto reason = value<std::string>();
    command.add_option("--reason", *reason, "one sentence that members read")->required();
    on_run(command, session, [&session, verb, id, reason]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::WalkoutView>(target(*id, "/" + verb), wire::Reason{*reason}));
    });
}

} // namespace

void add_strike_commands(CLI::App& app, Session& session)
{
    auto& group = *app.add_subcommand("strike", "Walkouts: when they are, and whether they cover your shift");
    group.require_subcommand(1);
    add_call(group, session);
    add_list(group, session);
    add_show(group, session);
    add_covers(group, session);
    add_ics(group, session);
    add_change(group, session, "suspend", "Suspend it; its calendars cancel it (the office that called it)");
    add_change(group, session, "resume", "Put it on again (the office that called it)");
    add_change(group, session, "end", "End it for good (the office that called it)");
}

} // namespace walkout::cli
