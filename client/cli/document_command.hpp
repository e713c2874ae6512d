#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// document: the timetable, the sample voting paper and the result, to print or to publish.
void add_document_commands(Command app, Session& session);

/// --format html|pdf|json, html where absent.
void add_format(Command command, std::string& format);

} // namespace walkout::cli
