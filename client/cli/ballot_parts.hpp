#pragma once

#include "client/cli/command.hpp"
#include "shared/wire/codec.hpp"

namespace walkout::cli {

// What the commands below `ballot` share.

inline std::string ballot_target(const std::string& ballot, const std::string& rest = {}) { return "/api/v1/ballots/" + segment(ballot) + rest; }

inline std::shared_ptr<std::string> add_ballot_id(Command command)
{
    auto id = value<std::string>();
    command.add_option("ballot", *id, "its id; see `walkout ballot list`").required();
    return id;
}

/// The message as JSON, or in words: in_words(terminal, message).
template <class T, class Words> Result<Exit> show(Session& session, const Result<T>& message, Words in_words)
{
    if (!message) return message.error();
    session.show(wire::to_json(*message), in_words(session.terminal(), *message));
    return Exit::done;
}

} // namespace walkout::cli
