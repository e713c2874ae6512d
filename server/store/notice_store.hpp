#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/phase.hpp"

namespace walkout::store {

/// That an employer received a notice, as recorded by hand.
struct NoticeReceipt {
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    Date received_on{}; ///< local day
    std::string how;
    std::string evidence;
    std::optional<std::int64_t> roll_revision{}; ///< of the figures the notice gave
    std::optional<Date> action_first{};          ///< an action notice: the days it names
    std::optional<Date> action_last{};
    bool shorter_agreed = false; ///< the employer agreed to shorter notice of action
    Instant recorded_at{};
    std::string recorded_by{};
};

void add_receipt(WriteTx& tx, const BallotId& ballot, const NoticeReceipt& receipt);
std::vector<NoticeReceipt> receipts(const ReadTx& tx, const BallotId& ballot); ///< in the order recorded
std::vector<ballot::Receipt> receipt_days(const ReadTx& tx, const BallotId& ballot);

} // namespace walkout::store
