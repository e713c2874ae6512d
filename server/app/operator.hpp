#pragma once

#include "server/app/config.hpp"
#include "server/service/enrol_official.hpp"

#include <iosfwd>

namespace walkout::app {

/// Makes the database and the board's signing key. `rehearsal` must be what the configuration says: nobody makes a rehearsal by accident.
/// `starts_at`: where a rehearsal's ballot clock begins, such as autumn 2013; from there it goes with the machine's, and is moved forward only.
Result<void> init(const Config& config, bool rehearsal, std::optional<Instant> starts_at, std::ostream& out);

/// Verifies the database file, the audit log's chain and every board. Refuses with check_failed and prints each fault found.
Result<void> check(const Config& config, std::ostream& out);

/// Enrols an official; prints the otpauth:// URI of their authenticator, and on a terminal its QR code. Works beside a running server.
Result<void> add_official(const Config& config, const service::Enrolment& enrolment, bool terminal, std::ostream& out);

} // namespace walkout::app
