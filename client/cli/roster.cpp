#include "client/cli/roster.hpp"

#include "client/cli/board_trust.hpp"
#include "shared/base/encoding.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/strike/pass.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

constexpr std::string_view roster_ending = ".roster.json";
constexpr std::string_view lines_ending = ".lines.json";

std::filesystem::path folder(const Session& session) { return session.folders().state / "pickets"; }

/// One plan's files begin alike.
std::filesystem::path file_of(const Session& session, const OpenRoster& roster, std::string_view ending)
{
    const auto key = hex(sha256(hex(roster.board_key) + "\n" + roster.roster.branch)).substr(0, 16);
    return folder(session) / (roster.roster.walkout.text() + "-" + key + std::string(ending));
}

/// Believes the key in it only once `trusted` has seen it.
template <class Trusted> Result<OpenRoster> open_sealed(const Result<wire::SignedRoster>& sealed, const std::string& file, Trusted trusted)
{
    const auto damaged = [&] {
        return Refusal{.kind = Kind::invalid,
                       .code = "roster_damaged",
                       .detail = "The roster in " + file + " is not as the server signed it.",
                       .next = "Get it again with: walkout picket roster"};
    };
    if (!sealed) return damaged();
    const auto key = parse_public_key(sealed->board_key);
    const auto signature = parse_signature(sealed->signature);
    if (!key || !signature || !verify_signature(*key, "walkout-roster|" + sealed->roster, *signature)) return damaged();
    if (const auto known = trusted(sealed->board_key); !known) return known.error();
    auto roster = wire::from_json<wire::Roster>(sealed->roster);
    if (!roster) return damaged();
    return OpenRoster{*std::move(roster), *key, *sealed, hex(sha256(sealed->roster))};
}

Result<OpenRoster> open_file(const Session& session, const std::filesystem::path& file)
{
    const auto content = read_file(file);
    if (!content) return content.error();
    return open_sealed(wire::from_json<wire::SignedRoster>(*content), file.string(),
                       [&](const std::string& key) { return check_board_key(session, key); });
}

std::vector<std::filesystem::path> kept_files(const Session& session, std::string_view ending)
{
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::is_directory(folder(session))) return files;
    for (const auto& entry : std::filesystem::directory_iterator(folder(session)))
        if (entry.path().string().ends_with(ending)) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

void remove_files(const Session& session, const OpenRoster& roster)
{
    std::filesystem::remove(file_of(session, roster, roster_ending));
    const auto lines = file_of(session, roster, lines_ending);
    std::filesystem::remove(lines);
    std::filesystem::remove(lines.string() + ".lock");
}

bool has_post(const wire::Roster& roster, std::int64_t post)
{
    return std::ranges::find(roster.posts, post, &wire::RosterPost::number) != roster.posts.end();
}

} // namespace

Result<OpenRoster> keep_roster(const Session& session, const std::string& content)
{
    auto opened = open_sealed(wire::from_json<wire::SignedRoster>(content), "the server's answer",
                              [&](const std::string& key) { return trust_board_key(session, key); });
    if (opened) write_private(file_of(session, *opened, roster_ending), content);
    return opened;
}

Result<OpenRoster> roster_with(const Session& session, std::int64_t post, const std::string& file)
{
    const auto files = file.empty() ? kept_files(session, roster_ending) : std::vector<std::filesystem::path>{file};
    std::optional<Refusal> unread;
    for (const auto& path : files) {
        auto opened = open_file(session, path);
        if (opened && has_post(opened->roster, post)) return opened;
        if (!opened) unread = opened.error(); // of another server, perhaps: it stops none that is ours
    }
    if (unread) return *unread;
    return Refusal{.kind = Kind::not_found,
                   .code = "no_roster",
                   .detail = "No roster on this device has post " + std::to_string(post) + ".",
                   .next = "While there is a signal: walkout picket roster WALKOUT"};
}

std::vector<OpenRoster> kept_rosters(Session& session)
{
    std::vector<OpenRoster> rosters;
    for (const auto& path : kept_files(session, roster_ending)) {
        auto opened = open_file(session, path);
        if (!opened) {
            session.terminal().tell(opened.error().detail + " " + opened.error().next);
            continue;
        }
        rosters.push_back(*std::move(opened));
    }
    return rosters;
}

