#include "server/store/idempotency_store.hpp"

namespace walkout::store {

std::optional<AnsweredPost> find_answered_post(const ReadTx& tx, const std::string& caller, const std::string& key, Instant machine_now)
{
    return tx
        .prepare("SELECT request_hash, recorded_at, status, content_type, headers, body FROM idempotency"
                 " WHERE caller = ? AND key = ? AND recorded_at > ?")
        .bind(caller, key, machine_now - idempotency_kept)
        .first([&](const Statement& row) {
            return AnsweredPost{.caller = caller,
                                .key = key,
                                .request_hash = row.array<32>(0),
                                .recorded_at = row.instant(1),
                                .status = static_cast<int>(row.integer(2)),
                                .content_type = row.text(3),
                                .headers = row.text(4),
                                .body = std::string(text_of(row.blob(5)))};
        });
}

void add_answered_post(WriteTx& tx, const AnsweredPost& post)
{
    forget_answered_posts(tx, post.recorded_at);
    tx.prepare(
          "INSERT INTO idempotency (caller, key, request_hash, recorded_at, status, content_type, headers, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(post.caller, post.key, post.request_hash, post.recorded_at, post.status, post.content_type, post.headers, bytes_of(post.body))
        .change_one_row();
}

void forget_answered_posts(WriteTx& tx, Instant machine_now)
{
    tx.prepare("DELETE FROM idempotency WHERE recorded_at <= ?").bind(machine_now - idempotency_kept).run();
}

} // namespace walkout::store
