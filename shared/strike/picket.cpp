#include "shared/strike/picket.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace walkout::strike {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

template <class Rows, class Number> bool has(const Rows& rows, Number number)
{
    return std::ranges::any_of(rows, [&](const auto& row) { return row.number == number; });
}

std::optional<Refusal> closed(const Walkout& walkout)
{
    if (walkout.state != State::ended) return std::nullopt;
    return Refusal{.kind = Kind::conflict, .code = "plan_closed", .detail = "This walkout has ended, so its picket plan no longer changes."};
}

Refusal invalid(std::string code, std::string detail, std::string next)
{
    return {.kind = Kind::invalid, .code = std::move(code), .detail = std::move(detail), .next = std::move(next)};
}

Refusal missing(std::string code, std::string what, std::string next)
{
    return {.kind = Kind::not_found, .code = std::move(code), .detail = "This branch's plan has no such " + what + ".", .next = std::move(next)};
}

std::optional<Refusal> too_long(std::initializer_list<std::string_view> texts)
{
    if (std::ranges::all_of(texts, [](std::string_view text) { return text.size() <= 2000; })) return std::nullopt;
    return invalid("text_too_long", "A text of a picket plan has at most 2000 characters.", "Shorten it.");
}

/// Posts of the plan at the same entrance, without the one that is being replaced.
std::vector<Post> beside(const Plan& plan, const Post& post)
{
    std::vector<Post> out;
    for (const auto& other : plan.posts)
        if (other.entrance == post.entrance && (post.number == PostNumber{} || other.number != post.number)) out.push_back(other);
    return out;
}

/// The most people who may be where `mine` is, at any instant of it, on these other posts.
std::int64_t most_at_once(const std::vector<Post>& others, const Span& mine, const Zone& zone)
{
    std::vector<std::pair<Span, std::int64_t>> here;
    for (const auto& post : others)
        if (overlap(span(post, zone), mine)) here.emplace_back(span(post, zone), post.places);
    std::int64_t most = 0;
    for (const auto& [start, ignored] : here) { // a peak is always reached as some post begins
        const auto moment = std::max(start.from, mine.from);
        std::int64_t at_moment = 0;
        for (const auto& [hours_there, places] : here)
            if (hours_there.from <= moment && moment < hours_there.to) at_moment += places;
        most = std::max(most, at_moment);
    }
    return most;
}

std::optional<Refusal> check_hours(const Window& window, const Post& post, const PicketSettings& settings)
{
    for (const auto& moment : {post.from, post.to})
        if (const auto checked = existing(moment.wall, window.zone()); !checked) return checked.error();
    const auto hours_there = span(post, window.zone());
    if (hours_there.from >= hours_there.to) {
        return invalid("post_backwards", "The post would end at " + words(post.to, window.zone()) + ", which is not after it starts.",
                       "Check the dates and times; a post through the night ends on the next day.");
    }
    if (post.from.wall < window.first_date() || post.to.wall > window.last_date() + Days(1)) {
        return invalid("post_outside_walkout",
                       "The post is not within the days of the walkout, " + words(window.first_date()) + " to " + words(window.last_date()) + ".",
                       "Choose times on those days.");
    }
    if (hours_there.to - hours_there.from > settings.longest_stint) {
        return invalid("post_too_long",
                       "The post would last " + length_words(hours_there.to - hours_there.from) + ", and nobody stands longer than " +
                           length_words(settings.longest_stint) + " at a time.",
                       "Make two posts of it.");
    }
    return std::nullopt;
}

std::optional<Refusal> check_numbers(const Plan& plan, const Post& post, const PicketSettings& settings, const Zone& zone)
{
    if (post.needed < 1 || post.places < post.needed || post.places > 1000) {
        return invalid("bad_numbers", "A post needs at least one person and room for as many as it needs, at most 1000.",
                       "Check the numbers needed and of places.");
    }
    const auto mine = span(post, zone);
    const auto most = most_at_once(beside(plan, post), mine, zone) + post.places;
    if (most > settings.cap && post.over_six_reason.empty()) {
        return invalid("over_six_needs_reason",
                       "This entrance could then have " + std::to_string(most) +
                           " pickets at once; the Code of Practice on Picketing says in general no more than six at any entrance" +
                           (settings.cap == pickets_per_entrance ? "." : ", and your union's limit is " + std::to_string(settings.cap) + "."),
                       "Lower the number of places, or record the reason for going over.");
    }
    if (touches_night(mine, settings, zone) && post.needed < settings.least_at_night && post.lone_risk.empty()) {
        return invalid("lone_at_night",
                       "A post at night needs at least " + std::to_string(settings.least_at_night) + " people, so that nobody stands alone.",
                       "Raise the number needed, or record why fewer are safe there.");
    }
    return std::nullopt;
}

} // namespace

