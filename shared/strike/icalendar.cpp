#include "shared/strike/icalendar.hpp"

#include "shared/strike/calendar_lines.hpp"

#include <algorithm>
#include <map>

namespace walkout::strike {
namespace {

using Lines = CalendarLines;

std::string utc(Instant instant) { return date::format("%Y%m%dT%H%M%SZ", instant); }
std::string local(WallTime wall) { return date::format("%Y%m%dT%H%M%S", wall); }

std::string offset(std::chrono::seconds from_utc)
{
    const date::hh_mm_ss parts(std::chrono::abs(from_utc));
    std::string out(from_utc < std::chrono::seconds(0) ? "-" : "+");
    const auto two = [&](auto number) { out += (number < 10 ? "0" : "") + std::to_string(number); };
    two(parts.hours().count());
    two(parts.minutes().count());
    if (parts.seconds() != std::chrono::seconds(0)) two(parts.seconds().count());
    return out;
}

void add_observance(Lines& lines, const date::sys_info& info, Instant starts, std::chrono::seconds offset_before)
{
    const std::string kind = info.save == std::chrono::minutes(0) ? "STANDARD" : "DAYLIGHT";
    lines.add("BEGIN:" + kind);
    lines.add("DTSTART:" + local(WallTime(starts.time_since_epoch() + offset_before)));
    lines.add("TZOFFSETFROM:" + offset(offset_before));
    lines.add("TZOFFSETTO:" + offset(info.offset));
    lines.add("TZNAME:" + info.abbrev);
    lines.add("END:" + kind);
}

/// Each change of the clocks that matters, one by one and without RRULE: tzdb knows the real dates, past and future, of every zone.
/// A year more on either side keeps readers right that look up a neighbouring day.
void add_time_zone(Lines& lines, const Zone& zone, Span needed)
{
    const auto* tz = date::locate_zone(zone.name());
    const auto until = needed.to + Days(366);
    auto info = tz->get_info(needed.from - Days(366));
    lines.add("BEGIN:VTIMEZONE");
    lines.add("TZID:" + zone.name());
    // A zone that has not changed since before 1900 has no beginning to name.
    const auto first = std::max(info.begin, Instant(date::sys_days(date::year{1900} / 1 / 1)));
    const auto before = info.begin < first ? info.offset : tz->get_info(info.begin - std::chrono::seconds(1)).offset;
    add_observance(lines, info, first, before);
    while (info.end < until) {
        const auto next = tz->get_info(info.end);
        if (next.offset != info.offset || next.abbrev != info.abbrev) add_observance(lines, next, next.begin, info.offset);
        info = next;
    }
    lines.add("END:VTIMEZONE");
}

/// A local time that occurs twice means the first by section 3.3.5, but calendar programs (libical, python3-icalendar) read the second: either is
/// given in UTC, which has no two readings.
std::string when(const std::string& property, const Moment& moment, const Zone& zone)
{
    if (is_repeated(moment.wall, zone)) return property + ":" + utc(instant(moment, zone));
    return property + ";TZID=" + zone.name() + ":" + local(moment.wall);
}

struct Event {
    std::string uid;
    std::int64_t sequence;
    Moment from;
    Moment to;
    const Zone& zone;
    std::string summary;
    std::string description;
    std::string location{};
    std::optional<Coordinates> coordinates{};
    bool cancelled;

