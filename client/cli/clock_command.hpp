#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// clock show | set T (rehearsal only)
void add_clock_commands(Command app, Session& session);

} // namespace walkout::cli
