#include "server/service/name_organiser.hpp"

#include "server/service/audit.hpp"
#include "server/service/mail.hpp"
#include "server/service/picket_rules.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

using ballot::Role;

Refusal closed()
{
    return {.kind = Kind::conflict, .code = "plan_closed", .detail = "This walkout has ended, so its picket plan no longer changes."};
}

/// By day first: whoever takes a night post has rest to keep before and after it, and would lose the day's.
std::vector<strike::Post> by_day_first(const Planning& planning, strike::EntranceNumber entrance, const strike::PicketSettings& settings)
{
    const auto& zone = planning.walkout.window.zone();
    std::vector<strike::Post> posts;
    for (const auto& post : planning.plan.posts)
        if (post.entrance == entrance && post.organiser.empty()) posts.push_back(post);
    std::ranges::stable_sort(posts, {}, [&](const strike::Post& post) {
        const auto held = strike::span(post, zone);
        return std::pair(strike::touches_night(held, settings, zone), held.from);
    });
    return posts;
}

} // namespace

Result<store::Member> organiser_of_branch(const store::ReadTx& tx, const std::string& branch, const std::string& number)
{
    auto member = store::find_member(tx, number);
    if (member && member->active && member->branch == branch) return *std::move(member);
    return Refusal{.kind = Kind::invalid,
                   .code = "no_such_organiser",
                   .detail = "No member of " + branch + " has the number " + number + ".",
                   .next = "Find it by their name with: walkout picket members"};
}

Result<NamedOrganiser> name_organiser(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                      const StillCurrent& still_current, strike::EntranceNumber entrance, const std::string& number)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    const auto& plan = planning->plan;
    if (const auto current = still_current(plan.version); !current) return current.error();
    if (planning->walkout.state == strike::State::ended) return closed();
    if (std::ranges::find(plan.entrances, entrance, &strike::Entrance::number) == plan.entrances.end())
        return Refusal{.kind = Kind::not_found,
                       .code = "no_such_entrance",
                       .detail = "This branch's plan has no such entrance.",
                       .next = "See it with: walkout picket plan"};
    const auto member = organiser_of_branch(tx, branch, number);
    if (!member) return member.error();
    const auto wanted = by_day_first(*planning, entrance, store::picket_settings(tx));
    if (wanted.empty())
        return Refusal{.kind = Kind::conflict,
                       .code = "nothing_to_organise",
                       .detail = "No post at this entrance is without an organiser.",
                       .next =
                           "Lay posts with: walkout picket template; or change the organiser of one with: walkout picket post change --organiser"};
    NamedOrganiser named{.posts = {}, .not_there = {}, .version = plan.version + 1};
    std::vector<store::PostPlace> places;
    std::optional<Refusal> first;
    for (const auto& post : wanted) {
        const auto place = place_in(plan, post);
        if (const auto may = may_be_in_charge(tx, context, *member, place, places); !may) {
            if (!first) first = may.error();
            named.not_there.push_back({post.number, may.error().detail});
            continue;
        }
        named.posts.push_back(post.number);
        places.push_back(place);
    }
    if (named.posts.empty()) {
        first->detail = member->name + " cannot be in charge of a post at this entrance: " + first->detail;
        return *first;
    }
    const auto by_time = [&](const store::PostPlace& place) { return strike::span(place.post, planning->walkout.window.zone()).from; };
    std::ranges::sort(places, {}, by_time);
    store::set_organiser(tx, plan, named.posts, member->number);
    tell_in_charge(tx, context, planning->walkout, *member, places);
    record_audit(tx, context, Role::co_chair, "picket_organiser_named", walkout.text(),
                 {{"branch", branch}, {"posts", std::to_string(named.posts.size())}});
    return named;
}

void tell_in_charge(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const store::Member& member,
                    const std::vector<store::PostPlace>& places)
{
    std::string posts;
    for (const auto& place : places) posts += "  " + place_words(walkout, place) + "\n";
    queue_mail(tx, context,
               {.to = member.email,
                .subject = "You are in charge of a picket",
                .body = walkout.title + "\n" + strike::words(walkout) + "\n\nA co-chair of your branch has put you in charge of:\n" + posts +
                        "\nTake its list along, which works without a signal: walkout picket roster " + walkout.id.text() +
                        "\nSee it with: walkout picket list\nIf you cannot be there, tell a co-chair of your branch.\n"});
}

void tell_relieved(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const store::Member& member,
                   const store::PostPlace& place)
{
    queue_mail(tx, context,
               {.to = member.email,
                .subject = "You are no longer in charge of a picket",
                .body = "A co-chair of your branch has put somebody else, or nobody, in charge of:\n  " + place_words(walkout, place) + "\n"});
}

Result<std::int64_t> set_picket_contact(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                        const StillCurrent& still_current, const std::string& contact)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    if (const auto current = still_current(planning->plan.version); !current) return current.error();
    if (planning->walkout.state == strike::State::ended) return closed();
    if (contact.size() > 200)
        return Refusal{.kind = Kind::invalid,
                       .code = "text_too_long",
                       .detail = "A contact has at most 200 characters.",
                       .next = "Give a name and a telephone number."};
    store::set_contact(tx, planning->plan, contact);
    record_audit(tx, context, Role::co_chair, "picket_contact_set", walkout.text(), {{"branch", branch}});
    return planning->plan.version + 1;
}

} // namespace walkout::service
