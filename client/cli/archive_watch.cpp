// archive watch: keeps a copy of every board of a ballot, and raises the alarm when one changes, shrinks or is shown in two versions.

#include "client/cli/archive_watch.hpp"

#include "client/cli/archive_file.hpp"
#include "client/cli/bound_paper.hpp"
#include "shared/protocol/growth.hpp"
#include "shared/wire/audit_files.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <sstream>
#include <thread>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;
using protocol::ArchiveReader;
using protocol::Head;
using Clock = std::chrono::system_clock;

struct Options {
    std::string ballot;
    std::string folder;
    std::string board_key;
    std::vector<std::string> witnesses;
    std::uint64_t every = 600;
    std::uint64_t rounds = 0;
    bool once = false;
};

Instant machine_now() { return std::chrono::floor<std::chrono::seconds>(Clock::now()); }

/// A head with its signature checked, as sent and as claimed.
struct SeenSigned {
    wire::BoardHead sent;
    Head head;
};

/// One JSON object a line, each a head that must be signed with the pinned key.
Result<std::vector<SeenSigned>> read_heads(const fs::path& file, const std::string& board_key)
{
    const auto content = read_file(file);
    if (!content) return content.error();
    std::vector<SeenSigned> out;
    std::istringstream lines(*content);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) continue;
        const auto sent = wire::from_json<wire::BoardHead>(line);
        const auto head = sent ? genuine_head(*sent, board_key) : Result<Head>(sent.error());
        if (!head)
            return Refusal{Kind::invalid, "witness_rejected", file.string() + " holds something that is no head signed by this board.",
                           "It proves nothing. A head is one line of JSON, as `archive fetch` and `archive watch` write it."};
        out.push_back({*sent, *head});
    }
    return out;
}

std::uint64_t ballots_in(const std::string& archive)
{
    std::uint64_t count = 0;
    protocol::EventReader reader(ArchiveReader::from(archive));
    for (auto step = reader.next(); step && *step; step = reader.next())
        if ((*step)->event.type == protocol::EventType::ballot) ++count;
    return count;
}

class Watch {
public:
    Watch(Session& session, const Options& options)
        : session_(session), options_(options),
          folder_(options.folder.empty() ? session.folders().state / "watch" / options.ballot : fs::path(options.folder))
    {}

    Result<Exit> run()
    {
        if (const auto witnesses = read_witnesses(); !witnesses) return witnesses.error();
        const auto rounds = options_.once ? 1 : options_.rounds;
        for (std::uint64_t round = 1;; ++round) {
            const bool last = round == rounds;
            if (const auto looked = look(); !looked) {
                // A server that does not answer is no evidence of anything; one that answers something else than before is.
                if (looked.error().kind != Kind::unavailable || last) return looked.error();
                session_.terminal().tell(looked.error().detail + " Trying again in " + std::to_string(options_.every) + " seconds.");
            }
            if (last) return Exit::done;
            std::this_thread::sleep_for(std::chrono::seconds(options_.every));
        }
    }

private:
    fs::path pin_file() const { return folder_ / "ballot.json"; }
    fs::path copy_file(const std::string& id) const { return folder_ / (id + ".bel"); }
    fs::path heads_file(const std::string& id) const { return folder_ / (id + ".heads.jsonl"); }

    /// Heads that others saw are only read once the board's key is known, which they cannot change.
    Result<void> read_witnesses()
    {
        for (const auto& file : options_.witnesses)
            if (const auto content = read_file(file); !content) return content.error();
        return {};
    }

    Result<void> look()
    {
        const auto api = session_.api();
        if (!api) return api.error();
        const auto material = (*api)->get<wire::VotingMaterial>("/api/v1/ballots/" + segment(options_.ballot) + "/voting");
        if (!material) return gone(material.error());
        if (const auto pinned = pin(*material); !pinned) return pinned.error();
        witnesses_.clear();
        for (const auto& file : options_.witnesses) {
            auto heads = read_heads(file, pinned_.board_key);
            if (!heads) return heads.error();
            std::ranges::move(*heads, std::back_inserter(witnesses_));
        }
        for (const auto& constituency : pinned_.constituencies)
            if (const auto looked = look_at(constituency); !looked) return looked.error();
        if (const auto strangers = strange_witnesses(); !strangers) return strangers.error();
        first_ = false;
        return {};
    }

