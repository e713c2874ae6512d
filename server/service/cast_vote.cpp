#include "server/service/cast_vote.hpp"

#include "server/store/board_store.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/replacement_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/ballot/publication.hpp"
#include "shared/protocol/head.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

Refusal closed(const store::Ballot& ballot, Instant now)
{
    if (ballot.phase == ballot::Phase::suspended && now < ballot.closes)
        return Refusal{Kind::not_open, "voting_suspended", "Voting in this ballot is suspended for the moment: your vote was not recorded.",
                       "Keep your voting code, and try again later: walkout ballot show " + ballot.plan.id.text()};
    const bool over = now >= ballot.closes || (ballot.phase != ballot::Phase::open && ballot.opened_at);
    return over ? Refusal{Kind::not_open, "ballot_closed", "This ballot has closed. Votes received at or after the closing time cannot be counted."}
                : Refusal{Kind::not_open, "ballot_not_open", "This ballot is not open for voting yet.",
                          "See when it opens: walkout ballot show " + ballot.plan.id.text()};
}

Refusal not_entitled()
{
    return {Kind::not_entitled, "not_on_roll", "No member votes with this voting code in this ballot.",
            "Check that the code is the one for this ballot, or ask the scrutineer."};
}

/// What was returned first counts, by whichever channel.
Refusal voted(const store::ReadTx& tx, const store::Ballot& ballot, const ConstituencyId& constituency, const std::string& credential)
{
    if (const auto paper = store::counting_paper(tx, constituency, credential))
        return {Kind::conflict, "paper_received",
                "Your postal paper was received on " + words(Zone::find(ballot.plan.zone).value().date(paper->received_at)) +
                    " and counts. A voting paper, once returned, cannot be changed.",
                "If you did not send one, tell the scrutineer at once."};
    return {Kind::conflict, "already_voted",
            "A vote has already been recorded with this voting code. A voting paper, once returned, cannot be changed.",
            "If it was not you, tell the scrutineer at once."};
}

/// A method that the ballot was not planned for is not lawful in it.
Result<void> check_method(const store::Ballot& ballot)
{
    if (ballot::takes_votes_online(ballot.plan)) return {};
    return Refusal{Kind::not_open, "by_post_only", "This ballot is held by post: no vote is cast online.",
                   "Return the voting paper that was sent to you. If you have none, ask for one: walkout ballot paper " + ballot.plan.id.text()};
}

/// Whose member the credential is now: live, on the roll in force.
Result<store::RollLine> live_line(const store::ReadTx& tx, const ConstituencyId& constituency, const std::string& credential)
{
    if (auto line = store::roll_line_of_credential(tx, constituency, credential)) return *std::move(line);
    if (store::is_revoked(tx, constituency, credential))
        return Refusal{Kind::not_entitled, "code_replaced", "This voting code has been replaced or withdrawn and does not work any more.",
                       "Vote with the newer code that was sent to you, or ask the scrutineer."};
    return not_entitled();
}

/// Costs nothing: whether it is a ballot of this election at all.
Result<void> check_shape(const protocol::Election& election, const protocol::Ballot& ballot)
{
    if (ballot.election_uuid != election.uuid || ballot.election_hash != election.fingerprint)
        return Refusal{Kind::invalid, "wrong_election", "This ballot is refused: it was made for another election."};
    const auto fits = [](const protocol::Question& question, const protocol::Answer& answer) {
        return answer.choices.size() == question.choices() && answer.individual_proofs.size() == answer.choices.size();
    };
    if (!std::ranges::equal(election.questions, ballot.answers, fits))
        return Refusal{Kind::invalid, "shape", "This ballot is refused: its answers do not fit the questions."};
    return {};
}

Result<void> check_signature(Casting& casting, const protocol::Election& election, const protocol::Ballot& ballot, const std::string& network,
                             Instant now)
{
    if (casting.signatures.paused(network, now))
        return Refusal{Kind::too_many, "address_paused", "Too many ballots with a wrong signature came from your address.",
                       "Wait a minute, then try again; or vote from another network."};
    auto checked = casting.checks.signature(election, ballot);
    if (!checked) casting.signatures.failed(network, now);
    return checked;
}

