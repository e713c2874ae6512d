#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// report ID | report sign ID | report verify FILE
void add_report_commands(Command app, Session& session);

} // namespace walkout::cli
