#include "client/cli/kept_incident.hpp"
#include "client/cli/picket_parts.hpp"
#include "client/cli/post_list.hpp"
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
    std::vector<wire::WaitingLine> refused;
};

/// What stands against these lines whatever is sent again, so that each of them is refused for it.
bool is_of_every_line(const std::string& code)
{
    return code == "not_your_branch" || code == "no_such_walkout" || code == "roster_not_genuine" || code == "names_deleted";
}

Result<std::vector<wire::CheckInVerdict>> verdicts_on(Session& session, const OpenRoster& roster, const std::vector<wire::CheckInLine>& lines)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto target = "/api/v1/walkouts/" + segment(roster.roster.walkout.text()) + "/plans/" + segment(roster.roster.branch) + "/check-ins";
    const auto sent = (*api)->post_raw<wire::CheckInVerdicts>(target, wire::to_json(wire::CheckInList{lines, roster.sealed})); // twice is once
    if (sent) return sent->lines;
    if (!is_of_every_line(sent.error().code)) return sent.error();
    std::vector<wire::CheckInVerdict> verdicts;
    for (const auto& line : lines) verdicts.push_back({line.id, false, sent.error().code, sent.error().detail + " " + sent.error().next});
    return verdicts;
}

/// Takes off what the server has, and writes beside the rest why it has not.
Result<void> settle(const Journal& journal, const std::vector<wire::CheckInVerdict>& verdicts, Sent& sent)
{
    return journal.change([&](wire::WaitingLines& waiting) {
        std::erase_if(waiting.lines, [&](wire::WaitingLine& waits) {
            const auto verdict = std::ranges::find(verdicts, waits.line.id, &wire::CheckInVerdict::id);
            if (verdict == verdicts.end()) return false;
            waits.code = verdict->code;
            waits.detail = verdict->detail;
            if (verdict->code) {
                sent.refused.push_back(waits);
            } else {
                ++sent.taken;
                const auto& line = waits.line; // stays on the list here
                waiting.taken.push_back({line.id, line.post, line.member, "", line.kind, line.at});
            }
            return !verdict->code;
        });
    });
}

enum class Which { not_refused, all };

/// Sends what waits of one plan, each line with the roster it was written under; only what the server has taken leaves the device.
Result<Sent> send_lines(Session& session, const Journal& journal, Which which)
{
    const auto waiting = journal.read();
    if (!waiting) return waiting.error();
    Sent sent;
    std::optional<Refusal> failed;
    for (const auto& [hash, sealed] : waiting->rosters) {
        const auto roster = journal.open(session, sealed);
        if (!roster) { // another server's, perhaps: the lines wait for it and keep no other
            failed = roster.error();
            continue;
        }
        std::vector<wire::CheckInLine> lines;
        for (const auto& waits : waiting->lines)
            if (waits.roster == hash && (which == Which::all || !waits.code)) lines.push_back(waits.line);
        for (std::size_t at = 0; at < lines.size(); at += 500) {
            const auto end = std::min(lines.size(), at + 500);
            const auto verdicts =
                verdicts_on(session, *roster, {lines.begin() + static_cast<std::ptrdiff_t>(at), lines.begin() + static_cast<std::ptrdiff_t>(end)});
            if (!verdicts) return verdicts.error();
            if (const auto settled = settle(journal, *verdicts, sent); !settled) return settled.error();
        }
    }
    if (failed && sent.taken == 0 && sent.refused.empty()) return *failed;
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
        if (const auto heard = hear_lines(session, *kept, Journal(session, *kept)); !heard) return heard.error();
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
    bool left = false, mistake = false, offline = false, walked_up = false, at_second = false;
};

std::string list_words(const Terminal& terminal, const wire::PostList& list, const wire::RosterPost& post)
{
    auto out = rehearsal_line(terminal, list.rehearsal) + terminal.bold("post " + std::to_string(post.number)) + "  " + post.words + "\n  " +
               post.site + " (" + post.entrance + ")\n";
    for (const auto& person : list.people) {
        const auto who = person.name.empty() ? person.number : person.name + "  " + terminal.dim(person.number);
        out += "  " + who + (person.words.empty() ? "" : "  " + (person.state == "arrived" ? terminal.good(person.words) : person.words)) +
               (person.waits ? terminal.dim("  not sent yet") : "") + (person.refused ? terminal.bad("  a line of theirs was refused") : "") + "\n";
    }
    return out + "Check somebody in: walkout picket check-in " + std::to_string(post.number) + " --member NUMBER";
}

