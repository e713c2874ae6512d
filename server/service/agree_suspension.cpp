#include "server/service/agree_suspension.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/change_walkout.hpp"

#include <algorithm>

namespace walkout::service {

Result<void> agree_suspension(store::WriteTx& tx, const Context& context, const WalkoutId& id, const strike::SuspensionAgreement& agreement)
{
    const auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout.error();
    if (const auto holds = by_its_office(context, *walkout, "record what was agreed about it"); !holds) return holds;
    if (walkout->state == strike::State::ended)
        return Refusal{.kind = Kind::conflict,
                       .code = "walkout_ended",
                       .detail = "This walkout has ended, and cannot resume.",
                       .next = "See it with: walkout strike show " + id.text()};
    if (std::ranges::find(walkout->called, agreement.employer, &strike::Called::employer) == walkout->called.end()) {
        std::string known;
        for (const auto& part : walkout->called) known += (known.empty() ? "" : ", ") + part.employer;
        return Refusal{.kind = Kind::invalid,
                       .code = "employer_not_called",
                       .detail = "Nobody is called out at \"" + agreement.employer + "\".",
                       .next = "The employers are: " + known + "."};
    }
    const auto ballot = require_ballot(tx, walkout->ballot);
    if (!ballot) return ballot.error();
    const auto today = law::zone_of(ballot->plan.jurisdiction).date(context.ballot_now);
    if (const auto checked = strike::check(agreement, today); !checked) return checked;
    store::add_agreement(tx, id, {agreement, context.ballot_now, context.caller.number});
    record_audit(tx, context, walkout->office, "walkout_suspension_agreed", id.text(),
                 {{"employer", agreement.employer},
                  {"made_on", text(agreement.made_on)},
                  {"suspended_from", text(agreement.suspended_from)},
                  {"resumes_on", text(agreement.resumes_on)}});
    return {};
}

Result<std::vector<store::RecordedAgreement>> suspension_agreements(const store::ReadTx& tx, const Context& context, const WalkoutId& id)
{
    const auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout.error();
    if (const auto holds = by_its_office(context, *walkout, "see what was agreed about it"); !holds) return holds.error();
    return store::agreements(tx, id);
}

} // namespace walkout::service
