#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/incident_store.hpp"
#include "shared/wire/conduct_messages.hpp"

namespace walkout::service {

/// Records an incident or an outage of the ballot, once voting codes exist; or, with `corrects`, puts it in the place of an earlier entry, which
/// stays to be read. Refuses what ballot::may_record refuses, wrong_phase, no_such_incident and incident_corrected; report_stands once the
/// scrutineer's report is signed. Of kind code see record_incident (code_reports.hpp); voting is suspended by suspend_ballot.
Result<store::BallotIncident> record_ballot_incident(store::WriteTx& tx, const Context& context, const BallotId& ballot,
                                                     const wire::NewBallotIncident& told);

wire::BallotIncidentList incident_list(const store::ReadTx& tx, const store::Ballot& ballot);

/// Those that no later entry corrects, by when they began: what the report tells.
std::vector<store::BallotIncident> standing_incidents(const store::ReadTx& tx, const BallotId& ballot);

} // namespace walkout::service
