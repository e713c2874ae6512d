#pragma once

#include "server/store/sqlite.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::service {

/// What is wrong with any board, one sentence each. Nothing stored is believed that can be computed again: every archive is verified in full, every
/// accepted ballot stands on its board once or waits for it unchanged, its ciphertexts and no others are known as used, exactly the members with an
/// accepted ballot are marked as returned, every head is signed and names an event of the board and an entry of the audit log, a sealed board is sealed
/// where it was, and the figures of the count are those the archive proves. For `walkoutd check`.
std::vector<std::string> board_faults(const store::ReadTx& tx, const SigningPublicKey& board_key);

} // namespace walkout::service
