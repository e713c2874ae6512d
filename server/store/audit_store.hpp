#pragma once

#include "server/store/sqlite.hpp"

#include <array>

namespace walkout::store {

using AuditHash = std::array<std::uint8_t, 32>; ///< SHA-256

/// One state change by an official, a job or the operator. Never holds a secret, a choice, or who has voted.
/// Services call service::record_audit (server/service/audit.hpp), which fills in the moment and the caller.
struct AuditRecord {
    Instant as_at;              ///< ballot clock
    Instant recorded_at;        ///< machine clock
    std::string actor;          ///< official's number; "job" or "operator" where nobody is signed in
    std::string role;           ///< the role it was done in; may be empty
    std::string action;         ///< stable, snake_case: "member_import"
    std::string subject;        ///< what it was done to: an id; may be empty
    std::string details = "{}"; ///< a JSON object
};

struct AuditHead {
    std::int64_t seq = 0; ///< 0: the log is empty, the hash all zero
    AuditHash hash{};
    friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

struct AuditEntry {
    std::int64_t seq;
    AuditRecord record;
    AuditHash prev;
    AuditHash hash;
};

AuditHead append_audit(WriteTx& tx, const AuditRecord& record); ///< the new head
AuditHead audit_head(const ReadTx& tx);
bool audit_has(const ReadTx& tx, const AuditHash& hash); ///< some entry's hash, or all zeros: the empty log's
std::vector<AuditEntry> audit_entries(const ReadTx& tx, std::int64_t after_seq, std::int64_t limit);

/// SHA-256 over label, seq, prev and each field, each preceded by its length, so that no two different entries encode alike.
AuditHash audit_hash(std::int64_t seq, const AuditHash& prev, const AuditRecord& record);

/// The seq of the first entry that does not follow from its predecessor (changed, missing or out of order); nullopt when the log is whole.
/// A log cut short at its end verifies: compare its head with one published in a signed board head.
std::optional<std::int64_t> broken_audit_entry(const ReadTx& tx);

} // namespace walkout::store
