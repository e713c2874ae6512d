#include "server/service/plan_ballot.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/official_store.hpp"
#include "server/store/register_store.hpp"
#include "shared/ballot/roll.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

Result<void> check_trustees(const store::ReadTx& tx, const ballot::BallotPlan& plan)
{
    for (const auto& number : plan.trustees.numbers) {
        const auto offices = store::offices_of(tx, number);
        if (std::ranges::find(offices, ballot::Role::trustee, &ballot::Office::role) == offices.end())
            return Refusal{.kind = Kind::invalid,
                           .code = "unknown_trustee",
                           .detail = number + " is not enrolled as a trustee.",
                           .next = "Enrol them with: walkoutd official add --role trustee"};
    }
    return {};
}

/// A mistyped name would silently leave people off the roll.
Result<void> check_names(const store::ReadTx& tx, const ballot::Entitlement& rule)
{
    const auto workplaces = store::workplaces(tx);
    struct List {
        const std::optional<std::vector<std::string>>& names;
        const char* what;
        std::function<bool(const std::string&)> known;
    };
    const List lists[] = {{rule.employers, "employer", [&](const std::string& name) { return store::find_employer(tx, name).has_value(); }},
                          {rule.workplaces, "workplace",
                           [&](const std::string& name) { return std::ranges::find(workplaces, name, &store::Workplace::name) != workplaces.end(); }},
                          {rule.categories, "category", [&](const std::string& name) { return store::category_exists(tx, name); }}};
    for (const auto& list : lists)
        for (const auto& name : list.names.value_or(std::vector<std::string>{}))
            if (!list.known(name))
                return Refusal{.kind = Kind::invalid,
                               .code = std::string("unknown_") + list.what,
                               .detail = "The register knows no " + std::string(list.what) + " \"" + name + "\".",
                               .next = "Write it as the register does, or import the register first."};
    return {};
}

} // namespace

Result<ballot::Planned> plan_ballot(store::WriteTx& tx, const Context& context, const ballot::BallotPlan& plan)
{
    if (store::find_ballot(tx, plan.id))
        return Refusal{.kind = Kind::conflict,
                       .code = "ballot_exists",
                       .detail = "There is a ballot called " + plan.id.text() + " already.",
                       .next = "Choose another id."};
    ballot::PlanningFacts facts{.now = context.ballot_now, .rehearsal = is_rehearsal(tx)};
    // That nobody is entitled yet is a warning; that the ground does not hold can be known today, and the roll is frozen too late to plan again.
    const auto frozen = ballot::freeze_roll(plan, store::register_candidates(tx));
    if (frozen) {
        const auto counts = ballot::count(frozen->roll);
        facts.entitled_now = counts.entitled + counts.overseas; // s.226C: see entitled_of in ballots.cpp
        for (const auto& [name, people] : counts.by_constituency)
            facts.smallest_constituency = facts.smallest_constituency == 0 ? people : std::min(facts.smallest_constituency, people);
    }
    facts.entitled_beside = entitled_beside(tx, plan);
    auto planned = ballot::plan_ballot(rulebook(tx), plan, facts);
    if (!planned) return planned;
    if (!frozen && frozen.error().code == "several_workplaces") return frozen.error();
    if (const auto checked = check_trustees(tx, plan); !checked) return checked.error();
    if (const auto checked = check_names(tx, plan.entitled.value_or(ballot::Entitlement{})); !checked) return checked.error();

    add_siblings(tx, *planned);
    store::add_ballot(tx, planned->plan, ballot::closing_instant(planned->plan), context.ballot_now, context.caller.number);
    record_audit(tx, context, ballot::Role::general_secretary, "ballot_planned", plan.id.text(),
                 {{"opens", text(plan.opens)}, {"closes", text(plan.closes)}});
    return planned;
}

} // namespace walkout::service