Result<PicketSettings> check(PicketSettings settings)
{
    const auto between = [](auto value, auto least, auto most) { return least <= value && value <= most; };
    const bool good = between(settings.cap, 1, 1000) && between(settings.least_at_night, 1, settings.cap) &&
                      between(settings.night_from, minutes(0), minutes(hours(24))) && between(settings.night_to, minutes(0), minutes(hours(24))) &&
                      settings.night_to < settings.night_from && between(settings.longest_stint, minutes(30), minutes(hours(24))) &&
                      between(settings.stint_break, minutes(0), minutes(hours(12))) && between(settings.rest, minutes(0), minutes(hours(24))) &&
                      between(settings.cancel_cut_off, minutes(0), minutes(Days(14)));
    if (good) return settings;
    return invalid(
        "bad_settings",
        "These settings leave no picket possible: the night begins in the evening and ends in the morning, at least one person and at most "
        "the cap stands there, a stint is half an hour to a day, rest at most a day, the cut-off at most two weeks.",
        "Check the one you changed.");
}

double kilometres(const Coordinates& a, const Coordinates& b)
{
    const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
    const auto half_square = [](double angle) { return std::sin(angle / 2) * std::sin(angle / 2); };
    const auto chord = half_square(radians(b.latitude - a.latitude)) +
                       std::cos(radians(a.latitude)) * std::cos(radians(b.latitude)) * half_square(radians(b.longitude - a.longitude));
    return 2 * 6371 * std::asin(std::sqrt(std::min(1.0, chord)));
}

std::string_view role_words(PostRole role)
{
    switch (role) {
    case PostRole::walkout: return "walkout";
    case PostRole::arrivals: return "arrivals";
    case PostRole::late: return "late";
    case PostRole::night: return "night";
    case PostRole::going_back: return "return to work";
    }
    throw std::logic_error("a post role without words");
}

Span span(const Post& post, const Zone& zone) { return {instant(post.from, zone), instant(post.to, zone)}; }

bool touches_night(const Span& hours_there, const PicketSettings& settings, const Zone& zone)
{
    const auto last = zone.date(hours_there.to);
    for (auto day = zone.date(hours_there.from) - Days(1); day <= last; day += Days(1)) {
        const Span night{zone.instant(day + settings.night_from), zone.instant(day + Days(1) + settings.night_to, Zone::Repeated::later)};
        if (overlap(night, hours_there)) return true;
    }
    return false;
}

Result<Site> add_site(const Walkout& walkout, const Plan& plan, Site site)
{
    if (auto refusal = closed(walkout)) return *refusal;
    if (site.number != SiteNumber{} && !has(plan.sites, site.number)) return missing("no_such_site", "site", "Add the site first.");
    if (site.name.empty() || site.address.empty())
        return invalid("missing_name", "A picket site needs a name and an address.", "Say where people should come.");
    if (auto refusal = too_long({site.name, site.address, site.notes})) return *refusal;
    const auto within = [](double degrees, double limit) { return std::isfinite(degrees) && std::abs(degrees) <= limit; };
    if (site.coordinates && (!within(site.coordinates->latitude, 90) || !within(site.coordinates->longitude, 180))) {
        return invalid("bad_coordinates", "Latitude goes from -90 to 90 degrees and longitude from -180 to 180.",
                       "Winchester, for example, is 51.06,-1.31.");
    }
    if (const auto& who = site.supervisor) {
        if (who->name.empty() || who->contact.empty() || who->letter.empty() || who->police_told.empty())
            return invalid("supervisor_incomplete",
                           "A picket supervisor has a name, a contact, the union's letter, and a note of who at the police was told.",
                           "Give all four.");
        if (auto refusal = too_long({who->name, who->contact, who->letter, who->police_told})) return *refusal;
    }
    return site;
}

