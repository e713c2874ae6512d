#pragma once

#include "shared/base/names.hpp"
#include "shared/strike/moment.hpp"

#include <vector>

namespace walkout::strike {

/// Which work a walkout "from X to Y" calls out (field.md 5.3).
enum class Semantics {
    clock,      ///< work done by the clock inside the window (Napo, RCN, PCS)
    commencing, ///< shifts that start inside the window, to their end (RMT, ASLEF)
    hybrid,     ///< as commencing, and a shift in progress is finished with a safe handover (BMA)
};

constexpr auto enum_names(Semantics)
{
    return std::to_array<std::pair<Semantics, std::string_view>>(
        {{Semantics::clock, "clock"}, {Semantics::commencing, "commencing"}, {Semantics::hybrid, "hybrid"}});
}

/// When a walkout is: local wall times in a zone, half-open [start, end). What is stored and shown is the wall time; instants are
/// derived, so that a later change of the zone's rules moves the instants and not the call.
class Window {
public:
    /// Refuses "unknown_zone", "no_such_time" (skipped in spring), "ambiguous_time" (repeated in autumn: a call that can be read
    /// two ways would dock pay), "window_backwards", and "window_too_long" (over a year, which is longer than any mandate).
    static Result<Window> make(WallTime start, WallTime end, std::string_view zone, Semantics semantics);

    WallTime start() const { return start_; }
    WallTime end() const { return end_; }
    const Zone& zone() const { return zone_; }
    Semantics semantics() const { return semantics_; }

    Span span() const { return {zone_.instant(start_), zone_.instant(end_)}; }
    std::chrono::seconds elapsed() const; ///< on a stopwatch: noon to noon is 23, 24 or 25 hours
    Date first_date() const;              ///< the local dates touched are first_date() to last_date();
    Date last_date() const;               ///< a window that ends at midnight does not touch the next day

private:
    Window(WallTime start, WallTime end, Zone zone, Semantics semantics) : start_(start), end_(end), zone_(zone), semantics_(semantics) {}
    WallTime start_;
    WallTime end_;
    Zone zone_;
    Semantics semantics_;
};

std::vector<Date> dates_touched(const Window& window);

/// "12 noon on Tuesday 5 November 2013 to 12 noon on Wednesday 6 November 2013, 24 hours"
std::string words(const Window& window);

} // namespace walkout::strike
