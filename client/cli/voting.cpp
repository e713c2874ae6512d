#include "client/cli/voting.hpp"

#include "client/cli/bound_paper.hpp"
#include "client/cli/login_command.hpp"
#include "client/cli/receipts.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/people_messages.hpp"
#include "shared/wire/roll_messages.hpp"
#include "shared/wire/server.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

constexpr std::string_view on_its_way = "Stopped while your sealed vote was on its way: it may be recorded. Run the same command again: it sends the "
                                        "same vote, which can count only once.";

constexpr int tries = 3; // the server pauses a voting code after a few more

bool is_signed_in(Api& api)
{
    if (!api.signed_in()) return false;
    const auto me = api.get<wire::Me>("/api/v1/me"); // a session may have ended since it was kept
    return me || me.error().kind != Kind::sign_in_needed;
}

Result<std::string> ask_member_number(Session& session, const std::string& file)
{
    if (file.empty()) return session.terminal().ask("Your member number:", "--number-file F or --number-file -");
    const auto line = session.terminal().secret_from(file, "Your member number:", "--number-file");
    if (!line) return line.error();
    return std::string(line->reveal());
}

Result<wire::VoteReceipt> send(Api& api, const Casting& casting, const wire::Vote& vote)
{
    const auto& material = casting.ballot.material;
    const auto& constituency = material.constituencies[casting.constituency];
    const auto receipt = api.post_raw<wire::VoteReceipt>("/api/v1/constituencies/" + segment(constituency.id.text()) + "/votes", wire::to_json(vote));
    if (!receipt) return receipt.error();
    // The tracker comes from this machine, never from the server's echo.
    if (const auto genuine = check_receipt(*receipt, constituency.fingerprint, protocol::fingerprint_of(vote.ballot), material.board_key); !genuine)
        return genuine.error();
    return receipt;
}

/// This very ballot can never be accepted. After any other answer it may be on the server's disk already, and only sending the same bytes again gets
/// its receipt.
bool is_final(const Refusal& refusal)
{
    return refusal.kind == Kind::not_entitled || refusal.kind == Kind::not_open || refusal.kind == Kind::conflict ||
           (refusal.kind == Kind::invalid && refusal.code != "receipt_rejected");
}

Refusal and_kept(Refusal refusal)
{
    refusal.next += std::string(refusal.next.empty() ? "" : " ") +
                    "Your sealed vote is kept on this machine. Run the same command again: it sends the same vote, which can count only once.";
    return refusal;
}

void say_recorded(Session& session, const VotingBallot& ballot, const wire::VoteReceipt& receipt)
{
    const auto& terminal = session.terminal();
    const auto indent = terminal.columns() < 50 ? "" : "  "; // a tracker has 43 characters, and should be copied in one piece
    const auto text =
        "\nIt shows that your vote is included, never how you voted. The server has promised, signed, that it is on the public board by " +
        ballot.local(receipt.on_board_by) + ". Check it then:";
    session.show(wire::to_json(receipt), terminal.good("Your vote is recorded.") + "\n\nIts tracker:\n\n" + indent + terminal.bold(receipt.tracker) +
                                             "\n" + terminal.fitted(text) + "\n\n" + indent + "walkout receipt check " + receipt.tracker +
                                             (ballot.material.rehearsal ? "\n\n" + terminal.bold("REHEARSAL: this is not a real vote.") : ""));
}

} // namespace

std::string VotingBallot::local(Instant instant) const
{
    const auto zone = Zone::find(paper.zone);
    return zone ? words(zone->wall(instant)) + " (" + zone->abbreviation(instant) + ")" : text(instant);
}

Result<VotingBallot> load_voting_ballot(Api& api, const std::string& ballot)
{
    auto material = api.get<wire::VotingMaterial>("/api/v1/ballots/" + segment(ballot) + "/voting");
    if (!material) return material.error();
    if (material->constituencies.empty()) return Refusal{Kind::invalid, "no_constituency", "This ballot has no constituency."};
    VotingBallot out{*std::move(material), {}, {}};
    for (const auto& constituency : out.material.constituencies) {
        auto election = protocol::parse_election(constituency.election);
        if (!election) return election.error();
        if (election->uuid != constituency.id.text() || election->fingerprint != constituency.fingerprint)
            return Refusal{Kind::invalid, "wrong_election", "The server sent an election that is not the one it names.",
                           "Do not vote here. Tell the scrutineer."};
        auto paper = bound_paper(out.material, *election);
        if (!paper) return paper.error();
        out.paper = *std::move(paper);
        out.elections.push_back(*std::move(election));
    }
    return out;
}

std::optional<std::int64_t> own_paper_number(Api& api, const std::string& ballot)
{
    if (!api.signed_in()) return std::nullopt;
    const auto mine = api.get<wire::MyEntitlement>("/api/v1/ballots/" + segment(ballot) + "/entitlement");
    return mine ? mine->paper : std::nullopt;
}

std::string paper_number_line(std::int64_t number, Lang lang)
{
    return ballot::say(lang == Lang::cy ? ballot::Language::cy : ballot::Language::en, ballot::Phrase::paper_number,
                       {{"number", std::to_string(number)}});
}

