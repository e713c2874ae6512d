#include "server/service/call_walkout.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/extend_mandate.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"
#include "server/store/walkout_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

strike::EmployerFacts employer_facts(const std::string& employer, const std::vector<store::NoticeReceipt>& receipts,
                                     std::optional<law::Mandate> lengthened)
{
    strike::EmployerFacts facts{.employer = employer, .result_told = std::nullopt, .notices = {}, .lengthened = std::move(lengthened)};
    for (const auto& receipt : receipts) {
        if (receipt.employer != employer) continue;
        if (receipt.kind == ballot::NoticeKind::result)
            facts.result_told = std::min(facts.result_told.value_or(receipt.received_on), receipt.received_on);
        if (receipt.kind == ballot::NoticeKind::action) {
            facts.notices.push_back({.received = receipt.received_on, .action = receipt.action.value(), .shorter_agreed = receipt.shorter_agreed});
        }
    }
    return facts;
}

std::optional<Date> earlier(std::optional<Date> one, Date other) { return std::min(one.value_or(other), other); }

/// When action under a mandate began, or is called for.
struct Beginning {
    std::optional<Date> begun{};
    std::optional<Date> to_begin{};
};
Beginning beginning_of(const std::vector<strike::Walkout>& walkouts, const store::Ballot& ballot, const ballot::Mandate& mandate, Instant now)
{
    const auto zone = law::zone_of(ballot.plan.jurisdiction);
    Beginning out;
    for (const auto& walkout : walkouts) {
        const bool under_it = walkout.action == mandate.kind &&
                              std::ranges::find(walkout.called, mandate.constituency, &strike::Called::constituency) != walkout.called.end();
        if (!under_it) continue;
        const auto starts = walkout.window.span().from;
        if (const auto begun = strike::begun_at(walkout, now)) out.begun = earlier(out.begun, zone.date(*begun));
        else if (walkout.state == strike::State::called && starts > now) out.to_begin = earlier(out.to_begin, zone.date(starts));
    }
    return out;
}

std::optional<law::Mandate> lengthened(const std::vector<EmployerMandate>& all, const ballot::Mandate& mandate, const std::string& employer)
{
    const auto found = std::ranges::find_if(all, [&](const EmployerMandate& whose) {
        return whose.constituency == mandate.constituency && whose.kind == mandate.kind && whose.employer == employer && !whose.extensions.empty();
    });
    return found == all.end() ? std::nullopt : std::optional(found->mandate);
}

std::vector<strike::MandateFacts> mandate_facts(const store::ReadTx& tx, const store::Ballot& ballot, strike::Action action, Instant now)
{
    const auto towards = employer_mandates(tx, ballot);
    const auto receipts = store::receipts(tx, ballot.plan.id);
    const auto walkouts = store::walkouts_of(tx, ballot.plan.id);
    std::vector<strike::MandateFacts> facts;
    for (const auto& mandate : store::mandates(tx, ballot.plan.id)) {
        if (mandate.kind != action) continue;
        const auto [begun, to_begin] = beginning_of(walkouts, ballot, mandate, now);
        strike::MandateFacts fact{.constituency = mandate.constituency,
                                  .mandate = {.limit = mandate.limit, .day = mandate.last_day, .extendable_to = mandate.extendable_to, .source = {}},
                                  .begun = begun,
                                  .employers = {},
                                  .to_begin = begun ? std::nullopt : to_begin};
        for (const auto& employer : store::constituency_employers(tx, mandate.constituency))
            fact.employers.push_back(employer_facts(employer, receipts, lengthened(towards, mandate, employer)));
        facts.push_back(std::move(fact));
    }
    return facts;
}

std::optional<Refusal> called_already(const store::ReadTx& tx, const strike::Walkout& fresh)
{
    for (const auto& other : store::walkouts_of(tx, fresh.ballot)) {
        if (other.action != fresh.action || other.state == strike::State::ended) continue;
        if (!strike::overlap(other.window.span(), fresh.window.span())) continue;
        for (const auto& part : fresh.called)
            if (std::ranges::any_of(other.called, [&](const strike::Called& theirs) { return theirs.employer == part.employer; }))
                return Refusal{.kind = Kind::conflict,
                               .code = "already_called",
                               .detail = "Members at " + part.employer + " are called out at that time already, by " + other.id.text() + ".",
                               .next = "Choose another time, or end that one first."};
    }
    return std::nullopt;
}

} // namespace

