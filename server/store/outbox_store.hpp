#pragma once

#include "server/store/sqlite.hpp"

namespace walkout::store {

/// A mail as it waits. Services call service::queue_mail (server/service/mail.hpp).
struct OutboxMail {
    std::string id; ///< random, [0-9a-f]{32}
    std::string recipient;
    std::string subject;
    std::string body;
    Instant queued{}; ///< machine clock, as all times here
    std::optional<Instant> expires{};
    std::int64_t attempts = 0;
};

void add_mail(WriteTx& tx, const OutboxMail& mail);
std::vector<OutboxMail> mails_due(const ReadTx& tx, Instant now, std::int64_t limit); ///< oldest first
void mark_mail_sent(WriteTx& tx, const std::string& id, Instant now);                 ///< the body goes
void postpone_mail(WriteTx& tx, const std::string& id, Instant due);                  ///< one more attempt failed

/// Unsent mails past their expiry, and what is left of mails sent before `sent_before`. Returns how many went.
std::int64_t delete_old_mails(WriteTx& tx, Instant now, Instant sent_before);

struct OutboxCounts {
    std::int64_t waiting = 0;
    std::int64_t failing = 0; ///< of those waiting: failed at least once
    std::int64_t sent = 0;
};
OutboxCounts outbox_counts(const ReadTx& tx);

} // namespace walkout::store
