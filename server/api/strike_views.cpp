#include "server/api/strike_views.hpp"

#include "server/service/edit_picket_plan.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/register_store.hpp"

#include <algorithm>

namespace walkout::api {
namespace {

template <class Number> std::int64_t raw(Number number) { return static_cast<std::int64_t>(number); }

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

std::string words(const strike::Post& post, const Zone& zone) { return strike::words(post.from, post.to, zone); }

std::optional<bool> if_second(const strike::Moment& moment) { return moment.repeated == Zone::Repeated::later ? std::optional(true) : std::nullopt; }

wire::PostView post_view(const store::ReadTx& tx, const strike::Post& post, const Zone& zone, std::span<const store::SignedUp> people,
                         const ballot::Caller& caller, bool co_chair)
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
                        .from_second = if_second(post.from),
                        .to_second = if_second(post.to),
                        .over_six_reason = unless_empty(post.over_six_reason),
                        .lone_risk = unless_empty(post.lone_risk),
                        .organiser = std::nullopt,
                        .people = std::nullopt};
    const bool names = co_chair || (!post.organiser.empty() && post.organiser == caller.number);
    if (names) view.people.emplace();
    if (names && !post.organiser.empty())
        if (const auto organiser = store::find_member(tx, post.organiser)) view.organiser = wire::Person{organiser->number, organiser->name};
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
                        .own_workplace = false,
                        .kilometres = std::nullopt,
                        .supervisor = std::nullopt,
                        .elsewhere_reason = std::nullopt,
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

wire::WalkoutView walkout_view(const store::ReadTx& tx, const strike::Walkout& walkout, bool rehearsal)
{
    const auto& window = walkout.window;
    wire::WalkoutView view{.id = walkout.id,
                           .ballot = walkout.ballot,
                           .title = walkout.title,
                           .kind = walkout.action,
                           .types = std::nullopt,
                           .called = {},
                           .start = window.start(),
                           .end = window.end(),
                           .dates = std::nullopt,
                           .zone = window.zone().name(),
                           .semantics = window.semantics(),
                           .starts_at = window.span().from,
                           .ends_at = window.span().to,
                           .elapsed_minutes = std::chrono::duration_cast<std::chrono::minutes>(window.elapsed()).count(),
                           .words = strike::words(walkout),
                           .called_by = walkout.called_by,
                           .state = walkout.state,
                           .reason = unless_empty(walkout.reason),
                           .changed_at = walkout.changed_at,
                           .sequence = walkout.sequence,
                           .tzdb = tzdb_version(),
                           .rehearsal = rehearsal,
                           .left_out = std::nullopt,
                           .told = std::nullopt};
    if (auto types = service::types_of_action(tx, walkout); !types.empty()) view.types = std::move(types);
    if (!walkout.dates.empty()) view.dates = walkout.dates;
    view.continuous = walkout.continuous;
    for (const auto& part : walkout.called) {
        view.called.push_back(
            {part.constituency, part.employer, strike::words_in(ballot::Language::en, service::reach_of(tx, walkout, part)), std::nullopt});
        if (part.notice) view.called.back().notice = wire::NoticePart{part.notice->received, part.notice->first, part.notice->last};
    }
    return view;
}

std::vector<wire::LeftOutPart> left_out_view(const std::vector<strike::LeftOut>& left_out)
{
    std::vector<wire::LeftOutPart> view;
    for (const auto& [who, why] : left_out) view.push_back({who.constituency, who.employer, why.code, why.detail, why.next});
    return view;
}

std::vector<strike::PublicSite> public_sites_of(const store::ReadTx& tx, const WalkoutId& walkout)
{
    std::vector<strike::PublicSite> sites;
    const auto posts = store::public_posts(tx, walkout);
    for (auto& site : store::public_sites(tx, walkout)) {
        sites.push_back({std::move(site), {}});
        for (const auto& place : posts)
            if (place.site.number == sites.back().site.number && place.post.role != strike::PostRole::night) sites.back().posts.push_back(place.post);
    }
    return sites;
}

std::string clock_text(std::chrono::minutes since_midnight)
{
    const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(since_midnight.count() / 60) + ":" + two(since_midnight.count() % 60);
}

std::optional<std::chrono::minutes> clock_of(const std::string& text)
{
    if (text == "24:00") return std::chrono::hours(24);
    const auto wall = text.size() == 5 ? parse_wall("2000-01-01T" + text) : std::nullopt;
    if (!wall) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::minutes>(*wall - date::floor<Days>(*wall));
}

namespace {

/// Where the caller works, by the register.
std::optional<store::Workplace> workplace_of(const store::ReadTx& tx, const ballot::Caller& caller)
{
    const auto member = store::find_member(tx, caller.number);
    if (!member || member->workplace.empty()) return std::nullopt;
    return store::find_workplace(tx, member->employer, member->workplace);
}

wire::EntranceView entrance_view(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Plan& plan, const strike::Entrance& entrance,
                                 std::span<const store::SignedUp> people, const ballot::Caller& caller, bool co_chair)
{
    wire::EntranceView view{
        .number = raw(entrance.number), .name = entrance.name, .opens = std::nullopt, .closes = std::nullopt, .days = std::nullopt, .posts = {}};
    if (entrance.hours) {
        view.opens = clock_text(entrance.hours->opens);
        const auto closes = entrance.hours->closes;
        view.closes = clock_text(closes > Days(1) ? closes - Days(1) : closes);
        if (!entrance.hours->days.empty()) view.days = entrance.hours->days;
    }
    for (const auto& post : plan.posts)
        if (post.entrance == entrance.number) view.posts.push_back(post_view(tx, post, walkout.window.zone(), people, caller, co_chair));
    return view;
}

} // namespace

wire::PlanView plan_view(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Plan& plan, std::span<const store::SignedUp> people,
                         const ballot::Caller& caller, bool rehearsal)
{
    wire::PlanView view{.walkout = plan.walkout,
                        .branch = plan.branch,
                        .version = plan.version,
                        .published_version = plan.published_version,
                        .published_at = std::nullopt,
                        .contact = unless_empty(plan.contact),
                        .state = walkout.state,
                        .reason = unless_empty(walkout.reason),
                        .rehearsal = rehearsal,
                        .sites = {}};
    if (plan.published_version != 0) view.published_at = plan.published_at;
    const bool co_chair = service::may_see_people(caller, plan.branch);
    const auto workplace = workplace_of(tx, caller);
    for (const auto& site : plan.sites) {
        auto shown = site_view(site);
        shown.own_workplace = workplace && site.workplace == strike::Workplace{workplace->employer, workplace->name};
        if (workplace && workplace->latitude && workplace->longitude && site.coordinates)
            shown.kilometres = strike::kilometres({*workplace->latitude, *workplace->longitude}, *site.coordinates);
        if (co_chair && site.supervisor)
            shown.supervisor =
                wire::SupervisorPart{site.supervisor->name, site.supervisor->contact, site.supervisor->letter, site.supervisor->police_told};
        if (co_chair) shown.elsewhere_reason = unless_empty(site.elsewhere_reason);
        for (const auto& entrance : plan.entrances)
            if (entrance.site == site.number) shown.entrances.push_back(entrance_view(tx, walkout, plan, entrance, people, caller, co_chair));
        view.sites.push_back(std::move(shown));
    }
    const auto nearest = [](const wire::SiteView& site) { return std::pair(!site.own_workplace, site.kilometres.value_or(1e9)); };
    std::ranges::stable_sort(view.sites, {}, nearest);
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
