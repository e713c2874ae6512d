#pragma once

#include "server/store/sqlite.hpp"
#include "shared/law/rulebook.hpp"

namespace walkout::store {

struct Commencement {
    law::Amendment amendment;
    Instant recorded_at{}; ///< ballot clock
    std::string recorded_by;
};
void add_commencement(WriteTx& tx, const Commencement& commencement);
std::vector<Commencement> commencements(const ReadTx& tx); ///< in the order recorded

/// The ballot clock's lead over the machine's; zero but in a rehearsal.
std::chrono::seconds clock_offset(const ReadTx& tx);
void start_clock(WriteTx& tx, std::chrono::seconds offset);      ///< where the clock of a new rehearsal begins: before or after the machine's
void put_clock_offset(WriteTx& tx, std::chrono::seconds offset); ///< throws if it would go back

} // namespace walkout::store
