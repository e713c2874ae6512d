#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// login | logout | whoami
void add_login_commands(CLI::App& app, Session& session);

} // namespace walkout::cli
