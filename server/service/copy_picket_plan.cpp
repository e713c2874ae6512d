#include "server/service/copy_picket_plan.hpp"

#include "server/service/audit.hpp"
#include "server/store/register_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

/// Each addition is an edit of its own to the store; the plan here keeps step.
class Copier {
public:
    Copier(store::WriteTx& tx, strike::Plan& plan) : tx_(tx), plan_(plan) {}

    strike::SiteNumber site(strike::Site site)
    {
        const auto there = std::ranges::find(plan_.sites, site.name, &strike::Site::name);
        if (there != plan_.sites.end()) return there->number;
        site.number = {};
        site.supervisor.reset();
        site.elsewhere_reason.clear();
        plan_.sites.push_back(store::add_site(tx_, plan_, std::move(site)));
        ++plan_.version;
        ++copied.sites;
        return plan_.sites.back().number;
    }

    void entrance(strike::Entrance entrance, strike::SiteNumber at)
    {
        const auto same = [&](const strike::Entrance& other) { return other.site == at && other.name == entrance.name; };
        if (std::ranges::any_of(plan_.entrances, same)) return;
        entrance.number = {};
        entrance.site = at;
        plan_.entrances.push_back(store::add_entrance(tx_, plan_, std::move(entrance)));
        ++plan_.version;
        ++copied.entrances;
    }

    CopiedPlan copied;

private:
    store::WriteTx& tx_;
    strike::Plan& plan_;
};

} // namespace

Result<CopiedPlan> copy_picket_plan(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                    const StillCurrent& still_current, const WalkoutId& from)
{
    auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    auto& plan = planning->plan;
    if (const auto current = still_current(plan.version); !current) return current.error();
    if (planning->walkout.state == strike::State::ended)
        return Refusal{.kind = Kind::conflict, .code = "plan_closed", .detail = "This walkout has ended, so its picket plan no longer changes."};
    if (walkout == from)
        return Refusal{
            .kind = Kind::invalid, .code = "same_walkout", .detail = "That is the same walkout.", .next = "Name the one whose sites you want here."};
    const auto source = as_co_chair(tx, context, from, branch);
    if (!source) return source.error();
    if (source->plan.sites.empty())
        return Refusal{.kind = Kind::invalid,
                       .code = "nothing_to_copy",
                       .detail = branch + " has no picket site in " + from.text() + ".",
                       .next = "Add sites with: walkout picket site add"};
    Copier copier(tx, plan);
    for (const auto& site : source->plan.sites) {
        const bool known =
            !site.workplace || store::find_workplace(tx, site.workplace->employer, site.workplace->name); // it may have another name now
        if (!known || !called_workplace(tx, planning->walkout, site)) {
            copier.copied.left_out.push_back(site.name);
            continue;
        }
        const auto number = copier.site(site);
        for (const auto& entrance : source->plan.entrances)
            if (entrance.site == site.number) copier.entrance(entrance, number);
    }
    copier.copied.version = plan.version;
    record_audit(tx, context, ballot::Role::co_chair, "picket_plan_copied", walkout.text(),
                 {{"branch", branch},
                  {"from", from.text()},
                  {"sites", std::to_string(copier.copied.sites)},
                  {"entrances", std::to_string(copier.copied.entrances)}});
    return copier.copied;
}

} // namespace walkout::service
