#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/incident.hpp"

namespace walkout::store {

/// What happened in the course of a ballot, as recorded. Rows stand for ever; a correction is a row of its own.
struct BallotIncident {
    std::int64_t number = 0; ///< from 1
    ballot::Happening happening;
    std::optional<std::int64_t> corrects;
    Instant recorded_at{};
    std::string recorded_by;
};
/// Returns its number. An earlier row is corrected at most once.
std::int64_t add_ballot_incident(WriteTx& tx, const BallotId& ballot, const BallotIncident& incident);
/// A member says that somebody else voted with their code. True if it was not recorded before.
bool add_code_incident(WriteTx& tx, const BallotId& ballot, const std::string& member, Instant at, const std::string& by);

std::vector<BallotIncident> ballot_incidents(const ReadTx& tx,
                                             const BallotId& ballot);  ///< all, corrected ones too, by number; without those of kind code
std::int64_t incident_count(const ReadTx& tx, const BallotId& ballot); ///< of kind code

} // namespace walkout::store
