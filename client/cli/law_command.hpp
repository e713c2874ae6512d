#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// law rules | timetable | outcome: answers from the table of rules, without a server.
void add_law_commands(CLI::App& app, Session& session);

} // namespace walkout::cli
