// ballot cast-file: a ballot made by belenios-tool, or by anybody's program, under the member's own voting code.

#include "client/cli/cast_file_command.hpp"

#include "client/cli/voting.hpp"
#include "shared/protocol/ballot.hpp"
#include "shared/protocol/challenge.hpp"
#include "shared/wire/ballot_messages.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string file;
    std::string number_file;
    bool yes = false;
};

constexpr std::string_view again = "Nothing was sent. Make the ballot again from an archive fetched now; `walkout ballot cast-file --help` says how.";

/// The file's ballot, without the line end that belenios-tool writes after it.
Result<std::string> read_ballot(const std::string& file)
{
    auto bytes = read_file(file);
    if (!bytes) return bytes.error();
    if (bytes->ends_with('\n')) bytes->pop_back();
    const auto header = protocol::ballot_header(*bytes);
    if (protocol::parse_challenge(*bytes) || (header && !header->is_signed))
        return Refusal{Kind::invalid, "opened_ballot", "This ballot was opened to check it: it has no signature, and can never be cast.",
                       "Nothing was sent. Vote afresh: walkout ballot vote BALLOT"};
    if (!header) return Refusal{Kind::malformed, "not_a_ballot", file + " does not hold a ballot.", std::string(again)};
    return bytes;
}

/// The ballot that has this election, those that are open first.
Result<VotingBallot> find_ballot(Api& api, const std::string& uuid)
{
    auto list = api.get<wire::BallotList>("/api/v1/ballots");
    if (!list) return list.error();
    std::ranges::stable_partition(list->ballots, [](const wire::BallotLine& line) { return line.phase == ballot::Phase::open; });
    for (const auto& line : list->ballots) {
        const auto view = api.get<wire::BallotView>("/api/v1/ballots/" + segment(line.id.text()));
        if (!view) return view.error();
        const auto is_it = [&](const wire::ConstituencyView& constituency) { return constituency.id.text() == uuid; };
        if (std::ranges::any_of(view->constituencies, is_it)) return load_voting_ballot(api, line.id.text());
    }
    return Refusal{Kind::invalid, "wrong_election", "This ballot was made for an election that is not on this server.", std::string(again)};
}

/// All that the server will check, so that a ballot it would refuse is not sent.
Result<protocol::Ballot> check_ballot(Api& api, const protocol::Election& election, const std::string& bytes)
{
    const auto explained = [](Refusal refusal) {
        refusal.next = again;
        return refusal;
    };
    auto ballot = protocol::parse_ballot(*election.group, bytes);
    if (!ballot) return explained(ballot.error());
    if (const auto checked = protocol::check_signature(election, *ballot); !checked) return explained(checked.error());
    const auto listed = is_listed(api, election, ballot->credential);
    if (!listed) return listed.error();
    if (!*listed)
        return Refusal{Kind::not_entitled, "not_on_roll", "This ballot was made with a voting code that no member of this ballot has.",
                       "Nothing was sent. Compare the code with your message or letter: belenios-tool 2.0 does not notice a mistake in it."};
    if (const auto checked = protocol::check_proofs(election, *ballot); !checked) return explained(checked.error());
    return ballot;
}

/// Puts the ballot where a retry finds it. Another one that waits there was sealed first, and may be recorded already.
Result<void> keep(Session& session, const Casting& casting, const std::string& bytes)
{
    if (!fs::exists(casting.kept)) {
        keep_sealed(session, casting, bytes);
        return {};
    }
    const auto waiting = read_file(casting.kept);
    if (!waiting) return waiting.error();
    if (*waiting == bytes) return {};
    return Refusal{Kind::conflict, "vote_waiting",
                   "Another vote sealed with this voting code still waits for its receipt, and may be recorded already.",
                   "This file was not sent. Send the waiting one again: walkout ballot vote " + casting.ballot.material.ballot.text()};
}

