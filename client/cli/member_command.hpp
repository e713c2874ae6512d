#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// member import | workplace import | employer import | branch import
void add_member_commands(Command app, Session& session);

} // namespace walkout::cli
