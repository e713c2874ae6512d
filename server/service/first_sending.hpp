#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/ballot/phase.hpp"

namespace walkout::service {

/// The statutory words on the bound voting paper; nullopt where none is bound.
std::optional<std::string> bound_statement(const store::Ballot& ballot);

/// Sending is opening (law.md 1.1): the first code or paper that leaves makes the opening day. Nothing where one left before; one of an earlier day, recorded later, moves
/// it. "paper_outdated"
/// where a ballot opened that day needs another form of paper, or another statement on it, than the one that was bound: nothing may leave then.
Result<void> first_sent(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, Instant left);
/// The same question, before anything is printed or mailed.
Result<void> may_send(const store::ReadTx& tx, const store::Ballot& ballot, Instant left);

} // namespace walkout::service
