#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// trustee copy | check-share | restore: a second copy of a trustee's file, read back, and brought to another machine.
void add_trustee_copy_commands(Command trustee, Session& session);

} // namespace walkout::cli
