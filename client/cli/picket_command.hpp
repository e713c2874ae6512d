#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

void add_picket_commands(Command app, Session& session); ///< picket ...: for members, co-chairs and organisers
void add_exemption_commands(Command app, Session& session);

} // namespace walkout::cli