    /// What was there before and is not any more.
    Refusal gone(const Refusal& refusal) const
    {
        if (refusal.kind != Kind::not_found || !fs::exists(pin_file())) return refusal;
        return Refusal{Kind::invalid, "board_changed", "The server no longer knows this ballot, which it showed before: " + refusal.detail,
                       "Your copies are in " + folder_.string() + ". Keep them: they are evidence."};
    }

    /// The first look decides what all later ones are held to: the key and elections that the voting paper binds.
    Result<void> pin(const wire::VotingMaterial& material)
    {
        wire::WatchedBallot now{material.ballot.text(), material.title, material.board_key, {}};
        for (const auto& constituency : material.constituencies) {
            const auto election = protocol::parse_election(constituency.election);
            if (!election) return election.error();
            if (election->uuid != constituency.id.text() || election->fingerprint != constituency.fingerprint)
                return alarm("board_changed", constituency.name + ": the server sent an election that is not the one it names.", {});
            if (const auto paper = bound_paper(material, *election); !paper) return paper.error();
            now.constituencies.push_back({constituency.id.text(), constituency.name, constituency.fingerprint});
        }
        if (!options_.board_key.empty() && options_.board_key != now.board_key)
            return alarm("board_key_changed", "The board's key is " + now.board_key + ", not the one you gave.", {});
        if (!fs::exists(pin_file())) {
            write_private(pin_file(), wire::to_json(now) + "\n");
            session_.terminal().tell("Watching \"" + now.title + "\" from now on, under the board key\n    " + now.board_key +
                                     "\nCompare it with the one on a voting paper or letter. Copies are kept in " + folder_.string());
        }
        const auto content = read_file(pin_file());
        if (!content) return content.error();
        const auto pinned = wire::from_json<wire::WatchedBallot>(*content);
        if (!pinned) return pinned.error();
        pinned_ = *pinned;
        if (now.ballot != pinned_.ballot)
            return Refusal{Kind::invalid, "other_ballot", folder_.string() + " watches another ballot, " + pinned_.ballot + ".",
                           "Give another folder."};
        if (now.board_key != pinned_.board_key)
            return alarm("board_key_changed", "The board's key was " + pinned_.board_key + " and now is " + now.board_key + ".", {});
        const auto same = [](const wire::WatchedConstituency& a, const wire::WatchedConstituency& b) {
            return a.id == b.id && a.election == b.election;
        };
        if (!std::ranges::equal(pinned_.constituencies, now.constituencies, same))
            return alarm("board_changed", "The elections of this ballot are not those it had when you began to watch.", {});
        return {};
    }

    Result<void> look_at(const wire::WatchedConstituency& place)
    {
        const auto id = ConstituencyId::parse(place.id).value();
        std::vector<SeenSigned> before;
        if (fs::exists(heads_file(place.id))) {
            auto kept = read_heads(heads_file(place.id), pinned_.board_key);
            if (!kept) return kept.error();
            before = std::move(*kept);
        }
        const auto sent = download_head(session_, id);
        if (!sent && sent.error().kind == Kind::not_found) {
            if (!before.empty()) return alarm("board_changed", place.name + ": the board is gone, though it was there before.", {});
            session_.terminal().say(session_.terminal().dim(place.name + ": nothing is published yet."));
            return {};
        }
        if (!sent) return sent.error();
        const bool unchanged = !before.empty() && before.back().sent.signature == sent->signature;
        const auto hour_ago = Clock::now() - std::chrono::hours(1);
        if (unchanged && !first_ && !options_.once && looked_[place.id] > hour_ago) return {};
        return compare(place, id, before);
    }

