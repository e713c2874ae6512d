#pragma once

#include "server/store/sqlite.hpp"
#include "shared/strike/walkout.hpp"

namespace walkout::store {

void add_walkout(WriteTx& tx, const strike::Walkout& walkout);
std::optional<strike::Walkout> find_walkout(const ReadTx& tx, const WalkoutId& id);
std::vector<strike::Walkout> walkouts(const ReadTx& tx); ///< soonest first
std::vector<strike::Walkout> walkouts_of(const ReadTx& tx, const BallotId& ballot);

/// Stores a new state, reason and sequence. Throws unless the stored sequence is the one before.
void put_walkout_state(WriteTx& tx, const strike::Walkout& walkout);

/// The constituency of a member's line on the roll in force. Reads nothing else of the roll: who pickets never meets who has voted.
std::optional<ConstituencyId> constituency_of(const ReadTx& tx, const BallotId& ballot, const std::string& member);

std::string calendar_domain(const ReadTx& tx); ///< for strike::CalendarSource; never changes

} // namespace walkout::store
