#include "server/store/report_store.hpp"

namespace walkout::store {

void add_method_record(WriteTx& tx, const BallotId& ballot, const MethodRecord& record)
{
    tx.prepare("INSERT INTO method_record (ballot, number, answers, canonical, made_at, made_by, role, signing_key, signature)"
               " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM method_record WHERE ballot = ?1")
        .bind(ballot, record.answers, record.canonical, record.made_at, record.made_by, record.role, record.key, record.signature)
        .change_one_row();
}

std::optional<MethodRecord> method_record(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT number, answers, canonical, made_at, made_by, role, signing_key, signature FROM method_record WHERE ballot = ?"
                 " ORDER BY number DESC LIMIT 1")
        .bind(ballot)
        .first([](const Statement& row) {
            return MethodRecord{.number = row.integer(0),
                                .answers = row.text(1),
                                .canonical = row.text(2),
                                .made_at = row.instant(3),
                                .made_by = row.text(4),
                                .role = row.named<ballot::Role>(5),
                                .key = row.array<32>(6),
                                .signature = row.array<64>(7)};
        });
}

void put_report(WriteTx& tx, const BallotId& ballot, const SignedReport& report)
{
    tx.prepare("INSERT INTO scrutineer_report (ballot, report, signed_at, signed_by, signing_key, signature) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(ballot, report.report, report.signed_at, report.signed_by, report.key, report.signature)
        .change_one_row();
}

std::optional<SignedReport> signed_report(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT report, signed_at, signed_by, signing_key, signature FROM scrutineer_report WHERE ballot = ?")
        .bind(ballot)
        .first([](const Statement& row) {
            return SignedReport{row.text(0), row.instant(1), row.text(2), row.array<32>(3), row.array<64>(4)};
        });
}

void add_server_run(WriteTx& tx, const ServerRun& run)
{
    tx.prepare("INSERT INTO server_run (started_at, version, program) VALUES (?, ?, ?)")
        .bind(run.started_at, run.version, run.program)
        .change_one_row();
}

std::vector<ServerRun> server_runs(const ReadTx& tx)
{
    return tx.prepare("SELECT started_at, version, program FROM server_run ORDER BY run").bind().all([](const Statement& row) {
        return ServerRun{row.instant(0), row.text(1), row.text(2)};
    });
}

std::vector<Ballot> unreported_ballots(const ReadTx& tx)
{
    auto out = ballots_in(tx, ballot::Phase::declared);
    std::erase_if(out, [&](const Ballot& ballot) { return signed_report(tx, ballot.plan.id).has_value(); });
    return out;
}

bool put_report_reminded(WriteTx& tx, const BallotId& ballot, Date day)
{
    return tx.prepare("INSERT OR IGNORE INTO report_reminder (ballot, day) VALUES (?, ?)").bind(ballot, day).changes() > 0;
}

std::int64_t codes_made(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT count(*) FROM board_credential WHERE constituency = ? AND spare = 0").bind(constituency).number();
}

std::int64_t votes_returned_online(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT count(*) FROM published_ballot b JOIN constituency c ON c.id = b.constituency WHERE c.ballot = ?"
                 " AND NOT EXISTS (SELECT 1 FROM postal_serial s JOIN postal_return r ON r.ballot = s.ballot AND r.serial = s.serial"
                 " WHERE s.constituency = b.constituency AND s.credential = b.credential AND r.fate = 'counts')")
        .bind(ballot)
        .number();
}

} // namespace walkout::store
