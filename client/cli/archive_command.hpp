#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

void add_archive_commands(Command app, Session& session);

} // namespace walkout::cli
