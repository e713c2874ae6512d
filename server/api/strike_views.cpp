#include "server/api/strike_views.hpp"

#include "server/service/edit_picket_plan.hpp"

#include <algorithm>

namespace walkout::api {
namespace {

template <class Number> std::int64_t raw(Number number) { return static_cast<std::int64_t>(number); }

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

std::string words(const strike::Post& post, const Zone& zone) { return strike::words(post.from, post.to, zone); }

wire::PostView post_view(const strike::Post& post, const Zone& zone, std::span<const store::SignedUp> people, const ballot::Caller& caller,
                         bool names)
{
    wire::PostView view{.number = raw(post.number),
                        .role = post.role,
                        .from = post.from.wall,
                        .to = post.to.wall,
                        .words = words(post, zone),
                        .needed = post.needed,
                        .places = post.places,
                        .taken = 0,
                        .mine = false,
                        .over_six_reason = unless_empty(post.over_six_reason),
                        .people = std::nullopt};
    if (names) view.people.emplace();
    for (const auto& person : people) {
        if (person.post != post.number) continue;
        ++view.taken;
        view.mine = view.mine || person.number == caller.number;
        if (names) view.people->push_back({person.number, person.name});
    }
    return view;
}

wire::SiteView site_view(const strike::Site& site)
{
    wire::SiteView view{.number = raw(site.number),
                        .name = site.name,
                        .address = site.address,
                        .employer = std::nullopt,
                        .workplace = std::nullopt,
                        .latitude = std::nullopt,
                        .longitude = std::nullopt,
                        .is_public = site.is_public,
                        .notes = site.notes,
                        .entrances = {}};
    if (site.workplace) {
        view.employer = site.workplace->employer;
        view.workplace = site.workplace->name;
    }
    if (site.coordinates) {
        view.latitude = site.coordinates->latitude;
        view.longitude = site.coordinates->longitude;
    }
    return view;
}

} // namespace

wire::WalkoutView walkout_view(const strike::Walkout& walkout, bool rehearsal)
{
    const auto& window = walkout.window;
    wire::WalkoutView view{.id = walkout.id,
                           .ballot = walkout.ballot,
                           .title = walkout.title,
                           .kind = walkout.action,
                           .called = {},
                           .start = window.start(),
                           .end = window.end(),
                           .zone = window.zone().name(),
                           .semantics = window.semantics(),
                           .starts_at = window.span().from,
                           .ends_at = window.span().to,
                           .elapsed_minutes = std::chrono::duration_cast<std::chrono::minutes>(window.elapsed()).count(),
                           .words = strike::words(window),
                           .called_by = walkout.called_by,
                           .state = walkout.state,
                           .reason = unless_empty(walkout.reason),
                           .changed_at = walkout.changed_at,
                           .sequence = walkout.sequence,
                           .tzdb = tzdb_version(),
                           .rehearsal = rehearsal,
                           .left_out = std::nullopt};
    for (const auto& part : walkout.called) view.called.push_back({part.constituency, part.employer});
    return view;
}

std::vector<wire::LeftOutPart> left_out_view(const std::vector<strike::LeftOut>& left_out)
{
    std::vector<wire::LeftOutPart> view;
    for (const auto& [who, why] : left_out) view.push_back({who.constituency, who.employer, why.code, why.detail, why.next});
    return view;
}

wire::PlanView plan_view(const strike::Walkout& walkout, const strike::Plan& plan, std::span<const store::SignedUp> people,
                         const ballot::Caller& caller, bool rehearsal)
{
    wire::PlanView view{.walkout = plan.walkout, .branch = plan.branch, .version = plan.version, .rehearsal = rehearsal, .sites = {}};
    const bool names = service::may_see_people(caller, plan.branch);
    for (const auto& site : plan.sites) {
        view.sites.push_back(site_view(site));
        for (const auto& entrance : plan.entrances) {
            if (entrance.site != site.number) continue;
            view.sites.back().entrances.push_back({raw(entrance.number), entrance.name, {}});
            for (const auto& post : plan.posts)
                if (post.entrance == entrance.number)
                    view.sites.back().entrances.back().posts.push_back(post_view(post, walkout.window.zone(), people, caller, names));
        }
    }
    return view;
}

wire::MyPostView my_post_view(const strike::Walkout& walkout, const store::PostPlace& place, bool rehearsal)
{
    return {.walkout = walkout.id,
            .title = walkout.title,
            .state = walkout.state,
            .site = place.site.name,
            .address = place.site.address,
            .notes = place.site.notes,
            .entrance = place.entrance.name,
            .post = raw(place.post.number),
            .role = place.post.role,
            .words = words(place.post, walkout.window.zone()),
            .rehearsal = rehearsal};
}

} // namespace walkout::api
