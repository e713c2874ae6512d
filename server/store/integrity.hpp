#pragma once

#include "server/store/sqlite.hpp"

namespace walkout::store {

/// What is wrong with the file: pages, indexes, broken references, the audit log's chain. One sentence each; empty when all is well.
std::vector<std::string> faults(const ReadTx& tx);

} // namespace walkout::store