Result<WallTime> latest_end(const store::ReadTx& tx, const BallotId& id, strike::Action action, const std::vector<ConstituencyId>& constituencies,
                            const std::string& zone_name)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    std::optional<Date> last;
    const auto towards = employer_mandates(tx, *ballot);
    for (const auto& mandate : store::mandates(tx, id)) {
        if (mandate.kind != action) continue;
        if (!constituencies.empty() && std::ranges::find(constituencies, mandate.constituency) == constituencies.end()) continue;
        if (mandate.limit == law::Limit::begin_by)
            return Refusal{.kind = Kind::invalid,
                           .code = "end_needed",
                           .detail = "Under the law of this ballot, action that begins in time may go on, so the mandate does not say when it ends.",
                           .next = "Say when with --end."};
        for (const auto& employer : store::constituency_employers(tx, mandate.constituency)) {
            const auto longer = lengthened(towards, mandate, employer);
            const auto day = longer ? longer->day : mandate.last_day;
            last = std::min(last.value_or(day), day);
        }
    }
    if (!last)
        return Refusal{.kind = Kind::unlawful,
                       .code = "no_mandate",
                       .detail = "There is no mandate for this action.",
                       .next = "See the result with: walkout result show " + id.text(),
                       .rule = "mandate",
                       .source = "TULRCA s.226(1)"};
    const auto zone = Zone::find(zone_name);
    if (!zone)
        return Refusal{.kind = Kind::invalid,
                       .code = "unknown_zone",
                       .detail = "There is no time zone called \"" + zone_name + "\".",
                       .next = "Use a name such as Europe/London."};
    return zone->wall(law::zone_of(ballot->plan.jurisdiction).instant(WallTime(*last + Days(1))));
}

strike::CallFacts call_facts(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const law::Rulebook& book,
                             strike::Action action)
{
    const auto& plan = ballot.plan;
    const auto office = from_name<ballot::Role>(plan.called_by.role).value();
    return {.book = book,
            .jurisdiction = plan.jurisdiction,
            .opening_day = opening_day_of(ballot),
            .ballot_date = date_of_ballot_of(ballot),
            .title = plan.dispute.title,
            .called_by = plan.called_by.office,
            .office = office,
            .caller_holds_office = context.caller.holds(office),
            .mandates = mandate_facts(tx, ballot, action, context.ballot_now),
            .now = context.ballot_now};
}

Result<strike::Call> call_walkout(store::WriteTx& tx, const Context& context, const strike::CallRequest& request)
{
    const auto ballot = require_ballot(tx, request.ballot);
    if (!ballot) return ballot.error();
    // The same clocks under another name, such as Europe/Belfast, will do.
    const auto members = Zone::find(ballot->plan.zone).value();
    if (const auto& window = request.window;
        members.instant(window.start()) != window.span().from || members.instant(window.end()) != window.span().to)
        return Refusal{.kind = Kind::invalid,
                       .code = "zone_of_others",
                       .detail = "The members of this ballot go by the clocks of " + ballot->plan.zone + ", not of " + window.zone().name() + ".",
                       .next = "Give the hours that those clocks will show, and leave out --zone."};
    if (store::find_walkout(tx, request.id)) {
        return Refusal{.kind = Kind::conflict,
                       .code = "walkout_exists",
                       .detail = "There is a walkout called " + request.id.text() + " already.",
                       .next = "Choose another id."};
    }
    const auto book = rulebook_of(tx, *ballot);
    const auto facts = call_facts(tx, context, *ballot, book, request.action);
    auto call = strike::call(request, facts);
    if (!call) return call;
    if (auto refusal = called_already(tx, call->walkout)) return *refusal;
    store::add_walkout(tx, call->walkout);
    record_audit(tx, context, facts.office, "walkout_called", request.id.text(),
                 {{"ballot", request.ballot.text()},
                  {"window", strike::words(call->walkout)},
                  {"tzdb", tzdb_version()}, // the window's instants follow from it
                  {"called", std::to_string(call->walkout.called.size())},
                  {"left_out", std::to_string(call->left_out.size())}});
    return call;
}

} // namespace walkout::service