    Span span() const { return {instant(from, zone), instant(to, zone)}; }
};

std::string marked(const CalendarSource& source, const std::string& text) { return (source.rehearsal ? "REHEARSAL: " : "") + text; }

void add_event(Lines& lines, const CalendarSource& source, const Event& event)
{
    lines.add("BEGIN:VEVENT");
    lines.text("UID", event.uid + "@" + source.domain);
    lines.add("SEQUENCE:" + std::to_string(event.sequence));
    lines.add("DTSTAMP:" + utc(source.stamp));
    lines.add(when("DTSTART", event.from, event.zone));
    lines.add(when("DTEND", event.to, event.zone));
    lines.text("SUMMARY", marked(source, event.summary));
    lines.text("DESCRIPTION", event.description);
    if (!event.location.empty()) lines.text("LOCATION", event.location);
    if (event.coordinates) {
        lines.add("GEO:" + std::to_string(event.coordinates->latitude) + ";" + std::to_string(event.coordinates->longitude));
    }
    lines.add(event.cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    lines.add("TRANSP:TRANSPARENT");
    lines.add("END:VEVENT");
}

std::string calendar(const CalendarSource& source, const std::string& name, const std::vector<Event>& events)
{
    Lines lines;
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//Walkout//walkoutd//EN");
    lines.add("CALSCALE:GREGORIAN");
    lines.add("METHOD:PUBLISH");
    lines.text("NAME", marked(source, name)); // RFC 7986; the next line is what older calendars read
    lines.text("X-WR-CALNAME", marked(source, name));
    lines.add("REFRESH-INTERVAL;VALUE=DURATION:PT1H");

    std::map<std::string, std::pair<const Zone*, Span>> zones;
    for (const auto& event : events) {
        const auto hours = event.span();
        auto& needed = zones.try_emplace(event.zone.name(), &event.zone, hours).first->second.second;
        needed = {std::min(needed.from, hours.from), std::max(needed.to, hours.to)};
    }
    for (const auto& [ignored, zone] : zones) add_time_zone(lines, *zone.first, zone.second);
    for (const auto& event : events) add_event(lines, source, event);
    lines.add("END:VCALENDAR");
    return lines.take();
}

std::string_view summary_words(Action action) { return action == Action::strike ? "Strike" : "Action short of a strike"; }

} // namespace

std::string walkout_calendar(const CalendarSource& source, const Walkout& walkout, const std::vector<Site>& public_sites,
                             const std::vector<std::string>& called)
{
    auto description = words(walkout) + ".";
    if (walkout.state != State::called)
        description += "\nThis walkout " + std::string(walkout.state == State::suspended ? "is suspended: " : "has ended: ") + walkout.reason;
    for (const auto& who : called) description += "\nCalled: " + who;
    for (const auto& site : public_sites) description += "\nPicket: " + site.name + ", " + site.address;
    std::vector<Event> events;
    const auto add = [&](const std::string& which, WallTime start, WallTime end) {
        events.push_back({.uid = "walkout-" + walkout.id.text() + which,
                          .sequence = walkout.sequence,
                          .from = {start},
                          .to = {end},
                          .zone = walkout.window.zone(),
                          .summary = std::string(summary_words(walkout.action)) + ": " + walkout.title,
                          .description = description,
                          .cancelled = walkout.state != State::called});
    };
    if (walkout.dates.empty()) add("", walkout.window.start(), walkout.window.end());
    for (const auto day : walkout.dates) add("-" + text(day), WallTime(day), WallTime(day + Days(1)));
    return calendar(source, walkout.title, events);
}

std::string my_calendar(const CalendarSource& source, const std::vector<MyPost>& posts)
{
    std::vector<Event> events;
    for (const auto& [walkout, site, entrance, post, sign_up] : posts) {
        events.push_back({.uid = "post-" + std::to_string(static_cast<std::int64_t>(post.number)) + "-" + sign_up.member,
                          .sequence = walkout.sequence + sign_up.sequence, // either going up makes the event newer
                          .from = post.from,
                          .to = post.to,
                          .zone = walkout.window.zone(),
                          .summary = "Picket (" + std::string(role_words(post.role)) + "): " + site.name,
                          .description = walkout.title + "\n" + words(post.from, post.to, walkout.window.zone()) + "\n" + entrance.name +
                                         (site.notes.empty() ? "" : "\n" + site.notes),
                          .location = site.name + ", " + site.address,
                          .coordinates = site.coordinates,
                          .cancelled = sign_up.cancelled || walkout.state != State::called});
    }
    return calendar(source, "My picket posts", events);
}

} // namespace walkout::strike
