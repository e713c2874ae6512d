#include "client/cli/picket_parts.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/wire/strike_day_messages.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

namespace walkout::cli {
namespace {

// An organiser's device keeps two kinds of file, each 0600, in the state folder: rosters as the server signed them, and the lines that have not
// reached it yet. A line is on disk before anything is sent, so no signal, and no end of the battery, loses one.

Instant machine_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::filesystem::path folder(const Session& session) { return session.folders().state / "pickets"; }

/// One plan's files begin alike.
std::filesystem::path file_of(const Session& session, const std::string& walkout, const std::string& branch, const char* ending)
{
    return folder(session) / (walkout + "-" + hex(sha256(branch)).substr(0, 12) + ending);
}

Result<wire::Roster> open_roster(const std::string& content, const std::string& file)
{
    const auto damaged = [&] {
        return Refusal{.kind = Kind::invalid,
                       .code = "roster_damaged",
                       .detail = "The roster in " + file + " is not as the server signed it.",
                       .next = "Get it again with: walkout picket roster"};
    };
    const auto sealed = wire::from_json<wire::SignedRoster>(content);
    if (!sealed) return damaged();
    const auto key = parse_public_key(sealed->board_key);
    const auto signature = parse_signature(sealed->signature);
    if (!key || !signature || !verify_signature(*key, "walkout-roster|" + sealed->roster, *signature)) return damaged();
    return wire::from_json<wire::Roster>(sealed->roster);
}

/// The roster with this post: the named file, or whichever of those downloaded.
Result<wire::Roster> roster_with(const Session& session, std::int64_t post, const std::string& file)
{
    std::vector<std::filesystem::path> files;
    if (!file.empty()) files.emplace_back(file);
    else if (std::filesystem::is_directory(folder(session)))
        for (const auto& entry : std::filesystem::directory_iterator(folder(session)))
            if (entry.path().string().ends_with(".roster.json")) files.push_back(entry.path());
    for (const auto& path : files) {
        const auto content = read_file(path);
        if (!content) return content.error();
        auto roster = open_roster(*content, path.string());
        if (!roster) return roster;
        if (std::ranges::find(roster->posts, post, &wire::RosterPost::number) != roster->posts.end()) return roster;
    }
    return Refusal{.kind = Kind::not_found,
                   .code = "no_roster",
                   .detail = "No roster on this device has post " + std::to_string(post) + ".",
                   .next = "While there is a signal: walkout picket roster WALKOUT"};
}

class Journal {
public:
    Journal(const Session& session, const std::string& walkout, const std::string& branch) : path_(file_of(session, walkout, branch, ".lines.json"))
    {}

