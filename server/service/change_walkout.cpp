#include "server/service/change_walkout.hpp"

#include "server/service/audit.hpp"
#include "server/store/walkout_store.hpp"

namespace walkout::service {
namespace {

Result<strike::Walkout> decide(strike::Walkout walkout, WalkoutChange change, std::string reason, Instant now)
{
    switch (change) {
    case WalkoutChange::suspend: return strike::suspend(std::move(walkout), std::move(reason), now);
    case WalkoutChange::resume: return strike::resume(std::move(walkout), std::move(reason), now);
    case WalkoutChange::end: return strike::end(std::move(walkout), std::move(reason), now);
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

Result<strike::Walkout> change_walkout(store::WriteTx& tx, const Context& context, const WalkoutId& id, WalkoutChange change, std::string reason)
{
    auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout;
    if (!context.caller.holds(walkout->office)) {
        return Refusal{.kind = Kind::not_allowed,
                       .code = "wrong_office",
                       .detail = "Only " + walkout->called_by + ", who called this walkout, may " + std::string(name(change)) + " it.",
                       .next = "Ask them to."};
    }
    const auto office = walkout->office;
    auto changed = decide(*std::move(walkout), change, std::move(reason), context.ballot_now);
    if (!changed) return changed;
    store::put_walkout_state(tx, *changed);
    record_audit(tx, context, office, "walkout_" + std::string(name(change)), id.text(), {{"reason", changed->reason}});
    return changed;
}

} // namespace walkout::service
