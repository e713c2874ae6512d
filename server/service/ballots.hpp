#pragma once

#include "server/store/ballot_store.hpp"
#include "shared/ballot/voting_paper.hpp"
#include "shared/base/result.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::service {

// What every use case of a ballot needs first.

/// The ballot, or "no_such_ballot".
Result<store::Ballot> require_ballot(const store::ReadTx& tx, const BallotId& id);

/// The law as recorded on this server. A commencement recorded after a ballot opened does not reach back into it: give that ballot.
law::Rulebook rulebook(const store::ReadTx& tx);
law::Rulebook rulebook_of(const store::ReadTx& tx, const store::Ballot& ballot);

/// "Sending is opening": see ballot::opening_day.
Date opening_day_of(const store::Ballot& ballot);
/// The closing instant in law: the one in force, or an earlier one that was approved. That the server was down at that moment, and recorded
/// the closing later, changes nothing.
Instant closing_of(const store::Ballot& ballot);
/// Local date of the last instant before closing.
Date date_of_ballot_of(const store::Ballot& ballot);

bool is_rehearsal(const store::ReadTx& tx);

/// The voting paper with its canonical record: as bound, or as it would be bound today.
struct BoundPaper {
    ballot::VotingPaper paper;
    std::string record;
    Digest hash{};
};
Result<BoundPaper> paper_of(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key);

} // namespace walkout::service
