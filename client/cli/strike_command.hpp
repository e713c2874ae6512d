#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// strike call | list | show | covers | ics | suspend | resume | end | agreement
void add_strike_commands(Command app, Session& session);

} // namespace walkout::cli