Result<Entrance> add_entrance(const Walkout& walkout, const Plan& plan, Entrance entrance)
{
    if (auto refusal = closed(walkout)) return *refusal;
    if (entrance.number != EntranceNumber{} && !has(plan.entrances, entrance.number))
        return missing("no_such_entrance", "entrance", "Add the entrance first.");
    if (!has(plan.sites, entrance.site)) return missing("no_such_site", "site", "Add the site first.");
    if (entrance.name.empty()) return invalid("missing_name", "An entrance needs a name.", "For example: main gate.");
    if (auto refusal = too_long({entrance.name})) return *refusal;
    if (entrance.hours &&
        (entrance.hours->opens < minutes(0) || entrance.hours->closes <= entrance.hours->opens || entrance.hours->closes > hours(24)))
        return invalid("bad_hours", "An entrance opens before it closes, between 00:00 and 24:00.", "Round the clock is 00:00 to 24:00.");
    return entrance;
}

Result<Post> add_post(const Walkout& walkout, const Plan& plan, Post post, const PicketSettings& settings)
{
    if (auto refusal = closed(walkout)) return *refusal;
    if (post.number != PostNumber{} && !has(plan.posts, post.number)) return missing("no_such_post", "post", "Add the post first.");
    if (!has(plan.entrances, post.entrance)) return missing("no_such_entrance", "entrance", "Add the entrance first.");
    if (auto refusal = too_long({post.over_six_reason, post.lone_risk, post.organiser})) return *refusal;
    if (auto refusal = check_hours(walkout.window, post, settings)) return *refusal;
    if (auto refusal = check_numbers(plan, post, settings, walkout.window.zone())) return *refusal;
    return post;
}

// ---- people ----

namespace {

Refusal refuse(Kind kind, std::string code, std::string detail, std::string next)
{
    return {.kind = kind, .code = std::move(code), .detail = std::move(detail), .next = std::move(next)};
}

std::optional<Refusal> wrong_place(const SignUpFacts& facts)
{
    if (facts.site_workplace && facts.member_workplace == facts.site_workplace) return std::nullopt;
    if (facts.member_branch != facts.plan_branch) {
        return refuse(Kind::not_allowed, "not_your_picket", "You can picket at your own place of work or with your own branch; this post is neither.",
                      "See your own with: walkout picket list");
    }
    const bool anywhere = !facts.settings.own_workplace || !facts.site_workplace || facts.official || !facts.elsewhere_reason.empty();
    if (anywhere) return std::nullopt;
    return refuse(Kind::not_allowed, "not_your_workplace", "The law protects pickets at their own place of work, and this post is at another one.",
                  "See the posts at yours with: walkout picket list; if you work from here too, ask a co-chair to put you on the post.");
}

/// The stint somebody would stand: posts with only a short break between them are one.
Span stint_with(const Span& hours_there, const std::vector<Span>& elsewhere, minutes stint_break)
{
    auto stint = hours_there;
    for (bool grew = true; grew;) {
        grew = false;
        for (const auto& other : elsewhere) {
            const bool inside = stint.from <= other.from && other.to <= stint.to;
            if (inside || other.from - stint.to >= stint_break || stint.from - other.to >= stint_break) continue;
            stint = {std::min(stint.from, other.from), std::max(stint.to, other.to)};
            grew = true;
        }
    }
    return stint;
}

} // namespace

std::optional<Refusal> check_rota(const Span& hours_there, const std::vector<Span>& elsewhere, const PicketSettings& settings, const Zone& zone)
{
    if (std::ranges::any_of(elsewhere, [&](const Span& other) { return overlap(other, hours_there); }))
        return refuse(Kind::conflict, "double_booked", "You are on another post at that time.", "Cancel that one first, or choose another time.");
    for (const auto& other : elsewhere) {
        const auto& [first, second] = hours_there.from < other.from ? std::tie(hours_there, other) : std::tie(other, hours_there);
        const bool night = touches_night(first, settings, zone) || touches_night(second, settings, zone);
        const bool another_day = zone.date(first.to - std::chrono::seconds(1)) != zone.date(second.from);
        if ((night || another_day) && second.from - first.to < settings.rest)
            return refuse(Kind::conflict, "rest_too_short",
                          "You would have only " + length_words(second.from - first.to) +
                              " between two posts with a night in or between them; it takes " + length_words(settings.rest) + ".",
                          "Choose a post further from your other one.");
    }
    const auto stint = stint_with(hours_there, elsewhere, settings.stint_break);
    if (stint.to - stint.from > settings.longest_stint)
        return refuse(Kind::conflict, "stint_too_long",
                      "With your other posts you would stand " + length_words(stint.to - stint.from) + " in one go; the longest is " +
                          length_words(settings.longest_stint) + ".",
                      "Choose a post with a longer break before or after it.");
    return std::nullopt;
}

