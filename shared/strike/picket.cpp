#include "shared/strike/picket_parts.hpp"

#include <cmath>
#include <numbers>

namespace walkout::strike {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Refusal missing(std::string code, std::string what, std::string next)
{
    return {.kind = Kind::not_found, .code = std::move(code), .detail = "This branch's plan has no such " + what + ".", .next = std::move(next)};
}

std::optional<Refusal> too_long(std::initializer_list<std::string_view> texts)
{
    if (std::ranges::all_of(texts, [](std::string_view text) { return text.size() <= 2000; })) return std::nullopt;
    return invalid("text_too_long", "A text of a picket plan has at most 2000 characters.", "Shorten it.");
}

std::optional<Refusal> check_hours(const Walkout& walkout, const Post& post, const PicketSettings& settings)
{
    const auto& window = walkout.window;
    for (const auto& moment : {post.from, post.to})
        if (const auto checked = existing(moment.wall, window.zone()); !checked) return checked.error();
    const auto hours_there = span(post, window.zone());
    if (hours_there.from >= hours_there.to) {
        return invalid("post_backwards", "The post would end at " + words(post.to, window.zone()) + ", which is not after it starts.",
                       "Check the dates and times; a post through the night ends on the next day.");
    }
    const auto held = [&](const Span& stretch) {
        const auto time = picketing_time(walkout, stretch);
        return time.from <= hours_there.from && hours_there.to <= time.to;
    };
    if (!std::ranges::any_of(stretches(walkout), held)) {
        return invalid("post_outside_walkout",
                       "The post is not held during the action, " + words(walkout) +
                           ": pickets gather at most an hour before it and stay at most an hour after it, on its days.",
                       "Choose times within that.");
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

Weekday weekday_of(Date day) { return Weekday{static_cast<int>(date::weekday(day).iso_encoding()) - 1}; }

bool OpeningHours::opens_on(Date day) const { return days.empty() || std::ranges::find(days, weekday_of(day)) != days.end(); }

std::vector<Span> stretches(const Walkout& walkout)
{
    std::vector<Span> out;
    auto all = times(walkout.window, walkout.dates);
    std::ranges::sort(all, {}, &Span::from);
    for (const auto& next : all)
        if (!out.empty() && next.from <= out.back().to) out.back().to = std::max(out.back().to, next.to);
        else out.push_back(next);
    return out;
}

Span picketing_time(const Walkout& walkout, const Span& stretch)
{
    const auto& zone = walkout.window.zone();
    const Span days{zone.instant(WallTime(zone.date(stretch.from))),
                    zone.instant(WallTime(zone.date(stretch.to - std::chrono::seconds(1)) + Days(1)))};
    const bool shifts_run_on = walkout.window.semantics() != Semantics::clock;
    return {std::max<Instant>(stretch.from - hours(1), days.from), shifts_run_on ? days.to : std::min<Instant>(stretch.to + hours(1), days.to)};
}

PostRole role_by_hours(const Walkout& walkout, const Post& post, const PicketSettings& settings)
{
    const auto& zone = walkout.window.zone();
    const auto held = span(post, zone);
    if (walkout.action == Action::strike)
        for (const auto& stretch : stretches(walkout)) {
            if (held.from <= stretch.from && stretch.from < held.to) return PostRole::walkout;
            if (held.from < stretch.to && stretch.to <= held.to) return PostRole::going_back;
        }
    if (touches_night(held, settings, zone)) return PostRole::night;
    return post.from.wall - date::floor<Days>(post.from.wall) < hours(12) ? PostRole::arrivals : PostRole::late;
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
    if (auto refusal = too_long({site.name, site.address, site.notes, site.elsewhere_reason})) return *refusal;
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
    if (entrance.hours && (entrance.hours->opens < minutes(0) || entrance.hours->opens >= hours(24) ||
                           entrance.hours->closes <= entrance.hours->opens || entrance.hours->closes > entrance.hours->opens + hours(24)))
        return invalid("bad_hours", "An entrance opens at a time of day and closes within 24 hours of it, at another time.",
                       "Open through the night is 22:00 to 06:00; round the clock is 00:00 to 24:00.");
    return entrance;
}

Result<Post> add_post(const Walkout& walkout, const Plan& plan, Post post, const PicketSettings& settings)
{
    if (auto refusal = closed(walkout)) return *refusal;
    if (post.number != PostNumber{} && !has(plan.posts, post.number)) return missing("no_such_post", "post", "Add the post first.");
    if (!has(plan.entrances, post.entrance)) return missing("no_such_entrance", "entrance", "Add the entrance first.");
    if (auto refusal = too_long({post.over_six_reason, post.lone_risk, post.organiser})) return *refusal;
    if (auto refusal = check_hours(walkout, post, settings)) return *refusal;
    if (auto refusal = check_numbers(plan, post, settings, walkout.window.zone())) return *refusal;
    return post;
}

} // namespace walkout::strike
