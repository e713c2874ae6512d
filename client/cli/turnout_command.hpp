#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// turnout ID
void add_turnout_command(Command app, Session& session);

} // namespace walkout::cli
