#pragma once

#include "client/cli/command.hpp"
#include "shared/wire/client_files.hpp"
#include "shared/wire/vote_messages.hpp"

namespace walkout::cli {

/// Where a sealed ballot waits for its receipt.
std::filesystem::path unsent_file(Session& session, const std::string& election, const std::string& credential);

/// The receipt is for this ballot and signed with the key on the voting paper. Refuses with "receipt_rejected".
Result<void> check_receipt(const wire::VoteReceipt& receipt, const std::string& election, const std::string& tracker, const std::string& board_key);

void keep_receipt(Session& session, const wire::VoteReceipt& receipt, const std::string& title, const std::string& board_key,
                  const std::string& zone);
std::vector<wire::ReceiptFile> kept_receipts(Session& session); ///< by title, then tracker

} // namespace walkout::cli
