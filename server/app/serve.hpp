#pragma once

#include "server/app/config.hpp"

#include <iosfwd>

namespace walkout::app {

/// Runs the server until SIGINT or SIGTERM; prints one line to `out` when it listens. SIGHUP reloads the certificate.
/// Refuses what is configured wrongly; throws where the machine fails.
Result<void> serve(const Config& config, std::ostream& out);

} // namespace walkout::app
