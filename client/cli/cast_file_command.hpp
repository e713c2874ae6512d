#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// ballot cast-file
void add_cast_file_command(Command app, Session& session);

} // namespace walkout::cli
