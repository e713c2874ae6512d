#include "server/service/change_walkout.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/call_walkout.hpp"
#include "server/service/tell_walkout.hpp"
#include "server/store/walkout_store.hpp"

namespace walkout::service {
namespace {

Result<strike::Walkout> resume(const store::ReadTx& tx, const Context& context, strike::Walkout walkout, std::string reason)
{
    const auto ballot = require_ballot(tx, walkout.ballot);
    if (!ballot) return ballot.error();
    const auto book = rulebook_of(tx, *ballot);
    const auto facts = call_facts(tx, context, *ballot, book, walkout.action);
    const auto agreements = store::agreements(tx, walkout.id);
    std::vector<strike::SuspendedPart> parts;
    for (const auto& mandate : facts.mandates) {
        for (const auto& employer : mandate.employers) {
            auto towards = mandate;
            towards.mandate = employer.lengthened.value_or(mandate.mandate);
            parts.push_back({.mandate = std::move(towards), .employer = employer, .agreements = {}});
            for (const auto& recorded : agreements)
                if (recorded.agreement.employer == employer.employer) parts.back().agreements.push_back(recorded.agreement);
        }
    }
    return strike::resume(std::move(walkout), std::move(reason), facts, parts);
}

Result<strike::Walkout> decide(const store::ReadTx& tx, const Context& context, strike::Walkout walkout, WalkoutChange change, std::string reason)
{
    switch (change) {
    case WalkoutChange::suspend: return strike::suspend(std::move(walkout), std::move(reason), context.ballot_now);
    case WalkoutChange::resume: return resume(tx, context, std::move(walkout), std::move(reason));
    case WalkoutChange::end: return strike::end(std::move(walkout), std::move(reason), context.ballot_now);
    }
    throw std::logic_error("a walkout change of no kind");
}

} // namespace

Result<strike::Walkout> require_walkout(const store::ReadTx& tx, const WalkoutId& id)
{
    if (auto walkout = store::find_walkout(tx, id)) return *std::move(walkout);
    return Refusal{.kind = Kind::not_found,
                   .code = "no_such_walkout",
                   .detail = "There is no walkout called " + id.text() + ".",
                   .next = "See them with: walkout strike list"};
}

Result<void> by_its_office(const Context& context, const strike::Walkout& walkout, const std::string& what)
{
    if (context.caller.holds(walkout.office)) return {};
    return Refusal{.kind = Kind::not_allowed,
                   .code = "wrong_office",
                   .detail = "Only " + walkout.called_by + ", who called this walkout, may " + what + ".",
                   .next = "Ask them to."};
}

Result<strike::Walkout> change_walkout(store::WriteTx& tx, const Context& context, const WalkoutId& id, WalkoutChange change, std::string reason)
{
    auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout;
    if (const auto holds = by_its_office(context, *walkout, std::string(name(change)) + " it"); !holds) return holds.error();
    const auto office = walkout->office;
    auto changed = decide(tx, context, *std::move(walkout), change, std::move(reason));
    if (!changed) return changed;
    store::put_walkout_state(tx, *changed);
    tell_change(tx, context, *changed);
    record_audit(tx, context, office, "walkout_" + std::string(name(change)), id.text(), {{"reason", changed->reason}});
    return changed;
}

} // namespace walkout::service
