// ballot open-challenge: on another machine than the one that voted, what did that one seal?

#include "client/cli/challenge_command.hpp"

#include "client/cli/parallel.hpp"
#include "client/cli/voting.hpp"
#include "shared/protocol/challenge.hpp"
#include "shared/protocol/verify.hpp"
#include "shared/wire/challenge_messages.hpp"

#include <algorithm>
#include <fstream>

namespace walkout::cli {
namespace {

struct Options {
    std::string file;
    std::string archive;
};

/// The election that a challenge was sealed for, from a source that knows nothing of the challenge.
struct Source {
    protocol::Election election;
    std::optional<bool> listed;                 ///< the challenge's credential is on the published list
    std::optional<ballot::VotingPaper> paper{}; ///< where a server has it
};

Refusal not_in(const std::string& archive)
{
    return {Kind::invalid, "challenge_election", "The ballot in the file was sealed for another election than that of " + archive + ".",
            "Give the archive of the ballot that was challenged; `walkout archive fetch` writes one a constituency."};
}

/// Everything up to and with the first event, verified: trustees, election key and credentials belong together. The ballots do not matter here.
Result<Source> from_archive(const std::string& file, const std::string& credential)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) return Refusal{Kind::not_found, "no_such_file", "There is no file " + file + ", or it cannot be read."};
    protocol::ArchiveReader reader([&in](char* buffer, std::size_t size) {
        in.read(buffer, static_cast<std::streamsize>(size));
        return static_cast<std::size_t>(in.gcount());
    });
    const auto timestamp = reader.read_header();
    if (!timestamp) return timestamp.error();
    auto setup = protocol::archive_header(*timestamp);
    bool listed = false;
    for (;;) {
        std::string body; // by pieces: the list of a large union's credentials is longer than the reader holds
        auto record = reader.next([&body](std::string_view piece) { body += piece; });
        if (!record) return record.error();
        if (!*record) break;
        if (!(**record).is_event) (**record).body = std::move(body);
        setup += protocol::tar_record(**record, *timestamp);
        const auto has = [&](char end) { return (**record).body.find("\"" + credential + end) != std::string::npos; };
        listed = listed || has('"') || has(',');
        if ((**record).is_event) break;
    }
    protocol::VerifyOptions options;
    options.run = run_on_all_cores;
    auto verified = protocol::verify_archive(protocol::ArchiveReader::from(setup), options);
    if (verified.failure || !verified.election)
        return Refusal{Kind::invalid, "archive_rejected",
                       file + " is not a sound archive: " + (verified.failure ? verified.failure->why : std::string("it holds no election")) + ".",
                       "Fetch it again: walkout archive fetch BALLOT"};
    return Source{*std::move(verified.election), listed};
}

Result<Source> from_file(const std::string& file, const protocol::BallotHeader& header)
{
    std::ifstream in(file, std::ios::binary);
    if (in.peek() != '{') {
        auto source = from_archive(file, header.credential);
        if (source && source->election.fingerprint != header.election_hash) return not_in(file);
        return source;
    }
    auto record = read_file(file);
    if (!record) return record.error();
    if (record->ends_with('\n')) record->pop_back(); // election.json of belenios-tool has one that is not part of it
    auto election = protocol::parse_election(*record);
    if (!election) return election.error();
    if (election->fingerprint != header.election_hash) return not_in(file);
    return Source{*std::move(election), std::nullopt};
}

Result<Source> from_server(Session& session, const protocol::Challenge& challenge, const protocol::BallotHeader& header)
{
    const auto api = session.api();
    if (!api) return api.error();
    auto ballot = load_voting_ballot(**api, challenge.ballot_id);
    if (!ballot) return ballot.error();
    const auto found = std::ranges::find(ballot->elections, header.election_hash, &protocol::Election::fingerprint);
    if (found == ballot->elections.end()) return not_in("this server");
    const auto credential = found->group->parse_element(header.credential);
    const auto listed = credential ? is_listed(**api, *found, *credential) : Result<bool>(false);
    if (!listed) return listed.error();
    return Source{std::move(*found), *listed, std::move(ballot->paper)};
}

std::string answer_words(const protocol::Question& question, const std::vector<unsigned>& chosen)
{
    std::string out;
    for (std::size_t i = question.blank ? 1 : 0; i < chosen.size(); ++i)
        if (chosen[i] == 1) out += (out.empty() ? "" : ", ") + question.answers[i - (question.blank ? 1 : 0)];
    return out.empty() ? "blank" : out;
}