Result<void> check_second_factor(const store::Ballot& ballot, const store::RollLine& line, const Context& context, FailurePauses& pauses,
                                 const std::string& credential, const std::optional<std::string>& member_number)
{
    const bool by_number = ballot.plan.second_factor_or_default() == ballot::SecondFactor::member_number;
    if (!by_number && context.caller.number.empty())
        return Refusal{Kind::sign_in_needed, "sign_in_to_vote", "Sign in to vote: this ballot asks for a one-time code as well as the voting code.",
                       "Run `walkout login`, then vote again."};
    if (by_number && !member_number)
        return Refusal{Kind::sign_in_needed, "member_number_needed", "This ballot asks for your member number as well as the voting code."};
    if (pauses.paused(credential, context.machine_now))
        return Refusal{Kind::too_many, "vote_paused", "Too many attempts with this voting code and somebody else's details.",
                       "Wait five minutes, then try again."};
    if (line.number == (by_number ? *member_number : context.caller.number)) return {};
    pauses.failed(credential, context.machine_now);
    return Refusal{Kind::not_entitled, "second_factor_refused", "This voting code belongs to another member.",
                   "Use the voting code that was sent to you, with your own sign-in or member number."};
}

wire::VoteReceipt receipt(const CheckedVote& vote, const store::Ballot& ballot, Instant on_board_by, const SigningKey& board_key)
{
    const auto& fingerprint = vote.election->fingerprint;
    return {ballot.plan.id, vote.constituency, fingerprint,
            vote.tracker,   on_board_by,       hex(board_key.sign(protocol::receipt_text({fingerprint, vote.tracker, on_board_by})))};
}

} // namespace

std::vector<Digest> ciphertext_digests(const Group& group, const protocol::Ballot& ballot)
{
    std::vector<Digest> out;
    for (const auto& answer : ballot.answers)
        for (const auto& [alpha, beta] : answer.choices) out.push_back(sha256(group.text(alpha) + "," + group.text(beta)));
    return out;
}

Result<std::shared_ptr<const protocol::Election>> Elections::find(const store::ReadTx& tx, const ConstituencyId& constituency)
{
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(constituency); found != known_.end()) return found->second;
    }
    const auto board = store::find_board(tx, constituency);
    if (!board && store::find_constituency(tx, constituency))
        return Refusal{Kind::not_open, "ballot_not_open", "This ballot is not open for voting yet."};
    if (!board) return Refusal{Kind::not_found, "unknown_constituency", "There is no such constituency."};
    auto election = std::make_shared<const protocol::Election>(protocol::parse_election(board->election).value());
    const std::lock_guard lock(mutex_);
    return known_.try_emplace(constituency, std::move(election)).first->second;
}

bool FailurePauses::paused(const std::string& key, Instant now) const
{
    const std::lock_guard lock(mutex_);
    const auto found = failures_.find(key);
    return found != failures_.end() && found->second.count >= tries_ && now - found->second.last < pause_;
}

/// Doubling the threshold keeps the cost of sweeping constant per failure, however many keys are live.
void FailurePauses::failed(const std::string& key, Instant now)
{
    const std::lock_guard lock(mutex_);
    if (failures_.size() >= sweep_at_) {
        std::erase_if(failures_, [&](const auto& entry) { return now - entry.second.last >= pause_; });
        sweep_at_ = std::max<std::size_t>(1024, 2 * failures_.size());
    }
    auto& failures = failures_[key];
    if (now - failures.last >= pause_) failures.count = 0; // the earlier ones are forgiven
    ++failures.count;
    failures.last = now;
}

Result<CheckedVote> parse_vote(const store::ReadTx& tx, Casting& casting, const ConstituencyId& constituency, std::string bytes)
{
    const auto election = casting.elections.find(tx, constituency);
    if (!election) return election.error();
    auto parsed = protocol::parse_ballot(*(*election)->group, bytes);
    if (!parsed) return parsed.error();
    if (const auto fits = check_shape(**election, *parsed); !fits) return fits.error();
    CheckedVote vote{constituency, *election, std::move(*parsed), std::move(bytes), {}, {}};
    vote.tracker = protocol::fingerprint_of(vote.bytes);
    if (const auto accepted = store::find_accepted(tx, constituency, vote.tracker)) vote.accepted_before = accepted->on_board_by;
    return vote;
}

