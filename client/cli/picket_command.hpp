#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

void add_picket_commands(CLI::App& app, Session& session); ///< picket ...: for members, co-chairs and organisers
void add_exemption_commands(CLI::App& app, Session& session);

} // namespace walkout::cli