    Result<void> compare(const wire::WatchedConstituency& place, const ConstituencyId& id, const std::vector<SeenSigned>& before)
    {
        const auto board = download_board(session_, id);
        if (!board) return board.error();
        const auto head = genuine_head(board->head, pinned_.board_key);
        if (!head) return alarm("head_signature", place.name + ": the board's head is not signed with the key it had.", {place, *board});
        if (const auto consistent = check_heads(place, before, *head, *board); !consistent) return consistent.error();
        std::string kept;
        if (fs::exists(copy_file(place.id))) {
            auto content = read_file(copy_file(place.id));
            if (!content) return content.error();
            kept = *std::move(content);
        }
        if (!board->archive.starts_with(kept)) {
            const auto growth = protocol::compare_growth(ArchiveReader::from(kept), ArchiveReader::from(board->archive));
            std::string vanished;
            for (const auto& tracker : growth.vanished) vanished += " Vanished: " + tracker + ".";
            return alarm("board_changed", place.name + ": what you saw earlier has changed. " + growth.fault + "." + vanished, {place, *board});
        }
        const auto known = kept.empty() ? 0 : ballots_in(kept);
        // A copy's ballots are believed only by the run that proved them.
        const auto verified = verify_bytes(session_, board->archive, {.proved_before = first_ ? 0 : known});
        if (verified.failure)
            return alarm("archive_rejected",
                         place.name + ": the archive fails the check " + std::string(name(verified.failure->check)) + " at record " +
                             std::to_string(verified.failure->record) + ": " + verified.failure->why + ".",
                         {place, *board});
        const auto events = event_hashes(ArchiveReader::from(board->archive));
        if (verified.election->fingerprint != head->election || head->election != place.election)
            return alarm("head_mismatch", place.name + ": the signed head is of another election than the archive sent with it.", {place, *board});
        if (const auto checked = check_head(session_, *head, events); !checked)
            return alarm(checked.error().code, checked.error().detail, {place, *board});
        if (const auto extends = check_against_events(place, before, events, *board); !extends) return extends.error();
        return keep(place, before, *board, verified, known);
    }

    /// The new head beside every head seen so far, here or by a witness: one honest board can have signed them all.
    Result<void> check_heads(const wire::WatchedConstituency& place, const std::vector<SeenSigned>& before, const Head& head,
                             const Download& board) const
    {
        const auto check = [&](const SeenSigned& other, const char* whose) -> Result<void> {
            if (const auto why = protocol::contradiction(other.head, head))
                return alarm("split_view", place.name + ": the board has signed two histories. Against a head " + whose + ", " + *why + ".",
                             {place, board, other.sent});
            return {};
        };
        for (const auto& seen : before)
            if (const auto fine = check(seen, "you saw earlier"); !fine) return fine.error();
        if (!before.empty() && head.height < before.back().head.height)
            return alarm("board_changed",
                         place.name + ": the board went back, from height " + std::to_string(before.back().head.height) + " to " +
                             std::to_string(head.height) + ".",
                         {place, board, before.back().sent});
        for (const auto& seen : witnesses_)
            if (const auto fine = check(seen, "that a witness saw"); !fine) return fine.error();
        return {};
    }

    /// Every signed head must be an event of the archive, at its height.
    Result<void> check_against_events(const wire::WatchedConstituency& place, const std::vector<SeenSigned>& before,
                                      const std::vector<std::string>& events, const Download& board)
    {
        auto heads = before;
        for (const auto& seen : witnesses_)
            if (seen.head.election == place.election) heads.push_back(seen);
        for (const auto& seen : heads) {
            if (seen.head.height >= events.size()) {
                session_.terminal().tell(place.name + ": a witness saw height " + std::to_string(seen.head.height) + ", signed at " +
                                         text(seen.head.batch) + ", which this server has not shown you yet.");
                continue;
            }
            if (events[seen.head.height] != seen.head.event)
                return alarm("split_view",
                             place.name + ": the board has signed two histories. The head it signed at " + text(seen.head.batch) + " for height " +
                                 std::to_string(seen.head.height) + " is not in the archive it shows.",
                             {place, board, seen.sent});
        }
        return {};
    }

    Result<void> strange_witnesses() const
    {
        for (const auto& seen : witnesses_)
            if (std::ranges::find(pinned_.constituencies, seen.head.election, &wire::WatchedConstituency::election) == pinned_.constituencies.end())
                return Refusal{Kind::invalid, "witness_rejected", "A witness's head is of another election than those watched here.",
                               "Give only heads of this ballot."};
        return {};
    }

