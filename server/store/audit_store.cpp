#include "server/store/audit_store.hpp"

#include "shared/crypto/hash.hpp"

namespace walkout::store {
namespace {

constexpr std::string_view columns = "SELECT seq, as_at, recorded_at, actor, role, action, subject, details, prev, hash FROM audit ";

AuditEntry entry(const Statement& row)
{
    return {.seq = row.integer(0),
            .record = {.as_at = row.instant(1),
                       .recorded_at = row.instant(2),
                       .actor = row.text(3),
                       .role = row.text(4),
                       .action = row.text(5),
                       .subject = row.text(6),
                       .details = row.text(7)},
            .prev = row.array<32>(8),
            .hash = row.array<32>(9)};
}

void append_number(Bytes& out, std::int64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> shift));
}

void append_field(Bytes& out, ByteView field)
{
    append_number(out, static_cast<std::int64_t>(field.size()));
    out.insert(out.end(), field.begin(), field.end());
}

} // namespace

AuditHash audit_hash(std::int64_t seq, const AuditHash& prev, const AuditRecord& record)
{
    Bytes encoded;
    append_field(encoded, bytes_of("walkout-audit"));
    append_number(encoded, seq);
    append_field(encoded, prev);
    append_number(encoded, record.as_at.time_since_epoch().count());
    append_number(encoded, record.recorded_at.time_since_epoch().count());
    for (const auto* field : {&record.actor, &record.role, &record.action, &record.subject, &record.details}) append_field(encoded, bytes_of(*field));
    return sha256(encoded);
}

AuditHead append_audit(WriteTx& tx, const AuditRecord& record)
{
    const auto last = audit_head(tx);
    const AuditHead head{last.seq + 1, audit_hash(last.seq + 1, last.hash, record)};
    tx.prepare("INSERT INTO audit (seq, as_at, recorded_at, actor, role, action, subject, details, prev, hash) VALUES (?, ?, ?, ?, ?, ?, "
               "?, ?, ?, ?)")
        .bind(head.seq, record.as_at, record.recorded_at, record.actor, record.role, record.action, record.subject, record.details, last.hash,
              head.hash)
        .run();
    return head;
}

AuditHead audit_head(const ReadTx& tx)
{
    return tx.prepare("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        .first([](const Statement& row) {
            return AuditHead{row.integer(0), row.array<32>(1)};
        })
        .value_or(AuditHead{});
}

bool audit_has(const ReadTx& tx, const AuditHash& hash)
{
    return hash == AuditHash{} || tx.prepare("SELECT 1 FROM audit WHERE hash = ?").bind(hash).step();
}

std::vector<AuditEntry> audit_entries(const ReadTx& tx, std::int64_t after_seq, std::int64_t limit)
{
    return tx.prepare(std::string(columns) + "WHERE seq > ? ORDER BY seq LIMIT ?").bind(after_seq, limit).all(entry);
}

std::optional<std::int64_t> broken_audit_entry(const ReadTx& tx)
{
    AuditHead head;
    for (const auto& row : tx.prepare(std::string(columns) + "ORDER BY seq")) {
        const auto next = entry(row);
        if (next.seq != head.seq + 1 || next.prev != head.hash || next.hash != audit_hash(next.seq, next.prev, next.record)) return next.seq;
        head = {next.seq, next.hash};
    }
    return std::nullopt;
}

} // namespace walkout::store
