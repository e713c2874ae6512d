#include "server/service/notify_action.hpp"

#include "server/service/ballots.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/result_store.hpp"
#include "shared/law/mandate.hpp"

#include <algorithm>
#include <set>

namespace walkout::service {

Result<ballot::NotifiedAction> with_kind(const store::ReadTx& tx, const store::Ballot& ballot, ballot::NotifiedAction action)
{
    if (const auto checked = ballot::check(action); !checked) return checked.error();
    if (action.kind) return action;
    std::set<ballot::QuestionKind> kinds;
    for (const auto& mandate : store::mandates(tx, ballot.plan.id)) kinds.insert(mandate.kind);
    if (kinds.empty())
        return Refusal{.kind = Kind::conflict,
                       .code = "no_mandate",
                       .detail = "This ballot gave no mandate for any action.",
                       .next = "See walkout mandate list " + ballot.plan.id.text() + ".",
                       .source = "TULRCA s.226(1)"};
    if (kinds.size() > 1)
        return Refusal{.kind = Kind::invalid,
                       .code = "action_kind_missing",
                       .detail = "The ballot gave mandates for a strike and for action short of a strike, and the notice must say which it is of.",
                       .next = "Say --action strike or --action action_short; action of both kinds takes a notice each.",
                       .source = "TULRCA s.234A(3)"};
    action.kind = *kinds.begin();
    return action;
}

FirstDate first_date_today(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const std::string& employer,
                           const ballot::NotifiedAction& action)
{
    const auto jurisdiction = ballot.plan.jurisdiction;
    const auto today = law::zone_of(jurisdiction).date(context.ballot_now);
    if (!law::Rulebook::covers(today)) return {};
    const auto book = rulebook_of(tx, ballot);
    std::optional<Date> told;
    for (const auto& receipt : store::receipt_days(tx, ballot.plan.id))
        if (receipt.kind == ballot::NoticeKind::result && receipt.employer == employer)
            told = std::min(told.value_or(receipt.received_on), receipt.received_on);
    const auto earliest = law::earliest_action(book, jurisdiction, today);
    const auto if_agreed = law::earliest_action(book, jurisdiction, today, true);
    FirstDate out;
    if (action.first() < if_agreed) {
        out.refusal = law::check_action_notice(book, {.jurisdiction = jurisdiction, .result_told = today, .received = today, .shorter_agreed = true},
                                               action.first())
                          .front();
        out.refusal->next = "Leave out the dates before " + text(if_agreed) + ".";
        out.warning = out.refusal->detail;
    } else if (action.first() < earliest) {
        out.warning = "Received today, this notice allows action from " + words(earliest) +
                      "; only where the employer agrees to shorter notice from " + words(if_agreed) + ".";
    }
    if (!told)
        out.warning = out.warning.value_or("") + (out.warning ? " " : "") + employer +
                      " has not been told the result yet, and notice received before that day does not count (TULRCA s.234A(4)).";
    return out;
}

std::optional<std::string> dates_too_early(const store::ReadTx& tx, const store::Ballot& ballot, Date received, bool shorter_agreed,
                                           const ballot::NotifiedAction& action)
{
    if (action.dates.empty() || !law::Rulebook::covers(received)) return std::nullopt;
    const auto earliest = law::earliest_action(rulebook_of(tx, ballot), ballot.plan.jurisdiction, received, shorter_agreed);
    std::vector<Date> early;
    std::ranges::copy_if(action.dates, std::back_inserter(early), [&](Date day) { return day < earliest; });
    if (early.empty()) return std::nullopt;
    return "Received on " + words(received) + ", it allows action from " + words(earliest) + ", not on " + ballot::day_list(early) + ".";
}

} // namespace walkout::service
