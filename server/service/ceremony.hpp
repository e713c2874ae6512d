#pragma once

#include "server/service/context.hpp"
#include "server/store/ceremony_store.hpp"
#include "shared/wire/vote_messages.hpp"

namespace walkout::service {

/// Where the trustees' ceremony of a ballot stands. Everything in it is public to officials; shares are sealed to their trustee.
Result<wire::CeremonyState> ceremony_state(const store::ReadTx& tx, const BallotId& ballot);

/// Takes a trustee's next message after checking it as far as the server can. Repeating a step that is done refuses with "step_done".
/// A complaint restarts the ceremony. The last verification key finishes it: the ballot is keyed.
Result<wire::CeremonyState> take_ceremony_message(store::WriteTx& tx, const Context& context, const BallotId& ballot, store::CeremonyStep step,
                                                  const std::string& message);

} // namespace walkout::service
