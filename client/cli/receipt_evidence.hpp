#pragma once

#include "client/cli/archive_file.hpp"
#include "shared/wire/client_files.hpp"

#include <filesystem>

namespace walkout::cli {

/// What anyone can check a broken promise with, our program or not: the signed texts of receipt and head, the key, and the archive of that head.
struct Evidence {
    std::filesystem::path folder;
    std::string words; ///< the same in lines, to print
};
Evidence keep_evidence(Session& session, const wire::ReceiptFile& receipt, const FetchedArchive& board, Instant found);

/// Checks such a folder, offline. Refuses with "evidence_rejected" what does not show a broken promise.
Result<std::string> check_evidence(const std::filesystem::path& folder);

} // namespace walkout::cli
