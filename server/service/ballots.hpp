#pragma once

#include "server/store/ballot_store.hpp"
#include "shared/ballot/voting_paper.hpp"
#include "shared/base/result.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::service {

// What every use case of a ballot needs first.

/// The ballot, or "no_such_ballot".
Result<store::Ballot> require_ballot(const store::ReadTx& tx, const BallotId& id);

/// The law as recorded on this server. What was recorded after a ballot opened does not reach back into the rules that go by its opening day: give
/// that ballot. Rules that go by a later day, such as the receipt of a notice of action, follow what is recorded since.
law::Rulebook rulebook(const store::ReadTx& tx);
law::Rulebook rulebook_of(const store::ReadTx& tx, const store::Ballot& ballot);

/// "Sending is opening": see ballot::opening_day.
Date opening_day_of(const store::Ballot& ballot);
/// The closing instant in law: the one in force, or an earlier one that was approved. That the server was down at that moment, and recorded
/// the closing later, changes nothing.
Instant closing_of(const store::Ballot& ballot);
/// Every date of the ballot as it stands: by the first recorded sending and the closing in force.
Result<ballot::Planned> timetable_of(const store::ReadTx& tx, const store::Ballot& ballot, bool rehearsal);
/// Who is entitled in the other statutory ballots of the dispute that run at the same time in the same jurisdiction: s.226C counts separate workplace ballots together.
std::int64_t entitled_beside(const store::ReadTx& tx, const ballot::BallotPlan& plan);
/// Says which other ballots there are in the same dispute: one that spans Great Britain and Northern Ireland is two ballots.
void add_siblings(const store::ReadTx& tx, ballot::Planned& planned);
/// Local date of the last instant before closing.
Date date_of_ballot_of(const store::Ballot& ballot);

bool is_rehearsal(const store::ReadTx& tx);

/// The day on which the duty to serve the sample was met: when the last employer had it; none while one has not.
std::optional<Date> sample_served_on(const store::ReadTx& tx, const BallotId& id);

/// The voting paper with its canonical record: as bound, or as it would be bound today.
struct BoundPaper {
    ballot::VotingPaper paper;
    std::string record;
    Digest hash{};
};
/// `if_served_on`: the form it takes if the last employer has its sample that day, where some still lack it (S.I. 2026/3 Sch 2 para 8(2)).
Result<BoundPaper> paper_of(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key,
                            std::optional<Date> if_served_on = std::nullopt);

} // namespace walkout::service
