#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// Adds `archive watch`.
void add_archive_watch(Command archive, Session& session);

} // namespace walkout::cli