Result<SignUp> sign_up(const SignUpFacts& facts)
{
    const auto& [walkout, post] = std::tie(facts.walkout, facts.post);
    if (walkout.state == State::suspended)
        return refuse(Kind::not_open, "walkout_suspended", "This walkout is suspended, so nobody can sign up for its pickets now.",
                      "Wait to hear from your branch.");
    if (walkout.state == State::ended)
        return refuse(Kind::not_open, "walkout_ended", "This walkout has ended, so nobody can sign up for its pickets.", "");
    if (facts.before && !facts.before->cancelled) return *facts.before;

    const auto& zone = walkout.window.zone();
    const auto mine = span(post, zone);
    if (facts.now >= mine.to) return refuse(Kind::not_open, "post_over", "This post is over.", "See what is left with: walkout picket list");
    if (auto refusal = wrong_place(facts)) return *refusal;
    if (std::ranges::any_of(facts.exempt, [&](const Span& hours_of_work) { return overlap(hours_of_work, mine); }))
        return refuse(Kind::conflict, "exempt", "The union has exempted your work at that time, so you are expected there and not on the picket.",
                      "Choose another time; see: walkout exemption show");
    if (auto refusal = check_rota(mine, facts.elsewhere, facts.settings, zone)) return *refusal;
    if (facts.taken >= post.places)
        return refuse(Kind::conflict, "post_full", "Every place on this post is taken.", "Choose another with: walkout picket list");
    return SignUp{.post = post.number, .member = facts.member, .cancelled = false, .sequence = facts.before ? facts.before->sequence + 1 : 0};
}

Result<SignUp> take_off(PostNumber post, const std::optional<SignUp>& before)
{
    if (!before || before->cancelled)
        return refuse(Kind::not_found, "not_signed_up", "You are not signed up for this post.", "See yours with: walkout picket list");
    return SignUp{.post = post, .member = before->member, .cancelled = true, .sequence = before->sequence + 1};
}

Result<SignUp> cancel(const Walkout& walkout, const Post& post, const std::optional<SignUp>& before, Instant now, const PicketSettings& settings)
{
    auto off = take_off(post.number, before);
    if (!off) return off;
    const auto cut_off = span(post, walkout.window.zone()).from - settings.cancel_cut_off;
    if (now >= cut_off)
        return refuse(Kind::conflict, "cancel_too_late",
                      "It is less than " + length_words(settings.cancel_cut_off) + " before this post starts, so it would stand unmanned.",
                      "Offer your place with: walkout picket swap; or tell a co-chair, who can take you off.");
    return off;
}

// ---- the template ----

namespace {

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
    Draft(const Walkout& walkout, const OpeningHours& open, const PicketSettings& settings)
        : window_(walkout.window), zone_(walkout.window.zone()), open_(open), settings_(settings), strike_(walkout.window.span())
    {}

