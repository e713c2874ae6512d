#pragma once

#include "client/cli/command.hpp"

namespace walkout::cli {

// The key with which a server's board signs is kept on this device when the server itself, behind the certificate that TLS checked, first gives it.
// What carries a signature to where there is no signal is then believed under that key alone, whatever key a file brings along.

/// With the server at the other end: keeps the key, or compares it with the one kept. Refuses board_key_changed.
Result<void> trust_board_key(const Session& session, const std::string& key);

/// Without a signal. Refuses board_key_unknown where this device has never had the server's key, and board_key_changed.
Result<void> check_board_key(const Session& session, const std::string& key);

} // namespace walkout::cli
