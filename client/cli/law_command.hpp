#pragma once

#include "client/cli/command.hpp"
#include "shared/wire/law_messages.hpp"

namespace walkout::cli {

/// law rules | diff | timetable | outcome: answers from the table of rules, without a server (unless --recorded asks one);
/// law recorded | commence | set: what officials record on a server.
void add_law_commands(Command app, Session& session);

/// The last three, joined to the group by the above.
void add_law_record_commands(Command law, Session& session);

/// The dates, refusals and warnings of a timetable, one under the other.
std::string timetable_lines(const Terminal& terminal, const wire::LawTimetable& message);

} // namespace walkout::cli
