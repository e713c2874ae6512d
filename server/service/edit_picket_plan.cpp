#include "server/service/edit_picket_plan.hpp"

#include "server/service/audit.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/look_up_branch.hpp"
#include "server/service/mail.hpp"
#include "server/service/name_organiser.hpp"
#include "server/service/picket_rules.hpp"
#include "server/service/tell_walkout.hpp"
#include "server/store/register_store.hpp"
#include "server/store/strike_day_store.hpp"

#include <algorithm>
#include <set>

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

using Editing = Planning;

Result<Editing> begin_edit(const store::ReadTx& tx, const Context& context, const WalkoutId& id, const std::string& branch,
                           const StillCurrent& still_current)
{
    auto editing = as_co_chair(tx, context, id, branch);
    if (!editing) return editing;
    if (const auto current = still_current(editing->plan.version); !current) return current.error();
    return editing;
}

Result<void> known_workplace(const store::ReadTx& tx, const strike::Site& site)
{
    if (!site.workplace || store::find_workplace(tx, site.workplace->employer, site.workplace->name)) return {};
    return Refusal{.kind = Kind::invalid,
                   .code = "no_such_workplace",
                   .detail = "The register has no workplace " + site.workplace->name + " of " + site.workplace->employer + "." +
                             nearest_words(nearest_workplaces(tx, *site.workplace)),
                   .next = "See those of your branch with: walkout picket workplaces; or leave both out for a site that is nobody's own workplace."};
}

/// An organiser is a member of the branch, for pickets answer to one of their own, and can be there.
Result<void> organiser_fits(const store::ReadTx& tx, const Context& context, const strike::Plan& plan, const strike::Post& post)
{
    if (post.organiser.empty()) return {};
    const auto member = organiser_of_branch(tx, plan.branch, post.organiser);
    if (!member) return member.error();
    auto fits = may_be_in_charge(tx, context, *member, place_in(plan, post));
    if (fits) return {};
    auto refusal = fits.error();
    refusal.detail = member->name + " cannot be in charge of this post: " + refusal.detail;
    return refusal;
}

/// Those whose charge changed are told.
void tell_organisers(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const std::string& before,
                     const store::PostPlace& place)
{
    if (before == place.post.organiser) return;
    if (const auto member = store::find_member(tx, before)) tell_relieved(tx, context, walkout, *member, place);
    if (const auto member = store::find_member(tx, place.post.organiser)) tell_in_charge(tx, context, walkout, *member, {place});
}

template <class Thing, class Number> const Thing* find_in(const std::vector<Thing>& things, Number number)
{
    const auto found = std::ranges::find(things, number, &Thing::number);
    return found == things.end() ? nullptr : &*found;
}

Refusal not_in_plan(const std::string& what)
{
    return {.kind = Kind::not_found,
            .code = "no_such_" + what,
            .detail = "This branch's plan has no such " + what + ".",
            .next = "See it with: walkout picket plan"};
}

/// Posts whose place or hours changed: everyone on them is told, and their calendars change.
void tell_of_change(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, strike::PostNumber number)
{
    const auto place = store::find_post(tx, number).value();
    for (const auto& person : store::people_on_post(tx, number)) {
        auto sign_up = store::find_sign_up(tx, number, person.number).value();
        ++sign_up.sequence;
        store::put_sign_up(tx, sign_up);
        queue_mail(tx, context,
                   {.to = person.email,
                    .subject = "Your place on the picket has changed",
                    .body = off_words(walkout) + "It is now:\n  " + place_words(walkout, place) + "\n" +
                            (place.site.notes.empty() ? "" : "  " + place.site.notes + "\n") + "\nIf you cannot come: walkout picket cancel " +
                            std::to_string(static_cast<std::int64_t>(number)) + "\n"});
    }
    const auto& organiser = place.post.organiser;
    if (const auto sign_up = store::find_sign_up(tx, number, organiser); sign_up && !sign_up->cancelled) return;
    if (const auto member = store::find_member(tx, organiser))
        queue_mail(tx, context,
                   {.to = member->email,
                    .subject = "The picket that you are in charge of has changed",
                    .body = off_words(walkout) + "It is now:\n  " + place_words(walkout, place) +
                            "\n\nIf you cannot be there, tell a co-chair of your branch.\n"});
}

