// ballot vote | challenge | count. Voting: the paper is shown, answered, encrypted and signed on this machine; the code and the answers never leave it.

#include "client/cli/vote_command.hpp"

#include "client/cli/voting.hpp"
#include "shared/protocol/challenge.hpp"
#include "shared/wire/challenge_messages.hpp"
#include "shared/wire/client_files.hpp"

#include <algorithm>
#include <cctype>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string ballot;
    std::string answers_file;
    std::string code_file;
    std::string number_file;
    std::string challenge_file; ///< empty: a name of its own
    bool yes = false;
    bool challenge = false; ///< what --yes does
};

enum class Choice { yes, no, blank };
constexpr auto enum_names(Choice)
{
    return std::to_array<std::pair<Choice, std::string_view>>({{Choice::yes, "yes"}, {Choice::no, "no"}, {Choice::blank, "blank"}});
}
ballot::Language language(const Session& session) { return session.lang() == Lang::cy ? ballot::Language::cy : ballot::Language::en; }

std::string shown(const Session& session, Choice choice)
{
    switch (choice) {
    case Choice::yes: return say(language(session), ballot::Phrase::answer_yes);
    case Choice::no: return say(language(session), ballot::Phrase::answer_no);
    case Choice::blank: return say(language(session), ballot::Phrase::answer_blank);
    }
    return {};
}

std::string ballot_path(const std::string& ballot, std::string_view rest) { return "/api/v1/ballots/" + segment(ballot) + "/" + std::string(rest); }

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    text.erase(0, text.find_first_not_of(' '));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

// ---- the dialogue ----

std::string question_text(const Session& session, const ballot::Question& question)
{
    return session.lang() == Lang::cy ? question.text_cy.value_or(question.text) : question.text;
}

/// The bound words, set out for reading: a line between the parts, and the questions standing out.
void show_paper(Session& session, const VotingBallot& ballot)
{
    auto& terminal = session.terminal();
    const auto& paper = ballot.paper;
    const auto is_question = [&](const std::string& line) {
        return std::ranges::any_of(paper.questions,
                                   [&](const ballot::Question& asked) { return line.ends_with(": " + question_text(session, asked)); });
    };
    const auto first_address = paper.scrutineer.value_or(paper.return_address);
    terminal.say("");
    for (const auto& line : ballot::paper_lines(paper, language(session))) {
        const bool heading = line == paper.title || line == paper.title_cy || is_question(line);
        if (heading || line.ends_with(": " + first_address) || line == paper.statement) terminal.say("");
        terminal.tell(heading ? terminal.bold(line) : line);
    }
    if (ballot.material.closes != paper.return_by)
        terminal.tell(say(language(session), ballot::Phrase::extended, {{"when", ballot.local(ballot.material.closes)}}));
    terminal.say("");
}

/// After the sign-in, where there is one: only then does the server say whose the number is.
void show_number(Session& session, Api& api, const VotingBallot& ballot)
{
    auto& terminal = session.terminal();
    const auto number = own_paper_number(api, ballot.material.ballot.text());
    if (number) terminal.tell(terminal.bold(paper_number_line(*number, session.lang())) + "\n");
    else terminal.tell(say(language(session), ballot::Phrase::paper_number_elsewhere) + "\n");
}

Result<Choice> ask_choice(Session& session, const std::string& question, std::size_t number, std::size_t of)
{
    auto& terminal = session.terminal();
    using ballot::Phrase;
    const auto in = language(session);
    terminal.say("\n" + terminal.bold(say(in, Phrase::question_of, {{"number", std::to_string(number)}, {"of", std::to_string(of)}})));
    terminal.tell(question + "\n");
    terminal.say("  1  " + shown(session, Choice::yes) + "\n  2  " + shown(session, Choice::no));
    terminal.say(terminal.fitted("  3  " + say(in, Phrase::leave_blank), 3) + "\n");
    for (;;) {
        const auto typed = terminal.ask(say(in, Phrase::your_answer), "--answers F");
        if (!typed) return typed.error();
        const auto answer = lower(*typed);
        if (answer == "1" || answer == "yes" || (in == ballot::Language::cy && answer == "ie")) return Choice::yes;
        if (answer == "2" || answer == "no" || (in == ballot::Language::cy && answer == "na")) return Choice::no;
        if (answer == "3" || answer == "blank") return Choice::blank;
        terminal.tell(say(in, Phrase::answer_unclear));
    }
}

