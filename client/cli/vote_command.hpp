#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

void add_vote_commands(Command app, Session& session);

} // namespace walkout::cli