std::vector<strike::PostNumber> posts_at(const strike::Plan& plan, std::optional<strike::SiteNumber> site, std::optional<strike::EntranceNumber> gate)
{
    std::vector<strike::PostNumber> out;
    for (const auto& post : plan.posts) {
        const auto* entrance = find_in(plan.entrances, post.entrance);
        if (entrance != nullptr && (!site || entrance->site == *site) && (!gate || entrance->number == *gate)) out.push_back(post.number);
    }
    return out;
}

Result<void> people_fit(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Post& post)
{
    const auto people = store::people_on_post(tx, post.number);
    if (static_cast<std::int64_t>(people.size()) > post.places)
        return Refusal{.kind = Kind::conflict,
                       .code = "places_taken",
                       .detail = std::to_string(people.size()) + " people are on this post, more than it would have places for.",
                       .next = "Take somebody off first, or keep the places."};
    const auto hours = strike::span(post, walkout.window.zone());
    const auto settings = store::picket_settings(tx);
    std::size_t conflicts = 0;
    for (const auto& person : people) {
        const auto elsewhere = hours_elsewhere(tx, person.number, post.number);
        if (strike::check_rota(hours, elsewhere, settings, walkout.window.zone())) ++conflicts;
    }
    if (conflicts == 0) return {};
    return Refusal{.kind = Kind::conflict,
                   .code = "people_conflict",
                   .detail = std::to_string(conflicts) +
                             " of the people on this post could not keep it at those hours: they stand elsewhere, or need rest.",
                   .next = "Take them off first, or add another post."};
}

/// People who may stand at a site as it was, and could not as it would be (TULRCA s.220). Nobody is taken off for it, nor left without protection
/// and unaware: the co-chair decides.
Result<void> people_stay_near(const store::ReadTx& tx, const Context& context, const strike::Plan& plan, const strike::Site& changed)
{
    std::set<std::string> elsewhere;
    for (const auto number : posts_at(plan, changed.number, std::nullopt)) {
        const auto before = store::find_post(tx, number).value();
        auto after = before;
        after.site = changed;
        for (const auto& person : store::people_on_post(tx, number)) {
            const auto member = store::find_member(tx, person.number).value();
            if (!is_elsewhere(tx, context, member, before) && is_elsewhere(tx, context, member, after)) elsewhere.insert(person.number);
        }
    }
    if (elsewhere.empty()) return {};
    return Refusal{.kind = Kind::conflict,
                   .code = "people_elsewhere",
                   .detail = std::to_string(elsewhere.size()) + (elsewhere.size() == 1 ? " person who is" : " people who are") +
                             " signed up here would no longer be at their own place of work, where the law protects pickets (TULRCA s.220).",
                   .next = "Take them off first, or record why they stay with --elsewhere-reason (they work from here too, say)."};
}

template <class Number> std::int64_t raw(Number number) { return static_cast<std::int64_t>(number); }

/// Attendance rests on the hours that a post had while people stood there: those that have passed stand, once somebody was checked in.
Result<void> past_stands(const store::ReadTx& tx, const Context& context, const Editing& editing, const strike::Post& before,
                         const strike::Post& after)
{
    const auto lines = store::check_ins(tx, editing.plan.walkout, editing.plan.branch);
    if (std::ranges::find(lines, before.number, &strike::CheckIn::post) == lines.end()) return {};
    const auto& zone = editing.walkout.window.zone();
    const auto past = [&](const strike::Post& post) {
        const auto hours = strike::span(post, zone);
        return std::pair(std::min(hours.from, context.ballot_now), std::min(hours.to, context.ballot_now));
    };
    if (past(before) == past(after)) return {};
    return Refusal{.kind = Kind::conflict,
                   .code = "post_attended",
                   .detail = "Somebody was checked in on post " + std::to_string(raw(before.number)) +
                             ", so its hours that have passed stand: attendance rests on them.",
                   .next = "Change only what is to come of them, or add another post."};
}

