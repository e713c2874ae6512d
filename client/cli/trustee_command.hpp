#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

void add_trustee_commands(CLI::App& app, Session& session);

} // namespace walkout::cli
