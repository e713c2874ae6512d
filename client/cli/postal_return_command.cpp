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
    bool again = false;
};

/// "2013-10-18T11:30" on the wall where the ballot is, an instant with its Z, or "now". After the closing it is asked for: papers that came in time
/// are recorded then, and would be late at once.
Result<std::optional<Instant>> received_at(Session& session, std::string given, const wire::PostalState& state)
{
    const auto& zone_name = state.zone;
    if (given.empty() && !state.closed) return std::optional<Instant>();
    if (given.empty()) {
        const auto typed =
            session.terminal().ask("Voting ended at " + state.closes_words + ". When were these papers received (2013-10-18T11:30, or now):",
                                   "--received TIME, or --received now");
        if (!typed) return typed.error();
        given = *typed;
    }
    if (given == "now") return std::optional(state.now);
    if (const auto instant = parse_instant(given)) return std::optional(*instant);
    const auto wall = parse_wall(given);
    const auto zone = Zone::find(zone_name);
    if (!wall || !zone)
        return Refusal{Kind::malformed, "bad_time", "\"" + given + "\" is not a time.",
                       "Write it as 2013-10-18T11:30, on the clock of " + zone_name + "."};
    return std::optional(zone->instant(*wall));
}

Result<wire::ReturnsRecorded> record(Session& session, const std::string& ballot, std::vector<std::int64_t> serials, std::optional<Instant> received,
                                     bool again)
{
    std::array<std::uint8_t, 16> name{};
    session.random().fill(name);
    const wire::ReturnedPapers message{hex(name), std::move(serials), received, again ? std::optional(true) : std::nullopt};
    return session.api().value()->post_raw<wire::ReturnsRecorded>(postal_path(ballot, "/returns"), wire::to_json(message));
}

std::string fate_words(const Terminal& terminal, const wire::ReturnLine& paper)
{
    auto said = std::to_string(paper.serial) + ": " + std::string(ballot::in_words(paper.fate));
    if (paper.before.value_or(false)) return terminal.bold(said + " (recorded before; nothing new is recorded)");
    return paper.fate == ballot::PaperFate::counts ? said : terminal.bold(said);
}

/// What a whole batch says: how many count, each that does not, and each that was recorded before.
std::string batch_words(const Terminal& terminal, const wire::ReturnsRecorded& recorded)
{
    std::int64_t fresh = 0;
    std::int64_t counting = 0;
    std::string others;
    for (const auto& paper : recorded.papers) {
        const bool before = paper.before.value_or(false);
        const bool counts = paper.fate == ballot::PaperFate::counts;
        fresh += before ? 0 : 1;
        counting += counts && !before ? 1 : 0;
        if (before || !counts) others += "\n  " + fate_words(terminal, paper) + (before ? "" : "; it is kept and does not count");
    }
    return papers(fresh) + " recorded, of which " + std::to_string(counting) + (counting == 1 ? " counts" : " count") + "; " +
           std::to_string(recorded.count) + " in all." + others;
}

