#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// notice list | receipt
void add_notice_commands(Command app, Session& session);

} // namespace walkout::cli
