#include "server/store/incident_store.hpp"

namespace walkout::store {
namespace {

std::int64_t next_number(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT coalesce(max(number), 0) + 1 FROM incident WHERE ballot = ?").bind(ballot).number();
}

} // namespace

std::int64_t add_ballot_incident(WriteTx& tx, const BallotId& ballot, const BallotIncident& incident)
{
    const auto number = next_number(tx, ballot);
    const auto& told = incident.happening;
    tx.prepare("INSERT INTO incident (ballot, number, kind, channel, began, ended, what, affected, corrects, recorded_at, recorded_by)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(ballot, number, told.kind, told.channel, told.from, told.until, told.what, told.affected, incident.corrects, incident.recorded_at,
              incident.recorded_by)
        .change_one_row();
    return number;
}

bool add_code_incident(WriteTx& tx, const BallotId& ballot, const std::string& member, Instant at, const std::string& by)
{
    return tx.prepare("INSERT INTO incident (ballot, number, kind, member, channel, began, ended, what, recorded_at, recorded_by)"
                      " VALUES (?1, ?2, 'code', ?3, 'online', ?4, ?4, '', ?4, ?5) ON CONFLICT (ballot, member) DO NOTHING")
               .bind(ballot, next_number(tx, ballot), member, at, by)
               .changes() > 0;
}

std::vector<BallotIncident> ballot_incidents(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT number, kind, channel, began, ended, what, affected, corrects, recorded_at, recorded_by FROM incident"
                 " WHERE ballot = ? AND kind <> 'code' ORDER BY number")
        .bind(ballot)
        .all([](const Statement& row) {
            return BallotIncident{.number = row.integer(0),
                                  .happening = {.kind = row.named<ballot::IncidentKind>(1),
                                                .channel = row.named<ballot::Channel>(2),
                                                .from = row.instant(3),
                                                .until = row.optional_instant(4),
                                                .what = row.text(5),
                                                .affected = row.optional_integer(6)},
                                  .corrects = row.optional_integer(7),
                                  .recorded_at = row.instant(8),
                                  .recorded_by = row.text(9)};
        });
}

std::int64_t incident_count(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT count(*) FROM incident WHERE ballot = ? AND kind = 'code'").bind(ballot).number();
}

} // namespace walkout::store
