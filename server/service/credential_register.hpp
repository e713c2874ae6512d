#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/board_store.hpp"

#include <string>
#include <vector>

namespace walkout::service {

// The register of which credentials are live (protocol.md 5.1, shared/protocol/register.hpp), one of each constituency.

/// Begins it, when the credentials and the election record are stored.
void start_register(store::WriteTx& tx, const Context& context, const store::Constituency& constituency);

/// What a head signed now, after this one, says of it.
std::string register_hash(const store::ReadTx& tx, const ConstituencyId& constituency, const std::optional<store::SignedHead>& before);

/// register.json. Refuses unknown_constituency, and register_not_published until the ballot has closed.
Result<std::string> published_register(const store::ReadTx& tx, const ConstituencyId& constituency);

/// What is wrong with what is stored: the chain, the heads that commit to it, and the roll that must have as many codes. For `walkoutd check`.
std::vector<std::string> register_faults(const store::ReadTx& tx, const ConstituencyId& constituency);

} // namespace walkout::service
