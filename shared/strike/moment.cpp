#include "shared/strike/moment.hpp"

namespace walkout::strike {
namespace {

std::string clock_words(const Moment& moment, const Zone& zone)
{
    const auto clock = strike::clock_words(moment.wall);
    return is_repeated(moment.wall, zone) ? clock + " (" + zone.abbreviation(instant(moment, zone)) + ")" : clock;
}

} // namespace

bool is_repeated(WallTime wall, const Zone& zone) { return zone.instant(wall, Zone::Repeated::earlier) != zone.instant(wall, Zone::Repeated::later); }

Instant instant(const Moment& moment, const Zone& zone) { return zone.instant(moment.wall, moment.repeated); }

std::string words(const Moment& moment, const Zone& zone)
{
    if (!is_repeated(moment.wall, zone)) return words(moment.wall);
    return clock_words(moment, zone) + " on " + words(date::floor<Days>(moment.wall));
}

std::string words(const Moment& from, const Moment& to, const Zone& zone)
{
    const bool same_day = date::floor<Days>(from.wall) == date::floor<Days>(to.wall);
    return (same_day ? clock_words(from, zone) : words(from, zone)) + " to " + words(to, zone);
}

std::string clock_words(WallTime wall)
{
    const auto since_midnight = wall - date::floor<Days>(wall);
    if (since_midnight == std::chrono::hours(0)) return "12 midnight";
    const auto full = words(wall);
    return full.substr(0, full.rfind(" on "));
}

std::string length_words(std::chrono::seconds elapsed)
{
    const auto count = [](auto number, const std::string& unit) { return std::to_string(number) + " " + unit + (number == 1 ? "" : "s"); };
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(elapsed).count();
    if (minutes < 60) return count(minutes, "minute");
    return count(minutes / 60, "hour") + (minutes % 60 == 0 ? "" : " " + count(minutes % 60, "minute"));
}

Result<WallTime> existing(WallTime wall, const Zone& zone)
{
    if (zone.exists(wall)) return wall;
    return Refusal{.kind = Kind::invalid,
                   .code = "no_such_time",
                   .detail = "There is no " + words(wall) + ": the clocks in " + zone.name() + " go forward past it.",
                   .next = "Choose a time before or after the change."};
}

} // namespace walkout::strike
