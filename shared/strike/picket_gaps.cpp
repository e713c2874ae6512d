#include "shared/strike/picket_parts.hpp"

namespace walkout::strike {
namespace {

std::int64_t people_on(const std::vector<Staffed>& staffed, PostNumber post)
{
    const auto found = std::ranges::find(staffed, post, &Staffed::post);
    return found == staffed.end() ? 0 : found->people;
}

/// Sites that have a post on a day on which the law requires a supervisor, and have none.
std::vector<Site> unsupervised(const Walkout& walkout, const Plan& plan, const std::vector<Date>& supervised)
{
    std::vector<Site> out;
    for (const auto& site : plan.sites) {
        const auto stands_that_day = [&](const Post& post) {
            const auto entrance = std::ranges::find(plan.entrances, post.entrance, &Entrance::number);
            if (entrance == plan.entrances.end() || entrance->site != site.number) return false;
            const auto mine = span(post, walkout.window.zone());
            return std::ranges::any_of(supervised, [&](Date day) {
                const auto& zone = walkout.window.zone();
                return zone.date(mine.from) <= day && day <= zone.date(mine.to - std::chrono::seconds(1));
            });
        };
        if (!site.supervisor && std::ranges::any_of(plan.posts, stands_that_day)) out.push_back(site);
    }
    return out;
}

std::string number_words(PostNumber post) { return "Post " + std::to_string(static_cast<std::int64_t>(post)); }

/// What the template cannot know: sites without an entrance, entrances without hours.
void add_unknown_hours(std::vector<Gap>& out, const Plan& plan)
{
    for (const auto& site : plan.sites)
        if (std::ranges::find(plan.entrances, site.number, &Entrance::site) == plan.entrances.end())
            out.push_back({Gap::What::hours, std::nullopt, 0, site.name + " has no entrance yet, so nobody can stand there."});
    for (const auto& entrance : plan.entrances) {
        if (entrance.hours) continue;
        const auto site = std::ranges::find(plan.sites, entrance.site, &Site::number);
        out.push_back({Gap::What::hours, std::nullopt, 0,
                       "Entrance " + std::to_string(static_cast<std::int64_t>(entrance.number)) + ", " +
                           (site == plan.sites.end() ? "" : site->name + " ") + "(" + entrance.name +
                           "), has no opening hours, so the template lays no posts there."});
    }
}

} // namespace

bool alone_at_night(const Walkout& walkout, const Post& post, std::int64_t people, const PicketSettings& settings)
{
    return people > 0 && people < settings.least_at_night && post.lone_risk.empty() &&
           touches_night(span(post, walkout.window.zone()), settings, walkout.window.zone());
}

std::string place_words(const Plan& plan, const Post& post)
{
    const auto entrance = std::ranges::find(plan.entrances, post.entrance, &Entrance::number);
    if (entrance == plan.entrances.end()) return {};
    const auto site = std::ranges::find(plan.sites, entrance->site, &Site::number);
    return site == plan.sites.end() ? entrance->name : site->name + " (" + entrance->name + ")";
}

std::vector<Gap> gaps(const Walkout& walkout, const Plan& plan, const std::vector<Staffed>& staffed, const std::vector<Date>& supervised,
                      const PicketSettings& settings, const std::vector<AbsentOrganiser>& absent)
{
    const auto& zone = walkout.window.zone();
    std::vector<Gap> out;
    for (const auto& site : unsupervised(walkout, plan, supervised))
        out.push_back({Gap::What::supervisor, std::nullopt, 1, site.name + " needs a picket supervisor by law (TULRCA s.220A)."});
    add_unknown_hours(out, plan);
    auto posts = plan.posts;
    std::ranges::stable_sort(posts, {}, [&](const Post& post) { return span(post, zone).from; });
    for (const auto& post : posts) {
        const auto people = people_on(staffed, post.number);
        const auto which = number_words(post.number) + ", " + place_words(plan, post) + ", " + words(post.from, post.to, zone) + ", ";
        if (alone_at_night(walkout, post, people, settings))
            out.push_back({Gap::What::night, post.number, settings.least_at_night - people,
                           which + "would have somebody stand alone at night; it needs " + std::to_string(settings.least_at_night) + "."});
        else if (people < post.needed)
            out.push_back({Gap::What::people, post.number, post.needed - people,
                           which + "has " + std::to_string(people) + " of the " + std::to_string(post.needed) + " it needs."});
        if (post.organiser.empty()) out.push_back({Gap::What::organiser, post.number, 1, which + "has no organiser."});
        const auto cannot = std::ranges::find(absent, post.number, &AbsentOrganiser::post);
        if (cannot != absent.end())
            out.push_back(
                {Gap::What::organiser, post.number, 1, which + "is in the charge of " + cannot->who + ", who cannot be there: " + cannot->why});
    }
    return out;
}

Result<void> may_publish(const Walkout& walkout, const Plan& plan, const std::vector<Staffed>& staffed, const std::vector<Date>& supervised,
                         const PicketSettings& settings)
{
    if (auto refusal = closed(walkout)) return *refusal;
    if (walkout.state == State::suspended)
        return Refusal{.kind = Kind::not_open,
                       .code = "walkout_suspended",
                       .detail = "This walkout is suspended, so nobody is told to come to its pickets.",
                       .next = "Publish the rota if it resumes: walkout strike show " + walkout.id.text()};
    if (plan.posts.empty()) return invalid("nothing_to_publish", "This plan has no posts yet.", "Add some, or begin with: walkout picket template");
    const auto without = unsupervised(walkout, plan, supervised);
    if (!without.empty())
        return Refusal{.kind = Kind::unlawful,
                       .code = "supervisor_needed",
                       .detail = without.front().name + " has no picket supervisor, and the law of that day requires one whom the police know.",
                       .next = "Name one with: walkout picket supervisor",
                       .rule = "picket_supervisor",
                       .source = "TULRCA s.220A, TUA16 s.10"};
    for (const auto& post : plan.posts)
        if (alone_at_night(walkout, post, people_on(staffed, post.number), settings))
            return invalid("lone_at_night",
                           number_words(post.number) + ", " + place_words(plan, post) + ", " + words(post.from, post.to, walkout.window.zone()) +
                               ", would have somebody stand alone at night.",
                           "Find somebody else, or record why it is safe with: walkout picket post change --lone-risk");
    return {};
}

} // namespace walkout::strike
