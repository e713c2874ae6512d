#pragma once

#include "client/cli/roster.hpp"

namespace walkout::cli {

/// No verdict on what was sent, so it is sent again another time: unreachable, overloaded, signed out.
bool is_no_answer(const Refusal& refusal);

/// Keeps a note of an incident on this device, under the roster of its walkout that has the site, until it is sent with: picket merge.
/// Refuses no_roster.
Result<void> keep_incident(Session& session, const std::string& walkout, const std::string& branch, const wire::NewIncident& incident);

/// What became of the notes that waited in one journal.
struct SentIncidents {
    std::int64_t taken = 0;
    std::vector<wire::WaitingIncident> refused; ///< they stay on the device
};
/// Each under the roster it was kept with; sent twice is once. Refuses what no answer came to: unreachable, sign_in_needed.
Result<SentIncidents> send_incidents(Session& session, const Journal& journal);

} // namespace walkout::cli
