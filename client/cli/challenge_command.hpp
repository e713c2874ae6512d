#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// ballot open-challenge
void add_challenge_command(Command app, Session& session);

} // namespace walkout::cli
