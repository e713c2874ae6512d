#pragma once

#include "shared/base/time.hpp"

#include <cstdint>

namespace walkout::ballot {

// When accepted ballots go on the public board (design.md section 3, Publication): hourly, at least ten of a constituency at once, the rest at
// closing; a constituency of under fifty only after closing. Together with sorting by tracker this hides who cast which ballot when.

inline constexpr std::chrono::hours publication_interval{1};
inline constexpr std::int64_t smallest_batch = 10;
inline constexpr std::int64_t smallest_public_constituency = 50;
/// A receipt promises the board by this long after closing.
inline constexpr std::chrono::hours sealing_time{1};

inline bool may_publish_batch(std::int64_t entitled, std::int64_t waiting)
{
    return entitled >= smallest_public_constituency && waiting >= smallest_batch;
}

/// The latest hourly instant at or before `now`, counted from the opening.
inline Instant publication_before(Instant opened, Instant now) { return now - (now - opened) % publication_interval; }
inline Instant next_publication(Instant opened, Instant after) { return publication_before(opened, after) + publication_interval; }

} // namespace walkout::ballot