    Result<wire::CheckInList> read() const
    {
        if (!std::filesystem::exists(path_)) return wire::CheckInList{};
        const auto content = read_file(path_);
        if (!content) return content.error();
        return wire::from_json<wire::CheckInList>(*content);
    }
    void write(const wire::CheckInList& lines) const { write_private(path_, wire::to_json(lines)); }

private:
    std::filesystem::path path_;
};

struct Sent {
    std::int64_t taken = 0; ///< by the server, now or before
    std::vector<wire::CheckInVerdict> refused;
};

/// Sends what waits; only what the server has taken leaves the device.
Result<Sent> send_lines(Session& session, const std::string& walkout, const std::string& branch)
{
    const Journal journal(session, walkout, branch);
    auto waiting = journal.read();
    if (!waiting) return waiting.error();
    const auto api = session.api();
    if (!api) return api.error();
    Sent sent;
    std::vector<wire::CheckInLine> kept;
    const auto lines = waiting->lines;
    for (std::size_t at = 0; at < lines.size(); at += 500) {
        const auto end = std::min(lines.size(), at + 500);
        const wire::CheckInList part{{lines.begin() + static_cast<std::ptrdiff_t>(at), lines.begin() + static_cast<std::ptrdiff_t>(end)}};
        const auto target = "/api/v1/walkouts/" + segment(walkout) + "/plans/" + segment(branch) + "/check-ins";
        const auto verdicts = (*api)->post_raw<wire::CheckInVerdicts>(target, wire::to_json(part)); // a line sent twice is one line
        if (!verdicts) return verdicts.error();
        for (std::size_t i = 0; i < part.lines.size(); ++i) {
            const auto verdict = std::ranges::find(verdicts->lines, part.lines[i].id, &wire::CheckInVerdict::id);
            if (verdict != verdicts->lines.end() && !verdict->code) ++sent.taken;
            else kept.push_back(part.lines[i]);
            if (verdict != verdicts->lines.end() && verdict->code) sent.refused.push_back(*verdict);
        }
        std::vector<wire::CheckInLine> rest = kept;
        rest.insert(rest.end(), lines.begin() + static_cast<std::ptrdiff_t>(end), lines.end());
        journal.write({std::move(rest)});
    }
    return sent;
}

// ---- the roster ----

void add_roster(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("roster", "Take the signed roster along, for where there is no signal (co-chairs, organisers)");
    const auto plan = value<PlanOptions>();
    add_plan_options(command, *plan);
    const auto output = add_output(command);
    on_run(command, session, [&session, plan, output]() -> Result<Exit> {
        const auto path = plan_path(session, *plan, "/roster");
        if (!path) return path.error();
        const auto content = (*session.api())->get_text(*path);
        if (!content) return content.error();
        const auto roster = open_roster(*content, "the server's answer");
        if (!roster) return roster.error();
        write_private(file_of(session, roster->walkout.text(), roster->branch, ".roster.json"), *content);
        if (!output->empty()) write_private(*output, *content);
        session.show(*content, rehearsal_line(session.terminal(), roster->rehearsal) + "On this device now: " + std::to_string(roster->posts.size()) +
                                   " posts, " + std::to_string(roster->people.size()) +
                                   " people on them.\nWith or without a signal: walkout picket check-in POST");
        return Exit::done;
    });
}

// ---- check-in ----

struct CheckInOptions {
    std::vector<std::string> members;
    std::string roster, at;
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

Result<std::vector<wire::CheckInLine>> lines_of(Session& session, const CheckInOptions& given, const wire::Roster& roster, std::int64_t post)
{
    auto at = machine_now() + std::chrono::seconds(roster.clock_offset);
    if (!given.at.empty()) {
        const auto zone = Zone::find(roster.zone);
        if (!zone)
            return Refusal{.kind = Kind::invalid, .code = "unknown_zone", .detail = "This device does not know the time zone " + roster.zone + "."};
        at = zone->instant(*parse_wall(given.at));
    }
    std::vector<wire::CheckInLine> lines;
    for (const auto& member : given.members) {
        const bool listed =
            std::ranges::any_of(roster.people, [&](const wire::RosterLine& line) { return line.post == post && line.number == member; });
        if (!listed && !given.walked_up)
            return Refusal{.kind = Kind::not_found,
                           .code = "not_on_roster",
                           .detail = member + " is not on the roster of post " + std::to_string(post) + ".",
                           .next = "If they have just walked up, add --walked-up."};
        std::array<std::uint8_t, 16> id{};
        session.random().fill(id);
        lines.push_back({hex(id), post, member,
                         given.mistake ? strike::CheckKind::mistake
                         : given.left  ? strike::CheckKind::left
                                       : strike::CheckKind::arrived,
                         at});
    }
    return lines;
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

void add_check_in(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("check-in", "Who has come, by the roster on this device; without --member, shows the list (organisers)");
    const auto post = add_post_number(command);
    const auto given = value<CheckInOptions>();
    command.add_option("--member", given->members, "member number; may be repeated");
    auto* left = command.add_flag("--left", given->left, "they have gone");
    command.add_flag("--mistake", given->mistake, "take back what was last noted for them here")->excludes(left);
    command.add_flag("--walked-up", given->walked_up, "they are not on the roster");
    command.add_option("--at", given->at, "local time it was, where it was not now, such as 2013-11-05T12:05")->check(is_wall());
    command.add_flag("--offline", given->offline, "do not try to reach the server; send later with: picket merge");
    command.add_option("--roster", given->roster, "this roster file, instead of one downloaded here");
    on_run(command, session, [&session, post, given]() -> Result<Exit> {
        const auto roster = roster_with(session, *post, given->roster);
        if (!roster) return roster.error();
        const Journal journal(session, roster->walkout.text(), roster->branch);
        auto waiting = journal.read();
        if (!waiting) return waiting.error();
        if (given->members.empty()) {
            const auto on = std::ranges::find(roster->posts, *post, &wire::RosterPost::number);
            session.show(wire::to_json(*waiting), list_words(session.terminal(), *roster, *on, *waiting));
            return Exit::done;
        }
        const auto lines = lines_of(session, *given, *roster, *post);
        if (!lines) return lines.error();
        waiting->lines.insert(waiting->lines.end(), lines->begin(), lines->end());
        journal.write(*waiting);
        const auto kept = [&](const std::string& why) {
            session.show(wire::to_json(wire::CheckInList{*lines}), why + std::to_string(waiting->lines.size()) +
                                                                       (waiting->lines.size() == 1 ? " line waits" : " lines wait") +
                                                                       " on this device; send with: walkout picket merge");
            return Exit::done;
        };
        if (given->offline) return kept("Noted. ");
        const auto sent = send_lines(session, roster->walkout.text(), roster->branch);
        if (!sent && sent.error().code == "unreachable") return kept("Noted; the server cannot be reached. ");
        if (!sent) return sent.error();
        return show_sent(session, *sent, lines->size());
    });
}

void add_merge(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("merge", "Send what was noted without a signal; as often as you like, nothing is lost or doubled");
    on_run(command, session, [&session]() -> Result<Exit> {
        Sent all;
        if (std::filesystem::is_directory(folder(session)))
            for (const auto& entry : std::filesystem::directory_iterator(folder(session))) {
                if (!entry.path().string().ends_with(".roster.json")) continue;
                const auto content = read_file(entry.path());
                if (!content) return content.error();
                const auto roster = open_roster(*content, entry.path().string());
                if (!roster) return roster.error();
                const auto sent = send_lines(session, roster->walkout.text(), roster->branch);
                if (!sent) return sent.error();
                all.taken += sent->taken;
                all.refused.insert(all.refused.end(), sent->refused.begin(), sent->refused.end());
            }
        return show_sent(session, all, 0);
    });
}

// ---- numbers and names afterwards ----

void add_headcount(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("headcount", "How many people are at each site, hour by hour: numbers only");
    const auto walkout = value<std::string>();
    command.add_option("walkout", *walkout, "its id; see `walkout strike list`")->required();
    on_run(command, session, [&session, walkout]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto counts = (*api)->get<wire::HeadcountView>("/api/v1/walkouts/" + segment(*walkout) + "/headcount");
        if (!counts) return counts.error();
        auto out = rehearsal_line(session.terminal(), counts->rehearsal);
        for (const auto& site : counts->sites) {
            out += session.terminal().bold(site.name) + "  " + session.terminal().dim(site.branch) + "\n";
            for (const auto& hour : site.hours) out += "  " + text(hour.from) + "  " + std::to_string(hour.people) + "\n";
            if (site.hours.empty()) out += "  nobody checked in yet\n";
        }
        session.show(wire::to_json(*counts), out.empty() ? "No picket site yet." : out);
        return Exit::done;
    });
}

void add_attendance(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("attendance", "Who came, who walked up, who did not (co-chairs, organisers)");
    const auto plan = value<PlanOptions>();
    add_plan_options(command, *plan);
    on_run(command, session, [&session, plan]() -> Result<Exit> {
        const auto path = plan_path(session, *plan, "/attendance");
        if (!path) return path.error();
        const auto list = (*session.api())->get<wire::AttendedList>(*path);
        if (!list) return list.error();
        auto out = rehearsal_line(session.terminal(), list->rehearsal);
        for (const auto& person : list->people)
            out += "post " + std::to_string(person.post) + "  " + person.name + "  " + session.terminal().dim(person.number) + "  " + person.state +
                   (person.minutes > 0 ? ", " + strike::length_words(std::chrono::minutes(person.minutes)) : "") + "\n";
        session.show(wire::to_json(*list), list->people.empty() ? out + "Nobody is on the rota." : out);
        return Exit::done;
    });
    auto& csv = *group.add_subcommand("export", "The attendance as CSV, for a purpose that is recorded (co-chairs)");
    const auto of = value<PlanOptions>();
    add_plan_options(csv, *of);
    const auto message = value<wire::ExportAsked>();
    csv.add_option("--purpose", message->purpose, "what it is for, such as: strike pay")->required();
    const auto output = add_output(csv);
    on_run(csv, session, [&session, of, message, output]() -> Result<Exit> {
        const auto path = plan_path(session, *of, "/attendance-export");
        if (!path) return path.error();
        const auto response =
            (*session.api())->exchange({.verb = net::Verb::post, .target = *path, .body = wire::to_json(*message)}, Api::Repeat::no);
        if (!response) return response.error();
        return save(session, response->body, *output);
    });
}

void add_incidents(CLI::App& group, Session& session)
{
    auto& incident = *group.add_subcommand("incident", "What happened on the line (organisers note, co-chairs read)");
    incident.require_subcommand(1);
    auto& fresh = *incident.add_subcommand("add", "Note one");
    const auto plan = value<PlanOptions>();
    add_plan_options(fresh, *plan);
    const auto message = value<wire::NewIncident>();
    const auto at = value<std::string>();
    fresh.add_option("--site", message->site, "number of the site")->required();
    fresh.add_option("--at", *at, "local time it happened")->required()->check(is_wall());
    fresh.add_option("--words", message->words, "what happened")->required();
    fresh.add_option("--police", message->police, "officers, numbers, reference");
    on_run(fresh, session, [&session, plan, message, at]() -> Result<Exit> {
        message->at = *parse_wall(*at);
        const auto path = plan_path(session, *plan, "/incidents");
        if (!path) return path.error();
        const auto noted = (*session.api())->post<wire::Numbered>(*path, *message);
        if (!noted) return noted.error();
        session.show(wire::to_json(*noted), "Noted as incident " + std::to_string(noted->number) + ".");
        return Exit::done;
    });
    auto& list = *incident.add_subcommand("list", "Those of a branch");
    const auto of = value<PlanOptions>();
    add_plan_options(list, *of);
    on_run(list, session, [&session, of]() -> Result<Exit> {
        const auto path = plan_path(session, *of, "/incidents");
        if (!path) return path.error();
        const auto incidents = (*session.api())->get<wire::IncidentList>(*path);
        if (!incidents) return incidents.error();
        std::string out;
        for (const auto& one : incidents->incidents)
            out += session.terminal().bold(text(one.at)) + "  site " + std::to_string(one.site) + "  " + one.words +
                   (one.police.empty() ? "" : "\n  police: " + one.police) + session.terminal().dim("\n  noted by " + one.recorded_by) + "\n";
        session.show(wire::to_json(*incidents), out.empty() ? "No incident was noted." : out);
        return Exit::done;
    });
}

} // namespace

void add_picket_day_commands(CLI::App& group, Session& session)
{
    add_roster(group, session);
    add_check_in(group, session);
    add_merge(group, session);
    add_headcount(group, session);
    add_attendance(group, session);
    add_incidents(group, session);
}

} // namespace walkout::cli
