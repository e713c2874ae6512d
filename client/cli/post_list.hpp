#pragma once

#include "client/cli/roster.hpp"
#include "shared/wire/on_post_messages.hpp"

namespace walkout::cli {

/// Asks the server which lines it has of the posts of this roster, those of other devices too, and keeps the answer beside what waits here.
Result<void> hear_lines(Session& session, const OpenRoster& roster, const Journal& journal);

/// Who is on a post and what was last noted of them: what the server had when it was last heard, and what waits on this device.
wire::PostList post_list(const wire::Roster& roster, const wire::RosterPost& post, const wire::WaitingLines& waiting);

/// "12:05pm", and in the hour that autumn repeats "1:30am (GMT)"; on another day than the post's with its date.
std::string local_words(Instant at, const wire::Roster& roster, const wire::RosterPost& post);

} // namespace walkout::cli
