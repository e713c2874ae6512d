#include "shared/strike/picket_parts.hpp"

namespace walkout::strike {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Moment moment_at(Instant when, const Zone& zone)
{
    const auto wall = zone.wall(when);
    return {wall, zone.instant(wall, Zone::Repeated::earlier) == when ? Zone::Repeated::earlier : Zone::Repeated::later};
}

struct Drafted {
    PostRole role;
    Span hours_there;
};

class Draft {
public:
    /// Of one stretch of the action.
    Draft(const Walkout& walkout, const Span& stretch, const OpeningHours& open, const PicketSettings& settings)
        : walkout_(walkout), zone_(walkout.window.zone()), open_(open), settings_(settings), strike_(stretch), held_(picketing_time(walkout, stretch))
    {}

    /// Sorted and apart from each other: where two would overlap the later one begins as the earlier ends, if enough of it is left.
    std::vector<Drafted> posts()
    {
        const bool walked_out = walkout_.action == Action::strike;
        if (walked_out) walkout_and_return();
        const auto last = zone_.date(strike_.to - std::chrono::seconds(1));
        for (auto day = zone_.date(strike_.from) - Days(1); day <= last; day += Days(1)) {
            if (open_.opens_on(day)) arrivals(day);
            if (!open_.round_the_clock()) continue;
            if (open_.opens_on(day)) late(day);
            if (walked_out && open_.opens_on(day)) night(day);
        }
        std::ranges::sort(drafted_, {}, [](const Drafted& post) { return post.hours_there.from; });
        std::vector<Drafted> apart;
        for (auto post : drafted_) {
            if (!apart.empty()) post.hours_there.from = std::max(post.hours_there.from, apart.back().hours_there.to);
            if (post.hours_there.to - post.hours_there.from >= shortest) apart.push_back(post);
        }
        return apart;
    }

private:
    static constexpr minutes shortest{30};

    bool is_open(Instant when) const
    {
        const auto wall = zone_.wall(when);
        const auto day = date::floor<Days>(wall);
        const auto within = [&](Date opened) { return open_.opens_on(opened) && open_.opens <= wall - opened && wall - opened < open_.closes; };
        return within(day) || within(day - Days(1)); // hours after midnight are of the day before
    }
    void add(PostRole role, Span hours_there)
    {
        hours_there = {std::max(hours_there.from, held_.from), std::min(hours_there.to, held_.to)};
        hours_there.to = std::min<Instant>(hours_there.to, hours_there.from + settings_.longest_stint);
        if (hours_there.to - hours_there.from >= shortest) drafted_.push_back({role, hours_there});
    }
    void walkout_and_return()
    {
        const auto gathered = std::min<Instant>(strike_.from + hours(1), strike_.to - minutes(30));
        if (is_open(strike_.from)) add(PostRole::walkout, {strike_.from - minutes(15), std::max<Instant>(gathered, strike_.from + minutes(15))});
        if (is_open(strike_.to)) add(PostRole::going_back, {strike_.to - minutes(30), strike_.to + minutes(15)});
    }
    void arrivals(Date day)
    {
        const auto opens = open_.round_the_clock() ? minutes(hours(7)) + minutes(30) : open_.opens;
        const auto first_in = zone_.instant(day + opens);
        if (first_in <= strike_.from || first_in >= strike_.to) return;
        add(PostRole::arrivals, {first_in - minutes(30), std::max<Instant>(zone_.instant(day + hours(10)), first_in + hours(2))});
    }
    void late(Date day)
    {
        const Span late{zone_.instant(day + hours(15) + minutes(30)), zone_.instant(day + hours(18))};
        if (late.from >= strike_.from && late.to <= strike_.to) add(PostRole::late, late);
    }
    void night(Date day)
    {
        const Span night{std::max(zone_.instant(day + settings_.night_from), strike_.from),
                         std::min(zone_.instant(day + Days(1) + settings_.night_to), strike_.to)};
        if (night.to - night.from < shortest) return;
        // In equal parts, by the stopwatch: the night in autumn has an hour more, and 01:30 twice.
        const auto length = std::chrono::duration_cast<minutes>(night.to - night.from);
        const auto parts = (length + settings_.longest_stint - minutes(1)) / settings_.longest_stint;
        for (std::int64_t i = 0; i < parts; ++i) add(PostRole::night, {night.from + length * i / parts, night.from + length * (i + 1) / parts});
    }

    const Walkout& walkout_;
    const Zone& zone_;
    const OpeningHours& open_;
    const PicketSettings& settings_;
    Span strike_;
    Span held_; ///< when there may be pickets
    std::vector<Drafted> drafted_;
};

} // namespace

std::vector<Post> template_posts(const Walkout& walkout, const Plan& plan, const PicketSettings& settings)
{
    const auto& zone = walkout.window.zone();
    std::vector<Post> out;
    for (const auto& entrance : plan.entrances) {
        if (!entrance.hours) continue;
        std::vector<Drafted> drafted;
        for (const auto& stretch : stretches(walkout)) {
            const auto of_it = Draft(walkout, stretch, *entrance.hours, settings).posts();
            drafted.insert(drafted.end(), of_it.begin(), of_it.end());
        }
        for (const auto& [role, hours_there] : drafted) {
            Post post{.entrance = entrance.number, .role = role, .from = moment_at(hours_there.from, zone), .to = moment_at(hours_there.to, zone)};
            const auto others = beside(plan, post);
            const bool there = std::ranges::any_of(
                others, [&](const Post& other) { return other.role == post.role && overlap(span(other, zone), span(post, zone)); });
            post.needed = std::min<std::int64_t>(std::max<std::int64_t>(2, settings.least_at_night), settings.cap);
            post.places = settings.cap - most_at_once(others, hours_there, zone);
            if (!there && post.places >= post.needed) out.push_back(std::move(post));
        }
    }
    return out;
}

} // namespace walkout::strike
