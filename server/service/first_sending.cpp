#include "server/service/first_sending.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/protocol/voting_paper_json.hpp"

namespace walkout::service {

std::optional<std::string> bound_statement(const store::Ballot& ballot)
{
    if (!ballot.paper) return std::nullopt;
    const auto paper = protocol::parse_voting_paper(*ballot.paper);
    return paper ? std::optional(paper->statement) : std::nullopt;
}

Result<void> may_send(const store::ReadTx& tx, const store::Ballot& ballot, Instant left)
{
    if (ballot.first_sending && *ballot.first_sending <= left) return {};
    const auto employers = store::roll_employers(tx, ballot.plan.id);
    const auto receipts = store::receipt_days(tx, ballot.plan.id);
    const ballot::OpeningFacts facts{.phase = ballot.phase,
                                     .opening_day = ballot::opening_day(ballot.plan, left),
                                     .employers = employers,
                                     .receipts = receipts,
                                     .statement = bound_statement(ballot)};
    return ballot::paper_still_lawful(rulebook(tx), ballot.plan, facts); // with all that is recorded by now
}

Result<void> first_sent(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, Instant left)
{
    if (ballot.first_sending && *ballot.first_sending <= left) return {};
    if (auto lawful = may_send(tx, ballot, left); !lawful) return lawful;
    store::put_first_sending(tx, ballot.plan.id, left);
    record_audit(tx, context, ballot::Role::scrutineer, "first_sending", ballot.plan.id.text(),
                 {{"at", text(left)}, {"before", ballot.first_sending ? text(*ballot.first_sending) : ""}});
    return {};
}

} // namespace walkout::service
