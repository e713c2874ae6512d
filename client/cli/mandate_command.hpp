#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// mandate list | extend
void add_mandate_commands(Command app, Session& session);

} // namespace walkout::cli
