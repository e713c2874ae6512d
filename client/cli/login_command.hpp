#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// login | logout | whoami
void add_login_commands(Command app, Session& session);

/// The same in the middle of another command: asks for member number and one-time code on the terminal, and keeps the session.
Result<void> sign_in_here(Session& session);

} // namespace walkout::cli
