#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/strike/call.hpp"

namespace walkout::service {

/// Calls a walkout inside the mandates of a declared ballot, on each employer's own receipts (design.md section 3).
/// Refusals: no_such_ballot, walkout_exists, and those of strike::call.
Result<strike::Call> call_walkout(store::WriteTx& tx, const Context& context, const strike::CallRequest& request);

} // namespace walkout::service
