#pragma once

#include "client/cli/command.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::cli {

/// The official's own signing key, with which `ballot approve` signs: made on their device, kept in its data folder (0600), never sent.
/// Refuses with no_signing_key, or wrong_signing_key where the file is damaged.
Result<SigningKey> load_signing_key(const Folders& folders);

/// key new | key show
void add_key_commands(Command app, Session& session);

} // namespace walkout::cli
