#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// Adds `archive watch`.
void add_archive_watch(CLI::App& archive, Session& session);

} // namespace walkout::cli
