#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// ballot plan | timetable, joined to the group of ballot_command.
void add_plan_commands(Command ballot, Session& session);

} // namespace walkout::cli
