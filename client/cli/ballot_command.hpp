#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

/// ballot plan | list | show | timetable | entitled | freeze | figures | correct | approve | abandon. Makes the group that
/// add_vote_commands joins.
void add_ballot_commands(Command app, Session& session);

} // namespace walkout::cli
