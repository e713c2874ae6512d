#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// clock show | set T (rehearsal only); law commence
void add_clock_commands(CLI::App& app, Session& session);
/// Call it after add_law_commands, whose group it joins.
void add_commence_command(CLI::App& app, Session& session);

} // namespace walkout::cli