bool forget_roster(const Session& session, const OpenRoster& roster, Instant now)
{
    const auto waiting = Journal(session, roster).read();
    if (!waiting || !waiting->lines.empty() || !waiting->incidents.empty()) return false;
    for (const auto& post : roster.roster.posts)
        if (now + std::chrono::seconds(roster.roster.clock_offset) < post.to + Days(7)) return false;
    remove_files(session, roster);
    return true;
}

std::string remove_rosters(const Session& session)
{
    std::string told;
    for (const auto& path : kept_files(session, roster_ending)) {
        const auto opened = open_file(session, path);
        if (!opened) continue; // of another server
        const auto which = "The roster of " + opened->roster.title + ", " + opened->roster.branch;
        const auto waiting = Journal(session, *opened).read();
        const bool waits = !waiting || !waiting->lines.empty() || !waiting->incidents.empty();
        if (!waits) remove_files(session, *opened);
        told += "\n" + which +
                (waits ? ", and what was noted under it, stays on this device until it is sent: walkout picket merge"
                       : ", with the names on it, was removed from this device.");
    }
    return told;
}

Result<std::string> member_of_pass(const OpenRoster& roster, std::int64_t post, std::string_view code)
{
    const auto read = strike::read_pass(code);
    if (!read)
        return Refusal{.kind = Kind::invalid, .code = "not_a_pass", .detail = "This code is not a picket pass.", .next = "Ask for their number."};
    const auto& [pass, signature_text] = *read;
    const auto signature = parse_signature(signature_text);
    if (!signature || !verify_signature(roster.board_key, strike::signed_text(pass), *signature))
        return Refusal{.kind = Kind::invalid,
                       .code = "pass_not_genuine",
                       .detail = "The pass of " + pass.member + " was not signed by the server of this roster.",
                       .next = "Ask who they are, and check them in by --member."};
    const auto number = static_cast<std::int64_t>(pass.post);
    if (pass.walkout != roster.roster.walkout || number != post)
        return Refusal{.kind = Kind::invalid,
                       .code = "pass_for_other_post",
                       .detail = "The pass of " + pass.member + " is for post " + std::to_string(number) + " of " + pass.walkout.text() + ".",
                       .next = "If they stay here, check them in by --member with --walked-up."};
    return pass.member;
}

Journal::Journal(const Session& session, const OpenRoster& roster) : path_(file_of(session, roster, lines_ending)) {}

Result<wire::WaitingLines> Journal::read() const
{
    if (!std::filesystem::exists(path_)) return wire::WaitingLines{};
    const auto content = read_file(path_);
    if (!content) return content.error();
    return wire::from_json<wire::WaitingLines>(*content);
}

Result<void> Journal::change(const std::function<void(wire::WaitingLines&)>& how) const
{
    const auto lock = FileLock::wait_for(path_);
    auto now = read();
    if (!now) return now.error();
    how(*now);
    std::erase_if(now->rosters, [&](const auto& kept) {
        return std::ranges::find(now->lines, kept.first, &wire::WaitingLine::roster) == now->lines.end() &&
               std::ranges::find(now->incidents, kept.first, &wire::WaitingIncident::roster) == now->incidents.end();
    });
    write_private(path_, wire::to_json(*now));
    return {};
}

Result<void> Journal::note(const OpenRoster& roster, const std::vector<wire::CheckInLine>& lines) const
{
    return change([&](wire::WaitingLines& waiting) {
        waiting.rosters.insert_or_assign(roster.hash, roster.sealed);
        for (const auto& line : lines) waiting.lines.push_back({line, roster.hash, std::nullopt, std::nullopt});
    });
}

Result<void> Journal::note(const OpenRoster& roster, const wire::NewIncident& incident) const
{
    return change([&](wire::WaitingLines& waiting) {
        waiting.rosters.insert_or_assign(roster.hash, roster.sealed);
        waiting.incidents.push_back({incident, roster.hash, std::nullopt, std::nullopt});
    });
}

Result<OpenRoster> Journal::open(const Session& session, const wire::SignedRoster& sealed) const
{
    return open_sealed(sealed, path_.string(), [&](const std::string& key) { return check_board_key(session, key); });
}

std::vector<Journal> kept_journals(const Session& session)
{
    std::vector<Journal> journals;
    for (const auto& path : kept_files(session, lines_ending)) journals.push_back(Journal(path));
    return journals;
}

} // namespace walkout::cli
