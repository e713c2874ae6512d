#pragma once

#include "shared/strike/picket.hpp"

#include <algorithm>

namespace walkout::strike {

// What the files that decide about pickets have in common.

template <class Rows, class Number> bool has(const Rows& rows, Number number)
{
    return std::ranges::any_of(rows, [&](const auto& row) { return row.number == number; });
}

inline std::optional<Refusal> closed(const Walkout& walkout)
{
    if (walkout.state != State::ended) return std::nullopt;
    return Refusal{.kind = Kind::conflict, .code = "plan_closed", .detail = "This walkout has ended, so its picket plan no longer changes."};
}

/// The action without its breaks: the window, or its days where it is on some only, those that follow each other as one. Sorted.
std::vector<Span> stretches(const Walkout& walkout);
/// When pickets may be held for one of those, on the local days that it touches and no others: nobody was given notice of another day.
Span picketing_time(const Walkout& walkout, const Span& stretch);

inline Refusal invalid(std::string code, std::string detail, std::string next)
{
    return {.kind = Kind::invalid, .code = std::move(code), .detail = std::move(detail), .next = std::move(next)};
}

/// Posts of the plan at the same entrance, without the one that is being replaced.
inline std::vector<Post> beside(const Plan& plan, const Post& post)
{
    std::vector<Post> out;
    for (const auto& other : plan.posts)
        if (other.entrance == post.entrance && (post.number == PostNumber{} || other.number != post.number)) out.push_back(other);
    return out;
}

/// The most people who may be where `mine` is, at any instant of it, on these other posts.
inline std::int64_t most_at_once(const std::vector<Post>& others, const Span& mine, const Zone& zone)
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

} // namespace walkout::strike
