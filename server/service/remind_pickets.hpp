#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"

namespace walkout::service {

/// Mails everybody who is on a post of a called walkout and has not been reminded of it, from the day before until it begins. Returns how many
/// people. Nothing is queued ahead: who cancels, or whose walkout is suspended, is not reminded.
std::int64_t remind_pickets(store::WriteTx& tx, const Context& context);

/// The next instant after `after` at which a reminder falls due.
std::optional<Instant> next_reminder(const store::ReadTx& tx, Instant after);

} // namespace walkout::service
