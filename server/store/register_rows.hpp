#pragma once

#include "server/store/register_store.hpp"

namespace walkout::store {

/// The row with these key values, in stored form. One who has left is not found: coming back adds them again.
std::optional<ballot::RegisterValues> find_register_row(const ReadTx& tx, ballot::RegisterKind kind, const ballot::RegisterValues& key);
/// Adds or replaces a row. The branch, employer, workplace and category it names must exist.
void put_register_row(WriteTx& tx, ballot::RegisterKind kind, const ballot::RegisterValues& values);
std::int64_t register_rows(const ReadTx& tx, ballot::RegisterKind kind); ///< how many there are

} // namespace walkout::store
