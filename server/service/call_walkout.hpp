#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/strike/call.hpp"

namespace walkout::service {

/// Calls a walkout inside the mandates of a declared ballot, on each employer's own receipts (design.md section 3).
/// Refusals: no_such_ballot, walkout_exists, already_called (the same action at the same time, of the same employer), and those of strike::call.
Result<strike::Call> call_walkout(store::WriteTx& tx, const Context& context, const strike::CallRequest& request);

/// What calling and resuming action of a kind under a ballot go by, as this transaction knows it. `book` must outlive it.
strike::CallFacts call_facts(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const law::Rulebook& book,
                             strike::Action action);

/// Where continuous action may end at the latest under these mandates: midnight after the last day they all cover, in this zone.
/// Refuses no_such_ballot, no_mandate, unknown_zone, and "end_needed" where the law of the ballot sets no last day.
Result<WallTime> latest_end(const store::ReadTx& tx, const BallotId& ballot, strike::Action action, const std::vector<ConstituencyId>& constituencies,
                            const std::string& zone);

} // namespace walkout::service
