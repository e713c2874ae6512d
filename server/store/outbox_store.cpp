#include "server/store/outbox_store.hpp"

namespace walkout::store {

void add_mail(WriteTx& tx, const OutboxMail& mail)
{
    tx.prepare("INSERT INTO outbox (id, recipient, subject, body, queued, due, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)")
        .bind(mail.id, mail.recipient, mail.subject, mail.body, mail.queued, mail.expires)
        .run();
}

std::vector<OutboxMail> mails_due(const ReadTx& tx, Instant now, std::int64_t limit)
{
    return tx
        .prepare("SELECT id, recipient, subject, body, queued, expires, attempts FROM outbox "
                 "WHERE sent IS NULL AND due <= ?1 AND (expires IS NULL OR expires > ?1) ORDER BY due, id LIMIT ?2")
        .bind(now, limit)
        .all([](const Statement& row) {
            return OutboxMail{.id = row.text(0),
                              .recipient = row.text(1),
                              .subject = row.text(2),
                              .body = row.text(3),
                              .queued = row.instant(4),
                              .expires = row.optional_instant(5),
                              .attempts = row.integer(6)};
        });
}

void mark_mail_sent(WriteTx& tx, const std::string& id, Instant now)
{
    tx.prepare("UPDATE outbox SET sent = ?, body = NULL, attempts = attempts + 1 WHERE id = ? AND sent IS NULL").bind(now, id).change_one_row();
}

void postpone_mail(WriteTx& tx, const std::string& id, Instant due)
{
    tx.prepare("UPDATE outbox SET due = ?, attempts = attempts + 1 WHERE id = ? AND sent IS NULL").bind(due, id).change_one_row();
}

std::int64_t delete_old_mails(WriteTx& tx, Instant now, Instant sent_before)
{
    return tx.prepare("DELETE FROM outbox WHERE (sent IS NULL AND expires <= ?) OR sent < ?").bind(now, sent_before).changes();
}

OutboxCounts outbox_counts(const ReadTx& tx)
{
    return tx
        .prepare("SELECT count(*) FILTER (WHERE sent IS NULL), count(*) FILTER (WHERE sent IS NULL AND attempts > 0), "
                 "count(*) FILTER (WHERE sent IS NOT NULL) FROM outbox")
        .first([](const Statement& row) {
            return OutboxCounts{row.integer(0), row.integer(1), row.integer(2)};
        })
        .value();
}

} // namespace walkout::store
