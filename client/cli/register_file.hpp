#pragma once

#include "client/cli/command.hpp"
#include "shared/base/id.hpp"
#include "shared/wire/audit_files.hpp"

#include <filesystem>

namespace walkout::cli {

/// Downloads a constituency's register.json, holds it against the archive downloaded with it, and writes it. False where it is not published yet.
/// Refuses with "register_rejected".
Result<bool> fetch_register(Session& session, const ConstituencyId& constituency, const std::string& archive, const std::filesystem::path& file);

/// The checks of `archive verify --register`, a line each, over an archive that has passed its own; where it has not, they are not reached.
/// Refuses with "no_such_file".
Result<void> add_register_checks(wire::ArchiveReport& report, const std::filesystem::path& archive, const std::filesystem::path& register_file);

} // namespace walkout::cli
