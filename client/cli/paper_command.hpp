#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// ballot paper: a member asks for a voting paper by post.
void add_paper_command(Command app, Session& session);

} // namespace walkout::cli
