#pragma once

#include "server/service/cast_vote.hpp"
#include "server/service/context.hpp"
#include "server/store/postal_store.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/postal_messages.hpp"

namespace walkout::service {

// Voting papers on their way back (protocol.md 5.4): recorded, transcribed by two people, and then the boards are sealed.

/// Records papers in the order given, all or none. The first valid return of a member counts; every other is kept with its reason. A number that is
/// recorded already is recorded once, unless the batch says that these are other papers. Refuses papers_not_issued, unknown_paper, paper_not_sent,
/// received_missing, received_in_future, received_before_sending, board_sealed, batch_too_large, batch_differs, no_papers.
Result<wire::ReturnsRecorded> record_returns(store::WriteTx& tx, const Context& context, const BallotId& ballot, const wire::ReturnedPapers& papers);

/// Takes the last recording of a number back, once. Refuses not_recorded, no_reason, already_transcribed, taken_back_meanwhile, and board_sealed.
Result<void> take_back_return(store::WriteTx& tx, const Context& context, const BallotId& ballot, const wire::MistakenReturn& mistake);

Result<wire::PostalState> postal_state(const store::ReadTx& tx, const Context& context, const BallotId& ballot);

/// A paper as two people keyed it, encrypted under that member's own credential; checked like any ballot, but for a second factor.
struct CheckedTranscription {
    BallotId ballot;
    wire::Transcription paper;
    CheckedVote vote;
};
/// Refuses one_keyer, paper_not_returned, already_transcribed, wrong_credential, and what casting refuses of the ballot itself.
Result<CheckedTranscription> check_transcription(const store::ReadTx& tx, Casting& casting, const BallotId& ballot, wire::Transcription paper);
/// Accepts it, unless it is there already; asks again whatever can have changed. Also after the closing, until the boards are sealed.
Result<void> record_transcription(store::WriteTx& tx, const Context& context, const CheckedTranscription& checked);

/// Whether the boards wait for papers: they are printed, whether or not anybody recorded that they left, and the scrutineer has not said that all
/// received in time are in.
bool awaits_papers(const store::ReadTx& tx, const BallotId& ballot);
/// Whether papers can still enter the boards: voting has begun, and the boards are not sealed.
bool takes_papers(const store::ReadTx& tx, const store::Ballot& ballot);
/// What a closed ballot waits for, where it does: papers_untranscribed or post_not_finished.
Result<void> papers_are_in(const store::ReadTx& tx, const BallotId& ballot);

/// The scrutineer states that every paper received before the closing is recorded and transcribed, or that none came; the boards are sealed. Refuses
/// voting_not_ended, papers_untranscribed, and papers_not_issued.
Result<void> finish_post(store::WriteTx& tx, const Context& context, const BallotId& ballot, const SigningKey& board_key);

} // namespace walkout::service
