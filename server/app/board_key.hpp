#pragma once

#include "shared/base/random.hpp"
#include "shared/base/result.hpp"
#include "shared/crypto/ed25519.hpp"

#include <filesystem>

namespace walkout::app {

/// The key that signs the board's heads and receipts: 64 hex digits of a seed in a file (0600) of its own, outside the database and so
/// outside its backups.
void make_board_key(const std::filesystem::path& file, Random& random); ///< throws where the file exists or cannot be made
/// Refuses with bad_board_key, also where others than the owner may read the file.
Result<SigningKey> load_board_key(const std::filesystem::path& file);

} // namespace walkout::app