Result<std::vector<Choice>> answers_from(const std::string& file, std::size_t questions)
{
    const auto content = read_secret_file(file);
    if (!content) return content.error();
    auto listed = wire::from_json<std::vector<std::string>>(content->reveal());
    const Refusal unfit{Kind::malformed, "answers",
                        "The answers file must be a list of " + std::to_string(questions) + " answers, each \"yes\", \"no\" or \"blank\".",
                        "For example: [\"yes\",\"no\"]"};
    if (!listed || listed->size() != questions) return unfit;
    std::vector<Choice> out;
    for (auto& text : *listed) {
        const auto choice = from_name<Choice>(text);
        wipe(text.data(), text.size());
        if (!choice) return unfit;
        out.push_back(*choice);
    }
    return out;
}

Result<std::vector<Choice>> ask_answers(Session& session, const ballot::VotingPaper& paper)
{
    std::vector<Choice> out;
    for (std::size_t i = 0; i < paper.questions.size(); ++i) {
        const auto choice = ask_choice(session, question_text(session, paper.questions[i]), i + 1, paper.questions.size());
        if (!choice) return choice.error();
        out.push_back(*choice);
    }
    return out;
}

Refusal stopped(const VotingBallot& ballot)
{
    return {Kind::invalid, "not_cast", "Nothing was cast.", "You can vote until just before " + ballot.local(ballot.material.closes) + "."};
}

/// The answers, checked by whoever gave them; nothing is sealed before.
Result<std::vector<Choice>> checked_answers(Session& session, const Options& options, const VotingBallot& ballot)
{
    auto& terminal = session.terminal();
    for (bool from_file = !options.answers_file.empty();; from_file = false) {
        auto choices = from_file ? answers_from(options.answers_file, ballot.paper.questions.size()) : ask_answers(session, ballot.paper);
        if (!choices || options.yes) return choices;
        terminal.say("\n" + terminal.bold(say(language(session), ballot::Phrase::check_answers)) + "\n");
        for (std::size_t i = 0; i < choices->size(); ++i)
            terminal.tell("  " + question_text(session, ballot.paper.questions[i]) + "\n      " + terminal.bold(shown(session, (*choices)[i])));
        terminal.say("");
        for (;;) {
            const auto typed = terminal.ask("Seal them? (yes, change or stop):", "--yes");
            if (!typed) return typed.error();
            const auto answer = lower(*typed);
            if (answer == "yes" || answer == "y") return choices;
            if (answer == "stop") return stopped(ballot);
            if (answer == "change") break;
            terminal.tell("Please type yes to go on, change to answer again, or stop.");
        }
    }
}

enum class Next { cast, challenge, stop };

/// The seal is on the screen before the choice is made: this machine could not know which it would be (protocol.md 5.3).
Result<Next> ask_next(Session& session, const Options& options, const std::string& seal)
{
    auto& terminal = session.terminal();
    if (options.yes) {
        terminal.say("Seal: " + seal);
        return options.challenge ? Next::challenge : Next::cast;
    }
    terminal.say("\n" + terminal.bold("Your vote is sealed") + "\n");
    terminal.tell("Nothing has been sent. This is the seal:");
    terminal.say("\n" + std::string(terminal.columns() < 50 ? "" : "  ") + terminal.bold(seal) + "\n");
    terminal.tell("Note how it begins, or take a picture. From here on this machine cannot change what is inside without another seal.\n");
    const auto item = [&](const char* text) { terminal.say(terminal.fitted(text, 3)); };
    item("  1  Cast it: it is signed and sent, and cannot be changed.");
    item("  2  Challenge it: it is opened, so that another machine can tell whether this one sealed what you answered. An opened vote can never be "
         "cast; "
         "you answer again.");
    item("  3  Stop: it is forgotten. You can vote later.");
    terminal.say("");
    for (;;) {
        const auto typed = terminal.ask("Your choice (1, 2 or 3):", "--yes");
        if (!typed) return typed.error();
        const auto answer = lower(*typed);
        if (answer == "1" || answer == "cast") return Next::cast;
        if (answer == "2" || answer == "challenge") return Next::challenge;
        if (answer == "3" || answer == "stop") return Next::stop;
        terminal.tell("Please type 1 to cast it, 2 to challenge it, or 3 to stop.");
    }
}

