// postal transcribe: two people key the same papers, neither seeing what the other keyed; a paper on which they agree becomes an encrypted ballot under
// its member's own credential (protocol.md 5.4). What they keyed rests under the vault's passphrase and is forgotten paper by paper.

#include "client/cli/options.hpp"
#include "client/cli/parallel.hpp"
#include "client/cli/postal_parts.hpp"
#include "client/cli/vault.hpp"
#include "client/cli/voting.hpp"
#include "shared/protocol/ballot.hpp"
#include "shared/protocol/credential.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace walkout::cli {
namespace {

using ballot::Keyed;
using ballot::PaperAnswer;

struct Options {
    std::string ballot;
    std::string by;
    std::string file;
    std::string passphrase_file;
};

LockedFile<wire::KeyingFile> keying_file(Session& session, const std::string& ballot)
{
    return {session.folders().data / "keying" / (ballot + ".keyed"), "walkout-keying/1"};
}

/// The file as maps, and back.
using People = std::map<std::string, Keyed>;

People people_of(const wire::KeyingFile& file)
{
    People out;
    for (const auto& person : file.people)
        for (const auto& paper : person.papers) out[person.name][paper.serial] = paper.answers;
    return out;
}
wire::KeyingFile file_of(const std::string& ballot, const People& people)
{
    wire::KeyingFile out{ballot, {}};
    for (const auto& [name, keyed] : people) {
        auto& person = out.people.emplace_back(wire::KeyedBy{name, {}});
        for (const auto& [serial, answers] : keyed) person.papers.push_back({serial, answers});
    }
    return out;
}

std::set<std::int64_t> awaited(const wire::PostalState& state)
{
    std::set<std::int64_t> out;
    for (const auto& paper : state.to_transcribe) out.insert(paper.serial);
    return out;
}

Refusal not_awaited(const std::string& ballot, std::int64_t serial)
{
    return {Kind::invalid, "not_awaited",
            "Paper " + std::to_string(serial) + " does not wait to be transcribed: it is not recorded as returned in time, or is transcribed.",
            "Check its number; or record it first: walkout postal return " + ballot + " " + std::to_string(serial)};
}

Result<PaperAnswer> ask_answer(const Terminal& terminal, std::size_t number)
{
    for (;;) {
        const auto typed = terminal.ask("  Question " + std::to_string(number) + ", yes, no or blank (y, n, b):", "--file F");
        if (!typed) return typed.error();
        if (const auto answer = ballot::parse_answer(*typed)) return *answer;
        terminal.tell("  Please type y, n or b. A paper that is spoiled, or does not say clearly yes or no, is b.");
    }
}

/// Paper by paper at the terminal; save(serial, answers) is called for each, so that whatever ends this loses none.
template <class Save> Result<void> key(Session& session, const wire::PostalState& state, std::size_t questions, const Keyed& before, Save save)
{
    auto& terminal = session.terminal();
    auto left = awaited(state);
    std::set<std::int64_t> had;
    for (const auto& [serial, answers] : before) {
        left.erase(serial);
        had.insert(serial);
    }
    terminal.say("Scan or type the number of each paper, then its answers; an empty line ends.");
    for (;;) {
        const auto typed = terminal.ask("Paper (" + std::to_string(left.size()) + " left):", "--file F");
        if (!typed) return typed.error();
        if (typed->empty()) return {};
        const auto serial = ballot::parse_serial(state.ballot, *typed);
        if (!serial || !awaited(state).contains(*serial)) {
            const auto refusal = serial ? not_awaited(state.ballot.text(), *serial) : serial.error();
            terminal.tell("  " + refusal.detail + " " + refusal.next);
            continue;
        }
        std::vector<PaperAnswer> answers;
        for (std::size_t i = 0; i < questions; ++i) {
            const auto answer = ask_answer(terminal, i + 1);
            if (!answer) return answer.error();
            answers.push_back(*answer);
        }
        if (!had.insert(*serial).second) terminal.say("  You had keyed this paper before: this takes its place.");
        save(*serial, std::move(answers));
        left.erase(*serial);
    }
}

/// Public credential -> code, of every code in the vault.
std::map<std::string, const wire::VaultCode*> codes_by_credential(const Group& group, const wire::VaultFile& vault)
{
    std::map<std::string, const wire::VaultCode*> out;
    for (const auto& place : vault.constituencies) {
        std::vector<const wire::VaultCode*> codes;
        for (const auto* list : {&place.live, &place.spares})
            for (const auto& code : *list) codes.push_back(&code);
        std::vector<std::string> credentials(codes.size());
        run_on_all_cores(codes.size(), [&](std::size_t i) {
            credentials[i] = group.text(protocol::derive_credential(group, protocol::VotingCode::parse(codes[i]->code).value(), place.id).public_key);
        });
        for (std::size_t i = 0; i < codes.size(); ++i) out.emplace(std::move(credentials[i]), codes[i]);
    }
    return out;
}

/// A paper and who keyed it.
struct Agreed {
    std::int64_t serial = 0;
    std::vector<PaperAnswer> answers;
    std::string with;
};

/// Encrypts and signs here, and sends. A paper that the server has already is done: an earlier answer was lost.
Result<void> cast(Session& session, const Options& options, const VotingBallot& ballot, const wire::PaperToTranscribe& paper,
                  const wire::VaultCode& code, const Agreed& agreed)
{
    const auto place = std::ranges::find(ballot.elections, paper.constituency.text(), &protocol::Election::uuid);
    if (place == ballot.elections.end()) return Refusal{Kind::invalid, "wrong_election", "The server names a constituency that this ballot has not."};
    const auto& election = *place;
    const auto credential = protocol::derive_credential(*election.group, protocol::VotingCode::parse(code.code).value(), election.uuid);
    protocol::Selections selections;
    for (const auto answer : agreed.answers) selections.push_back({answer == PaperAnswer::yes ? 1U : 0U, answer == PaperAnswer::no ? 1U : 0U});
    auto sealed = protocol::seal_ballot(election, credential.public_key, selections, session.random());
    if (!sealed) return sealed.error();
    const wire::Transcription message{agreed.serial, std::move(*sealed).sign(*election.group, credential.secret, session.random()), options.by,
                                      agreed.with};
    const auto told = session.api().value()->post_raw<wire::Nothing>(postal_path(options.ballot, "/transcriptions"), wire::to_json(message));
    if (!told && told.error().code != "already_transcribed") return told.error();
    return {};
}

struct Outcome {
    std::vector<Agreed> agreed;
    std::set<std::int64_t> differ;
    std::int64_t one_only = 0;
};

/// Compares what this person keyed with everybody else's. Papers that differ are forgotten on both sides: keying again must not begin from either.
Outcome compare_with_others(People& people, const std::string& me)
{
    Outcome out;
    std::set<std::int64_t> settled;
    for (const auto& [name, keyed] : people) {
        if (name == me) continue;
        const auto agreement = ballot::compare(people[me], keyed);
        for (const auto serial : agreement.agreed)
            if (settled.insert(serial).second) out.agreed.push_back({serial, keyed.at(serial), name});
        out.differ.insert(agreement.differ.begin(), agreement.differ.end());
    }
    for (const auto serial : settled) out.differ.erase(serial); // two of three agree
    for (auto& [name, keyed] : people)
        for (const auto serial : out.differ) keyed.erase(serial);
    for (const auto& [serial, answers] : people[me]) out.one_only += settled.contains(serial) ? 0 : 1;
    return out;
}

std::string outcome_words(const Terminal& terminal, const Options& options, const Outcome& outcome, std::size_t done, std::int64_t left, bool closed)
{
    std::string out = "No paper is transcribed by this.";
    if (done > 0) out = papers(static_cast<std::int64_t>(done)) + " transcribed: two people keyed " + (done == 1 ? "it" : "them") + " alike.";
    if (!outcome.differ.empty()) {
        out += "\n" + terminal.bold("Not keyed alike, and to be keyed again by both:");
        for (const auto serial : outcome.differ) out += " " + std::to_string(serial);
    }
    if (outcome.one_only > 0)
        out += "\n" + papers(outcome.one_only) + " keyed by " + options.by + " and waiting for a second person: walkout postal transcribe " +
               options.ballot + " --by ANOTHER";
    out += "\n" + papers(left) + " left to transcribe.";
    if (left == 0 && closed) out += " When the last post is in: walkout postal finish " + options.ballot;
    return out;
}

Result<std::string> keyer(Session& session, const Options& options)
{
    auto name = options.by;
    if (name.empty()) {
        const auto typed = session.terminal().ask("Your name, who keys these papers:", "--by NAME");
        if (!typed) return typed.error();
        name = *typed;
    }
    if (name.empty()) return Refusal{Kind::invalid, "no_name", "Who keys needs a name: it is recorded who keyed, never what.", "Give it with --by."};
    return name;
}

/// Everything that lies on the table of two people who key.
struct Desk {
    wire::PostalState state;
    VotingBallot ballot;
    const Group* group = nullptr;
    Secret passphrase;
    wire::VaultFile vault;
    People people;                  ///< only papers that still wait
    std::optional<FileLock> lock{}; ///< of the file in which they rest, and which is written again
};

Result<wire::PostalState> state_to_transcribe(Session& session, const std::string& ballot)
{
    auto state = postal_state(session, ballot);
    if (state && state->to_transcribe.empty())
        return Refusal{Kind::conflict, "nothing_to_transcribe", "No returned paper waits to be transcribed.",
                       "Record returns first: walkout postal return " + ballot};
    return state;
}

/// Papers that are transcribed by now, or were taken back, are nobody's to key any more.
Result<People> kept_people(Session& session, const Desk& desk)
{
    const auto locked = keying_file(session, desk.state.ballot.text());
    if (!locked.exists()) return People();
    const auto kept = locked.open(desk.passphrase);
    if (!kept) return kept.error();
    auto people = people_of(*kept);
    const auto waiting = awaited(desk.state);
    for (auto& [person, keyed] : people) std::erase_if(keyed, [&](const auto& paper) { return !waiting.contains(paper.first); });
    return people;
}

Result<Desk> sit_down(Session& session, const Options& options)
{
    Desk desk;
    auto state = state_to_transcribe(session, options.ballot);
    if (!state) return state.error();
    desk.state = *std::move(state);
    auto ballot = load_voting_ballot(*session.api().value(), options.ballot);
    if (!ballot) return ballot.error();
    desk.ballot = *std::move(ballot);
    desk.group = Group::find(desk.state.group);
    if (desk.group == nullptr) return Refusal{Kind::invalid, "unknown_group", "This ballot uses a group that this program does not know."};
    const auto locked = vault_file(session, options.ballot);
    if (!locked.exists())
        return Refusal{Kind::not_found, "no_vault", "There is no vault of this ballot on this machine, and papers are encrypted with its codes.",
                       "Copy the second copy to " + locked.path.string()};
    auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    desk.passphrase = *std::move(secret);
    auto vault = locked.open(desk.passphrase);
    if (!vault) return vault.error();
    desk.vault = *std::move(vault);
    const auto kept = keying_file(session, options.ballot).path;
    if (std::filesystem::create_directories(kept.parent_path())) std::filesystem::permissions(kept.parent_path(), std::filesystem::perms::owner_all);
    auto lock = FileLock::take(kept);
    if (!lock) return lock.error();
    desk.lock.emplace(*std::move(lock));
    auto people = kept_people(session, desk);
    if (!people) return people.error();
    desk.people = *std::move(people);
    return desk;
}

/// What this person keys now, at the terminal or from a file, added to what they keyed before. It rests on the disk before anything else is done.
Result<void> key_now(Session& session, const Options& options, Desk& desk)
{
    auto& mine = desk.people[options.by];
    const auto save = [&] { keying_file(session, options.ballot).write(file_of(options.ballot, desk.people), desk.passphrase, session.random()); };
    auto& terminal = session.terminal();
    const auto questions = desk.ballot.paper.questions.size();
    if (options.file.empty()) {
        terminal.say(rehearsal_line(terminal, desk.state.rehearsal) + terminal.bold(desk.state.title) + ": " + options.by +
                     " keys. Keep what others keyed out of sight.");
        bool reachable = true;
        return key(session, desk.state, questions, Keyed(mine), [&](std::int64_t serial, std::vector<PaperAnswer> answers) {
            mine[serial] = std::move(answers);
            save();
            // Whoever keys is at work, though nothing is sent until the end: the session stays. Where this fails, the end says so.
            if (reachable) reachable = static_cast<bool>(session.api().value()->get_text("/api/v1/clock"));
        });
    }
    const auto content = read_input(options.file);
    if (!content) return content.error();
    auto parsed = ballot::parse_keyed(desk.state.ballot, questions, *content);
    if (!parsed) return parsed.error();
    const auto waiting = awaited(desk.state);
    for (const auto& [serial, answers] : *parsed)
        if (!waiting.contains(serial)) return not_awaited(options.ballot, serial);
    for (auto& [serial, answers] : *parsed) mine[serial] = std::move(answers);
    save();
    return {};
}

/// Casts them one by one and forgets each that is accepted; what stops it leaves the others in the file.
Result<void> cast_agreed(Session& session, const Options& options, Desk& desk, const std::vector<Agreed>& agreed, std::size_t& done)
{
    if (agreed.empty()) return {};
    session.terminal().say("Encrypting on this machine …");
    const auto codes = codes_by_credential(*desk.group, desk.vault);
    for (const auto& one : agreed) {
        const auto paper = std::ranges::find(desk.state.to_transcribe, one.serial, &wire::PaperToTranscribe::serial);
        const auto code = codes.find(paper->credential);
        if (code == codes.end())
            return Refusal{Kind::invalid, "not_in_vault",
                           "The server says that paper " + std::to_string(one.serial) + " belongs to a voting code that is not in your vault.",
                           "Ask the server's operator, and keep the paper."};
        if (const auto accepted = cast(session, options, desk.ballot, *paper, *code->second, one); !accepted) return accepted;
        for (auto& [person, own] : desk.people) own.erase(one.serial);
        session.terminal().progress("papers transcribed", ++done, agreed.size());
    }
    return {};
}

Result<Exit> transcribe(Session& session, Options options)
{
    const auto name = keyer(session, options);
    if (!name) return name.error();
    options.by = *name;
    auto desk = sit_down(session, options);
    if (!desk) return desk.error();
    for (const auto& [person, keyed] : desk->people)
        if (ballot::same_keyer(person, options.by)) options.by = person; // typed in other capitals
    if (const auto keyed = key_now(session, options, *desk); !keyed) return keyed.error();
    const auto outcome = compare_with_others(desk->people, options.by);
    const auto locked = keying_file(session, options.ballot);
    locked.write(file_of(options.ballot, desk->people), desk->passphrase, session.random()); // before anything is sent, so that nothing keyed is lost
    std::size_t done = 0;
    const auto cast_all = cast_agreed(session, options, *desk, outcome.agreed, done);
    const auto now = cast_all ? postal_state(session, options.ballot) : Result<wire::PostalState>(cast_all.error());
    if (now && now->to_transcribe.empty()) destroy_file(locked.path, session.random());
    else if (done > 0) locked.write(file_of(options.ballot, desk->people), desk->passphrase, session.random());
    if (!now) return now.error();
    const auto left = static_cast<std::int64_t>(now->to_transcribe.size());
    session.show(wire::to_json(*now),
                 rehearsal_line(session.terminal(), now->rehearsal) + outcome_words(session.terminal(), options, outcome, done, left, now->closed));
    return Exit::done;
}

} // namespace

void add_postal_transcribe_command(Command postal, Session& session)
{
    auto command = postal.add_subcommand("transcribe", "Key returned papers; what two people keyed alike is encrypted and cast");
    const auto given = value<Options>();
    command.add_option("ballot", given->ballot, "The ballot's id").required();
    command.add_option("--by", given->by, "your name: two people key, each under their own, on this machine");
    command.add_option("--file", given->file, "File (or -) with a paper a line: 17,yes,no; blank where a question is left blank or spoiled");
    command.add_option("--passphrase-file", given->passphrase_file, "File (or -) whose first line is the passphrase of the vault");
    command.footer("Each of two people keys every paper without seeing what the other keyed. Where they differ\n"
                   "both key it again. What was keyed rests under the vault's passphrase until it is cast.");
    on_run(command, session, [&session, given] { return transcribe(session, *given); });
}

} // namespace walkout::cli
