#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// ballot extend | addenda | suspend | incident | incidents | method: the course of a ballot, below the group `ballot`.
void add_conduct_commands(Command ballot, Session& session);

} // namespace walkout::cli
