#include "server/service/postal_returns.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/boards.hpp"
#include "server/store/board_store.hpp"
#include "server/store/replacement_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/ballot/plain_text.hpp"
#include "shared/ballot/publication.hpp"

#include <algorithm>
#include <set>

namespace walkout::service {
namespace {

using ballot::PaperFate;
using ballot::Phase;

constexpr std::size_t largest_batch = 1000; ///< the writer does a whole batch at once

Refusal board_sealed(const BallotId& id)
{
    return {Kind::conflict, "board_sealed", "The boards of this ballot are sealed: what counts is fixed.",
            "A paper received after the closing is recorded with the time it came: walkout postal return " + id.text() + " --received TIME"};
}

/// Everything about the batch that would make its recording wrong.
Result<Instant> received_at(const store::ReadTx& tx, const store::Ballot& ballot, const Context& context, const wire::ReturnedPapers& papers)
{
    const auto& id = ballot.plan.id;
    if (!ballot.opened_at || !store::papers_issued(tx, id))
        return Refusal{Kind::conflict, "papers_not_issued", "No voting papers have been sent in this ballot, so none can come back.",
                       "Issue them, and record that they left: walkout postal issue " + id.text() + ", walkout postal sent " + id.text()};
    if (papers.batch.size() < 16 || papers.batch.size() > 64)
        return Refusal{Kind::malformed, "no_batch", "Papers are recorded in a batch with a random name of 16 to 64 characters.",
                       "Use the client of this server's version."};
    if (papers.serials.empty()) return Refusal{Kind::invalid, "no_papers", "There is no paper to record."};
    if (papers.serials.size() > largest_batch)
        return Refusal{Kind::invalid, "batch_too_large", "At most " + std::to_string(largest_batch) + " papers are recorded at once."};
    const auto closing = closing_of(ballot);
    if (!papers.received_at && context.ballot_now >= closing) // the last post is recorded after it, and came before it
        return Refusal{Kind::invalid, "received_missing", "Voting has ended: whether a paper counts depends on when it was received.",
                       "Say when: --received 2013-10-18T11:30, or --received now for papers that came after the closing"};
    const auto received = papers.received_at.value_or(context.ballot_now);
    if (received > context.ballot_now)
        return Refusal{Kind::invalid, "received_in_future", "The papers cannot have been received later than now.", "Check --received."};
    // That they left may have been recorded later than they came back.
    if (received < std::min(*ballot.opened_at, ballot.first_sending.value_or(*ballot.opened_at)))
        return Refusal{Kind::invalid, "received_before_sending", "The papers cannot have been received before the first of them was sent.",
                       "Check --received."};
    if (received < closing && !takes_papers(tx, ballot)) return board_sealed(id);
    return received;
}

/// All papers of the batch that are not recorded as sent, at once: most often a whole issue, but perhaps a number that was typed wrong.
Result<void> were_sent(const store::ReadTx& tx, const BallotId& id, const std::vector<std::int64_t>& serials, bool over)
{
    constexpr std::size_t most_named = 20;
    std::set<std::int64_t> unsent;
    for (const auto serial : serials)
        if (const auto paper = store::find_serial(tx, id, serial);
            paper && !paper->sent_at && store::roll_line_of_credential(tx, paper->constituency, paper->credential))
            unsent.insert(serial);
    if (unsent.empty()) return {};
    std::string numbers;
    for (const auto serial : unsent) numbers += " " + std::to_string(serial);
    const auto sent = "walkout postal sent " + id.text() + (over ? " --on DAY" : "");
    if (unsent.size() == 1)
        return Refusal{Kind::conflict, "paper_not_sent", "Paper" + numbers + " is not recorded as sent. Nothing of this batch is recorded.",
                       "Check its number. If it was sent after all: " + sent + numbers};
    return Refusal{Kind::conflict, "paper_not_sent",
                   std::to_string(unsent.size()) + " papers are not recorded as sent. Nothing of this batch is recorded.",
                   unsent.size() > most_named ? "If they were sent after all, with the list that `postal issue` wrote: " + sent + " --list FILE"
                                              : "Check their numbers. If they were sent after all: " + sent + numbers};
}

Result<store::PaperReturn> judged(const store::ReadTx& tx, const store::Ballot& ballot, std::int64_t serial, Instant received, const Context& context)
{
    const auto& id = ballot.plan.id;
    const auto paper = store::find_serial(tx, id, serial);
    if (!paper)
        return Refusal{Kind::not_found, "unknown_paper",
                       "No voting paper of this ballot has the number " + std::to_string(serial) + ". Nothing of this batch is recorded.",
                       "Check the paper. If it is not one of ours, leave it out and keep it."};
    const bool revoked = store::is_revoked(tx, paper->constituency, paper->credential);
    const auto line = store::roll_line_of_credential(tx, paper->constituency, paper->credential);
    const bool paper_before = store::counting_paper(tx, paper->constituency, paper->credential).has_value();
    const auto fate = ballot::fate_of({.revoked = revoked,
                                       .unissued = !line,
                                       .received_at = received,
                                       .closes = closing_of(ballot),
                                       .paper_before = paper_before,
                                       .online_before = line && line->returned && !paper_before});
    return store::PaperReturn{.position = 0,
                              .serial = serial,
                              .fate = fate,
                              .received_at = received,
                              .recorded_at = context.ballot_now,
                              .recorded_by = context.caller.number,
                              .batch = {},
                              .reason = {},
                              .transcribed = false};
}

wire::ReturnLine line_of(const store::PaperReturn& paper)
{
    return {paper.serial, paper.fate, paper.received_at, paper.recorded_at, paper.recorded_by, paper.reason, paper.transcribed, {}};
}

/// The last recording of this number that was no mistake.
std::optional<store::PaperReturn> recorded(const store::ReadTx& tx, const BallotId& id, std::int64_t serial)
{
    const auto all = store::returns_of(tx, id, serial);
    const auto last = std::find_if(all.rbegin(), all.rend(), [](const store::PaperReturn& paper) { return paper.fate != PaperFate::mistaken; });
    return last == all.rend() ? std::nullopt : std::optional(*last);
}

/// The answer to an earlier try was lost: what that try recorded, unless this is another batch under its name.
Result<wire::ReturnsRecorded> answer_again(const store::ReadTx& tx, const BallotId& id, const wire::ReturnedPapers& papers,
                                           std::vector<store::PaperReturn> before)
{
    const Refusal differs{Kind::conflict, "batch_differs", "A batch of this name is recorded, of other papers or another time of receipt.",
                          "See what is recorded: walkout postal status " + id.text()};
    wire::ReturnsRecorded out;
    if (papers.received_at && *papers.received_at != before.front().received_at) return differs;
    for (const auto serial : papers.serials) {
        const auto mine = std::ranges::find(before, serial, &store::PaperReturn::serial);
        const auto other = mine == before.end() ? recorded(tx, id, serial) : std::nullopt;
        if (mine == before.end() && !other) return differs;
        out.papers.push_back(line_of(other ? *other : *mine));
        if (other) out.papers.back().before = true;
        else before.erase(mine);
    }
    if (!before.empty()) return differs;
    out.count = store::papers_counting(tx, id);
    return out;
}

Refusal already_transcribed(std::int64_t serial)
{
    return {Kind::conflict, "already_transcribed",
            "Paper " + std::to_string(serial) + " is transcribed: its ballot is accepted and cannot be changed."};
}

/// The paper that is to be transcribed, or why not.
Result<store::PaperSerial> awaiting(const store::ReadTx& tx, const BallotId& id, std::int64_t serial)
{
    const auto paper = store::find_serial(tx, id, serial);
    const auto counting = paper ? store::counting_paper(tx, paper->constituency, paper->credential) : std::nullopt;
    if (!counting || counting->serial != serial)
        return Refusal{Kind::conflict, "paper_not_returned",
                       "Paper " + std::to_string(serial) + " is not recorded as returned in time, so it is not transcribed.",
                       "Record it first: walkout postal return " + id.text() + " " + std::to_string(serial)};
    if (counting->transcribed) return already_transcribed(serial);
    return *paper;
}

Refusal untranscribed(const BallotId& id, std::size_t papers)
{
    return {Kind::conflict, "papers_untranscribed",
            papers == 1 ? std::string("One voting paper received in time is not transcribed.")
                        : std::to_string(papers) + " voting papers received in time are not transcribed.",
            "The scrutineer has two people key them: walkout postal transcribe " + id.text()};
}

} // namespace

bool awaits_papers(const store::ReadTx& tx, const BallotId& ballot)
{
    const auto sealed = [](const store::Constituency& constituency) { return constituency.board_height.has_value(); };
    return store::papers_issued(tx, ballot) && !store::post_finished(tx, ballot) && !std::ranges::any_of(store::constituencies(tx, ballot), sealed);
}

bool takes_papers(const store::ReadTx& tx, const store::Ballot& ballot)
{
    return ballot.phase == Phase::open || ballot.phase == Phase::suspended || (ballot.phase == Phase::closed && awaits_papers(tx, ballot.plan.id));
}

Result<void> papers_are_in(const store::ReadTx& tx, const BallotId& ballot)
{
    if (!awaits_papers(tx, ballot)) return {};
    if (const auto left = store::papers_to_transcribe(tx, ballot); !left.empty()) return untranscribed(ballot, left.size());
    return Refusal{Kind::conflict, "post_not_finished",
                   "The scrutineer has not yet stated that every voting paper received before the closing is recorded and transcribed.",
                   "The scrutineer does, when the last post is in: walkout postal finish " + ballot.text()};
}

Result<wire::ReturnsRecorded> record_returns(store::WriteTx& tx, const Context& context, const BallotId& id, const wire::ReturnedPapers& papers)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (auto before = store::returns_in_batch(tx, id, papers.batch); !before.empty()) return answer_again(tx, id, papers, std::move(before));
    const auto received = received_at(tx, *ballot, context, papers);
    if (!received) return received.error();
    if (const auto sent = were_sent(tx, id, papers.serials, context.ballot_now >= closing_of(*ballot)); !sent) return sent.error();
    wire::ReturnsRecorded out;
    std::int64_t added = 0;
    std::int64_t counted = 0;
    for (const auto serial : papers.serials) {
        // A paper has its number to itself, so the same number once more is the same paper: scanned twice, or a run whose answer was lost.
        if (const auto before = papers.again.value_or(false) ? std::nullopt : recorded(tx, id, serial)) {
            out.papers.push_back(line_of(*before));
            out.papers.back().before = true;
            continue;
        }
        auto paper = judged(tx, *ballot, serial, *received, context);
        if (!paper) return paper.error();
        paper->batch = papers.batch;
        store::add_return(tx, id, *paper);
        ++added;
        out.papers.push_back(line_of(*paper));
        if (paper->fate != PaperFate::counts) continue;
        const auto number = store::find_serial(tx, id, serial).value();
        store::put_returned(tx, id, store::roll_line_of_credential(tx, number.constituency, number.credential).value().number);
        ++counted;
    }
    out.count = store::papers_counting(tx, id);
    if (added > 0)
        record_audit(tx, context, ballot::Role::scrutineer, "papers_returned", id.text(),
                     {{"papers", std::to_string(added)}, {"counting", std::to_string(counted)}});
    return out;
}

