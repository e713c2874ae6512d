#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// postal: the scrutineer's postal channel (protocol.md 5.4).
void add_postal_commands(Command app, Session& session);

} // namespace walkout::cli
