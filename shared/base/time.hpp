#pragma once

#include <date/tz.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace walkout {

/// A UTC instant in whole seconds. Says "when", wherever you stand.
using Instant = std::chrono::sys_seconds;
/// A calendar day, of no zone until a Zone gives it one. Counts in law are day arithmetic: opening - Days{7}.
using Date = date::local_days;
using Days = date::days;
/// What a clock on the wall says, of no zone until a Zone gives it one.
using WallTime = date::local_seconds;

/// A source of "now". main() supplies clocks; tests supply fixed ones. See design.md section 2 for the two clocks of the server.
using Clock = std::function<Instant()>;

/// ISO 8601: "2013-11-05", "2013-11-05T12:00[:00]", "2013-11-05T12:00:00Z". Exactly these forms; anything else is nullopt.
std::optional<Date> parse_date(std::string_view text);
std::optional<WallTime> parse_wall(std::string_view text);
std::optional<Instant> parse_instant(std::string_view text);
std::string text(Date date);
std::string text(WallTime wall);   ///< "2013-11-05T12:00", seconds only where not zero
std::string text(Instant instant); ///< "2013-11-05T12:00:00Z"
std::string words(Date date);      ///< "Tuesday 5 November 2013"
std::string words(WallTime wall);  ///< "12 noon on Tuesday 5 November 2013", "10:30am on ..."

/// The calendar period "of N months beginning with" a day: returns its last day. 12 months beginning with 2026-03-10 end on 2027-03-09.
Date last_day_of_months_beginning(Date first, int months);

/// An IANA time zone from the system's tzdb.
class Zone {
public:
    static std::optional<Zone> find(std::string_view name);
    std::string name() const;
    WallTime wall(Instant instant) const;
    Date date(Instant instant) const;
    std::string abbreviation(Instant instant) const; ///< "GMT", "BST"
    /// The instant a wall time names. In the repeated hour of autumn the earlier or the later one; a wall time skipped in spring
    /// names the instant of the jump.
    enum class Repeated { earlier, later };
    Instant instant(WallTime wall, Repeated repeated = Repeated::earlier) const;
    /// False for a wall time that the spring change skips.
    bool exists(WallTime wall) const;

private:
    explicit Zone(const date::time_zone* zone) : zone_(zone) {}
    const date::time_zone* zone_;
};

/// First line of the system's tzdata.zi ("# version 2024a" -> "2024a"), or "unknown".
std::string tzdb_version();

} // namespace walkout