Result<Exit> cast_file(Session& session, const Options& options)
{
    auto& terminal = session.terminal();
    terminal.if_interrupted("Stopped. Nothing was sent; you can cast this file as long as the ballot is open.");
    const auto bytes = read_ballot(options.file);
    if (!bytes) return bytes.error();
    const auto header = protocol::ballot_header(*bytes).value();
    const auto api = session.api();
    if (!api) return api.error();
    const auto ballot = find_ballot(**api, header.election_uuid);
    if (!ballot) return ballot.error();
    const auto& elections = ballot->elections;
    const auto place = static_cast<std::size_t>(std::ranges::find(elections, header.election_uuid, &protocol::Election::uuid) - elections.begin());
    if (place == elections.size())
        return Refusal{Kind::invalid, "wrong_election", "The server does not show the election of this ballot.", std::string(again)};
    const auto checked = check_ballot(**api, elections[place], *bytes);
    if (!checked) return checked.error();
    const auto casting = casting_under(session, *ballot, place, checked->credential);
    if (const auto open = check_open(**api, *ballot); !open && !fs::exists(casting.kept)) return open.error();
    auto factor = SecondFactor::obtain(session, ballot->material, options.number_file);
    if (!factor) return factor.error();
    if (!options.yes) {
        const auto& material = ballot->material;
        terminal.tell((material.rehearsal ? terminal.bold("REHEARSAL: this is not a real vote.") + "\n" : "") + "\n" + terminal.bold(material.title) +
                      ", " + material.constituencies[place].name + "\n");
        terminal.tell("The ballot in this file is sound: its signature and every proof were checked here. What it says, nobody can see. Its seal:");
        terminal.say("\n" + std::string(terminal.columns() < 50 ? "" : "  ") + terminal.bold(checked->seal) + "\n");
        terminal.tell("A voting paper, once returned, cannot be changed.");
        const auto go = terminal.confirm("Cast it?", "--yes");
        if (!go) return go.error();
        if (!*go)
            return Refusal{Kind::invalid, "not_cast", "Nothing was cast.",
                           "You can cast this file until just before " + ballot->local(material.closes) + "."};
    }
    if (const auto kept = keep(session, casting, *bytes); !kept) return kept.error();
    return send_kept(session, casting, *std::move(factor));
}

constexpr const char* how = "Voting with belenios-tool 2.0 (Debian 12: apt install belenios-tool) instead of\n"
                            "`walkout ballot vote`:\n\n"
                            "  umask 077                                # what follows is secret\n"
                            "  mkdir archive vote\n"
                            "  walkout archive fetch BALLOT -o archive  # one file for each constituency\n"
                            "  mv archive/YOURS.bel vote                # that of yours, and no other\n"
                            "  cat > code.txt                           # your voting code, Enter, Ctrl-D\n"
                            "  echo '[[1,0],[0,1]]' > choices.json      # each question: [1,0] Yes, [0,1] No,\n"
                            "                                           # [0,0] blank\n"
                            "  belenios-tool election generate-ballot --dir vote --privcred code.txt \\\n"
                            "      --ballot choices.json > my.ballot\n"
                            "  walkout ballot cast-file my.ballot\n"
                            "  shred -u code.txt choices.json\n\n"
                            "It prints your tracker, which you can compute yourself:\n"
                            "  tr -d '\\n' < my.ballot | belenios-tool sha256-b64\n\n"
                            "A ballot in the group Ed25519 is read by belenios-tool 3.x only, and 3.x does not\n"
                            "take voting codes of this form: there, use `walkout ballot vote`.";

} // namespace

void add_cast_file_command(Command app, Session& session)
{
    auto command = app.get_subcommand("ballot").add_subcommand("cast-file", "Cast a ballot that another program made, such as belenios-tool");
    const auto options = value<Options>();
    command.add_option("file", options->file, "The ballot, signed, as election generate-ballot of belenios-tool writes it").required();
    command.add_option("--number-file", options->number_file, "File (or -) whose first line is your member number, where the ballot asks for it");
    command.add_flag("--yes", options->yes, "Cast without asking again");
    command.footer(how);
    on_run(command, session, [&session, options] { return cast_file(session, *options); });
}

} // namespace walkout::cli