/// An edit that removes: clear the posts, store, record.
template <class Remove>
Result<std::int64_t> remove(store::WriteTx& tx, const Context& context, const Editing& editing, const std::vector<strike::PostNumber>& posts,
                            Remove remove_rows, const char* action, std::int64_t number)
{
    if (editing.walkout.state == strike::State::ended)
        return Refusal{.kind = Kind::conflict, .code = "plan_closed", .detail = "This walkout has ended, so its picket plan no longer changes."};
    for (const auto& line : store::check_ins(tx, editing.plan.walkout, editing.plan.branch))
        if (std::ranges::find(posts, line.post) != posts.end())
            return Refusal{.kind = Kind::conflict,
                           .code = "post_attended",
                           .detail = "Somebody was checked in on post " + std::to_string(raw(line.post)) +
                                     ", so it stays in the plan: attendance rests on it.",
                           .next = "Leave it; what is to come of its hours can still change."};
    for (const auto post : posts)
        clear_post(tx, context, editing.walkout, store::find_post(tx, post).value(), "This post was taken out of the branch's plan.");
    remove_rows();
    record_audit(tx, context, Role::co_chair, action, editing.plan.walkout.text(),
                 {{"branch", editing.plan.branch}, {"number", std::to_string(number)}});
    return editing.plan.version + 1;
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

Result<void> called_workplace(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Site& site)
{
    if (!site.workplace) return {};
    for (const auto& part : walkout.called) {
        if (part.employer != site.workplace->employer) continue;
        const auto reach = reach_of(tx, walkout, part);
        if (reach.workplaces.empty() || std::ranges::find(reach.workplaces, site.workplace->name) != reach.workplaces.end()) return {};
    }
    return Refusal{.kind = Kind::conflict,
                   .code = "workplace_not_called",
                   .detail = "Nobody at " + site.workplace->name + " of " + site.workplace->employer + " is called out in this walkout.",
                   .next = "See who is with: walkout strike show " + walkout.id.text()};
}

Result<AddedToPlan<strike::Site>> add_picket_site(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                  const StillCurrent& still_current, strike::Site site)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    if (const auto known = known_workplace(tx, site); !known) return known.error();
    if (const auto called = called_workplace(tx, editing->walkout, site); !called) return called.error();
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
                                                  const StillCurrent& still_current, AskedPost asked)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    const auto settings = store::picket_settings(tx);
    const auto decide = [&](const strike::Walkout& called, const strike::Plan& plan, strike::Post post) -> Result<strike::Post> {
        auto decided = strike::add_post(called, plan, std::move(post), settings);
        if (!decided) return decided;
        if (asked.role_by_hours) decided->role = strike::role_by_hours(called, *decided, settings);
        if (const auto fits = organiser_fits(tx, context, plan, *decided); !fits) return fits.error();
        return decided;
    };
    auto added = add(tx, context, *editing, asked.post, decide, store::add_post, "picket_post_added");
    if (added) tell_organisers(tx, context, editing->walkout, {}, place_in(editing->plan, added->thing));
    return added;
}

Result<Planning> as_co_chair(const store::ReadTx& tx, const Context& context, const WalkoutId& id, const std::string& branch)
{
    if (!context.caller.holds(Role::co_chair, branch)) return not_your_branch("Only the co-chairs of " + branch + " change its picket plan.");
    auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout.error();
    if (!store::branch_exists(tx, branch))
        return Refusal{.kind = Kind::not_found,
                       .code = "no_such_branch",
                       .detail = "There is no branch called " + branch + ".",
                       .next = "Check its name in the register."};
    return Planning{*std::move(walkout), store::picket_plan(tx, id, branch)};
}

Result<AddedToPlan<strike::Site>> change_picket_site(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                     const StillCurrent& still_current, strike::Site site)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    if (const auto known = known_workplace(tx, site); !known) return known.error();
    const auto* standing = find_in(editing->plan.sites, site.number);
    if (standing != nullptr && standing->workplace != site.workplace)
        if (const auto called = called_workplace(tx, editing->walkout, site); !called) return called.error();
    const auto keep = [&](store::WriteTx& write, const strike::Plan& plan, strike::Site changed) {
        const auto before = *find_in(plan.sites, changed.number);
        store::change_site(write, plan, changed);
        const bool other_place = before.name != changed.name || before.address != changed.address || before.notes != changed.notes;
        if (other_place)
            for (const auto post : posts_at(plan, changed.number, std::nullopt)) tell_of_change(write, context, editing->walkout, post);
        return changed;
    };
    if (standing == nullptr) return not_in_plan("site");
    if (const auto near = people_stay_near(tx, context, editing->plan, site); !near) return near.error();
    return add(tx, context, *editing, std::move(site), strike::add_site, keep, "picket_site_changed");
}

