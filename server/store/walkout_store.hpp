#pragma once

#include "server/store/sqlite.hpp"
#include "shared/strike/resumption.hpp"

namespace walkout::store {

void add_walkout(WriteTx& tx, const strike::Walkout& walkout);
std::optional<strike::Walkout> find_walkout(const ReadTx& tx, const WalkoutId& id);
std::vector<strike::Walkout> walkouts(const ReadTx& tx); ///< soonest first
std::vector<strike::Walkout> walkouts_of(const ReadTx& tx, const BallotId& ballot);

/// Stores a new state, reason and sequence, and which notice now covers each part. Throws unless the stored sequence is the one before.
void put_walkout_state(WriteTx& tx, const strike::Walkout& walkout);

/// What union and employer agreed about a suspension (TULRCA s.234A(7B)).
struct RecordedAgreement {
    strike::SuspensionAgreement agreement;
    Instant recorded_at{}; ///< ballot clock
    std::string recorded_by;
};
void add_agreement(WriteTx& tx, const WalkoutId& walkout, const RecordedAgreement& recorded);
std::vector<RecordedAgreement> agreements(const ReadTx& tx, const WalkoutId& walkout); ///< in the order recorded

/// The constituency of a member's line on the roll in force. Reads nothing else of the roll: who pickets never meets who has voted.
std::optional<ConstituencyId> constituency_of(const ReadTx& tx, const BallotId& ballot, const std::string& member);

std::string calendar_domain(const ReadTx& tx); ///< for strike::CalendarSource; never changes

} // namespace walkout::store
