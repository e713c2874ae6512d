#include "server/service/edit_picket_plan.hpp"

#include "server/service/audit.hpp"
#include "server/service/change_walkout.hpp"
#include "server/store/register_store.hpp"

namespace walkout::service {
namespace {

using ballot::Role;

Refusal not_your_branch(std::string detail)
{
    return {.kind = Kind::not_allowed,
            .code = "not_your_branch",
            .detail = std::move(detail),
            .next = "See who you are signed in as with: walkout whoami"};
}

struct Editing {
    strike::Walkout walkout;
    strike::Plan plan;
};

Result<Editing> begin_edit(const store::ReadTx& tx, const Context& context, const WalkoutId& id, const std::string& branch,
                           const StillCurrent& still_current)
{
    if (!context.caller.holds(Role::co_chair, branch)) return not_your_branch("Only the co-chairs of " + branch + " change its picket plan.");
    auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout.error();
    if (!store::branch_exists(tx, branch))
        return Refusal{.kind = Kind::not_found,
                       .code = "no_such_branch",
                       .detail = "There is no branch called " + branch + ".",
                       .next = "Check its name in the register."};
    auto plan = store::picket_plan(tx, id, branch);
    if (const auto current = still_current(plan.version); !current) return current.error();
    return Editing{*std::move(walkout), std::move(plan)};
}

/// Decide, store, record: the same for each kind of thing.
template <class Thing, class Decide, class Keep>
Result<AddedToPlan<Thing>> add(store::WriteTx& tx, const Context& context, const Editing& editing, Thing thing, Decide decide, Keep keep,
                               const char* action)
{
    auto decided = decide(editing.walkout, editing.plan, std::move(thing));
    if (!decided) return decided.error();
    auto stored = keep(tx, editing.plan, *std::move(decided));
    record_audit(tx, context, Role::co_chair, action, editing.plan.walkout.text(),
                 {{"branch", editing.plan.branch}, {"number", std::to_string(static_cast<std::int64_t>(stored.number))}});
    return AddedToPlan<Thing>{std::move(stored), editing.plan.version + 1};
}

} // namespace

Result<AddedToPlan<strike::Site>> add_picket_site(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                  const StillCurrent& still_current, strike::Site site)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    if (site.workplace && !store::find_workplace(tx, site.workplace->employer, site.workplace->name)) {
        return Refusal{.kind = Kind::invalid,
                       .code = "no_such_workplace",
                       .detail = "The register has no workplace " + site.workplace->name + " of " + site.workplace->employer + ".",
                       .next = "Check both names, or leave them out for a site that is nobody's own workplace."};
    }
    return add(tx, context, *editing, std::move(site), strike::add_site, store::add_site, "picket_site_added");
}

Result<AddedToPlan<strike::Entrance>> add_picket_entrance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout,
                                                          const std::string& branch, const StillCurrent& still_current, strike::Entrance entrance)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    return add(tx, context, *editing, std::move(entrance), strike::add_entrance, store::add_entrance, "picket_entrance_added");
}

Result<AddedToPlan<strike::Post>> add_picket_post(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                  const StillCurrent& still_current, strike::Post post)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    return add(tx, context, *editing, std::move(post), strike::add_post, store::add_post, "picket_post_added");
}

Result<void> may_see_plan(const ballot::Caller& caller, const std::string& branch)
{
    if ((caller.member && caller.branch == branch) || caller.holds(Role::co_chair, branch) || caller.holds(Role::general_secretary)) return {};
    return not_your_branch("The picket plan of " + branch + " is for its own members.");
}

bool may_see_people(const ballot::Caller& caller, const std::string& branch) { return caller.holds(Role::co_chair, branch); }

Result<std::string> own_branch(const ballot::Caller& caller)
{
    std::vector<std::string> chaired;
    for (const auto& office : caller.offices)
        if (office.role == Role::co_chair) chaired.push_back(office.scope);
    if (chaired.size() == 1) return chaired.front();
    if (chaired.empty() && !caller.branch.empty()) return caller.branch;
    return Refusal{
        .kind = Kind::invalid, .code = "branch_needed", .detail = "There is no one branch that is yours.", .next = "Name it with --branch."};
}

} // namespace walkout::service
