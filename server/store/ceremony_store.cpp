#include "server/store/ceremony_store.hpp"

namespace walkout::store {

std::int64_t ceremony_attempt(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT attempt FROM ceremony WHERE ballot = ?")
        .bind(ballot)
        .first([](const Statement& row) { return row.integer(0); })
        .value_or(1);
}

void restart_ceremony(WriteTx& tx, const BallotId& ballot, const Restart& restart, Instant at)
{
    tx.prepare("INSERT INTO ceremony_restart (ballot, attempt, by, against, reason, complaint, at) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(ballot, restart.attempt, restart.by, restart.against, restart.reason, restart.complaint, at)
        .run();
    tx.prepare("INSERT INTO ceremony (ballot, attempt) VALUES (?, 2) ON CONFLICT (ballot) DO UPDATE SET attempt = attempt + 1").bind(ballot).run();
}

std::vector<Restart> ceremony_restarts(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT attempt, by, against, reason, complaint FROM ceremony_restart WHERE ballot = ? ORDER BY attempt")
        .bind(ballot)
        .all([](const Statement& row) {
            return Restart{row.integer(0), row.text(1), row.optional_text(2), row.text(3), row.optional_text(4)};
        });
}

std::vector<ballot::Approver> ceremony_approvers(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT number, role, signing_key FROM ceremony_approver WHERE ballot = ? AND attempt = ? ORDER BY number")
        .bind(ballot, ceremony_attempt(tx, ballot))
        .all([](const Statement& row) {
            return ballot::Approver{row.text(0), row.named<ballot::Role>(1), row.array<32>(2)};
        });
}

void put_ceremony_approvers(WriteTx& tx, const BallotId& ballot, const std::vector<ballot::Approver>& approvers)
{
    for (const auto& approver : approvers)
        tx.prepare("INSERT INTO ceremony_approver (ballot, attempt, number, role, signing_key) VALUES (?, ?, ?, ?, ?)")
            .bind(ballot, ceremony_attempt(tx, ballot), approver.number, approver.role, approver.key)
            .run();
}

std::vector<std::string> ceremony_messages_of(const ReadTx& tx, const BallotId& ballot, std::int64_t attempt, CeremonyStep step, std::size_t seats)
{
    std::vector<std::string> out(seats);
    auto rows = tx.prepare("SELECT seat, message FROM ceremony_message WHERE ballot = ? AND attempt = ? AND step = ?").bind(ballot, attempt, step);
    for (const auto& row : rows) out.at(static_cast<std::size_t>(row.integer(0) - 1)) = row.text(1);
    return out;
}

std::vector<std::string> ceremony_messages(const ReadTx& tx, const BallotId& ballot, CeremonyStep step, std::size_t seats)
{
    return ceremony_messages_of(tx, ballot, ceremony_attempt(tx, ballot), step, seats);
}

void add_ceremony_message(WriteTx& tx, const BallotId& ballot, CeremonyStep step, std::int64_t seat, const std::string& message)
{
    tx.prepare("INSERT INTO ceremony_message (ballot, attempt, step, seat, message) VALUES (?, ?, ?, ?, ?)")
        .bind(ballot, ceremony_attempt(tx, ballot), step, seat, message)
        .run();
}

void finish_ceremony(WriteTx& tx, const BallotId& ballot, const std::string& trustees_record)
{
    tx.prepare("INSERT INTO ceremony (ballot, attempt, trustees) VALUES (?, 1, ?) ON CONFLICT (ballot) DO UPDATE SET trustees = excluded.trustees")
        .bind(ballot, trustees_record)
        .run();
}

std::optional<std::string> trustees_record(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT trustees FROM ceremony WHERE ballot = ? AND trustees IS NOT NULL").bind(ballot).first([](const Statement& row) {
        return row.text(0);
    });
}

void add_code_statement(WriteTx& tx, const BallotId& ballot, const CodeStatement& statement)
{
    tx.prepare("INSERT INTO code_statement (ballot, made_by, signature, sent, total) VALUES (?, ?, ?, ?, ?)")
        .bind(ballot, statement.made_by, statement.signature, statement.sent, statement.total)
        .run();
}

std::optional<CodeStatement> code_statement(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT made_by, signature, sent, total FROM code_statement WHERE ballot = ?").bind(ballot).first([](const Statement& row) {
        return CodeStatement{row.text(0), row.array<64>(1), row.integer(2), row.integer(3)};
    });
}

void put_sent(WriteTx& tx, const BallotId& ballot, std::int64_t sent_in_all)
{
    tx.prepare("UPDATE code_statement SET sent = ? WHERE ballot = ?").bind(sent_in_all, ballot).change_one_row();
}

std::vector<std::int64_t> decrypted_seats(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT seat FROM partial_decryption WHERE constituency = ? ORDER BY seat").bind(constituency).all([](const Statement& row) {
        return row.integer(0);
    });
}

void add_decryption(WriteTx& tx, const ConstituencyId& constituency, std::int64_t seat, const std::string& record)
{
    tx.prepare("INSERT INTO partial_decryption (constituency, seat, record) VALUES (?, ?, ?)").bind(constituency, seat, record).run();
}

std::map<unsigned, std::string> decryptions(const ReadTx& tx, const ConstituencyId& constituency)
{
    std::map<unsigned, std::string> out;
    auto rows = tx.prepare("SELECT seat, record FROM partial_decryption WHERE constituency = ?").bind(constituency);
    for (const auto& row : rows) out.emplace(static_cast<unsigned>(row.integer(0)), row.text(1));
    return out;
}

} // namespace walkout::store
