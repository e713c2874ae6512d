#pragma once

#include "client/cli/command.hpp"
#include "shared/wire/ceremony_messages.hpp"

namespace walkout::cli {

/// trustee decrypt: verifies everything, then decrypts the totals, once (protocol.md 5.6).
struct DecryptOptions {
    std::string ballot;
    std::string passphrase_file;
    bool closed_early = false;
};
/// Who has decrypted, and who may still or what comes next.
std::string progress_words(const wire::CountState& state);

Result<Exit> decrypt(Session& session, const DecryptOptions& options);

} // namespace walkout::cli