// ---- whose vote it is ----

struct Voter {
    std::size_t constituency = 0; ///< the one whose published list has the credential
    protocol::Credential credential;
};

Result<Voter> find_voter(Api& api, const VotingBallot& ballot, const protocol::VotingCode& code)
{
    for (std::size_t i = 0; i < ballot.elections.size(); ++i) {
        const auto& election = ballot.elections[i];
        auto credential = protocol::derive_credential(*election.group, code, election.uuid);
        const auto listed = is_listed(api, election, credential.public_key);
        if (!listed) return listed.error();
        if (*listed) return Result<Voter>(boost::system::in_place_value, Voter{i, std::move(credential)});
    }
    return Refusal{Kind::not_entitled, "not_on_roll", "No member votes with this voting code in this ballot.",
                   "Check that the code is the one for this ballot, or ask the scrutineer."};
}

/// A person at a terminal may mistype; nothing of the code leaves this machine.
Result<Voter> ask_voter(Session& session, Api& api, const Options& options, const VotingBallot& ballot)
{
    constexpr int tries = 5;
    auto& terminal = session.terminal();
    const bool asks_person = options.code_file.empty() && terminal.can_ask();
    if (asks_person)
        terminal.tell("Your voting code is in the scrutineer's message or letter: five groups of three. It does not show while you type.");
    for (int attempt = 1;; ++attempt) {
        const auto typed = terminal.secret_from(options.code_file, "Voting code (XXX-XXX-XXX-XXX-XXX):", "--code-file");
        if (!typed) return typed.error();
        const auto code = protocol::VotingCode::parse(typed->reveal());
        auto voter = code ? find_voter(api, ballot, *code) : Result<Voter>(code.error());
        if (voter || !asks_person || attempt == tries) return voter;
        const auto& refusal = voter.error();
        if (refusal.kind != Kind::malformed && refusal.code != "not_on_roll") return voter;
        terminal.tell(refusal.detail + " " + refusal.next);
    }
}

// ---- casting or opening ----

Result<protocol::SealedBallot> seal(Session& session, const VotingBallot& ballot, const Voter& voter, const std::vector<Choice>& choices)
{
    protocol::Selections selections;
    for (const auto choice : choices) selections.push_back({choice == Choice::yes ? 1U : 0U, choice == Choice::no ? 1U : 0U});
    session.terminal().say("Encrypting on this machine …");
    return protocol::seal_ballot(ballot.elections[voter.constituency], voter.credential.public_key, selections, session.random());
}

/// The file asked for, the first time; else one that the seal names.
fs::path challenge_path(const Options& options, const VotingBallot& ballot, const std::string& seal)
{
    if (!options.challenge_file.empty() && !fs::exists(options.challenge_file)) return options.challenge_file;
    return "challenge-" + ballot.material.ballot.text() + "-" + hex(sha256(seal)).substr(0, 8) + ".json";
}

