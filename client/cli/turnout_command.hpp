#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// turnout ID
void add_turnout_command(CLI::App& app, Session& session);

} // namespace walkout::cli
