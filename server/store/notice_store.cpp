#include "server/store/notice_store.hpp"

namespace walkout::store {
namespace {

constexpr std::string_view served_columns =
    "SELECT id, ballot, kind, employer, how, content, hash, roll_revision, action_first, action_last, code_hash, "
    "sent_at, sent_by, acknowledged_at, acknowledged_by FROM notice_served ";

ServedNotice served_of(const Statement& row)
{
    ServedNotice notice{.id = row.text(0),
                        .ballot = row.id<BallotId>(1),
                        .kind = row.named<ballot::NoticeKind>(2),
                        .employer = row.text(3),
                        .how = row.text(4),
                        .content = row.text(5),
                        .hash = row.array<32>(6),
                        .roll_revision = row.integer(7),
                        .action_first = row.optional_date(8),
                        .action_last = row.optional_date(9),
                        .code_hash = {},
                        .sent_at = row.instant(11),
                        .sent_by = row.text(12),
                        .acknowledged_at = {},
                        .acknowledged_by = row.optional_text(14)};
    if (!row.null(10)) notice.code_hash = row.array<32>(10);
    if (!row.null(13)) notice.acknowledged_at = row.instant(13);
    return notice;
}

} // namespace

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

void add_served(WriteTx& tx, const ServedNotice& notice)
{
    std::optional<Bytes> code_hash;
    if (notice.code_hash) code_hash.emplace(notice.code_hash->begin(), notice.code_hash->end());
    tx.prepare("INSERT INTO notice_served (id, ballot, kind, employer, how, content, hash, roll_revision, action_first, action_last, code_hash, "
               "sent_at, sent_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(notice.id, notice.ballot, notice.kind, notice.employer, notice.how, notice.content, Bytes(notice.hash.begin(), notice.hash.end()),
              notice.roll_revision, notice.action_first, notice.action_last, code_hash, notice.sent_at, notice.sent_by)
        .change_one_row();
}

std::optional<ServedNotice> find_served(const ReadTx& tx, const std::string& id)
{
    return tx.prepare(std::string(served_columns) + "WHERE id = ?").bind(id).first(served_of);
}

std::vector<ServedNotice> served(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare(std::string(served_columns) + "WHERE ballot = ? ORDER BY rowid").bind(ballot).all(served_of);
}

void put_acknowledged(WriteTx& tx, const std::string& id, Instant at, const std::string& by)
{
    tx.prepare("UPDATE notice_served SET acknowledged_at = ?, acknowledged_by = ? WHERE id = ? AND acknowledged_at IS NULL")
        .bind(at, by, id)
        .change_one_row();
}

void put_members_told(WriteTx& tx, const BallotId& ballot, const MembersTold& told)
{
    tx.prepare("INSERT INTO members_told (ballot, told_at, told_by, mailed, without_address) VALUES (?, ?, ?, ?, ?)")
        .bind(ballot, told.told_at, told.told_by, told.mailed, told.without_address)
        .change_one_row();
}

std::optional<MembersTold> members_told(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT told_at, told_by, mailed, without_address FROM members_told WHERE ballot = ?")
        .bind(ballot)
        .first([](const Statement& row) {
            return MembersTold{row.instant(0), row.text(1), row.integer(2), row.integer(3)};
        });
}

} // namespace walkout::store
