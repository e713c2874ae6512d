#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// member import | workplace import | employer import | branch import
void add_member_commands(CLI::App& app, Session& session);

} // namespace walkout::cli