/// A phone's keyboard writes m0004: the roster's own spelling, where it has one but for capitals; else in capitals where the roster's are.
std::string spelled(const wire::Roster& roster, const std::string& number)
{
    const auto capitals = [](std::string text) {
        for (auto& c : text)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        return text;
    };
    bool all_capitals = !roster.people.empty();
    for (const auto& person : roster.people) {
        if (person.number == number) return number;
        all_capitals = all_capitals && person.number == capitals(person.number);
    }
    for (const auto& person : roster.people)
        if (capitals(person.number) == capitals(number)) return person.number;
    return all_capitals ? capitals(number) : number;
}

Result<Instant> noted_at(const CheckInOptions& given, const wire::Roster& roster)
{
    if (given.at.empty()) return machine_now() + std::chrono::seconds(roster.clock_offset);
    const auto zone = Zone::find(roster.zone);
    if (!zone)
        return Refusal{.kind = Kind::invalid, .code = "unknown_zone", .detail = "This device does not know the time zone " + roster.zone + "."};
    return zone->instant(*parse_wall(given.at), given.at_second ? Zone::Repeated::later : Zone::Repeated::earlier);
}

/// A slip that the server would refuse, or that would count for nothing, is best put right while the person stands there.
std::optional<Refusal> slip_in(const wire::CheckInLine& line, const wire::Roster& roster, const wire::WaitingLines& waiting)
{
    const auto on = std::ranges::find(roster.posts, line.post, &wire::RosterPost::number);
    if (line.at < on->from - Days(1) || line.at >= on->to + Days(1))
        return Refusal{.kind = Kind::invalid,
                       .code = "bad_time",
                       .detail = local_words(line.at, roster, *on) + " is a day or more away from post " + std::to_string(line.post) + ", " +
                                 on->words + ".",
                       .next = "Check the date, or this device's clock."};
    const auto list = post_list(roster, *on, waiting);
    const auto person = std::ranges::find(list.people, line.member, &wire::OnPost::number);
    if (line.kind == strike::CheckKind::left && person != list.people.end() && person->state == "arrived" && line.at < *person->at)
        return Refusal{.kind = Kind::invalid,
                       .code = "left_before_arrival",
                       .detail = name_on(roster, line.member) + " " + person->words + ", so they did not leave before that.",
                       .next = "Check the time; or take the arrival back with --mistake."};
    return std::nullopt;
}

/// Whom a pass signed by the board names has a place on the post, whether or not this roster knows of it yet.
enum class Shown { number, pass };

Result<wire::CheckInLine> line_of(Session& session, const CheckInOptions& given, const wire::Roster& roster, const wire::WaitingLines& waiting,
                                  std::int64_t post, const std::string& typed, Shown shown)
{
    const auto at = noted_at(given, roster);
    if (!at) return at.error();
    const auto member = shown == Shown::pass ? typed : spelled(roster, typed);
    const auto is_it = [&](const auto& line) { return line.post == post && line.member == member; };
    const bool listed =
        std::ranges::any_of(roster.people, [&](const wire::RosterLine& line) { return line.post == post && line.number == member; }) ||
        std::ranges::any_of(waiting.taken, is_it);
    if (!listed && !given.walked_up && shown == Shown::number)
        return Refusal{.kind = Kind::not_found,
                       .code = "not_on_roster",
                       .detail = member + " is not on the roster of post " + std::to_string(post) + ".",
                       .next = "If they have just walked up, add --walked-up."};
    std::array<std::uint8_t, 16> id{};
    session.random().fill(id);
    const auto kind = given.mistake ? strike::CheckKind::mistake : given.left ? strike::CheckKind::left : strike::CheckKind::arrived;
    wire::CheckInLine line{hex(id), post, member, kind, *at};
    if (auto slip = slip_in(line, roster, waiting)) return *slip;
    return line;
}

/// All or none of the numbers that were typed: a slip in one is put right before any is noted.
Result<std::vector<wire::CheckInLine>> typed_lines(Session& session, const CheckInOptions& given, const wire::Roster& roster,
                                                   const wire::WaitingLines& waiting, std::int64_t post)
{
    std::vector<wire::CheckInLine> lines;
    for (const auto& member : given.members) {
        auto line = line_of(session, given, roster, waiting, post, member, Shown::number);
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
        const auto waiting = journal.read();
        if (!waiting) return waiting.error();
        const auto line =
            member ? line_of(session, given, roster.roster, *waiting, post, *member, Shown::pass) : Result<wire::CheckInLine>(member.error());
        if (!line) {
            ++scanned.refused;
            session.terminal().say(session.terminal().bad("Not noted: ") + line.error().detail + " " + line.error().next);
            continue;
        }
        if (const auto noted = journal.note(roster, {*line}); !noted) return noted.error();
        scanned.lines.push_back(*line);
        session.terminal().say("Noted: " + name_on(roster.roster, *member));
    }
    return scanned;
}