std::string topic(const Source& source, std::size_t question)
{
    if (!source.paper || question >= source.paper->questions.size()) return "question " + std::to_string(question + 1);
    return source.paper->questions[question].kind == ballot::QuestionKind::strike ? "strike" : "action short of strike";
}

std::string words_of(Session& session, const Source& source, const wire::ChallengeOpened& opened)
{
    const auto& terminal = session.terminal();
    std::string said;
    for (std::size_t i = 0; i < opened.answers.size(); ++i) said += (said.empty() ? "" : "; ") + topic(source, i) + " " + opened.answers[i].answer;
    auto out = terminal.fitted("This sealed ballot said: " + terminal.bold(said) + ".") + "\n\n";
    for (std::size_t i = 0; i < opened.answers.size(); ++i) {
        const bool welsh = source.paper && session.lang() == Lang::cy && i < source.paper->questions.size();
        const auto& question = welsh ? source.paper->questions[i].text_cy.value_or(opened.answers[i].question) : opened.answers[i].question;
        out += terminal.fitted("  " + question) + "\n      " + terminal.bold(opened.answers[i].answer) + "\n";
    }
    out += "\nIts seal:\n\n" + std::string(terminal.columns() < 50 ? "" : "  ") + terminal.bold(opened.seal) + "\n\n";
    out += terminal.fitted(
               "Compare it with the seal that the voting machine showed before the choice to cast or to challenge. If it is the same, and these "
               "were the answers, that machine sealed what it was told. If either differs, do not vote on that machine, and tell the scrutineer.") +
           "\n\n";
    out += terminal.fitted("Recomputed here: every encrypted choice from its random number, the seal, and all proofs. Election: " + opened.election +
                           ", fingerprint " + opened.fingerprint + ".");
    out += "\n" + terminal.fitted(opened.credential_listed
                                      ? "Its credential is on the published list of voters."
                                      : "Whether its credential is on the list of voters cannot be told from the election record alone.");
    return out + "\n" + terminal.fitted("It has no signature, and can never be cast.");
}

Result<Exit> open(Session& session, const Options& options)
{
    auto content = read_file(options.file);
    if (!content) return content.error();
    const auto challenge = protocol::parse_challenge(*content);
    if (!challenge) {
        if (const auto header = protocol::ballot_header(*content); header && header->is_signed)
            return Refusal{Kind::invalid, "challenge_signed",
                           options.file + " is a signed ballot, not an opened one: nobody can tell what it says, and it may be cast.",
                           "A challenge file is made by: walkout ballot challenge BALLOT"};
        return challenge.error();
    }
    const auto header = protocol::ballot_header(challenge->ballot);
    if (!header) return Refusal{Kind::invalid, "challenge_ballot", header.error().detail};
    const auto source = options.archive.empty() ? from_server(session, *challenge, *header) : from_file(options.archive, *header);
    if (!source) return source.error();
    const auto& election = source->election;
    const auto selections = protocol::open_challenge(election, *challenge);
    if (!selections) return selections.error();
    if (source->listed == false)
        return Refusal{Kind::invalid, "challenge_credential",
                       "The ballot in the file was sealed under a credential that is not on the published list of voters.",
                       "Do not trust the machine that made this file. Keep the file and tell the scrutineer."};
    wire::ChallengeOpened opened{challenge->seal, {}, election.name, election.uuid, election.fingerprint, source->listed};
    for (std::size_t i = 0; i < selections->size(); ++i)
        opened.answers.push_back({election.questions[i].text, answer_words(election.questions[i], (*selections)[i])});
    session.show(wire::to_json(opened), words_of(session, *source, opened));
    return Exit::done;
}

} // namespace

void add_challenge_command(Command app, Session& session)
{
    auto command =
        app.get_subcommand("ballot").add_subcommand("open-challenge", "On another machine: what did a challenged ballot say, and is that its seal?");
    const auto options = value<Options>();
    command.add_option("file", options->file, "The file that a challenge wrote").required();
    command.add_option("--archive", options->archive, "Offline: the constituency's archive (.bel), or its election record, instead of the server");
    on_run(command, session, [&session, options] { return open(session, *options); });
}

} // namespace walkout::cli
