#include "client/cli/picket_parts.hpp"
#include "client/cli/roster.hpp"
#include "shared/base/encoding.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

namespace walkout::cli {
namespace {

Instant machine_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

struct Sent {
    std::int64_t taken = 0; ///< by the server, now or before
    std::vector<wire::CheckInVerdict> refused;
};

/// Sends what waits; only what the server has taken leaves the device.
Result<Sent> send_lines(Session& session, const wire::Roster& roster)
{
    const Journal journal(session, roster);
    auto waiting = journal.read();
    if (!waiting) return waiting.error();
    const auto api = session.api();
    if (!api) return api.error();
    Sent sent;
    const auto lines = waiting->lines;
    for (std::size_t at = 0; at < lines.size(); at += 500) {
        const auto end = std::min(lines.size(), at + 500);
        const wire::CheckInList part{{lines.begin() + static_cast<std::ptrdiff_t>(at), lines.begin() + static_cast<std::ptrdiff_t>(end)}};
        const auto target = "/api/v1/walkouts/" + segment(roster.walkout.text()) + "/plans/" + segment(roster.branch) + "/check-ins";
        const auto verdicts = (*api)->post_raw<wire::CheckInVerdicts>(target, wire::to_json(part)); // a line sent twice is one line
        if (!verdicts) return verdicts.error();
        std::set<std::string> taken;
        for (const auto& verdict : verdicts->lines) {
            if (verdict.code) sent.refused.push_back(verdict);
            else taken.insert(verdict.id);
        }
        sent.taken += static_cast<std::int64_t>(taken.size());
        const auto gone = journal.change([&](auto& all) { std::erase_if(all, [&](const auto& line) { return taken.contains(line.id); }); });
        if (!gone) return gone.error();
    }
    return sent;
}

// ---- the roster ----

void add_roster(Command group, Session& session)
{
    auto command = group.add_subcommand("roster", "Take the signed roster along, for where there is no signal (co-chairs, organisers)");
    const auto plan = value<PlanOptions>();
    add_plan_options(command, *plan);
    const auto output = add_output(command);
    on_run(command, session, [&session, plan, output]() -> Result<Exit> {
        const auto path = plan_path(session, *plan, "/roster");
        if (!path) return path.error();
        const auto content = (*session.api())->get_text(*path);
        if (!content) return content.error();
        const auto kept = keep_roster(session, *content);
        if (!kept) return kept.error();
        const auto& roster = kept->roster;
        if (!output->empty()) write_private(*output, *content);
        session.show(*content, rehearsal_line(session.terminal(), roster.rehearsal) + "On this device now: " + std::to_string(roster.posts.size()) +
                                   " posts, " + std::to_string(roster.people.size()) +
                                   " people on them.\nWith or without a signal: walkout picket check-in POST");
        return Exit::done;
    });
}

// ---- check-in ----

std::string name_on(const wire::Roster& roster, const std::string& number)
{
    const auto found = std::ranges::find(roster.people, number, &wire::RosterLine::number);
    return found == roster.people.end() ? number : found->name;
}

struct CheckInOptions {
    std::vector<std::string> members;
    std::string scan, roster, at;
    bool left = false, mistake = false, offline = false, walked_up = false;
};

/// Who is expected on a post, and what this device has noted but not sent yet.
std::string list_words(const Terminal& terminal, const wire::Roster& roster, const wire::RosterPost& post, const wire::CheckInList& waiting)
{
    auto out = rehearsal_line(terminal, roster.rehearsal) + terminal.bold("post " + std::to_string(post.number)) + "  " + post.words + "\n  " +
               post.site + " (" + post.entrance + ")\n";
    std::map<std::string, std::string> noted;
    for (const auto& line : waiting.lines)
        if (line.post == post.number) noted[line.member] = std::string(name(line.kind)) + " " + text(line.at);
    for (const auto& person : roster.people) {
        if (person.post != post.number) continue;
        out += "  " + person.name + "  " + terminal.dim(person.number) + (noted.contains(person.number) ? "  " + noted[person.number] : "") + "\n";
        noted.erase(person.number);
    }
    for (const auto& [number, what] : noted) out += "  " + number + "  " + what + "\n";
    return out + "Check somebody in: walkout picket check-in " + std::to_string(post.number) + " --member NUMBER";
}

Result<wire::CheckInLine> line_of(Session& session, const CheckInOptions& given, const wire::Roster& roster, std::int64_t post,
                                  const std::string& member)
{
    auto at = machine_now() + std::chrono::seconds(roster.clock_offset);
    if (!given.at.empty()) {
        const auto zone = Zone::find(roster.zone);
        if (!zone)
            return Refusal{.kind = Kind::invalid, .code = "unknown_zone", .detail = "This device does not know the time zone " + roster.zone + "."};
        at = zone->instant(*parse_wall(given.at));
    }
    const bool listed = std::ranges::any_of(roster.people, [&](const wire::RosterLine& line) { return line.post == post && line.number == member; });
    if (!listed && !given.walked_up)
        return Refusal{.kind = Kind::not_found,
                       .code = "not_on_roster",
                       .detail = member + " is not on the roster of post " + std::to_string(post) + ".",
                       .next = "If they have just walked up, add --walked-up."};
    std::array<std::uint8_t, 16> id{};
    session.random().fill(id);
    const auto kind = given.mistake ? strike::CheckKind::mistake : given.left ? strike::CheckKind::left : strike::CheckKind::arrived;
    return wire::CheckInLine{hex(id), post, member, kind, at};
}

/// All or none of the numbers that were typed: a slip in one is put right before any is noted.
Result<std::vector<wire::CheckInLine>> typed_lines(Session& session, const CheckInOptions& given, const wire::Roster& roster, std::int64_t post)
{
    std::vector<wire::CheckInLine> lines;
    for (const auto& member : given.members) {
        auto line = line_of(session, given, roster, post, member);
        if (!line) return line.error();
        lines.push_back(*std::move(line));
    }
    return lines;
}

struct Scanned {
    std::vector<wire::CheckInLine> lines;
    std::int64_t refused = 0;
};

/// Passes as a scanner reads them, one a line, each noted on disk before the next is read; people queue behind a bad one, so it stops nobody else.
Result<Scanned> scan_passes(Session& session, const CheckInOptions& given, const OpenRoster& roster, std::int64_t post, const Journal& journal)
{
    std::ifstream file;
    if (given.scan != "-") {
        file.open(given.scan);
        if (!file)
            return Refusal{.kind = Kind::not_found, .code = "no_such_file", .detail = given.scan + " cannot be read.", .next = "Check its name."};
    }
    auto& in = given.scan == "-" ? std::cin : file;
    Scanned scanned;
    for (std::string code; std::getline(in, code);) {
        while (!code.empty() && (code.back() == '\r' || code.back() == ' ')) code.pop_back();
        if (code.empty()) continue;
        const auto member = member_of_pass(roster, post, code);
        const auto line = member ? line_of(session, given, roster.roster, post, *member) : Result<wire::CheckInLine>(member.error());
        if (!line) {
            ++scanned.refused;
            session.terminal().say(session.terminal().bad("Not noted: ") + line.error().detail + " " + line.error().next);
            continue;
        }
        if (const auto noted = journal.change([&](auto& all) { all.push_back(*line); }); !noted) return noted.error();
        scanned.lines.push_back(*line);
        session.terminal().say("Noted: " + name_on(roster.roster, *member));
    }
    return scanned;
}

Result<Exit> show_sent(Session& session, const Sent& sent, std::size_t noted)
{
    std::string out = noted == 0 ? "" : "Noted " + std::to_string(noted) + ". ";
    out += "The server has taken " + std::to_string(sent.taken) + (sent.taken == 1 ? " line." : " lines.");
    wire::CheckInVerdicts verdicts{sent.refused};
    for (const auto& refused : sent.refused) out += "\n" + session.terminal().bad("Kept on this device: ") + refused.detail.value_or("");
    session.show(wire::to_json(verdicts), out);
    return sent.refused.empty() ? Exit::done : Exit::conflict;
}

/// Notes people on this device, and sends what waits there if it can.
Result<Exit> check_in(Session& session, std::int64_t post, const CheckInOptions& given)
{
    const auto opened = roster_with(session, post, given.roster);
    if (!opened) return opened.error();
    const auto& roster = opened->roster;
    const Journal journal(session, roster);
    auto waiting = journal.read();
    if (!waiting) return waiting.error();
    if (given.members.empty() && given.scan.empty()) {
        const auto on = std::ranges::find(roster.posts, post, &wire::RosterPost::number);
        session.show(wire::to_json(*waiting), list_words(session.terminal(), roster, *on, *waiting));
        return Exit::done;
    }
    Scanned noted;
    if (given.scan.empty()) {
        auto lines = typed_lines(session, given, roster, post);
        if (!lines) return lines.error();
        if (const auto done = journal.change([&](auto& all) { all.insert(all.end(), lines->begin(), lines->end()); }); !done) return done.error();
        noted.lines = *std::move(lines);
    } else {
        auto scanned = scan_passes(session, given, *opened, post, journal);
        if (!scanned) return scanned.error();
        noted = *std::move(scanned);
    }
    const auto done = noted.refused == 0 ? Exit::done : Exit::error;
    const auto kept = [&](const std::string& why) -> Result<Exit> {
        const auto now = journal.read();
        if (!now) return now.error();
        const auto count = now->lines.size();
        session.show(wire::to_json(wire::CheckInList{noted.lines}),
                     why + std::to_string(count) + (count == 1 ? " line waits" : " lines wait") + " on this device; send with: walkout picket merge");
        return done;
    };
    if (given.offline) return kept("Noted. ");
    const auto sent = send_lines(session, roster);
    if (!sent && sent.error().code == "unreachable") return kept("Noted; the server cannot be reached. ");
    if (!sent) return sent.error();
    const auto shown = show_sent(session, *sent, noted.lines.size());
    return shown && *shown == Exit::done ? done : shown;
}

void add_check_in(Command group, Session& session)
{
    auto command = group.add_subcommand("check-in", "Who has come, by the roster on this device; without --member, shows the list (organisers)");
    const auto post = add_post_number(command);
    const auto given = value<CheckInOptions>();
    auto members = command.add_option("--member", given->members, "member number; may be repeated");
    command
        .add_option(
            "--scan", given->scan,
            "file with the codes of picket passes, one a line; - takes what a scanner types, as in: zbarcam --raw | walkout picket check-in 17 "
            "--scan -")
        .excludes(members);
    auto left = command.add_flag("--left", given->left, "they have gone");
    command.add_flag("--mistake", given->mistake, "take back what was last noted for them here").excludes(left);
    command.add_flag("--walked-up", given->walked_up, "they are not on the roster");
    command.add_option("--at", given->at, "local time it was, where it was not now, such as 2013-11-05T12:05").check(is_wall());
    command.add_flag("--offline", given->offline, "do not try to reach the server; send later with: picket merge");
    command.add_option("--roster", given->roster, "this roster file, instead of one downloaded here");
    on_run(command, session, [&session, post, given] { return check_in(session, *post, *given); });
}

void add_merge(Command group, Session& session)
{
    auto command = group.add_subcommand("merge", "Send what was noted without a signal; as often as you like, nothing is lost or doubled");
    on_run(command, session, [&session]() -> Result<Exit> {
        Sent all;
        std::optional<Refusal> failed;
        for (const auto& opened : kept_rosters(session)) {
            const auto sent = send_lines(session, opened.roster);
            if (!sent && sent.error().code == "unreachable") return sent.error();
            if (!sent) { // what is wrong with one plan keeps no other waiting
                session.terminal().tell(opened.roster.title + ", " + opened.roster.branch + ": " + sent.error().detail + " " + sent.error().next);
                failed = sent.error();
                continue;
            }
            all.taken += sent->taken;
            all.refused.insert(all.refused.end(), sent->refused.begin(), sent->refused.end());
            if (forget_roster(session, opened.roster, machine_now()))
                session.terminal().say("The roster of " + opened.roster.title + ", " + opened.roster.branch +
                                       ", is over and was removed from this device.");
        }
        const auto shown = show_sent(session, all, 0);
        if (failed) return *failed;
        return shown;
    });
}

} // namespace

void add_picket_day_commands(Command group, Session& session)
{
    add_roster(group, session);
    add_check_in(group, session);
    add_merge(group, session);
}

} // namespace walkout::cli