std::string words_of(const wire::WaitingLine& waits)
{
    const auto& line = waits.line;
    return "post " + std::to_string(line.post) + ", " + line.member + ", " + std::string(name(line.kind)) + " " + text(line.at) + ": " +
           waits.detail.value_or("");
}

std::string words_of(const wire::WaitingIncident& waits)
{
    return "incident at site " + std::to_string(waits.note.site) + ", " + text(waits.note.at) + ": " + waits.detail.value_or("");
}

template <class Waiting> std::string list_of(const std::string& before, const std::vector<Waiting>& lines)
{
    std::string out;
    for (const auto& line : lines) out += "\n" + before + words_of(line);
    return out;
}

wire::CheckInVerdicts verdicts_of(const std::vector<wire::WaitingLine>& refused)
{
    wire::CheckInVerdicts out;
    for (const auto& waits : refused) out.lines.push_back({waits.line.id, false, waits.code, waits.detail});
    return out;
}

std::string taken_words(std::int64_t taken) { return "The server has taken " + std::to_string(taken) + (taken == 1 ? " line." : " lines."); }

/// What others noted too, where there is a signal.
Result<Exit> show_list(Session& session, std::int64_t post, const OpenRoster& opened, const Journal& journal, bool offline)
{
    const auto heard = offline ? Result<void>() : hear_lines(session, opened, journal);
    const auto waiting = journal.read();
    if (!waiting) return waiting.error();
    const auto on = std::ranges::find(opened.roster.posts, post, &wire::RosterPost::number);
    const auto list = post_list(opened.roster, *on, *waiting);
    session.show(wire::to_json(list), list_words(session.terminal(), list, *on));
    if (!heard) {
        const auto since =
            list.heard_at ? " since " + local_words(*list.heard_at + std::chrono::seconds(opened.roster.clock_offset), opened.roster, *on) : "";
        session.terminal().tell(heard.error().detail + " What others noted" + since + " is not in this list.");
    }
    return Exit::done;
}

/// Notes people on this device, and sends what waits there if it can.
Result<Exit> check_in(Session& session, std::int64_t post, const CheckInOptions& given)
{
    const auto opened = roster_with(session, post, given.roster);
    if (!opened) return opened.error();
    const auto& roster = opened->roster;
    const Journal journal(session, *opened);
    if (given.members.empty() && given.scan.empty()) return show_list(session, post, *opened, journal, given.offline);
    const auto waiting = journal.read();
    if (!waiting) return waiting.error();
    Scanned noted;
    if (given.scan.empty()) {
        auto lines = typed_lines(session, given, roster, *waiting, post);
        if (!lines) return lines.error();
        if (const auto done = journal.note(*opened, *lines); !done) return done.error();
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
        session.show(wire::to_json(wire::CheckInList{noted.lines, std::nullopt}),
                     why + std::to_string(count) + (count == 1 ? " line waits" : " lines wait") + " on this device; send with: walkout picket merge");
        return done;
    };
    if (given.offline) return kept(noted.lines.empty() ? "Nothing was noted. " : "Noted. ");
    const auto sent = send_lines(session, journal, Which::not_refused); // nobody queues behind a line that was refused before
    if (!sent && is_no_answer(sent.error()))
        return kept((noted.lines.empty() ? "Nothing was noted. " : "Noted; not sent yet: ") + sent.error().detail + " ");
    if (!sent) return sent.error();
    session.show(wire::to_json(verdicts_of(sent->refused)), "Noted " + std::to_string(noted.lines.size()) + ". " + taken_words(sent->taken) +
                                                                list_of(session.terminal().bad("Refused, and kept on this device: "), sent->refused));
    return sent->refused.empty() ? done : Exit::conflict;
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
    command.add_flag("--at-second", given->at_second, "in the hour that autumn repeats: the second time the clock shows --at");
    command.add_flag("--offline", given->offline, "do not try to reach the server; send later with: picket merge");
    command.add_option("--roster", given->roster, "this roster file, instead of one downloaded here");
    on_run(command, session, [&session, post, given] { return check_in(session, *post, *given); });
}

/// What other devices noted comes to this one; names are kept no longer than they are needed.
void tidy(Session& session)
{
    for (const auto& opened : kept_rosters(session)) {
        (void)hear_lines(session, opened, Journal(session, opened)); // lists are shown without it too
        if (forget_roster(session, opened, machine_now()))
            session.terminal().say("The roster of " + opened.roster.title + ", " + opened.roster.branch +
                                   ", is over and was removed from this device.");
    }
}

