#pragma once

#include "shared/base/result.hpp"
#include "shared/base/time.hpp"

#include <string>

namespace walkout::strike {

using walkout::words; // this room adds its own

/// A wall time that names one instant, also in the hour that autumn repeats: 01:30 on 25 October 2026 is `earlier` in BST and
/// `later` in GMT. Everywhere else the two are the same instant.
struct Moment {
    WallTime wall{};
    Zone::Repeated repeated = Zone::Repeated::earlier;
    friend bool operator==(const Moment&, const Moment&) = default;
};

struct Span {
    Instant from;
    Instant to; ///< outside the span
};

inline bool overlap(const Span& a, const Span& b) { return a.from < b.to && b.from < a.to; }

bool is_repeated(WallTime wall, const Zone& zone);
Instant instant(const Moment& moment, const Zone& zone);
std::string words(const Moment& moment,
                  const Zone& zone); ///< as words(WallTime); in the repeated hour "1:30am (GMT) on Sunday 25 October 2026"
/// "12 noon to 2pm on Tuesday 5 November 2013", or both in full where the days differ.
std::string words(const Moment& from, const Moment& to, const Zone& zone);
std::string clock_words(WallTime wall);                 ///< the time alone: "12 noon", "12 midnight", "10:30am"
std::string length_words(std::chrono::seconds elapsed); ///< "24 hours", "1 hour 15 minutes"

/// Refuses, with code "no_such_time", a wall time that the spring change skips.
Result<WallTime> existing(WallTime wall, const Zone& zone);

} // namespace walkout::strike
