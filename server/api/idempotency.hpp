#pragma once

#include "server/api/route.hpp"

#include <optional>

namespace walkout::api {

/// Whether the Idempotency-Key of this call counts: a POST of a signed-in caller, on a route that may be remembered, with a key.
bool idempotent(const Route& route, const Call& call);

/// The reply to give again; nothing where this is the first time. Refuses a key used for something else, or that is no key; and with "already_done"
/// what was carried out on a route whose replies are not kept.
Result<std::optional<Reply>> replay(const Call& call, const store::ReadTx& tx);

/// In the same transaction as what it replies to.
void remember(const Route& route, const Call& call, const Reply& reply, store::WriteTx& tx);

} // namespace walkout::api