/// Off the device, with a copy: nothing is lost unless its owner throws the copy away too.
Result<void> drop(const std::vector<Journal>& journals, const std::vector<wire::WaitingLine>& refused, const std::string& file)
{
    wire::WaitingLines copy{.lines = refused, .rosters = {}};
    for (const auto& journal : journals) {
        const auto waiting = journal.read();
        if (!waiting) return waiting.error();
        for (const auto& [hash, sealed] : waiting->rosters)
            if (std::ranges::find(refused, hash, &wire::WaitingLine::roster) != refused.end()) copy.rosters.insert_or_assign(hash, sealed);
        for (const auto& incident : waiting->incidents)
            if (incident.code) copy.incidents.push_back(incident);
    }
    write_private(file, wire::to_json(copy));
    for (const auto& journal : journals) {
        const auto gone = journal.change([&](wire::WaitingLines& waiting) {
            std::erase_if(waiting.lines, [&](const wire::WaitingLine& waits) {
                return std::ranges::any_of(refused, [&](const wire::WaitingLine& other) { return other.line.id == waits.line.id; });
            });
            std::erase_if(waiting.incidents, [&](const wire::WaitingIncident& waits) {
                return std::ranges::any_of(copy.incidents, [&](const wire::WaitingIncident& other) { return other.note.id == waits.note.id; });
            });
        });
        if (!gone) return gone.error();
    }
    return {};
}

Result<Exit> merge(Session& session, const std::string& drop_to)
{
    if (!drop_to.empty() && std::filesystem::exists(drop_to))
        return Refusal{.kind = Kind::conflict,
                       .code = "file_exists",
                       .detail = "There is a file " + drop_to + " already, perhaps with lines that were dropped before.",
                       .next = "Name another for the copy."};
    Sent all;
    SentIncidents all_notes;
    std::optional<Refusal> failed;
    const auto journals = kept_journals(session);
    for (const auto& journal : journals) {
        const auto sent = send_lines(session, journal, Which::all);
        if (!sent && sent.error().code == "unreachable") return sent.error();
        if (!sent) { // what is wrong with one plan keeps no other waiting
            session.terminal().tell(journal.path().string() + ": " + sent.error().detail + " " + sent.error().next);
            failed = sent.error();
            continue;
        }
        all.taken += sent->taken;
        all.refused.insert(all.refused.end(), sent->refused.begin(), sent->refused.end());
        const auto notes = send_incidents(session, journal);
        if (!notes) return notes.error();
        all_notes.taken += notes->taken;
        all_notes.refused.insert(all_notes.refused.end(), notes->refused.begin(), notes->refused.end());
    }
    auto words = taken_words(all.taken);
    if (all_notes.taken > 0) words += " And " + std::to_string(all_notes.taken) + (all_notes.taken == 1 ? " incident note." : " incident notes.");
    const bool all_well = all.refused.empty() && all_notes.refused.empty();
    const bool dropping = !drop_to.empty() && !all_well;
    if (dropping) {
        if (const auto dropped = drop(journals, all.refused, drop_to); !dropped) return dropped.error();
        words += "\nDropped " + std::to_string(all.refused.size() + all_notes.refused.size()) + ", with a copy in " + drop_to + ":" +
                 list_of("  ", all.refused) + list_of("  ", all_notes.refused);
    } else if (!all_well) {
        const auto before = session.terminal().bad("Refused, and kept on this device: ");
        words += list_of(before, all.refused) + list_of(before, all_notes.refused) +
                 "\nThey keep nothing else waiting. Put right what they name, or take them off with a copy: walkout picket merge --drop FILE";
    }
    tidy(session);
    session.show(wire::to_json(verdicts_of(all.refused)), words);
    if (failed) return *failed;
    return all_well || dropping ? Exit::done : Exit::conflict;
}

void add_merge(Command group, Session& session)
{
    auto command = group.add_subcommand("merge", "Send what was noted without a signal; as often as you like, nothing is lost or doubled");
    const auto drop_to = value<std::string>();
    command.add_option("--drop", *drop_to, "take the lines that the server refuses off this device, and write them to this new file instead");
    on_run(command, session, [&session, drop_to] { return merge(session, *drop_to); });
}

} // namespace

void add_picket_day_commands(Command group, Session& session)
{
    add_roster(group, session);
    add_check_in(group, session);
    add_merge(group, session);
}

} // namespace walkout::cli
