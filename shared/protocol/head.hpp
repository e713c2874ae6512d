#pragma once

#include "shared/base/time.hpp"
#include "shared/crypto/ed25519.hpp"

#include <string>

namespace walkout::protocol {

/// A signed head of a board (protocol.md 5.5): "at this instant the published chain ended here".
struct Head {
    std::string election; ///< φ
    std::uint64_t height = 0;
    std::string event;         ///< hash of the last published event, hex
    std::string register_hash; ///< head of the chain of spare and revoked credentials, hex; of no changes: 64 zeros
    std::string audit_hash;    ///< head of the server's audit log, hex
    Instant batch{};
};
std::string head_text(const Head& head); ///< the exact bytes that are signed

/// The board's signed promise that a ballot will be on the board by an instant.
struct Receipt {
    std::string election; ///< φ
    std::string tracker;
    Instant on_board_by{};
};
std::string receipt_text(const Receipt& receipt);

inline const std::string no_register_changes = std::string(64, '0');

} // namespace walkout::protocol
