#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/notice_store.hpp"

namespace walkout::service {

/// Takes back a receipt that was recorded by hand and is wrong. The record stays and is listed as withdrawn; it counts for nothing from now on, and
/// the right one is recorded beside it. Asked again it changes nothing. Refusals: no_such_ballot, no_such_receipt (also for one of another ballot),
/// receipt_of_employer (an acknowledgement is the employer's own word), reason_missing, not_plain_text.
Result<void> withdraw_receipt(store::WriteTx& tx, const Context& context, const BallotId& id, std::int64_t number, const std::string& reason);

/// What was done on the strength of receipts that have been withdrawn since, and does not stand without them: an opening, walkouts called. One
/// sentence each, with what to do.
std::vector<std::string> shaken_by_withdrawals(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot);

/// Why the employer's own acknowledgement speaks against a record by hand of an earlier day; none where it does not.
std::optional<std::string> contradicted_by_employer(const store::NoticeReceipt& receipt, const std::vector<store::NoticeReceipt>& standing);

/// A notice of ballot or sample that reaches an employer after the last lawful day (TULRCA s.226A(1)): how late, and the earliest opening day that it
/// allows. `verb`: "Received" or "Sent". None for other kinds, in a consultative ballot, and in time.
std::optional<std::string> too_late_for_opening(const store::ReadTx& tx, const store::Ballot& ballot, ballot::NoticeKind kind,
                                                const std::string& employer, Date day, std::string_view verb);

} // namespace walkout::service
