#pragma once

#include "server/store/sqlite.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::service {

/// What is wrong with any board, one sentence each: every archive is verified in full, every accepted ballot stands on its board once or waits
/// for it unchanged, exactly the members with an accepted ballot are marked as returned, every head is signed. For `walkoutd check`.
std::vector<std::string> board_faults(const store::ReadTx& tx, const SigningPublicKey& board_key);

} // namespace walkout::service
