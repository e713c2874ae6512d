#include "shared/strike/walkout.hpp"

namespace walkout::strike {
namespace {

Result<WallTime> boundary(WallTime wall, const Zone& zone)
{
    if (!is_repeated(wall, zone)) return existing(wall, zone);
    return Refusal{.kind = Kind::invalid,
                   .code = "ambiguous_time",
                   .detail = "The clocks go back and " + words(wall) + " happens twice, so a walkout cannot start or end then.",
                   .next = "Choose a time outside the repeated hour."};
}

} // namespace

Result<Window> Window::make(WallTime start, WallTime end, std::string_view zone_name, Semantics semantics)
{
    const auto zone = Zone::find(zone_name);
    if (!zone) {
        return Refusal{.kind = Kind::invalid,
                       .code = "unknown_zone",
                       .detail = "There is no time zone called \"" + std::string(zone_name) + "\".",
                       .next = "Use a name such as Europe/London."};
    }
    for (const auto wall : {start, end})
        if (const auto checked = boundary(wall, *zone); !checked) return checked.error();
    if (zone->instant(start) >= zone->instant(end)) {
        return Refusal{.kind = Kind::invalid,
                       .code = "window_backwards",
                       .detail = "The walkout would end at " + words(end) + ", which is not after it starts at " + words(start) + ".",
                       .next = "Check the dates and times."};
    }
    if (end - start > Days(366)) {
        return Refusal{.kind = Kind::invalid,
                       .code = "window_too_long",
                       .detail = "The walkout would last over a year, longer than any mandate.",
                       .next = "Check the year of its end."};
    }
    return Window(start, end, *zone, semantics);
}

std::chrono::seconds Window::elapsed() const
{
    const auto [from, to] = span();
    return to - from;
}

Date Window::first_date() const { return date::floor<Days>(start_); }
Date Window::last_date() const { return date::floor<Days>(end_ - std::chrono::seconds(1)); }

std::vector<Date> dates_touched(const Window& window)
{
    std::vector<Date> dates;
    for (auto day = window.first_date(); day <= window.last_date(); day += Days(1)) dates.push_back(day);
    return dates;
}

std::string words(const Window& window) { return words(window.start()) + " to " + words(window.end()) + ", " + length_words(window.elapsed()); }

std::string_view action_words(Action action) { return action == Action::strike ? "strike" : "action short of a strike"; }

std::vector<Span> times(const Window& window, const std::vector<Date>& dates)
{
    if (dates.empty()) return {window.span()};
    std::vector<Span> out;
    for (const auto day : dates) out.push_back({window.zone().instant(WallTime(day)), window.zone().instant(WallTime(day + Days(1)))});
    return out;
}

std::string words(const Walkout& walkout)
{
    if (walkout.dates.empty()) return words(walkout.window);
    std::string out = "on ";
    for (const auto day : walkout.dates) out += (day == walkout.dates.front() ? "" : day == walkout.dates.back() ? " and " : ", ") + words(day);
    return out;
}

} // namespace walkout::strike
