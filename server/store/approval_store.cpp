#include "server/store/approval_store.hpp"

namespace walkout::store {

void add_approval(WriteTx& tx, const BallotId& ballot, ballot::ApprovalStep step, const ballot::Approval& approval, const Signature& signature,
                  Instant recorded_at)
{
    tx.prepare("INSERT INTO approval (ballot, step, number, role, object, expires, signature, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(ballot, step, approval.by, approval.role, approval.object, approval.expires, signature, recorded_at)
        .change_one_row();
}

std::vector<ballot::Approval> approvals(const ReadTx& tx, const BallotId& ballot, ballot::ApprovalStep step)
{
    return tx.prepare("SELECT number, role, object, expires FROM approval WHERE ballot = ? AND step = ? ORDER BY recorded_at, number")
        .bind(ballot, step)
        .all([](const Statement& row) {
            return ballot::Approval{row.text(0), row.named<ballot::Role>(1), row.array<32>(2), row.instant(3)};
        });
}

std::vector<ballot::GivenApproval> signatures_over(const ReadTx& tx, const BallotId& ballot, ballot::ApprovalStep step, const Digest& object)
{
    return tx.prepare("SELECT number, expires, signature FROM approval WHERE ballot = ? AND step = ? AND object = ? ORDER BY recorded_at, number")
        .bind(ballot, step, object)
        .all([](const Statement& row) {
            return ballot::GivenApproval{row.text(0), row.instant(1), row.array<64>(2)};
        });
}

void put_counted_on(WriteTx& tx, const BallotId& ballot, const std::string& canonical)
{
    tx.prepare("INSERT INTO counted_on (ballot, canonical) VALUES (?, ?)").bind(ballot, canonical).run();
}

std::optional<std::string> counted_on(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT canonical FROM counted_on WHERE ballot = ?").bind(ballot).first([](const Statement& row) { return row.text(0); });
}

} // namespace walkout::store
