#include "server/store/integrity.hpp"

#include "server/store/audit_store.hpp"

namespace walkout::store {

std::vector<std::string> faults(const ReadTx& tx)
{
    std::vector<std::string> found;
    for (const auto& row : tx.prepare("PRAGMA integrity_check").bind())
        if (row.text(0) != "ok") found.push_back("The database file is damaged: " + row.text(0) + ".");
    for (const auto& row : tx.prepare("PRAGMA foreign_key_check").bind())
        found.push_back("A row of " + row.text(0) + " refers to a row of " + row.text(2) + " that is not there.");
    if (const auto broken = broken_audit_entry(tx)) found.push_back("The audit log is broken from entry " + std::to_string(*broken) + " on.");
    return found;
}

} // namespace walkout::store
