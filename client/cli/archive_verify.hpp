#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// Adds `archive verify`.
void add_archive_verify(Command archive, Session& session);

} // namespace walkout::cli