Result<bool> is_listed(Api& api, const protocol::Election& election, const Element& credential)
{
    const auto listed = api.get_text("/api/v1/constituencies/" + segment(election.uuid) + "/credentials");
    if (!listed) return listed.error();
    return listed->find("\"" + election.group->text(credential) + "\"") != std::string::npos;
}

Result<void> check_open(Api& api, const VotingBallot& ballot)
{
    const auto view = api.get<wire::BallotView>("/api/v1/ballots/" + segment(ballot.material.ballot.text()));
    if (!view) return view.error();
    const auto clock = api.get<wire::ClockReading>("/api/v1/clock");
    if (!clock) return clock.error();
    if (ballot::accepts_votes(view->phase, view->opens_at, ballot.material.closes, clock->ballot)) return {};
    if (clock->ballot >= ballot.material.closes)
        return Refusal{Kind::not_open, "ballot_closed",
                       "This ballot has closed. Votes had to arrive before " + ballot.local(ballot.material.closes) + ".",
                       "What became of it: walkout result show " + ballot.material.ballot.text()};
    if (clock->ballot < view->opens_at)
        return Refusal{Kind::not_open, "ballot_not_open",
                       "This ballot is not open for voting yet. It opens at " + ballot.local(view->opens_at) + "."};
    return Refusal{Kind::not_open, "ballot_not_open", "This ballot takes no votes at this moment: it is " + std::string(name(view->phase)) + ".",
                   "See where it stands: walkout ballot show " + ballot.material.ballot.text()};
}

Result<SecondFactor> SecondFactor::obtain(Session& session, const wire::VotingMaterial& material, const std::string& number_file)
{
    SecondFactor factor;
    factor.by_number_ = material.second_factor == "member_number";
    factor.asks_person_ = session.terminal().can_ask() && number_file.empty();
    if (factor.by_number_) {
        auto number = ask_member_number(session, number_file);
        if (!number) return number.error();
        factor.number_ = *std::move(number);
        return factor;
    }
    const auto api = session.api();
    if (!api) return api.error();
    if (is_signed_in(**api)) return factor;
    if (!session.terminal().can_ask())
        return Refusal{Kind::sign_in_needed, "sign_in_to_vote", "Sign in to vote: this ballot asks for a one-time code as well as the voting code.",
                       "Run `walkout login`, then vote again."};
    session.terminal().tell("This ballot asks you to sign in as well: with your member number, and a one-time code sent to you by e-mail.");
    if (const auto done = sign_in_here(session); !done) return done.error();
    return factor;
}

Result<bool> SecondFactor::asked_again(Session& session, const Refusal& refusal)
{
    if (!asks_person_ || asked_ >= tries) return false;
    ++asked_;
    if (by_number_ && (refusal.code == "second_factor_refused" || refusal.code == "member_number_needed")) {
        session.terminal().tell("This voting code and this member number do not belong together. Nothing was recorded.");
        auto number = ask_member_number(session, {});
        if (!number) return number.error();
        number_ = *std::move(number);
        return true;
    }
    if (by_number_ || refusal.kind != Kind::sign_in_needed) return false;
    session.terminal().tell("Your session has ended. Sign in again; your sealed vote waits.");
    if (const auto done = sign_in_here(session); !done) return done.error();
    return true;
}

Casting casting_under(Session& session, const VotingBallot& ballot, std::size_t constituency, const Element& credential)
{
    const auto& election = ballot.elections[constituency];
    return {ballot, constituency, unsent_file(session, election.fingerprint, election.group->text(credential))};
}

bool any_kept(Session& session)
{
    const auto folder = session.folders().state / "unsent";
    if (!std::filesystem::exists(folder)) return false;
    const std::filesystem::directory_iterator files(folder);
    return std::any_of(begin(files), end(files), [](const auto& file) { return file.path().extension() == ".ballot"; });
}

void keep_sealed(Session& session, const Casting& casting, const std::string& bytes)
{
    session.terminal().if_interrupted(on_its_way);
    write_private(casting.kept, bytes);
}

Result<Exit> send_kept(Session& session, const Casting& casting, SecondFactor factor)
{
    auto& terminal = session.terminal();
    terminal.if_interrupted(on_its_way);
    const auto api = session.api();
    if (!api) return api.error();
    const auto bytes = read_file(casting.kept);
    if (!bytes) return bytes.error();
    for (;;) {
        const auto receipt = send(**api, casting, {*bytes, factor.member_number()});
        if (receipt) {
            keep_receipt(session, *receipt, casting.ballot.material.title, casting.ballot.material.board_key, casting.ballot.paper.zone);
            std::filesystem::remove(casting.kept);
            terminal.if_interrupted("Your vote is recorded. Its receipt: walkout receipt list");
            say_recorded(session, casting.ballot, *receipt);
            return Exit::done;
        }
        const auto again = factor.asked_again(session, receipt.error());
        if (again && *again) continue;
        if (!is_final(receipt.error())) return and_kept(receipt.error());
        std::filesystem::remove(casting.kept);
        return receipt.error();
    }
}

} // namespace walkout::cli
