#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"

namespace walkout::service {

/// Mails the scrutineer and the general secretary that a report which the law asks for is not signed yet: a week before it is due, on the day, and on
/// the first day it is late (TULRCA s.226B(1)(b)). Each once. Returns how many reminders went out.
std::int64_t remind_reports(store::WriteTx& tx, const Context& context);

/// When the next of these falls due after `after`, by the ballot clock.
std::optional<Instant> next_report_reminder(const store::ReadTx& tx, Instant after);

} // namespace walkout::service
