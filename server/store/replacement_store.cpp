#include "server/store/replacement_store.hpp"

namespace walkout::store {
namespace {

std::vector<ballot::MemberChange> changes_of(const ReadTx& tx, const BallotId& ballot, std::int64_t batch)
{
    return tx
        .prepare("SELECT r.number, r.reason, r.constituency, c.name, r.credential_out, r.credential_in FROM replacement r"
                 " JOIN constituency c ON c.id = r.constituency WHERE r.ballot = ? AND r.batch = ? ORDER BY r.position")
        .bind(ballot, batch)
        .all([](const Statement& row) {
            return ballot::MemberChange{
                row.text(0), row.named<ballot::ChangeReason>(1), row.id<ConstituencyId>(2), row.text(3), row.optional_text(4), row.optional_text(5)};
        });
}

} // namespace

void start_register(WriteTx& tx, const ConstituencyId& constituency, const std::string& genesis, const std::string& blind)
{
    tx.prepare("INSERT INTO credential_register (constituency, genesis, blind) VALUES (?, ?, ?)").bind(constituency, genesis, blind).change_one_row();
}

std::optional<RegisterState> register_state(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx
        .prepare("SELECT r.blind, coalesce(l.hash, r.genesis), coalesce(l.seq, 0) FROM credential_register r"
                 " LEFT JOIN register_record l ON l.constituency = r.constituency WHERE r.constituency = ? ORDER BY l.seq DESC LIMIT 1")
        .bind(constituency)
        .first([](const Statement& row) {
            return RegisterState{row.text(0), row.text(1), static_cast<std::uint64_t>(row.integer(2))};
        });
}

std::vector<protocol::RegisterRecord> register_records(const ReadTx& tx, const ConstituencyId& constituency)
{
    auto prev = tx.prepare("SELECT genesis FROM credential_register WHERE constituency = ?").bind(constituency).first([](const Statement& row) {
        return row.text(0);
    });
    std::vector<protocol::RegisterRecord> records;
    for (const auto& row :
         tx.prepare("SELECT seq, reason, credential_out, credential_in, hash FROM register_record WHERE constituency = ? ORDER BY seq")
             .bind(constituency)) {
        records.push_back({static_cast<std::uint64_t>(row.integer(0)), prev.value(), row.named<ballot::ChangeReason>(1), row.optional_text(2),
                           row.optional_text(3)});
        prev = row.text(4);
    }
    return records;
}

void append_register(WriteTx& tx, const ConstituencyId& constituency, protocol::RegisterRecord record)
{
    const auto state = register_state(tx, constituency).value();
    record.seq = state.length + 1;
    record.prev = state.last;
    tx.prepare("INSERT INTO register_record (constituency, seq, reason, credential_out, credential_in, hash) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(constituency, record.seq, record.reason, record.credential_out, record.credential_in, hex(sha256(write_register_record(record))))
        .change_one_row();
}

std::vector<std::string> spares_at_setup(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT credential FROM board_credential WHERE constituency = ? AND spare ORDER BY credential")
        .bind(constituency)
        .all([](const Statement& row) { return row.text(0); });
}

std::vector<std::string> unused_spares(const ReadTx& tx, const ConstituencyId& constituency, std::int64_t limit)
{
    return tx
        .prepare("SELECT c.credential FROM board_credential c WHERE c.constituency = ? AND c.spare AND NOT EXISTS"
                 " (SELECT 1 FROM register_record r WHERE r.constituency = c.constituency AND r.credential_in = c.credential)"
                 " ORDER BY c.credential LIMIT ?")
        .bind(constituency, limit)
        .all([](const Statement& row) { return row.text(0); });
}

bool is_revoked(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential)
{
    return tx.prepare("SELECT 1 FROM register_record WHERE constituency = ? AND credential_out = ?").bind(constituency, credential).step();
}

std::vector<SignedHead> heads(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT height, event, register_hash, audit_hash, batch, signature FROM board_head WHERE constituency = ? ORDER BY height")
        .bind(constituency)
        .all([](const Statement& row) {
            return SignedHead{{"", static_cast<std::uint64_t>(row.integer(0)), row.text(1), row.text(2), row.text(3), row.instant(4)},
                              row.array<64>(5)};
        });
}

std::int64_t propose_batch(WriteTx& tx, const BallotId& ballot, const ReplacementBatch& batch, const std::string& proposed_by)
{
    tx.prepare("UPDATE replacement_batch SET state = 'superseded' WHERE ballot = ? AND state = 'proposed'").bind(ballot).run();
    const auto number = tx.prepare("SELECT coalesce(max(batch), 0) + 1 FROM replacement_batch WHERE ballot = ?").bind(ballot).number();
    tx.prepare("INSERT INTO replacement_batch (ballot, batch, salt, proposed_at, proposed_by) VALUES (?, ?, ?, ?, ?)")
        .bind(ballot, number, batch.salt, batch.proposed_at, proposed_by)
        .change_one_row();
    auto insert = tx.prepare("INSERT INTO replacement (ballot, batch, position, number, reason, constituency, credential_out, credential_in)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < batch.changes.size(); ++i) {
        const auto& change = batch.changes[i];
        insert.bind(ballot, number, i, change.number, change.reason, change.constituency, change.credential_out, change.credential_in)
            .change_one_row();
    }
    return number;
}

void put_batch_done(WriteTx& tx, const BallotId& ballot, std::int64_t batch)
{
    tx.prepare("UPDATE replacement_batch SET state = 'done' WHERE ballot = ? AND batch = ?").bind(ballot, batch).change_one_row();
}

std::vector<ReplacementBatch> batches(const ReadTx& tx, const BallotId& ballot)
{
    auto out = tx.prepare("SELECT batch, state = 'done', salt, proposed_at FROM replacement_batch WHERE ballot = ? AND state <> 'superseded'"
                          " ORDER BY batch")
                   .bind(ballot)
                   .all([](const Statement& row) {
                       return ReplacementBatch{row.integer(0), row.boolean(1), row.text(2), row.instant(3), {}};
                   });
    for (auto& batch : out) batch.changes = changes_of(tx, ballot, batch.batch);
    return out;
}

std::optional<ReplacementBatch> latest_batch(const ReadTx& tx, const BallotId& ballot)
{
    auto out = tx.prepare("SELECT batch, state = 'done', salt, proposed_at FROM replacement_batch WHERE ballot = ? AND state <> 'superseded'"
                          " ORDER BY batch DESC LIMIT 1")
                   .bind(ballot)
                   .first([](const Statement& row) {
                       return ReplacementBatch{row.integer(0), row.boolean(1), row.text(2), row.instant(3), {}};
                   });
    if (out) out->changes = changes_of(tx, ballot, out->batch);
    return out;
}

std::vector<BatchSignature> batch_signatures(const ReadTx& tx, const BallotId& ballot, const Digest& object)
{
    return tx
        .prepare("SELECT number, role, expires, signature FROM approval WHERE ballot = ? AND step = ? AND object = ? ORDER BY recorded_at, number")
        .bind(ballot, "replace", object)
        .all([](const Statement& row) {
            return BatchSignature{row.text(0), row.named<ballot::Role>(1), row.instant(2), row.array<64>(3)};
        });
}

void replace_credential(WriteTx& tx, const BallotId& ballot, const std::string& number, std::int64_t revision, const std::string& credential)
{
    tx.prepare("UPDATE roll_entry SET until = ? WHERE ballot = ? AND number = ? AND until IS NULL AND since < ? AND returned = 0")
        .bind(revision, ballot, number, revision)
        .change_one_row();
    tx.prepare("INSERT INTO roll_entry (ballot, number, since, constituency, branch, employer, workplace, category, overseas, credential)"
               " SELECT ballot, number, ?1, constituency, branch, employer, workplace, category, overseas, ?2 FROM roll_entry"
               " WHERE ballot = ?3 AND number = ?4 AND until = ?1")
        .bind(revision, credential, ballot, number)
        .change_one_row();
}

std::optional<ballot::ChangeReason> put_change_sent(WriteTx& tx, const BallotId& ballot, const std::string& number, Instant at)
{
    return tx
        .prepare("UPDATE replacement SET sent_at = ? WHERE ballot = ? AND number = ? AND sent_at IS NULL AND credential_in IS NOT NULL AND batch ="
                 " (SELECT max(r.batch) FROM replacement r JOIN replacement_batch b USING (ballot, batch)"
                 " WHERE r.ballot = replacement.ballot AND r.number = replacement.number AND b.state = 'done') RETURNING reason")
        .bind(at, ballot, number)
        .first([](const Statement& row) { return row.named<ballot::ChangeReason>(0); });
}

void add_late_codes(WriteTx& tx, const BallotId& ballot, std::int64_t codes)
{
    tx.prepare("UPDATE code_statement SET total = total + ? WHERE ballot = ?").bind(codes, ballot).change_one_row();
}

void put_vault_statement(WriteTx& tx, const BallotId& ballot, const std::string& statement)
{
    tx.prepare("INSERT INTO vault_statement (ballot, statement) VALUES (?, ?)").bind(ballot, statement).change_one_row();
}

std::optional<std::string> vault_statement(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT statement FROM vault_statement WHERE ballot = ?").bind(ballot).first([](const Statement& row) { return row.text(0); });
}

} // namespace walkout::store