/// Writes what was sealed and its randomness, and forgets both. Nothing is signed.
void open_instead(Session& session, const Options& options, const VotingBallot& ballot, const Voter& voter, protocol::SealedBallot sealed)
{
    auto& terminal = session.terminal();
    const auto seal = sealed.seal();
    const auto& group = *ballot.elections[voter.constituency].group;
    const auto& id = ballot.material.ballot.text();
    const auto file = challenge_path(options, ballot, seal);
    write_private(file, protocol::write_challenge(group, id, std::move(sealed).open()));
    session.show(
        wire::to_json(wire::ChallengeWritten{id, seal, file.string()}),
        terminal.bold("Opened, and never to be cast.") + "\n" +
            terminal.fitted("What it says is in " + file.string() +
                            ", with all that is needed to check it. Do not take this machine's word: carry the "
                            "file to another one, and type there") +
            "\n\n  walkout ballot open-challenge " + file.filename().string() + "\n\n" +
            terminal.fitted("It must show the seal you noted, and your answers, as it does to whoever has the file: delete it once all is well.") +
            (ballot.material.rehearsal ? "\n" + terminal.bold("REHEARSAL: this is not a real vote.") : ""));
}

Result<Exit> cast(Session& session, const Options& options, const VotingBallot& ballot, const Voter& voter, const Casting& casting,
                  std::optional<SecondFactor> factor, protocol::SealedBallot sealed)
{
    if (!factor) {
        auto obtained = SecondFactor::obtain(session, ballot.material, options.number_file);
        if (!obtained) return obtained.error();
        factor = *std::move(obtained);
    }
    const auto& group = *ballot.elections[voter.constituency].group;
    keep_sealed(session, casting, std::move(sealed).sign(group, voter.credential.secret, session.random()));
    return send_kept(session, casting, *std::move(factor));
}

Result<Exit> answer_and_cast(Session& session, const Options& options, const VotingBallot& ballot, const Voter& voter, const Casting& casting,
                             std::optional<SecondFactor> factor)
{
    auto& terminal = session.terminal();
    const auto later = " You can vote until just before " + ballot.local(ballot.material.closes) + ".";
    auto round = options;
    for (;;) {
        terminal.if_interrupted("Stopped. Nothing was sent." + later);
        const auto choices = checked_answers(session, round, ballot);
        if (!choices) return choices.error();
        auto sealed = seal(session, ballot, voter, *choices);
        if (!sealed) return sealed.error();
        terminal.if_interrupted("Stopped. The sealed vote is forgotten, and nothing was sent." + later);
        const auto next = ask_next(session, options, sealed->seal());
        if (!next) return next.error();
        if (*next == Next::stop) return stopped(ballot);
        if (*next == Next::cast) return cast(session, options, ballot, voter, casting, std::move(factor), *std::move(sealed));
        open_instead(session, options, ballot, voter, *std::move(sealed));
        terminal.if_interrupted("Stopped. The opened vote was not cast." + later);
        if (options.yes || !terminal.can_ask()) return Exit::done;
        const auto again = terminal.confirm("\nAnswer again now?", "--yes");
        if (!again) return again.error();
        if (!*again) return Exit::done;
        round.answers_file.clear();
    }
}

Result<Exit> vote(Session& session, const Options& options)
{
    auto& terminal = session.terminal();
    terminal.if_interrupted("Stopped. Nothing was sent; you can vote as long as the ballot is open.");
    const auto api = session.api();
    if (!api) return api.error();
    const auto ballot = load_voting_ballot(**api, options.ballot);
    if (!ballot) return ballot.error();
    const auto open = check_open(**api, *ballot);
    if (!open && !any_kept(session)) return open.error(); // a vote whose receipt was lost gets it at any time
    if (!options.yes && open) show_paper(session, *ballot);
    std::optional<SecondFactor> factor; // a challenge that only opens needs none
    const auto obtain = [&](bool now) -> Result<void> {
        if (!now || options.challenge) return {};
        auto obtained = SecondFactor::obtain(session, ballot->material, options.number_file);
        if (!obtained) return obtained.error();
        factor = *std::move(obtained);
        return {};
    };
    const bool by_number = ballot->material.second_factor == "member_number";
    if (const auto done = obtain(!by_number); !done) return done.error();
    if (!options.yes && open) show_number(session, **api, *ballot);
    const auto voter = ask_voter(session, **api, options, *ballot);
    if (!voter) return voter.error();
    if (const auto done = obtain(by_number); !done) return done.error();
    const auto casting = casting_under(session, *ballot, voter->constituency, voter->credential.public_key);
    if (fs::exists(casting.kept)) {
        if (!factor)
            return Refusal{Kind::conflict, "vote_waiting", "A vote you sealed earlier still waits for its receipt, and may be recorded already.",
                           "Send the same one again first: walkout ballot vote " + ballot->material.ballot.text()};
        terminal.tell("A vote you sealed earlier has had no receipt yet: sending that same one again.");
        return send_kept(session, casting, *std::move(factor));
    }
    if (!open) return open.error();
    return answer_and_cast(session, options, *ballot, *voter, casting, std::move(factor));
}

