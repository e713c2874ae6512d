#include "server/service/call_walkout.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"
#include "server/store/walkout_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

strike::EmployerFacts employer_facts(const std::string& employer, const std::vector<store::NoticeReceipt>& receipts)
{
    strike::EmployerFacts facts{.employer = employer, .result_told = std::nullopt, .notices = {}};
    for (const auto& receipt : receipts) {
        if (receipt.employer != employer) continue;
        if (receipt.kind == ballot::NoticeKind::result)
            facts.result_told = std::min(facts.result_told.value_or(receipt.received_on), receipt.received_on);
        if (receipt.kind == ballot::NoticeKind::action) {
            facts.notices.push_back({.received = receipt.received_on,
                                     .days = {receipt.action_first.value(), receipt.action_last.value()},
                                     .shorter_agreed = receipt.shorter_agreed});
        }
    }
    return facts;
}

/// The first day on which action under this mandate begins by an earlier call.
std::optional<Date> begun(const std::vector<strike::Walkout>& earlier, const strike::CallRequest& request, const ConstituencyId& constituency)
{
    std::optional<Date> first;
    for (const auto& walkout : earlier) {
        const bool same = walkout.action == request.action &&
                          std::ranges::find(walkout.called, constituency, &strike::Called::constituency) != walkout.called.end();
        if (same && strike::begins(walkout)) first = std::min(first.value_or(walkout.window.first_date()), walkout.window.first_date());
    }
    return first;
}

std::vector<strike::MandateFacts> mandate_facts(const store::ReadTx& tx, const strike::CallRequest& request)
{
    const auto receipts = store::receipts(tx, request.ballot);
    const auto earlier = store::walkouts_of(tx, request.ballot);
    std::vector<strike::MandateFacts> facts;
    for (const auto& mandate : store::mandates(tx, request.ballot)) {
        if (mandate.kind != request.action) continue;
        strike::MandateFacts fact{.constituency = mandate.constituency,
                                  .mandate = {.limit = mandate.limit, .day = mandate.last_day, .extendable_to = mandate.extendable_to, .source = {}},
                                  .begun = begun(earlier, request, mandate.constituency),
                                  .employers = {}};
        for (const auto& employer : store::constituency_employers(tx, mandate.constituency))
            fact.employers.push_back(employer_facts(employer, receipts));
        facts.push_back(std::move(fact));
    }
    return facts;
}

} // namespace

Result<strike::Call> call_walkout(store::WriteTx& tx, const Context& context, const strike::CallRequest& request)
{
    const auto ballot = require_ballot(tx, request.ballot);
    if (!ballot) return ballot.error();
    if (store::find_walkout(tx, request.id)) {
        return Refusal{.kind = Kind::conflict,
                       .code = "walkout_exists",
                       .detail = "There is a walkout called " + request.id.text() + " already.",
                       .next = "Choose another id."};
    }
    const auto& plan = ballot->plan;
    const auto book = rulebook_of(tx, *ballot);
    const auto office = from_name<ballot::Role>(plan.called_by.role).value();
    auto call = strike::call(request, {.book = book,
                                       .jurisdiction = plan.jurisdiction,
                                       .opening_day = opening_day_of(*ballot),
                                       .ballot_date = date_of_ballot_of(*ballot),
                                       .title = plan.dispute.title,
                                       .called_by = plan.called_by.office,
                                       .office = office,
                                       .caller_holds_office = context.caller.holds(office),
                                       .mandates = mandate_facts(tx, request),
                                       .now = context.ballot_now});
    if (!call) return call;
    store::add_walkout(tx, call->walkout);
    record_audit(tx, context, office, "walkout_called", request.id.text(),
                 {{"ballot", request.ballot.text()},
                  {"window", strike::words(request.window)},
                  {"called", std::to_string(call->walkout.called.size())},
                  {"left_out", std::to_string(call->left_out.size())}});
    return call;
}

} // namespace walkout::service
