#include "server/service/extend_mandate.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

std::vector<law::Extension> in_law(const std::vector<store::MandateExtension>& extensions)
{
    std::vector<law::Extension> out;
    for (const auto& recorded : extensions) out.push_back(recorded.extension);
    return out;
}

Result<law::Mandate> standing(const law::Rulebook& book, const store::Ballot& ballot, const std::vector<law::Extension>& extensions)
{
    return law::extended(book, ballot.plan.jurisdiction, opening_day_of(ballot), date_of_ballot_of(ballot), extensions);
}

std::vector<store::MandateExtension> extensions_of(const std::vector<store::MandateExtension>& all, const EmployerMandate& whose)
{
    std::vector<store::MandateExtension> out;
    std::ranges::copy_if(all, std::back_inserter(out), [&](const store::MandateExtension& recorded) {
        return recorded.constituency == whose.constituency && recorded.kind == whose.kind && recorded.employer == whose.employer;
    });
    return out;
}

std::optional<Date> told(const std::vector<ballot::Receipt>& receipts, const std::string& employer)
{
    return ballot::last_receipt(ballot::NoticeKind::result, std::span(&employer, 1), receipts);
}

Refusal refuse(Kind kind, const char* code, std::string detail, std::string next)
{
    return {.kind = kind, .code = code, .detail = std::move(detail), .next = std::move(next)};
}

Result<void> check(const EmployerMandate& whose, const MandateToExtend& asked, Date today)
{
    if (asked.evidence.empty())
        return refuse(Kind::invalid, "evidence_missing", "An extension is recorded with its evidence.",
                      "Say where the agreement or the order is kept: --evidence \"letter of 3 May, signed by both\".");
    if (asked.made_on > today)
        return refuse(Kind::invalid, "extension_in_future", words(asked.made_on) + " has not come yet.",
                      "Record an agreement when it has been made.");
    const bool ordered = asked.extension.ground == law::ExtensionGround::court_order;
    const auto& from = asked.extension.forbidden_from;
    const auto& to = asked.extension.forbidden_to;
    if (ordered != from.has_value() || ordered != to.has_value())
        return refuse(
            Kind::invalid, "forbidden_days",
            ordered ? "A court gives back the days on which its order, or an undertaking, forbade the action, and no more (TULRCA s.234(2)-(6))."
                    : "Only a court gives back days on which the action was forbidden.",
            ordered ? "Say which they were: --forbidden-from DATE --forbidden-to DATE." : "Leave them out, or say --court-order.");
    if (ordered && *to > asked.made_on)
        return refuse(Kind::invalid, "forbidden_days",
                      "The court's order of " + words(asked.made_on) + " cannot give back " + words(*to) + ", which was still to come.",
                      "Check the dates: days are given back when the order that forbade the action has lapsed.");
    if (!ordered && asked.made_on > whose.mandate.day)
        return refuse(Kind::unlawful, "mandate_over",
                      "The mandate towards " + whose.employer + " ended on " + words(whose.mandate.day) + ", before this agreement of " +
                          words(asked.made_on) + ".",
                      "Ballot again.");
    return {};
}

} // namespace

std::vector<EmployerMandate> employer_mandates(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto book = rulebook_of(tx, ballot);
    const auto recorded = store::mandate_extensions(tx, ballot.plan.id);
    const auto receipts = store::receipt_days(tx, ballot.plan.id);
    std::vector<EmployerMandate> out;
    for (const auto& mandate : store::mandates(tx, ballot.plan.id)) {
        const auto name = store::find_constituency(tx, mandate.constituency).value().name;
        for (const auto& employer : store::constituency_employers(tx, mandate.constituency)) {
            EmployerMandate whose{.constituency = mandate.constituency,
                                  .constituency_name = name,
                                  .kind = mandate.kind,
                                  .employer = employer,
                                  .mandate = {.limit = mandate.limit, .day = mandate.last_day, .extendable_to = mandate.extendable_to, .source = {}},
                                  .extensions = {},
                                  .result_told = told(receipts, employer)};
            whose.extensions = extensions_of(recorded, whose);
            if (const auto stands = standing(book, ballot, in_law(whose.extensions))) whose.mandate = *stands;
            out.push_back(std::move(whose));
        }
    }
    return out;
}

Result<void> extend_mandate(store::WriteTx& tx, const Context& context, const BallotId& id, const MandateToExtend& asked)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto book = rulebook_of(tx, *ballot);
    const auto today = Zone::find(ballot->plan.zone).value().date(context.ballot_now);
    bool any = false;
    for (const auto& whose : employer_mandates(tx, *ballot)) {
        if (whose.employer != asked.employer || (asked.kind && *asked.kind != whose.kind)) continue;
        any = true;
        if (const auto checked = check(whose, asked, today); !checked) return checked;
        auto extensions = in_law(whose.extensions);
        extensions.push_back(asked.extension);
        if (const auto stands = standing(book, *ballot, extensions); !stands) return stands.error();
        store::add_mandate_extension(tx, {whose.constituency, whose.kind, whose.employer, asked.extension, asked.made_on, asked.evidence,
                                          context.ballot_now, context.caller.number});
    }
    if (!any)
        return refuse(Kind::not_found, "no_mandate", "This ballot gives no such mandate towards \"" + asked.employer + "\".",
                      "See them with: walkout mandate list " + id.text());
    record_audit(tx, context, ballot::Role::general_secretary, "mandate_extended", id.text(),
                 {{"employer", asked.employer}, {"ground", std::string(name(asked.extension.ground))}, {"until", text(asked.extension.until)}});
    return {};
}

} // namespace walkout::service