Result<void> accept_vote(store::WriteTx& tx, const CheckedVote& vote, Instant on_board_by)
{
    const auto& group = *vote.election->group;
    const auto digests = ciphertext_digests(group, vote.ballot);
    for (const auto& digest : digests)
        if (store::ciphertext_seen(tx, vote.constituency, digest))
            return Refusal{Kind::invalid, "repeated_ciphertext", "This ballot is refused: it repeats an encrypted choice of another ballot."};
    store::accept_ballot(tx, vote.constituency, {vote.tracker, group.text(vote.ballot.credential), on_board_by, vote.bytes}, digests);
    return {};
}

Result<CheckedVote> check_vote(const store::ReadTx& tx, const Context& context, Casting& casting, const ConstituencyId& constituency,
                               VoteToCheck given)
{
    auto parsed = parse_vote(tx, casting, constituency, std::move(given.bytes));
    if (!parsed) return parsed.error();
    auto& vote = *parsed;
    const auto& election = vote.election;
    const auto& group = *election->group;
    if (const auto signed_ = check_signature(casting, *election, vote.ballot, given.network, context.machine_now); !signed_) return signed_.error();
    if (vote.accepted_before) return parsed;
    const auto ballot = store::find_ballot(tx, store::find_constituency(tx, constituency).value().ballot).value();
    if (const auto lawful = check_method(ballot); !lawful) return lawful.error();
    const auto credential = group.text(vote.ballot.credential);
    const auto line = live_line(tx, constituency, credential); // whose second factor it must be
    if (!line) return line.error();
    if (const auto factor = check_second_factor(ballot, *line, context, casting.second_factors, credential, given.member_number); !factor)
        return factor.error();
    if (!ballot::accepts_votes(ballot.phase, ballot::opening_instant(ballot.plan), ballot.closes, context.ballot_now))
        return closed(ballot, context.ballot_now);
    if (line->returned || store::credential_used(tx, constituency, credential)) return voted(tx, ballot, constituency, credential);
    if (casting.proofs.paused(credential, context.machine_now))
        return Refusal{Kind::too_many, "ballots_paused", "Too many ballots under this voting code were not well made.",
                       "Wait five minutes, then vote with the client of this server's version."};
    if (const auto proved = casting.checks.proofs(*election, vote.ballot); !proved) {
        casting.proofs.failed(credential, context.machine_now);
        return proved.error();
    }
    return parsed;
}

Result<wire::VoteReceipt> record_vote(store::WriteTx& tx, const Context& context, const CheckedVote& vote, const SigningKey& board_key)
{
    const auto ballot = store::find_ballot(tx, store::find_constituency(tx, vote.constituency).value().ballot).value();
    if (vote.accepted_before) return receipt(vote, ballot, *vote.accepted_before, board_key);
    if (const auto accepted = store::find_accepted(tx, vote.constituency, vote.tracker))
        return receipt(vote, ballot, accepted->on_board_by, board_key);
    if (!ballot::accepts_votes(ballot.phase, ballot::opening_instant(ballot.plan), ballot.closes, context.ballot_now))
        return closed(ballot, context.ballot_now);
    const auto& group = *vote.election->group;
    const auto credential = group.text(vote.ballot.credential);
    const auto line = live_line(tx, vote.constituency, credential);
    if (!line) return line.error();
    if (line->returned || store::credential_used(tx, vote.constituency, credential)) return voted(tx, ballot, vote.constituency, credential);
    const auto on_board_by = ballot.closes + ballot::sealing_time;
    if (const auto accepted = accept_vote(tx, vote, on_board_by); !accepted) return accepted.error();
    store::put_returned(tx, ballot.plan.id, line->number);
    return receipt(vote, ballot, on_board_by, board_key);
}

} // namespace walkout::service