Result<void> take_back_return(store::WriteTx& tx, const Context& context, const BallotId& id, const wire::MistakenReturn& mistake)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (mistake.reason.empty() || mistake.reason.size() > 200 || !ballot::is_plain_line(mistake.reason))
        return Refusal{Kind::invalid, "no_reason", "A recording is taken back with a reason, on one line.",
                       "Say what happened: --reason \"typed 71 for 17\""};
    std::int64_t taken_back = 0;
    bool for_this_reason = false;
    for (const auto& paper : store::returns_of(tx, id, mistake.serial)) {
        if (paper.fate != PaperFate::mistaken) continue;
        ++taken_back;
        for_this_reason = for_this_reason || paper.reason == mistake.reason;
    }
    if (taken_back == mistake.taken_back + 1 && for_this_reason) return {}; // the answer to an earlier try was lost
    if (taken_back != mistake.taken_back)
        return Refusal{Kind::conflict, "taken_back_meanwhile",
                       "Another recording of paper " + std::to_string(mistake.serial) + " was taken back meanwhile. Nothing is taken back now.",
                       "See what is recorded: walkout postal status " + id.text()};
    const auto last = recorded(tx, id, mistake.serial);
    if (!last)
        return Refusal{Kind::not_found, "not_recorded", "No paper with the number " + std::to_string(mistake.serial) + " is recorded as returned."};
    if (last->transcribed) return already_transcribed(mistake.serial);
    if (last->fate == PaperFate::counts && !takes_papers(tx, *ballot)) return board_sealed(id);
    store::put_mistaken(tx, id, last->position, mistake.reason);
    if (last->fate == PaperFate::counts) {
        const auto number = store::find_serial(tx, id, mistake.serial).value();
        if (const auto line = store::roll_line_of_credential(tx, number.constituency, number.credential))
            store::take_back_returned(tx, id, line->number);
    }
    // The reason is in the scrutineer's list only: it may name a paper, and the log is read by many.
    record_audit(tx, context, ballot::Role::scrutineer, "paper_return_taken_back", id.text());
    return {};
}

