#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// picket list | mine | ics | sign-up | cancel | site add | entrance add | post add
void add_picket_commands(CLI::App& app, Session& session);

} // namespace walkout::cli
