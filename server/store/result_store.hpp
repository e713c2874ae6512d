#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/result.hpp"
#include "shared/ballot/turnout.hpp"

namespace walkout::store {

void put_count(WriteTx& tx, const ballot::ConstituencyCount& count);                     ///< once
std::vector<ballot::ConstituencyCount> counts(const ReadTx& tx, const BallotId& ballot); ///< sorted by name; empty before the count
void put_mandate(WriteTx& tx, const ballot::Mandate& mandate);
std::vector<ballot::Mandate> mandates(const ReadTx& tx, const BallotId& ballot); ///< sorted by constituency, kind

/// One publication of turnout. An hourly one has constituencies only; a daily one all three tables.
struct PublishedTurnout {
    Instant at{};
    ballot::TurnoutTables tables;
};
void put_turnout(WriteTx& tx, const BallotId& ballot, const PublishedTurnout& turnout);
std::vector<PublishedTurnout> published_turnout(const ReadTx& tx, const BallotId& ballot); ///< oldest first

} // namespace walkout::store