Result<Exit> count(Session& session, const std::string& ballot)
{
    const auto api = session.api();
    if (!api) return api.error();
    session.terminal().say("Multiplying the encrypted ballots …");
    const auto started = (*api)->post<wire::CountStarted>(ballot_path(ballot, "count"), wire::Nothing{});
    if (!started) return started.error();
    std::string out = "The encrypted totals are published; nobody can read them yet.";
    for (const auto& one : started->constituencies) out += "\n  " + one.name + ": " + std::to_string(one.ballots) + " ballots";
    session.show(wire::to_json(*started), out + "\nNext, enough trustees: walkout trustee decrypt " + ballot);
    return Exit::done;
}

Command add_voting(Command group, Session& session, const char* name, const char* what, bool challenge)
{
    auto command = group.add_subcommand(name, what);
    auto options = value<Options>();
    options->challenge = challenge;
    command.add_option("ballot", options->ballot, "The ballot's id").required();
    command.add_option("--answers", options->answers_file,
                       "File with a list of answers, such as [\"yes\",\"no\"]; \"blank\" leaves a question blank");
    command.add_option("--code-file", options->code_file, "File (or -) whose first line is your voting code");
    command.add_option("--number-file", options->number_file, "File (or -) whose first line is your member number, where the ballot asks for it");
    command.add_option("-o,--output", options->challenge_file, "Where a challenge is written (default: challenge-BALLOT-....json here)");
    command.add_flag("--yes", options->yes,
                     challenge ? "Open without showing the paper and asking again" : "Cast without showing the paper and asking again");
    on_run(command, session, [&session, options]() -> Result<Exit> {
        if (!options->challenge_file.empty() && fs::exists(options->challenge_file))
            return Refusal{Kind::invalid, "file_exists", "There is a file " + options->challenge_file + " already.", "Give another name."};
        return vote(session, *options);
    });
    return command;
}

} // namespace

void add_vote_commands(Command app, Session& session)
{
    const auto group = app.get_subcommand("ballot");
    add_voting(group, session, "vote", "Vote: read the paper, answer, check, seal; then cast, or challenge the seal", false)
        .footer("Your voting code and your answers never leave this machine. A vote without its\n"
                "receipt is kept, sealed; the same command sends that one again.");
    add_voting(group, session, "challenge", "Open a sealed vote instead of casting it: does this machine seal what you answer?", true)
        .footer("The same as `ballot vote` up to the seal; then choose 2. A machine that cheats would\n"
                "behave when you type `challenge`, so it is better to choose 2 in `ballot vote` now and\n"
                "then, where no machine can know it beforehand. Check the file on another machine:\n"
                "  walkout ballot open-challenge FILE");

    auto count_command = group.add_subcommand("count", "Start the approved count: publish the encrypted totals (scrutineer)");
    auto ballot = value<std::string>();
    count_command.add_option("ballot", *ballot, "The ballot's id").required();
    on_run(count_command, session, [&session, ballot] { return count(session, *ballot); });
}

} // namespace walkout::cli