Result<wire::PostalState> postal_state(const store::ReadTx& tx, const Context& context, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto closes = closing_of(*ballot);
    wire::PostalState out;
    out.ballot = id;
    out.title = ballot->plan.title;
    out.rehearsal = is_rehearsal(tx);
    out.group = name(ballot->plan.group_or_default());
    out.closes = closes;
    out.closes_words = words(Zone::find(ballot->plan.zone).value().wall(closes));
    out.zone = ballot->plan.zone;
    out.now = context.ballot_now;
    out.closed = ballot->opened_at && context.ballot_now >= closes;
    out.finished = store::post_finished(tx, id);
    out.issued = store::papers_issued(tx, id);
    out.figures = store::postal_figures(tx, id);
    for (const auto& paper : store::papers_to_transcribe(tx, id)) out.to_transcribe.push_back({paper.serial, paper.constituency, paper.credential});
    for (const auto& paper : store::paper_returns(tx, id))
        if (paper.fate != PaperFate::counts) out.not_counting.push_back(line_of(paper));
    for (const auto& pair : store::keyed_papers(tx, id)) out.keyed.push_back({pair.first, pair.second, pair.papers});
    return out;
}

Result<CheckedTranscription> check_transcription(const store::ReadTx& tx, Casting& casting, const BallotId& id, wire::Transcription paper)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    for (const auto* keyer : {&paper.first, &paper.second})
        if (keyer->empty() || keyer->size() > 60 || !ballot::is_plain_line(*keyer) || ballot::same_keyer(paper.first, paper.second))
            return Refusal{Kind::invalid, "one_keyer", "A paper is transcribed by two people, each with a name of up to 60 characters.",
                           "Each keys under their own name: walkout postal transcribe " + id.text() + " --by NAME"};
    const auto serial = store::find_serial(tx, id, paper.serial);
    if (!serial) return awaiting(tx, id, paper.serial).error();
    auto vote = parse_vote(tx, casting, serial->constituency, paper.ballot);
    if (!vote) return vote.error();
    if (vote->election->group->text(vote->ballot.credential) != serial->credential)
        return Refusal{Kind::invalid, "wrong_credential",
                       "This ballot is not made under the voting code that paper " + std::to_string(paper.serial) + " belongs to."};
    if (!vote->accepted_before) {
        if (const auto open = awaiting(tx, id, paper.serial); !open) return open.error();
        if (const auto signed_ = casting.checks.signature(*vote->election, vote->ballot); !signed_) return signed_.error();
        if (const auto proved = casting.checks.proofs(*vote->election, vote->ballot); !proved) return proved.error();
    }
    return CheckedTranscription{id, std::move(paper), *std::move(vote)};
}

