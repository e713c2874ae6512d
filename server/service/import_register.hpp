#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/ballot/register_csv.hpp"

namespace walkout::service {

/// An import as compared with the register, not yet done: what is slow happens in a reader, before the writer is asked.
struct PreparedImport {
    ballot::ImportReport report;
    std::vector<ballot::RegisterValues> rows;       ///< to be added or replaced
    std::vector<std::string> leavers;               ///< member numbers
    std::vector<ballot::RegisterValues> workplaces; ///< not met before: {employer, name}
    std::string csv_hash;                           ///< SHA-256, hex
    std::int64_t register_version = 0;              ///< what it was compared with
};

struct RegisterImport {
    ballot::RegisterKind kind = ballot::RegisterKind::members;
    std::string csv; ///< UTF-8
    std::map<std::string, std::string> mapping{};
    bool dry_run = false;
    bool whole_register = false; ///< members only: who is not in the file has left
};

/// Reads and compares. Refuses what read_register refuses, and whole_register for anything but members.
Result<PreparedImport> prepare_import(const store::ReadTx& tx, const RegisterImport& import);

/// Applies it all, unless it was a dry run. Rows that were rejected are not applied; the others are.
/// Refuses with register_changed if another import came between.
Result<ballot::ImportReport> apply_import(store::WriteTx& tx, const Context& context, const PreparedImport& prepared);

} // namespace walkout::service
