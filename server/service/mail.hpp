#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"

namespace walkout::service {

/// What to write to someone. Lines of body end with "\n".
struct Mail {
    std::string to;      ///< an address; what has no '@' is not queued
    std::string subject; ///< one line; never holds a secret. A rehearsal's mark is added when it leaves.
    std::string body;
    std::optional<Instant> expires{}; ///< machine clock: not worth sending from then on
};

/// Puts a mail in the outbox, in the transaction of what it tells about: it leaves only if that was committed.
void queue_mail(store::WriteTx& tx, const Context& context, const Mail& mail);

} // namespace walkout::service
