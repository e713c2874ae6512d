#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"

namespace walkout::service {

/// "0 of 812 sent" is an alarm nobody can miss (product.md): every official is mailed when an hour after the opening no code and no paper is recorded as
/// sent, and once each day after that. Returns for how many ballots.
std::int64_t alarm_unsent(store::WriteTx& tx, const Context& context);

/// When the next of these falls due after `after`, by the ballot clock.
std::optional<Instant> next_unsent_alarm(const store::ReadTx& tx, Instant after);

} // namespace walkout::service
