// ballot vote | count. Voting: the paper is shown, answered, encrypted and signed on this machine; the code and the answers never leave it.

#include "client/cli/vote_command.hpp"

#include "client/cli/bound_paper.hpp"
#include "client/cli/receipts.hpp"
#include "shared/ballot/voting_paper.hpp"
#include "shared/protocol/ballot.hpp"
#include "shared/wire/client_files.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>
#include <sstream>

namespace walkout::cli {
namespace {

struct Options {
    std::string ballot;
    std::string answers_file;
    std::string code_file;
    std::string number_file;
    bool yes = false;
};

enum class Choice { yes, no, blank };
constexpr auto enum_names(Choice)
{
    return std::to_array<std::pair<Choice, std::string_view>>({{Choice::yes, "yes"}, {Choice::no, "no"}, {Choice::blank, "blank"}});
}
constexpr std::string_view shown(Choice choice)
{
    return choice == Choice::yes ? "Yes" : choice == Choice::no ? "No" : "left blank (counted as spoiled)";
}

std::string ballot_path(const std::string& ballot, std::string_view rest) { return "/api/v1/ballots/" + segment(ballot) + "/" + std::string(rest); }

/// The text in lines of at most `width` columns, broken at blanks.
std::string wrapped(const std::string& text, std::size_t width)
{
    std::string out;
    std::size_t column = 0;
    std::istringstream words(text);
    for (std::string word; words >> word; column += word.size() + 1) {
        if (column > 0 && column + word.size() > width) {
            column = 0;
            out += '\n';
        } else if (column > 0) {
            out += ' ';
        }
        out += word;
    }
    return out;
}

void show_paper(Session& session, const ballot::VotingPaper& paper)
{
    const auto language = session.lang() == Lang::cy ? ballot::Language::cy : ballot::Language::en;
    auto& terminal = session.terminal();
    terminal.say("");
    const auto width = static_cast<std::size_t>(std::clamp(terminal.columns(), 40, 90));
    for (const auto& line : ballot::paper_lines(paper, language)) terminal.say(wrapped(line, width));
    terminal.say("");
}

std::string question_text(const Session& session, const ballot::Question& question)
{
    return session.lang() == Lang::cy ? question.text_cy.value_or(question.text) : question.text;
}

Result<Choice> ask_choice(Session& session, const std::string& question, std::size_t number, std::size_t of)
{
    auto& terminal = session.terminal();
    terminal.say(terminal.bold("Question " + std::to_string(number) + " of " + std::to_string(of)));
    terminal.say(question + "\n\n  1  Yes\n  2  No\n  3  leave this question blank\n");
    for (;;) {
        const auto typed = terminal.ask("Your answer (1, 2 or 3): ", "--answers");
        if (!typed) return typed.error();
        if (*typed == "1") return Choice::yes;
        if (*typed == "2") return Choice::no;
        if (*typed == "3") return Choice::blank;
        terminal.say("Please type 1 for Yes, 2 for No, or 3 to leave it blank.");
    }
}

Result<std::vector<Choice>> answers(Session& session, const Options& options, const ballot::VotingPaper& paper)
{
    std::vector<Choice> out;
    if (options.answers_file.empty()) {
        for (std::size_t i = 0; i < paper.questions.size(); ++i) {
            const auto choice = ask_choice(session, question_text(session, paper.questions[i]), i + 1, paper.questions.size());
            if (!choice) return choice.error();
            out.push_back(*choice);
        }
        return out;
    }
    const auto content = read_secret_file(options.answers_file);
    if (!content) return content.error();
    const auto listed = wire::from_json<std::vector<std::string>>(content->reveal());
    const Refusal unfit{Kind::malformed, "answers",
                        "The answers file must be a list of " + std::to_string(paper.questions.size()) +
                            " answers, each \"yes\", \"no\" or \"blank\".",
                        "For example: [\"yes\",\"no\"]"};
    if (!listed || listed->size() != paper.questions.size()) return unfit;
    for (const auto& text : *listed) {
        const auto choice = from_name<Choice>(text);
        if (!choice) return unfit;
        out.push_back(*choice);
    }
    return out;
}

Result<bool> confirmed(Session& session, const Options& options, const ballot::VotingPaper& paper, const std::vector<Choice>& choices)
{
    if (options.yes) return true;
    auto& terminal = session.terminal();
    terminal.say("\n" + terminal.bold("Check your answers"));
    for (std::size_t i = 0; i < choices.size(); ++i)
        terminal.say("  " + question_text(session, paper.questions[i]) + "\n      " + terminal.bold(shown(choices[i])));
    terminal.say("\nA voting paper, once returned, cannot be changed.");
    return terminal.confirm("Cast this vote?", "--yes");
}

/// Which constituency this code votes in: the one whose published list has its credential.
struct Place {
    wire::BoardConstituency constituency;
    protocol::Election election;
    protocol::Credential credential;
};
Result<Place> find_place(Api& api, const wire::VotingMaterial& material, const protocol::VotingCode& code)
{
    for (const auto& constituency : material.constituencies) {
        auto election = protocol::parse_election(constituency.election);
        if (!election) return election.error();
        if (election->uuid != constituency.id.text() || election->fingerprint != constituency.fingerprint)
            return Refusal{Kind::invalid, "wrong_election", "The server sent an election that is not the one it names.",
                           "Do not vote here. Tell the scrutineer."};
        auto credential = protocol::derive_credential(*election->group, code, election->uuid);
        const auto listed = api.get_text("/api/v1/constituencies/" + segment(constituency.id.text()) + "/credentials");
        if (!listed) return listed.error();
        if (listed->find("\"" + election->group->text(credential.public_key) + "\"") == std::string::npos) continue;
        return Result<Place>(boost::system::in_place_value, Place{constituency, *std::move(election), std::move(credential)});
    }
    return Refusal{Kind::not_entitled, "not_on_roll", "No member votes with this voting code in this ballot.",
                   "Check that the code is the one for this ballot, or ask the scrutineer."};
}

/// Encrypts, signs, and keeps the sealed ballot until its receipt is here, so that a retry sends the same one.
Result<std::string> sealed_ballot(Session& session, const Place& place, const std::vector<Choice>& choices, const std::filesystem::path& kept)
{
    protocol::Selections selections;
    for (const auto choice : choices) selections.push_back({choice == Choice::yes ? 1U : 0U, choice == Choice::no ? 1U : 0U});
    session.terminal().say("Encrypting on this machine …");
    auto sealed = protocol::seal_ballot(place.election, place.credential.public_key, selections, session.random());
    if (!sealed) return sealed.error();
    auto bytes = std::move(*sealed).sign(*place.election.group, place.credential.secret, session.random());
    write_private(kept, bytes);
    return bytes;
}

/// The member number, where that is the ballot's second factor.
Result<std::optional<std::string>> member_number(Session& session, const Options& options, const wire::VotingMaterial& material)
{
    if (material.second_factor != "member_number") return std::optional<std::string>();
    const auto number = session.terminal().secret_from(options.number_file, "Your member number:", "--number-file");
    if (!number) return number.error();
    return std::optional(std::string(number->reveal()));
}

Result<wire::VoteReceipt> cast(Api& api, const wire::VotingMaterial& material, const Place& place, const wire::Vote& vote)
{
    const auto receipt =
        api.post_raw<wire::VoteReceipt>("/api/v1/constituencies/" + segment(place.constituency.id.text()) + "/votes", wire::to_json(vote));
    if (!receipt) return receipt.error();
    // The tracker comes from this machine, never from the server's echo.
    if (const auto genuine = check_receipt(*receipt, place.election.fingerprint, protocol::fingerprint_of(vote.ballot), material.board_key); !genuine)
        return genuine.error();
    return receipt;
}

void say_recorded(Session& session, const wire::VotingMaterial& material, const wire::VoteReceipt& receipt)
{
    const auto& terminal = session.terminal();
    const auto by = words(Zone::find("Europe/London")->wall(receipt.on_board_by));
    session.show(
        wire::to_json(receipt),
        terminal.good("Your vote is recorded.") + "\n\n  Tracker:  " + terminal.bold(receipt.tracker) +
            "\n\nIt shows that your vote is included, never how you voted. The server has promised,\nsigned, that it is on the public board by " +
            by + ".\nCheck it then: walkout receipt check " + receipt.tracker +
            (material.rehearsal ? "\n\n" + terminal.bold("REHEARSAL: this is not a real vote.") : ""));
}

Result<Exit> vote(Session& session, const Options& options)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto material = (*api)->get<wire::VotingMaterial>(ballot_path(options.ballot, "voting"));
    if (!material) return material.error();
    if (material->constituencies.empty()) return Refusal{Kind::invalid, "no_constituency", "This ballot has no constituency."};
    const auto first = protocol::parse_election(material->constituencies.front().election);
    if (!first) return first.error();
    const auto paper = bound_paper(*material, *first);
    if (!paper) return paper.error();
    if (material->second_factor == "sign_in" && !(*api)->signed_in())
        return Refusal{Kind::sign_in_needed, "sign_in_to_vote", "Sign in to vote: this ballot asks for a one-time code as well as the voting code.",
                       "Run `walkout login`, then vote again."};
    if (!options.yes) show_paper(session, *paper);
    const auto typed = session.terminal().secret_from(options.code_file, "Your voting code (XXX-XXX-XXX-XXX-XXX):", "--code-file");
    if (!typed) return typed.error();
    const auto code = protocol::VotingCode::parse(typed->reveal());
    if (!code) return code.error();
    auto number = member_number(session, options, *material);
    if (!number) return number.error();
    const auto place = find_place(**api, *material, *code);
    if (!place) return place.error();
    if (const auto same = bound_paper(*material, place->election); !same) return same.error();
    const auto kept = unsent_file(session, place->election.fingerprint, place->election.group->text(place->credential.public_key));
    std::string bytes;
    if (std::filesystem::exists(kept)) {
        session.terminal().say("A vote you sealed earlier has had no receipt yet: sending that same one again.");
        const auto again = read_file(kept);
        if (!again) return again.error();
        bytes = *again;
    } else {
        const auto choices = answers(session, options, *paper);
        if (!choices) return choices.error();
        const auto go = confirmed(session, options, *paper, *choices);
        if (!go) return go.error();
        if (!*go) return Refusal{Kind::invalid, "not_cast", "Nothing was cast.", "You can vote until the ballot closes."};
        const auto sealed = sealed_ballot(session, *place, *choices, kept);
        if (!sealed) return sealed.error();
        bytes = *sealed;
    }
    const auto receipt = cast(**api, *material, *place, {bytes, *std::move(number)});
    if (!receipt) {
        // Kept but for the answers that this very ballot can never be accepted: otherwise it may be on the server's disk already, and only sending the
        // same bytes again gets its receipt.
        const auto kind = receipt.error().kind;
        const bool final_no = kind == Kind::not_entitled || kind == Kind::not_open || kind == Kind::conflict ||
                              (kind == Kind::invalid && receipt.error().code != "receipt_rejected");
        if (final_no) std::filesystem::remove(kept);
        return receipt.error();
    }
    keep_receipt(session, *receipt, material->title, material->board_key);
    std::filesystem::remove(kept);
    say_recorded(session, *material, *receipt);
    return Exit::done;
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

} // namespace

void add_vote_commands(CLI::App& app, Session& session)
{
    auto* group = app.get_subcommand("ballot");
    auto* vote_command = group->add_subcommand("vote", "Vote: read the paper, answer, check, cast");
    auto options = value<Options>();
    vote_command->add_option("ballot", options->ballot, "The ballot's id")->required();
    vote_command->add_option("--answers", options->answers_file,
                             "File with a list of answers, such as [\"yes\",\"no\"]; \"blank\" leaves a question blank");
    vote_command->add_option("--code-file", options->code_file, "File (or -) whose first line is your voting code");
    vote_command->add_option("--number-file", options->number_file,
                             "File (or -) whose first line is your member number, where the ballot asks for it");
    vote_command->add_flag("--yes", options->yes, "Cast without showing the paper and asking again");
    on_run(*vote_command, session, [&session, options] { return vote(session, *options); });

    auto* count_command = group->add_subcommand("count", "Start the approved count: publish the encrypted totals (scrutineer)");
    auto ballot = value<std::string>();
    count_command->add_option("ballot", *ballot, "The ballot's id")->required();
    on_run(*count_command, session, [&session, ballot] { return count(session, *ballot); });
}

} // namespace walkout::cli