Result<void> record_transcription(store::WriteTx& tx, const Context& context, const CheckedTranscription& checked)
{
    const auto& paper = checked.paper;
    if (store::find_accepted(tx, checked.vote.constituency, checked.vote.tracker)) return {}; // the answer to an earlier try was lost
    const auto ballot = require_ballot(tx, checked.ballot);
    if (!ballot) return ballot.error();
    if (!takes_papers(tx, *ballot)) return board_sealed(checked.ballot);
    if (const auto open = awaiting(tx, checked.ballot, paper.serial); !open) return open.error();
    const auto on_board_by = std::max(ballot->closes, context.ballot_now) + ballot::sealing_time;
    if (const auto accepted = accept_vote(tx, checked.vote, on_board_by); !accepted) return accepted;
    const bool ordered = paper.first < paper.second; // who was first says nothing
    store::put_transcribed(tx, checked.ballot, paper.serial, ordered ? paper.first : paper.second, ordered ? paper.second : paper.first);
    return {};
}

Result<void> finish_post(store::WriteTx& tx, const Context& context, const BallotId& id, const SigningKey& board_key)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (store::post_finished(tx, id)) return {};
    if (!store::papers_issued(tx, id))
        return Refusal{Kind::conflict, "papers_not_issued", "No voting papers were issued in this ballot, so its boards need not wait for any."};
    if (ballot->phase != Phase::closed)
        return Refusal{Kind::conflict, "voting_not_ended", "Voting has not ended: papers may still come in.",
                       "Do this after the closing, when the last post is recorded and transcribed."};
    if (!awaits_papers(tx, id)) return board_sealed(id);
    if (const auto left = store::papers_to_transcribe(tx, id); !left.empty()) return untranscribed(id, left.size());
    store::put_post_finished(tx, id, context.ballot_now, context.caller.number);
    const auto figures = store::postal_figures(tx, id);
    record_audit(tx, context, ballot::Role::scrutineer, "post_finished", id.text(),
                 {{"papers", std::to_string(figures.returned_by_post)},
                  {"duplicates", std::to_string(figures.duplicates)},
                  {"void", std::to_string(figures.revoked + figures.unissued)},
                  {"late", std::to_string(figures.late)}});
    seal_boards(tx, context, *ballot, board_key);
    publish_turnout(tx, context, *ballot);
    return {};
}

} // namespace walkout::service
