#pragma once

#include "server/service/context.hpp"
#include "server/store/ceremony_store.hpp"
#include "shared/wire/ceremony_messages.hpp"

namespace walkout::service {

/// Where the trustees' ceremony of a ballot stands. Everything in it is public to officials; shares are sealed to their trustee.
Result<wire::CeremonyState> ceremony_state(const store::ReadTx& tx, const BallotId& ballot);

/// A trustee's next message, checked as far as the server can. Repeating a step that is done refuses with "step_done".
struct CheckedMessage {
    store::CeremonyStep step = store::CeremonyStep::join;
    std::int64_t seat = 0;
    std::string context; ///< of the attempt it belongs to
    std::string message;
    std::optional<store::Restart> restart; ///< what a complaint leads to
    std::optional<std::string> record;     ///< the trustees record, which the last verification key completes
};
Result<CheckedMessage> check_ceremony_message(const store::ReadTx& tx, const Context& context, const BallotId& ballot, store::CeremonyStep step,
                                              const std::string& message);

/// Records it. A complaint restarts the ceremony. The last verification key finishes it: the ballot is keyed.
Result<wire::CeremonyState> take_ceremony_message(store::WriteTx& tx, const Context& context, const BallotId& ballot, const CheckedMessage& checked);

/// A trustee asks for a fresh start, with a reason that all of them read: words that did not match, a lost file. Nothing is deleted.
Result<wire::CeremonyState> restart_ceremony(store::WriteTx& tx, const Context& context, const BallotId& ballot, const std::string& reason);

} // namespace walkout::service
