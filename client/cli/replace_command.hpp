#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// codes replace | changes | incident | destroy
void add_replacement_commands(Command codes, Session& session);

} // namespace walkout::cli