    /// Sorted and apart from each other: where two would overlap the later one begins as the earlier ends, if enough of it is left.
    std::vector<Drafted> posts()
    {
        walkout_and_return();
        for (auto day = window_.first_date() - Days(1); day <= window_.last_date(); day += Days(1)) {
            arrivals(day);
            if (open_.round_the_clock()) late_and_night(day);
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
        const auto since_midnight = wall - date::floor<Days>(wall);
        return open_.opens <= since_midnight && since_midnight < open_.closes;
    }
    void add(PostRole role, Span hours_there)
    {
        const Span days{zone_.instant(WallTime(window_.first_date())), zone_.instant(WallTime(window_.last_date() + Days(1)))};
        hours_there = {std::max(hours_there.from, days.from), std::min(hours_there.to, days.to)};
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
    void late_and_night(Date day)
    {
        const Span late{zone_.instant(day + hours(15) + minutes(30)), zone_.instant(day + hours(18))};
        if (late.from >= strike_.from && late.to <= strike_.to) add(PostRole::late, late);
        const Span night{std::max(zone_.instant(day + settings_.night_from), strike_.from),
                         std::min(zone_.instant(day + Days(1) + settings_.night_to), strike_.to)};
        if (night.to - night.from < shortest) return;
        // In equal parts, by the stopwatch: the night in autumn has an hour more, and 01:30 twice.
        const auto length = std::chrono::duration_cast<minutes>(night.to - night.from);
        const auto parts = (length + settings_.longest_stint - minutes(1)) / settings_.longest_stint;
        for (std::int64_t i = 0; i < parts; ++i) add(PostRole::night, {night.from + length * i / parts, night.from + length * (i + 1) / parts});
    }

    const Window& window_;
    const Zone& zone_;
    const OpeningHours& open_;
    const PicketSettings& settings_;
    Span strike_;
    std::vector<Drafted> drafted_;
};

} // namespace

std::vector<Post> template_posts(const Walkout& walkout, const Plan& plan, const PicketSettings& settings)
{
    const auto& zone = walkout.window.zone();
    std::vector<Post> out;
    for (const auto& entrance : plan.entrances) {
        if (!entrance.hours) continue;
        for (const auto& [role, hours_there] : Draft(walkout, *entrance.hours, settings).posts()) {
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

// ---- before publication ----

namespace {

std::int64_t people_on(const std::vector<Staffed>& staffed, PostNumber post)
{
    const auto found = std::ranges::find(staffed, post, &Staffed::post);
    return found == staffed.end() ? 0 : found->people;
}

bool alone_at_night(const Walkout& walkout, const Post& post, std::int64_t people, const PicketSettings& settings)
{
    return people > 0 && people < settings.least_at_night && post.lone_risk.empty() &&
           touches_night(span(post, walkout.window.zone()), settings, walkout.window.zone());
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

} // namespace

std::vector<Gap> gaps(const Walkout& walkout, const Plan& plan, const std::vector<Staffed>& staffed, const std::vector<Date>& supervised,
                      const PicketSettings& settings)
{
    const auto& zone = walkout.window.zone();
    std::vector<Gap> out;
    for (const auto& site : unsupervised(walkout, plan, supervised))
        out.push_back({Gap::What::supervisor, std::nullopt, 1, site.name + " needs a picket supervisor by law (TULRCA s.220A)."});
    for (const auto& entrance : plan.entrances)
        if (!entrance.hours)
            out.push_back({Gap::What::hours, std::nullopt, 0,
                           "Entrance " + std::to_string(static_cast<std::int64_t>(entrance.number)) + " (" + entrance.name +
                               ") has no opening hours, so the template lays no posts there."});
    auto posts = plan.posts;
    std::ranges::stable_sort(posts, {}, [&](const Post& post) { return span(post, zone).from; });
    for (const auto& post : posts) {
        const auto people = people_on(staffed, post.number);
        const auto which = number_words(post.number) + ", " + words(post.from, post.to, zone) + ", ";
        if (alone_at_night(walkout, post, people, settings))
            out.push_back({Gap::What::night, post.number, settings.least_at_night - people,
                           which + "would have somebody stand alone at night; it needs " + std::to_string(settings.least_at_night) + "."});
        else if (people < post.needed)
            out.push_back({Gap::What::people, post.number, post.needed - people,
                           which + "has " + std::to_string(people) + " of the " + std::to_string(post.needed) + " it needs."});
        if (post.organiser.empty()) out.push_back({Gap::What::organiser, post.number, 1, which + "has no organiser."});
    }
    return out;
}

Result<void> may_publish(const Walkout& walkout, const Plan& plan, const std::vector<Staffed>& staffed, const std::vector<Date>& supervised,
                         const PicketSettings& settings)
{
    if (auto refusal = closed(walkout)) return *refusal;
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
            return invalid("lone_at_night", number_words(post.number) + " would have somebody stand alone at night.",
                           "Find somebody else, or record why it is safe with: walkout picket post change --lone-risk");
    return {};
}

} // namespace walkout::strike
