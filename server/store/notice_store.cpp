#include "server/store/notice_store.hpp"

namespace walkout::store {
namespace {

constexpr std::string_view served_columns =
    "SELECT id, ballot, kind, employer, how, content, hash, roll_revision, action_kind, action_course, code_hash, "
    "sent_at, sent_by, acknowledged_at, acknowledged_by FROM notice_served ";

/// From the two columns at which the action stands, and its days; none where the notice is of something else.
std::optional<ballot::NotifiedAction> action_of(const Statement& row, int column, std::vector<Date> days)
{
    if (row.null(column + 1)) return std::nullopt;
    ballot::NotifiedAction action{.course = row.named<ballot::Course>(column + 1), .dates = std::move(days)};
    if (!row.null(column)) action.kind = row.named<ballot::QuestionKind>(column);
    return action;
}

template <class Key> std::vector<Date> days_of(const ReadTx& tx, std::string_view table, std::string_view key, const Key& value)
{
    return tx.prepare("SELECT day FROM " + std::string(table) + " WHERE " + std::string(key) + " = ? ORDER BY day")
        .bind(value)
        .all([](const Statement& row) { return row.date(0); });
}

std::optional<ballot::QuestionKind> kind_of(const std::optional<ballot::NotifiedAction>& action) { return action ? action->kind : std::nullopt; }
std::optional<ballot::Course> course_of(const std::optional<ballot::NotifiedAction>& action)
{
    return action ? std::optional(action->course) : std::nullopt;
}

ServedNotice served_of(const ReadTx& tx, const Statement& row)
{
    ServedNotice notice{.id = row.text(0),
                        .ballot = row.id<BallotId>(1),
                        .kind = row.named<ballot::NoticeKind>(2),
                        .employer = row.text(3),
                        .how = row.text(4),
                        .content = row.text(5),
                        .hash = row.array<32>(6),
                        .roll_revision = row.integer(7),
                        .action = action_of(row, 8, days_of(tx, "notice_served_day", "notice", row.text(0))),
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
    tx.prepare("INSERT INTO notice_receipt (ballot, kind, employer, received_on, how, evidence, roll_revision, action_kind, action_course, "
               "shorter_agreed, recorded_at,"
               " recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(ballot, receipt.kind, receipt.employer, receipt.received_on, receipt.how, receipt.evidence, receipt.roll_revision,
              kind_of(receipt.action), course_of(receipt.action), receipt.shorter_agreed, receipt.recorded_at, receipt.recorded_by)
        .change_one_row();
    if (!receipt.action) return;
    auto insert = tx.prepare("INSERT INTO notice_receipt_day (receipt, day) SELECT max(id), ? FROM notice_receipt");
    for (const auto day : receipt.action->dates) insert.bind(day).change_one_row();
}

void add_withdrawal(WriteTx& tx, std::int64_t receipt, const ReceiptWithdrawal& withdrawal)
{
    tx.prepare("INSERT INTO notice_receipt_withdrawal (receipt, reason, withdrawn_at, withdrawn_by) VALUES (?, ?, ?, ?)")
        .bind(receipt, withdrawal.reason, withdrawal.at, withdrawal.by)
        .change_one_row();
}

std::vector<NoticeReceipt> receipts_ever(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT kind, employer, received_on, how, evidence, roll_revision, action_kind, action_course, shorter_agreed, "
                 "recorded_at, recorded_by, id, reason, withdrawn_at, withdrawn_by"
                 " FROM notice_receipt LEFT JOIN notice_receipt_withdrawal ON receipt = id WHERE ballot = ? ORDER BY id")
        .bind(ballot)
        .all([&](const Statement& row) {
            NoticeReceipt receipt{.kind = row.named<ballot::NoticeKind>(0),
                                  .employer = row.text(1),
                                  .received_on = row.date(2),
                                  .how = row.text(3),
                                  .evidence = row.text(4),
                                  .roll_revision = row.optional_integer(5),
                                  .action = action_of(row, 6, days_of(tx, "notice_receipt_day", "receipt", row.integer(11))),
                                  .shorter_agreed = row.boolean(8),
                                  .recorded_at = row.instant(9),
                                  .recorded_by = row.text(10),
                                  .number = row.integer(11)};
            if (!row.null(12)) receipt.withdrawn = ReceiptWithdrawal{row.text(12), row.instant(13), row.text(14)};
            return receipt;
        });
}

std::vector<NoticeReceipt> receipts(const ReadTx& tx, const BallotId& ballot)
{
    auto out = receipts_ever(tx, ballot);
    std::erase_if(out, [](const NoticeReceipt& receipt) { return receipt.withdrawn.has_value(); });
    return out;
}

std::vector<ballot::Receipt> receipt_days(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT kind, employer, received_on FROM notice_receipt WHERE ballot = ? AND id NOT IN (SELECT receipt FROM "
                 "notice_receipt_withdrawal) ORDER BY id")
        .bind(ballot)
        .all([](const Statement& row) {
            return ballot::Receipt{row.named<ballot::NoticeKind>(0), row.text(1), row.date(2)};
        });
}

void add_served(WriteTx& tx, const ServedNotice& notice)
{
    std::optional<Bytes> code_hash;
    if (notice.code_hash) code_hash.emplace(notice.code_hash->begin(), notice.code_hash->end());
    tx.prepare("INSERT INTO notice_served (id, ballot, kind, employer, how, content, hash, roll_revision, action_kind, action_course, code_hash, "
               "sent_at, sent_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(notice.id, notice.ballot, notice.kind, notice.employer, notice.how, notice.content, Bytes(notice.hash.begin(), notice.hash.end()),
              notice.roll_revision, kind_of(notice.action), course_of(notice.action), code_hash, notice.sent_at, notice.sent_by)
        .change_one_row();
    if (!notice.action) return;
    auto insert = tx.prepare("INSERT INTO notice_served_day (notice, day) VALUES (?, ?)");
    for (const auto day : notice.action->dates) insert.bind(notice.id, day).change_one_row();
}

std::optional<ServedNotice> find_served(const ReadTx& tx, const std::string& id)
{
    return tx.prepare(std::string(served_columns) + "WHERE id = ?").bind(id).first([&](const Statement& row) { return served_of(tx, row); });
}

std::vector<ServedNotice> served(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare(std::string(served_columns) + "WHERE ballot = ? ORDER BY rowid").bind(ballot).all([&](const Statement& row) {
        return served_of(tx, row);
    });
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
