#pragma once

#include "shared/base/time.hpp"
#include "shared/crypto/ed25519.hpp"

#include <optional>
#include <string>
#include <string_view>

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
std::string head_text(const Head& head);                    ///< the exact bytes that are signed
std::optional<Head> parse_head_text(std::string_view text); ///< nothing for what head_text would not write

/// Why one honest board cannot have signed both; nothing where it can. Both signatures have been checked. Heads of two elections never contradict.
/// Of heads at different heights only the archive can tell whether one extends the other.
std::optional<std::string> contradiction(const Head& a, const Head& b);

/// The board's signed promise that a ballot will be on the board by an instant.
struct Receipt {
    std::string election; ///< φ
    std::string tracker;
    Instant on_board_by{};
};
std::string receipt_text(const Receipt& receipt);
std::optional<Receipt> parse_receipt_text(std::string_view text);

inline const std::string no_register_changes = std::string(64, '0');

} // namespace walkout::protocol