/// A scanner types a number and a line end: each paper is recorded at once, and its fate said.
Result<Exit> scan(Session& session, const wire::PostalState& state, std::optional<Instant> received, bool again)
{
    auto& terminal = session.terminal();
    const auto ballot = state.ballot.text();
    terminal.say(rehearsal_line(terminal, state.rehearsal) + "Scan or type the number of each paper; an empty line ends.");
    wire::ReturnsRecorded all;
    all.count = state.figures.returned_by_post;
    for (;;) {
        const auto typed = terminal.ask("Paper:", "--file F, or the numbers");
        if (!typed) return typed.error();
        if (typed->empty()) break;
        const auto serial = ballot::parse_serial(state.ballot, *typed);
        const auto recorded = serial ? record(session, ballot, {*serial}, received, again) : Result<wire::ReturnsRecorded>(serial.error());
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
    const auto received = received_at(session, options.received, *state);
    if (!received) return received.error();
    if (options.serials.empty() && options.file.empty()) return scan(session, *state, *received, options.again);
    const auto serials = given_serials(state->ballot, options);
    if (!serials) return serials.error();
    constexpr std::size_t most = 1000; // at once
    if (serials->size() > most)
        return Refusal{Kind::invalid, "batch_too_large",
                       "The file has " + std::to_string(serials->size()) + " papers; at most 1000 are recorded at once.",
                       "Divide it. Nothing is recorded."};
    const auto recorded = record(session, options.ballot, *serials, *received, options.again);
    if (!recorded) return recorded.error();
    session.show(wire::to_json(*recorded), rehearsal_line(session.terminal(), state->rehearsal) + batch_words(session.terminal(), *recorded));
    return Exit::done;
}

void add_return(Command postal, Session& session)
{
    auto command = postal.add_subcommand("return", "Record voting papers that came back, by scanning or typing their numbers");
    const auto given = value<ReturnOptions>();
    command.add_option("ballot", given->ballot, "The ballot's id").required();
    auto serials =
        command.add_option("serials", given->serials, "numbers of papers; - reads them from stdin, one a line; without any, they are asked for");
    command.add_option("--file", given->file, "File (or -) with a number a line, as a scanner types them").excludes(serials);
    command.add_option("--received", given->received,
                       "when they were received, if it was not now: 2013-10-18T11:30; always after the closing, or now");
    command.add_flag("--again", given->again,
                     "these are other papers under numbers that are recorded already, such as copies: keep them as duplicates");
    command.footer("The first valid return of a member counts. Every other paper is kept and listed with\n"
                   "its reason: walkout postal status ID. What is received at or after the closing does not count.");
    on_run(command, session, [&session, given] { return record_returns(session, *given); });
}

void add_mistake(Command postal, Session& session)
{
    auto command = postal.add_subcommand("mistake", "Take back the last recording of a paper's number, with a reason");
    const auto id = value<std::string>();
    const auto serial = value<std::string>();
    const auto reason = value<std::string>();
    command.add_option("ballot", *id, "The ballot's id").required();
    command.add_option("serial", *serial, "the number that was recorded by mistake").required();
    command.add_option("--reason", *reason, "what happened: \"typed 71 for 17\"").required();
    on_run(command, session, [&session, id, serial, reason]() -> Result<Exit> {
        const auto state = postal_state(session, *id);
        if (!state) return state.error();
        const auto number = ballot::parse_serial(state->ballot, *serial);
        if (!number) return number.error();
        const auto taken_back = std::ranges::count_if(
            state->not_counting, [&](const wire::ReturnLine& paper) { return paper.serial == *number && paper.fate == ballot::PaperFate::mistaken; });
        const auto told = session.api().value()->post_raw<wire::Nothing>(postal_path(*id, "/mistakes"),
                                                                         wire::to_json(wire::MistakenReturn{*number, *reason, taken_back}));
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
    out += line("Members who asked for a paper", state.figures.asked) + line("Papers numbered", state.figures.numbered) +
           line("Papers sent", state.figures.sent);
    out += line("Returned by post", state.figures.returned_by_post) + line("  of these transcribed", state.figures.transcribed) +
           line("Returned online", state.figures.returned_online);
    out += line("Duplicates, kept", state.figures.duplicates) + line("Void: replaced, withdrawn", state.figures.revoked) +
           line("Void: never issued", state.figures.unissued);
    out += line("Too late", state.figures.late) + line("Recorded by mistake", state.figures.mistaken);
    for (const auto& paper : state.not_counting)
        out += "\n  " + fate_words(terminal, paper) + "; received " + text(paper.received_at) + ", recorded by " + paper.recorded_by +
               (paper.reason ? " (" + *paper.reason + ")" : "");
    for (const auto& pair : state.keyed) out += "\n  " + papers(pair.papers) + " keyed by " + pair.first + " and " + pair.second;
    if (state.finished) return out + "\nThe post is finished; the boards are sealed.";
    if (!state.to_transcribe.empty())
        out += "\n" + papers(static_cast<std::int64_t>(state.to_transcribe.size())) + " to transcribe: walkout postal transcribe " +
               state.ballot.text() + " --by NAME";
    else if (state.closed && state.issued) out += "\nWhen the last post is in: walkout postal finish " + state.ballot.text();
    return out;
}

void add_status(Command postal, Session& session)
{
    auto command = postal.add_subcommand("status", "Papers sent, returned and transcribed, and those that do not count");
    const auto id = value<std::string>();
    command.add_option("ballot", *id, "The ballot's id").required();
    on_run(command, session, [&session, id]() -> Result<Exit> {
        const auto state = postal_state(session, *id);
        if (!state) return state.error();
        session.show(wire::to_json(*state), status_words(session.terminal(), *state));
        return Exit::done;
    });
}

void add_finish(Command postal, Session& session)
{
    auto command = postal.add_subcommand("finish", "State that every paper received before the closing is in; the boards are sealed");
    const auto id = value<std::string>();
    const auto yes = value<bool>(false);
    command.add_option("ballot", *id, "The ballot's id").required();
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
        terminal.tell(papers(state->figures.returned_by_post) + " count and " + std::to_string(state->figures.transcribed) + " are transcribed. " +
                      std::to_string(state->figures.duplicates) + " duplicate, " + std::to_string(state->figures.revoked + state->figures.unissued) +
                      " void and " + std::to_string(state->figures.late) + " too late do not count: walkout postal status " + ballot +
                      " lists them. When the boards are sealed nothing can be added, not even a paper that was received in time.");
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

void add_postal_return_commands(Command postal, Session& session)
{
    add_return(postal, session);
    add_mistake(postal, session);
    add_status(postal, session);
    add_finish(postal, session);
}

} // namespace walkout::cli
