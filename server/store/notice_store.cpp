#include "server/store/notice_store.hpp"

namespace walkout::store {

void add_receipt(WriteTx& tx, const BallotId& ballot, const NoticeReceipt& receipt)
{
    tx.prepare("INSERT INTO notice_receipt (ballot, kind, employer, received_on, how, evidence, roll_revision, action_first, action_last, "
               "shorter_agreed, recorded_at,"
               " recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(ballot, receipt.kind, receipt.employer, receipt.received_on, receipt.how, receipt.evidence, receipt.roll_revision, receipt.action_first,
              receipt.action_last, receipt.shorter_agreed, receipt.recorded_at, receipt.recorded_by)
        .change_one_row();
}

std::vector<NoticeReceipt> receipts(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT kind, employer, received_on, how, evidence, roll_revision, action_first, action_last, shorter_agreed, "
                 "recorded_at, recorded_by"
                 " FROM notice_receipt WHERE ballot = ? ORDER BY id")
        .bind(ballot)
        .all([](const Statement& row) {
            return NoticeReceipt{.kind = row.named<ballot::NoticeKind>(0),
                                 .employer = row.text(1),
                                 .received_on = row.date(2),
                                 .how = row.text(3),
                                 .evidence = row.text(4),
                                 .roll_revision = row.optional_integer(5),
                                 .action_first = row.optional_date(6),
                                 .action_last = row.optional_date(7),
                                 .shorter_agreed = row.boolean(8),
                                 .recorded_at = row.instant(9),
                                 .recorded_by = row.text(10)};
        });
}

std::vector<ballot::Receipt> receipt_days(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT kind, employer, received_on FROM notice_receipt WHERE ballot = ? ORDER BY id")
        .bind(ballot)
        .all([](const Statement& row) {
            return ballot::Receipt{row.named<ballot::NoticeKind>(0), row.text(1), row.date(2)};
        });
}

} // namespace walkout::store
