// postal return | mistake | status | finish: voting papers that came back.

#include "client/cli/options.hpp"
#include "client/cli/postal_parts.hpp"
#include "shared/base/encoding.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>
#include <array>

namespace walkout::cli {
namespace {

struct ReturnOptions {
    std::string ballot;
    std::vector<std::string> serials;
    std::string file;
    std::string received;
};

/// "2013-10-18T11:30" on the wall where the ballot is, or an instant with its Z.
Result<std::optional<Instant>> received_at(const std::string& given, const std::string& zone_name)
{
    if (given.empty()) return std::optional<Instant>();
    if (const auto instant = parse_instant(given)) return std::optional(*instant);
    const auto wall = parse_wall(given);
    const auto zone = Zone::find(zone_name);
    if (!wall || !zone)
        return Refusal{Kind::malformed, "bad_time", "\"" + given + "\" is not a time.",
                       "Write it as 2013-10-18T11:30, on the clock of " + zone_name + "."};
    return std::optional(zone->instant(*wall));
}

Result<wire::ReturnsRecorded> record(Session& session, const std::string& ballot, std::vector<std::int64_t> serials, std::optional<Instant> received)
{
    std::array<std::uint8_t, 16> name{};
    session.random().fill(name);
    const wire::ReturnedPapers message{hex(name), std::move(serials), received};
    return session.api().value()->post_raw<wire::ReturnsRecorded>(postal_path(ballot, "/returns"), wire::to_json(message));
}

std::string fate_words(const Terminal& terminal, const wire::ReturnLine& paper)
{
    const auto said = std::to_string(paper.serial) + ": " + std::string(ballot::in_words(paper.fate));
    return paper.fate == ballot::PaperFate::counts ? said : terminal.bold(said);
}

std::int64_t counting(const wire::ReturnsRecorded& recorded)
{
    return std::ranges::count(recorded.papers, ballot::PaperFate::counts, &wire::ReturnLine::fate);
}

/// What a whole batch says: how many count, and each that does not.
std::string batch_words(const Terminal& terminal, const wire::ReturnsRecorded& recorded)
{
    const auto all = static_cast<std::int64_t>(recorded.papers.size());
    auto out = papers(all) + " recorded, of which " + std::to_string(counting(recorded)) + (counting(recorded) == 1 ? " counts" : " count") + "; " +
               std::to_string(recorded.count) + " in all.";
    for (const auto& paper : recorded.papers)
        if (paper.fate != ballot::PaperFate::counts) out += "\n  " + fate_words(terminal, paper) + "; it is kept and does not count";
    return out;
}

/// A scanner types a number and a line end: each paper is recorded at once, and its fate said.
Result<Exit> scan(Session& session, const wire::PostalState& state, std::optional<Instant> received)
{
    auto& terminal = session.terminal();
    const auto ballot = state.ballot.text();
    terminal.say(rehearsal_line(terminal, state.rehearsal) + "Scan or type the number of each paper; an empty line ends.");
    wire::ReturnsRecorded all;
    all.count = state.returned_by_post;
    for (;;) {
        const auto typed = terminal.ask("Paper:", "--file F, or the numbers");
        if (!typed) return typed.error();
        if (typed->empty()) break;
        const auto serial = ballot::parse_serial(state.ballot, *typed);
        const auto recorded = serial ? record(session, ballot, {*serial}, received) : Result<wire::ReturnsRecorded>(serial.error());
        if (!recorded) {
            terminal.tell(terminal.bold("  " + recorded.error().detail) + " " + recorded.error().next);
            if (recorded.error().kind == Kind::unavailable || recorded.error().kind == Kind::sign_in_needed) return recorded.error();
            continue;
        }
        terminal.say("  " + fate_words(terminal, recorded->papers.at(0)));
        all.papers.push_back(recorded->papers.at(0));
        all.count = recorded->count;
    }
    session.show(wire::to_json(all), batch_words(terminal, all));
    return Exit::done;
}

Result<std::vector<std::int64_t>> given_serials(const BallotId& ballot, const ReturnOptions& options)
{
    const bool dash = options.serials == std::vector<std::string>{"-"};
    if (dash || !options.file.empty()) {
        const auto content = read_input(dash ? "-" : options.file);
        if (!content) return content.error();
        return ballot::parse_serials(ballot, *content);
    }
    std::vector<std::int64_t> out;
    for (const auto& text : options.serials) {
        const auto serial = ballot::parse_serial(ballot, text);
        if (!serial) return serial.error();
        out.push_back(*serial);
    }
    return out;
}

Result<Exit> record_returns(Session& session, const ReturnOptions& options)
{
    const auto state = postal_state(session, options.ballot);
    if (!state) return state.error();
    const auto received = received_at(options.received, state->zone);
    if (!received) return received.error();
    if (options.serials.empty() && options.file.empty()) return scan(session, *state, *received);
    const auto serials = given_serials(state->ballot, options);
    if (!serials) return serials.error();
    constexpr std::size_t most = 1000; // at once
    if (serials->size() > most)
        return Refusal{Kind::invalid, "batch_too_large",
                       "The file has " + std::to_string(serials->size()) + " papers; at most 1000 are recorded at once.",
                       "Divide it. Nothing is recorded."};
    const auto recorded = record(session, options.ballot, *serials, *received);
    if (!recorded) return recorded.error();
    session.show(wire::to_json(*recorded), rehearsal_line(session.terminal(), state->rehearsal) + batch_words(session.terminal(), *recorded));
    return Exit::done;
}

void add_return(CLI::App& postal, Session& session)
{
    auto& command = *postal.add_subcommand("return", "Record voting papers that came back, by scanning or typing their numbers");
    const auto given = value<ReturnOptions>();
    command.add_option("ballot", given->ballot, "The ballot's id")->required();
    auto* serials =
        command.add_option("serials", given->serials, "numbers of papers; - reads them from stdin, one a line; without any, they are asked for");
    command.add_option("--file", given->file, "File (or -) with a number a line, as a scanner types them")->excludes(serials);
    command.add_option("--received", given->received, "when they were received, if it was not now: 2013-10-18T11:30");
    command.footer("The first valid return of a member counts. Every other paper is kept and listed with\n"
                   "its reason: walkout postal status ID. What is received at or after the closing does not count.");
    on_run(command, session, [&session, given] { return record_returns(session, *given); });
}

void add_mistake(CLI::App& postal, Session& session)
{
    auto& command = *postal.add_subcommand("mistake", "Take back the last recording of a paper's number, with a reason");
    const auto id = value<std::string>();
    const auto serial = value<std::string>();
    const auto reason = value<std::string>();
    command.add_option("ballot", *id, "The ballot's id")->required();
    command.add_option("serial", *serial, "the number that was recorded by mistake")->required();
    command.add_option("--reason", *reason, "what happened: \"typed 71 for 17\"")->required();
    on_run(command, session, [&session, id, serial, reason]() -> Result<Exit> {
        const auto state = postal_state(session, *id);
        if (!state) return state.error();
        const auto number = ballot::parse_serial(state->ballot, *serial);
        if (!number) return number.error();
        const auto told = session.api().value()->post<wire::Nothing>(postal_path(*id, "/mistakes"), wire::MistakenReturn{*number, *reason});
        if (!told) return told.error();
        session.show(wire::to_json(*told),
                     "The last recording of paper " + std::to_string(*number) + " is taken back; it stays listed as a mistake.");
        return Exit::done;
    });
}

// ---- status, finish ----

std::string status_words(const Terminal& terminal, const wire::PostalState& state)
{
    const auto line = [](const std::string& what, std::int64_t count) {
        return "\n  " + what + std::string(32 - what.size(), ' ') + std::to_string(count);
    };
    auto out = rehearsal_line(terminal, state.rehearsal) + terminal.bold(state.title) + "  " + terminal.dim(state.ballot.text());
    out += line("Members who asked for a paper", state.asked) + line("Papers numbered", state.numbered) + line("Papers sent", state.sent);
    out += line("Returned by post", state.returned_by_post) + line("  of these transcribed", state.transcribed) +
           line("Returned online", state.returned_online);
    out += line("Duplicates, kept", state.duplicates) + line("Void: replaced, withdrawn", state.revoked) + line("Void: never issued", state.unissued);
    out += line("Too late", state.late) + line("Recorded by mistake", state.mistaken);
    for (const auto& paper : state.not_counting)
        out += "\n  " + fate_words(terminal, paper) + "; received " + text(paper.received_at) + ", recorded by " + paper.recorded_by +
               (paper.reason ? " (" + *paper.reason + ")" : "");
    for (const auto& pair : state.keyed) out += "\n  " + papers(pair.papers) + " keyed by " + pair.first + " and " + pair.second;
    if (state.finished) return out + "\nThe post is finished; the boards are sealed.";
    if (!state.to_transcribe.empty())
        out += "\n" + papers(static_cast<std::int64_t>(state.to_transcribe.size())) + " to transcribe: walkout postal transcribe " +
               state.ballot.text() + " --by NAME";
    else if (state.closed && state.sent > 0) out += "\nWhen the last post is in: walkout postal finish " + state.ballot.text();
    return out;
}

void add_status(CLI::App& postal, Session& session)
{
    auto& command = *postal.add_subcommand("status", "Papers sent, returned and transcribed, and those that do not count");
    const auto id = value<std::string>();
    command.add_option("ballot", *id, "The ballot's id")->required();
    on_run(command, session, [&session, id]() -> Result<Exit> {
        const auto state = postal_state(session, *id);
        if (!state) return state.error();
        session.show(wire::to_json(*state), status_words(session.terminal(), *state));
        return Exit::done;
    });
}

void add_finish(CLI::App& postal, Session& session)
{
    auto& command = *postal.add_subcommand("finish", "State that every paper received before the closing is in; the boards are sealed");
    const auto id = value<std::string>();
    const auto yes = value<bool>(false);
    command.add_option("ballot", *id, "The ballot's id")->required();
    command.add_flag("--yes", *yes, "do not ask");
    on_run(command, session, [&session, id, yes] { return finish_post(session, *id, *yes); });
}

} // namespace

Result<Exit> finish_post(Session& session, const std::string& ballot, bool yes)
{
    const auto state = postal_state(session, ballot);
    if (!state) return state.error();
    auto& terminal = session.terminal();
    if (!yes && !state->finished) {
        terminal.tell(papers(state->returned_by_post) + " count and " + std::to_string(state->transcribed) +
                      " are transcribed. When the boards are sealed nothing can be added, not even a paper that was received in time.");
        const auto agreed = terminal.confirm("Is every paper recorded that was received before " + state->closes_words + "? Type yes:", "--yes");
        if (!agreed) return agreed.error();
        if (!*agreed)
            return Refusal{Kind::invalid, "not_confirmed", "Nothing was sealed.", "Record the papers that are left: walkout postal return " + ballot};
    }
    const auto told = session.api().value()->post<wire::Nothing, wire::Nothing>(postal_path(ballot, "/finish"), wire::Nothing{});
    if (!told) return told.error();
    session.show(wire::to_json(*told),
                 "The post is finished and the boards are sealed. Next, two people: walkout ballot approve " + ballot + " count");
    return Exit::done;
}

void add_postal_return_commands(CLI::App& postal, Session& session)
{
    add_return(postal, session);
    add_mistake(postal, session);
    add_status(postal, session);
    add_finish(postal, session);
}

} // namespace walkout::cli
