#pragma once

// What the files of the postal commands share.

#include "client/cli/command.hpp"
#include "shared/wire/postal_messages.hpp"

#include <string>

namespace walkout::cli {

std::string postal_path(const std::string& ballot, std::string_view rest = {}); ///< of the API
Result<wire::PostalState> postal_state(Session& session, const std::string& ballot);

/// A file, or everything on stdin for "-".
Result<std::string> read_input(const std::string& file_or_dash);

std::string papers(std::int64_t count); ///< "1 paper", "3 papers"

// One file a group of verbs; called by add_postal_commands.
void add_postal_return_commands(Command postal, Session& session);    ///< return, mistake, status, finish
void add_postal_transcribe_command(Command postal, Session& session); ///< transcribe

/// States that all papers are in, after asking; the boards are sealed.
Result<Exit> finish_post(Session& session, const std::string& ballot, bool yes);

} // namespace walkout::cli