Result<AddedToPlan<strike::Entrance>> change_picket_entrance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout,
                                                             const std::string& branch, const StillCurrent& still_current, strike::Entrance entrance)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    const auto* before = find_in(editing->plan.entrances, entrance.number);
    if (before == nullptr) return not_in_plan("entrance");
    entrance.site = before->site;
    const auto keep = [&](store::WriteTx& write, const strike::Plan& plan, strike::Entrance changed) {
        store::change_entrance(write, plan, changed);
        if (before->name != changed.name)
            for (const auto post : posts_at(plan, std::nullopt, changed.number)) tell_of_change(write, context, editing->walkout, post);
        return changed;
    };
    return add(tx, context, *editing, std::move(entrance), strike::add_entrance, keep, "picket_entrance_changed");
}

Result<AddedToPlan<strike::Post>> change_picket_post(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                                     const StillCurrent& still_current, AskedPost asked)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    auto post = asked.post;
    post.number = asked.number;
    const auto* before = find_in(editing->plan.posts, post.number);
    if (before == nullptr) return not_in_plan("post");
    post.entrance = before->entrance;
    const auto settings = store::picket_settings(tx);
    auto decided = strike::add_post(editing->walkout, editing->plan, post, settings);
    if (!decided) return decided.error();
    if (asked.role_by_hours) decided->role = strike::role_by_hours(editing->walkout, *decided, settings);
    const bool other_hours = before->from != decided->from || before->to != decided->to;
    if (const auto stands = past_stands(tx, context, *editing, *before, *decided); !stands) return stands.error();
    if (other_hours || before->organiser != decided->organiser)
        if (const auto fits = organiser_fits(tx, context, editing->plan, *decided); !fits) return fits.error();
    if (const auto fit = people_fit(tx, editing->walkout, *decided); !fit) return fit.error();
    const auto keep = [&](store::WriteTx& write, const strike::Plan& plan, strike::Post changed) {
        store::change_post(write, plan, changed);
        tell_organisers(write, context, editing->walkout, before->organiser, place_in(plan, changed));
        if (other_hours) tell_of_change(write, context, editing->walkout, changed.number);
        return changed;
    };
    const auto as_decided = [](const strike::Walkout&, const strike::Plan&, strike::Post fine) -> Result<strike::Post> { return fine; };
    return add(tx, context, *editing, *std::move(decided), as_decided, keep, "picket_post_changed");
}

Result<std::int64_t> remove_picket_site(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                        const StillCurrent& still_current, strike::SiteNumber site)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    if (find_in(editing->plan.sites, site) == nullptr) return not_in_plan("site");
    return remove(
        tx, context, *editing, posts_at(editing->plan, site, std::nullopt), [&] { store::remove_site(tx, editing->plan, site); },
        "picket_site_removed", raw(site));
}

Result<std::int64_t> remove_picket_entrance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                            const StillCurrent& still_current, strike::EntranceNumber entrance)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    if (find_in(editing->plan.entrances, entrance) == nullptr) return not_in_plan("entrance");
    return remove(
        tx, context, *editing, posts_at(editing->plan, std::nullopt, entrance), [&] { store::remove_entrance(tx, editing->plan, entrance); },
        "picket_entrance_removed", raw(entrance));
}

Result<std::int64_t> remove_picket_post(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                        const StillCurrent& still_current, strike::PostNumber post)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    if (find_in(editing->plan.posts, post) == nullptr) return not_in_plan("post");
    return remove(
        tx, context, *editing, {post}, [&] { store::remove_post(tx, editing->plan, post); }, "picket_post_removed", raw(post));
}

Result<Laid> lay_template(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                          const StillCurrent& still_current)
{
    const auto editing = begin_edit(tx, context, walkout, branch, still_current);
    if (!editing) return editing.error();
    const auto& plan = editing->plan;
    if (editing->walkout.state == strike::State::ended)
        return Refusal{.kind = Kind::conflict, .code = "plan_closed", .detail = "This walkout has ended, so its picket plan no longer changes."};
    if (std::ranges::none_of(plan.entrances, [](const strike::Entrance& entrance) { return entrance.hours.has_value(); }))
        return Refusal{.kind = Kind::invalid,
                       .code = "no_opening_hours",
                       .detail = "No entrance has opening hours, and the template goes by them.",
                       .next = "Give them with: walkout picket entrance change --hours 07:30-18:00 (or 24h)"};
    Laid laid{strike::template_posts(editing->walkout, plan, store::picket_settings(tx)), plan.version};
    if (laid.posts.empty()) return laid;
    store::add_posts(tx, plan, laid.posts);
    laid.version = plan.version + 1;
    record_audit(tx, context, Role::co_chair, "picket_template_laid", plan.walkout.text(),
                 {{"branch", plan.branch}, {"posts", std::to_string(laid.posts.size())}});
    return laid;
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