    Result<void> keep(const wire::WatchedConstituency& place, const std::vector<SeenSigned>& before, const Download& board,
                      const protocol::Verification& verified, std::uint64_t known)
    {
        looked_[place.id] = Clock::now();
        if (std::ranges::find(before, board.head.signature, [](const SeenSigned& seen) { return seen.sent.signature; }) != before.end()) {
            session_.terminal().say(session_.terminal().dim(place.name + ": unchanged at height " + std::to_string(board.head.height) + "."));
            return {};
        }
        write_private(copy_file(place.id), board.archive);
        std::string heads;
        for (const auto& seen : before) heads += wire::to_json(seen.sent) + "\n";
        write_private(heads_file(place.id), heads + wire::to_json(board.head) + "\n");
        const wire::WatchLine line{machine_now(),
                                   place.id,
                                   place.name,
                                   board.head.height,
                                   board.head.event,
                                   board.head.batch,
                                   static_cast<std::int64_t>(verified.ballots),
                                   static_cast<std::int64_t>(verified.ballots - known),
                                   verified.finished(),
                                   copy_file(place.id).string()};
        const auto& terminal = session_.terminal();
        session_.show(wire::to_json(line), terminal.good("new head") + "  " + place.name + ": height " + std::to_string(line.height) + ", " +
                                               std::to_string(line.ballots) + " ballots (" + std::to_string(line.ballots_added) +
                                               " new), signed at " + text(line.batch) + (line.finished ? ", with the result" : "") +
                                               "; verified\n          " + line.event);
        return {};
    }

    struct Shown {
        std::optional<wire::WatchedConstituency> place{};
        std::optional<Download> board{};
        std::optional<wire::BoardHead> against{}; ///< the signed head that it contradicts
    };

    /// Puts aside what was kept and what is shown now, so that nothing overwrites it, and ends the watch.
    Refusal alarm(const std::string& code, const std::string& why, const Shown& shown) const
    {
        auto folder = folder_ / ("evidence-" + text(machine_now()));
        while (fs::exists(folder)) folder += "-again"; // evidence is never overwritten
        write_private(folder / "why.txt", why + "\nBoard key: " + pinned_.board_key + "\n");
        if (shown.place) {
            for (const auto& file : {copy_file(shown.place->id), heads_file(shown.place->id)})
                if (fs::exists(file)) fs::copy_file(file, folder / ("kept-" + file.filename().string()), fs::copy_options::overwrite_existing);
            if (shown.board) {
                write_private(folder / ("shown-" + shown.place->id + ".bel"), shown.board->archive);
                write_private(folder / ("shown-" + shown.place->id + ".head.json"), wire::to_json(shown.board->head) + "\n");
            }
            if (shown.against) write_private(folder / "contradicted.head.json", wire::to_json(*shown.against) + "\n");
        }
        return Refusal{Kind::invalid, code, "ALARM. " + why,
                       "What you had and what is shown now are put aside in " + folder.string() +
                           ". Keep it and tell the scrutineer: this is evidence."};
    }

    Session& session_;
    const Options& options_;
    fs::path folder_;
    wire::WatchedBallot pinned_;
    std::vector<SeenSigned> witnesses_;
    std::map<std::string, Clock::time_point> looked_; ///< when each archive was last downloaded and compared
    bool first_ = true;
};

} // namespace

void add_archive_watch(Command archive, Session& session)
{
    auto command =
        archive.add_subcommand("watch", "Keep a copy of every board of a ballot; raise the alarm if one changes, shrinks or shows two faces");
    auto options = value<Options>();
    command.add_option("ballot", options->ballot, "The ballot's id").required();
    command.add_option("-o,--output", options->folder, "Folder for the copies and heads (by default one of this ballot among walkout's own)");
    command.add_option("--board-key", options->board_key, "The board's key as a voting paper or letter names it: nothing else is accepted");
    command.add_option("--witness", options->witnesses,
                       "File with signed heads that somebody else saw, one a line: they must fit what is shown here");
    command.add_option("--every", options->every, "How often to look, such as 30s, 10m or 1h")
        .transform(is_span())
        .shows_default("10m")
        .check(is_positive());
    auto rounds = command.add_option("--rounds", options->rounds, "Stop after so many looks").check(is_positive());
    command.add_flag("--once", options->once, "Look once and stop").excludes(rounds);
    command.footer(
        "Every head and archive is verified; one that is new is printed. The archive itself is downloaded when its head is new, at the first\n"
        "look, and at least once an hour. Exit code 3: ALARM, with what was kept and what is shown now put aside as evidence.");
    on_run(command, session, [&session, options] { return Watch(session, *options).run(); });
}

} // namespace walkout::cli
