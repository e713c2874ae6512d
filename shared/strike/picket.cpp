#include "shared/strike/picket.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::strike {
namespace {

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

/// The most people this entrance may hold at any instant of the new post.
std::int64_t most_at_once(const Plan& plan, const Post& added, const Zone& zone)
{
    const auto mine = span(added, zone);
    std::vector<std::pair<Span, std::int64_t>> here{{mine, added.places}};
    for (const auto& post : plan.posts)
        if (post.entrance == added.entrance && overlap(span(post, zone), mine)) here.emplace_back(span(post, zone), post.places);
    std::int64_t most = 0;
    for (const auto& [start, ignored] : here) { // a peak is always reached as some post begins
        const auto moment = std::max(start.from, mine.from);
        std::int64_t at_moment = 0;
        for (const auto& [hours, places] : here)
            if (hours.from <= moment && moment < hours.to) at_moment += places;
        most = std::max(most, at_moment);
    }
    return most;
}

std::optional<Refusal> check_hours(const Window& window, const Post& post)
{
    for (const auto& moment : {post.from, post.to})
        if (const auto checked = existing(moment.wall, window.zone()); !checked) return checked.error();
    const auto hours = span(post, window.zone());
    if (hours.from >= hours.to) {
        return invalid("post_backwards", "The post would end at " + words(post.to, window.zone()) + ", which is not after it starts.",
                       "Check the dates and times; a post through the night ends on the next day.");
    }
    if (post.from.wall < window.first_date() || post.to.wall > window.last_date() + Days(1)) {
        return invalid("post_outside_walkout",
                       "The post is not within the days of the walkout, " + words(window.first_date()) + " to " + words(window.last_date()) + ".",
                       "Choose times on those days.");
    }
    return std::nullopt;
}

} // namespace

Span span(const Post& post, const Zone& zone) { return {instant(post.from, zone), instant(post.to, zone)}; }

Result<Site> add_site(const Walkout& walkout, const Plan&, Site site)
{
    if (auto refusal = closed(walkout)) return *refusal;
    if (site.name.empty() || site.address.empty())
        return invalid("missing_name", "A picket site needs a name and an address.", "Say where people should come.");
    const auto within = [](double degrees, double limit) { return std::isfinite(degrees) && std::abs(degrees) <= limit; };
    if (site.coordinates && (!within(site.coordinates->latitude, 90) || !within(site.coordinates->longitude, 180))) {
        return invalid("bad_coordinates", "Latitude goes from -90 to 90 degrees and longitude from -180 to 180.",
                       "Winchester, for example, is 51.06,-1.31.");
    }
    return site;
}

Result<Entrance> add_entrance(const Walkout& walkout, const Plan& plan, Entrance entrance)
{
    if (auto refusal = closed(walkout)) return *refusal;
    if (!has(plan.sites, entrance.site)) {
        return Refusal{
            .kind = Kind::not_found, .code = "no_such_site", .detail = "This branch's plan has no such site.", .next = "Add the site first."};
    }
    if (entrance.name.empty()) return invalid("missing_name", "An entrance needs a name.", "For example: main gate.");
    return entrance;
}

Result<Post> add_post(const Walkout& walkout, const Plan& plan, Post post)
{
    if (auto refusal = closed(walkout)) return *refusal;
    if (!has(plan.entrances, post.entrance)) {
        return Refusal{.kind = Kind::not_found,
                       .code = "no_such_entrance",
                       .detail = "This branch's plan has no such entrance.",
                       .next = "Add the entrance first."};
    }
    if (auto refusal = check_hours(walkout.window, post)) return *refusal;
    if (post.needed < 1 || post.places < post.needed || post.places > 1000) {
        return invalid("bad_numbers", "A post needs at least one person and room for as many as it needs, at most 1000.",
                       "Check the numbers needed and of places.");
    }
    const auto most = most_at_once(plan, post, walkout.window.zone());
    if (most > pickets_per_entrance && post.over_six_reason.empty()) {
        return invalid("over_six_needs_reason",
                       "This entrance could then have " + std::to_string(most) +
                           " pickets at once; the Code of Practice on Picketing says in general no more than six at any entrance.",
                       "Lower the number of places, or record the reason for going over six.");
    }
    return post;
}

Result<SignUp> sign_up(const SignUpFacts& facts)
{
    const auto& [walkout, post] = std::tie(facts.walkout, facts.post);
    const auto refuse = [](Kind kind, std::string code, std::string detail, std::string next) {
        return Refusal{.kind = kind, .code = std::move(code), .detail = std::move(detail), .next = std::move(next)};
    };
    if (walkout.state == State::suspended)
        return refuse(Kind::not_open, "walkout_suspended", "This walkout is suspended, so nobody can sign up for its pickets now.",
                      "Wait to hear from your branch.");
    if (walkout.state == State::ended)
        return refuse(Kind::not_open, "walkout_ended", "This walkout has ended, so nobody can sign up for its pickets.", "");
    if (facts.before && !facts.before->cancelled) return *facts.before;

    const auto hours = span(post, walkout.window.zone());
    if (facts.now >= hours.to) return refuse(Kind::not_open, "post_over", "This post is over.", "See what is left with: walkout picket list");
    const bool own_workplace = facts.site_workplace && facts.member_workplace == facts.site_workplace;
    if (facts.member_branch != facts.plan_branch && !own_workplace) {
        return refuse(Kind::not_allowed, "not_your_picket", "You can picket at your own place of work or with your own branch; this post is neither.",
                      "See your own with: walkout picket list");
    }
    if (facts.taken >= post.places)
        return refuse(Kind::conflict, "post_full", "Every place on this post is taken.", "Choose another with: walkout picket list");
    if (std::ranges::any_of(facts.elsewhere, [&](const Span& other) { return overlap(other, hours); })) {
        return refuse(Kind::conflict, "double_booked", "You are on another post at that time.", "Cancel that one first, or choose another time.");
    }
    return SignUp{.post = post.number, .member = facts.member, .cancelled = false, .sequence = facts.before ? facts.before->sequence + 1 : 0};
}

Result<SignUp> cancel(PostNumber post, const std::optional<SignUp>& before)
{
    if (!before || before->cancelled)
        return Refusal{.kind = Kind::not_found,
                       .code = "not_signed_up",
                       .detail = "You are not signed up for this post.",
                       .next = "See yours with: walkout picket list"};
    return SignUp{.post = post, .member = before->member, .cancelled = true, .sequence = before->sequence + 1};
}

} // namespace walkout::strike
