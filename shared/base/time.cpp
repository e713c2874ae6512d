#include "shared/base/time.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace walkout {
namespace {

/// Whether text has a digit where the pattern has a 0, and elsewhere the same characters.
bool has_form(std::string_view text, std::string_view pattern)
{
    return std::ranges::equal(text, pattern, [](char c, char p) { return p == '0' ? c >= '0' && c <= '9' : c == p; });
}

/// Two-way: what parses must print back to the same bytes, so "2013-02-30" is refused. Its form is looked at first: date::parse reads more than
/// it prints (and a zero byte among the seconds as not a number, which it then converts).
template <class T> std::optional<T> parse_exactly(std::string_view text, const char* format, std::string_view pattern)
{
    if (!has_form(text, pattern)) return std::nullopt;
    std::istringstream in{std::string(text)};
    T value;
    in >> date::parse(format, value);
    if (in.fail() || date::format(format, value) != text) return std::nullopt;
    return value;
}

} // namespace

std::optional<Date> parse_date(std::string_view text) { return parse_exactly<Date>(text, "%Y-%m-%d", "0000-00-00"); }

std::optional<WallTime> parse_wall(std::string_view text)
{
    constexpr std::string_view pattern = "0000-00-00T00:00:00";
    if (text.size() == 16) return parse_exactly<WallTime>(std::string(text) + ":00", "%Y-%m-%dT%H:%M:%S", pattern);
    return parse_exactly<WallTime>(text, "%Y-%m-%dT%H:%M:%S", pattern);
}

std::optional<Instant> parse_instant(std::string_view text) { return parse_exactly<Instant>(text, "%Y-%m-%dT%H:%M:%SZ", "0000-00-00T00:00:00Z"); }

std::string text(Date date) { return date::format("%Y-%m-%d", date); }

std::string text(WallTime wall)
{
    const bool whole_minute = wall.time_since_epoch() % std::chrono::minutes(1) == std::chrono::seconds(0);
    return whole_minute ? date::format("%Y-%m-%dT%H:%M", date::floor<std::chrono::minutes>(wall)) : date::format("%Y-%m-%dT%H:%M:%S", wall);
}

std::string text(Instant instant) { return date::format("%Y-%m-%dT%H:%M:%SZ", instant); }

std::string words(Date date)
{
    const auto day = date::year_month_day(date).day();
    return date::format("%A ", date) + std::to_string(static_cast<unsigned>(day)) + date::format(" %B %Y", date);
}

std::string words(WallTime wall)
{
    const auto day = date::floor<Days>(wall);
    const date::hh_mm_ss clock(wall - day);
    const auto hour = clock.hours().count();
    const auto minute = clock.minutes().count();
    std::string hands;
    if (minute == 0 && hour == 12) hands = "12 noon";
    else if (minute == 0 && hour == 0) hands = "12 midnight at the start";
    else {
        hands = std::to_string((hour + 11) % 12 + 1);
        if (minute != 0) hands += (minute < 10 ? ":0" : ":") + std::to_string(minute);
        hands += hour < 12 ? "am" : "pm";
    }
    return hands + (hour == 0 && minute == 0 ? " of " : " on ") + words(day);
}

Date last_day_of_months_beginning(Date first, int months)
{
    const date::year_month_day start(first);
    auto end = start + date::months(months);
    if (!end.ok()) end = end.year() / end.month() / date::last; // 31 August + 6 months ends with February
    else return Date(end) - Days(1);
    return Date(end);
}

std::optional<Zone> Zone::find(std::string_view name)
{
    try {
        return Zone(date::locate_zone(std::string(name)));
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

std::string Zone::name() const { return zone_->name(); }
WallTime Zone::wall(Instant instant) const { return zone_->to_local(instant); }
Date Zone::date(Instant instant) const { return date::floor<Days>(wall(instant)); }
std::string Zone::abbreviation(Instant instant) const { return zone_->get_info(instant).abbrev; }

Instant Zone::instant(WallTime wall, Repeated repeated) const
{
    return zone_->to_sys(wall, repeated == Repeated::earlier ? date::choose::earliest : date::choose::latest);
}

bool Zone::exists(WallTime wall) const { return zone_->get_info(wall).result != date::local_info::nonexistent; }

std::string tzdb_version()
{
    std::ifstream file("/usr/share/zoneinfo/tzdata.zi");
    std::string hash, word, version;
    if (file >> hash >> word >> version && word == "version") return version;
    return "unknown";
}

} // namespace walkout
