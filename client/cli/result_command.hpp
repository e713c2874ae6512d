#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// result show | mandates
void add_result_commands(Command app, Session& session);

} // namespace walkout::cli
