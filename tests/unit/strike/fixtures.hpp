#pragma once

#include "shared/strike/picket.hpp"

#include <doctest/doctest.h>

namespace walkout::strike {

inline WallTime at(std::string_view wall) { return parse_wall(wall).value(); }
inline Moment moment(std::string_view wall) { return {at(wall)}; }
inline Instant utc(std::string_view instant) { return parse_instant(instant).value(); }
inline Date day(std::string_view date) { return parse_date(date).value(); }

inline Window window(std::string_view start, std::string_view end, Semantics semantics = Semantics::clock, std::string_view zone = "Europe/London")
{
    return Window::make(at(start), at(end), zone, semantics).value();
}

inline Window noon_to_noon_2013() { return window("2013-11-05T12:00", "2013-11-06T12:00"); }

inline Walkout walkout_2013()
{
    return {.id = *WalkoutId::parse("nov-2013"),
            .ballot = *BallotId::parse("probation-2013"),
            .title = "Privatisation of probation",
            .action = Action::strike,
            .called = {{*ConstituencyId::parse("national"), "Hampshire Probation Trust"}},
            .window = noon_to_noon_2013(),
            .called_by = "the General Secretary",
            .office = ballot::Role::general_secretary};
}

/// One site (1) with one entrance (1) and no posts.
inline Plan plan_2013()
{
    return {.walkout = *WalkoutId::parse("nov-2013"),
            .branch = "Hampshire and Isle of Wight",
            .version = 2,
            .sites = {{.number = SiteNumber{1},
                       .name = "Headquarters",
                       .address = "Andover Road, Winchester",
                       .workplace = Workplace{"Hampshire", "Winchester HQ"},
                       .coordinates = Coordinates{51.068, -1.319},
                       .is_public = true,
                       .notes = "Toilets in the library"}},
            .entrances = {{.number = EntranceNumber{1}, .site = SiteNumber{1}, .name = "Main gate"}},
            .posts = {}};
}

inline Post post(std::string_view from, std::string_view to, std::int64_t places = pickets_per_entrance, PostNumber number = PostNumber{1})
{
    return {.number = number,
            .entrance = EntranceNumber{1},
            .role = PostRole::walkout,
            .from = moment(from),
            .to = moment(to),
            .needed = 1,
            .places = places};
}

} // namespace walkout::strike
