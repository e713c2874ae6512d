#include "shared/strike/timetable_calendar.hpp"

#include "shared/strike/calendar_lines.hpp"

namespace walkout::strike {

std::string timetable_calendar(const CalendarSource& source, const ballot::Planned& planned)
{
    const auto& plan = planned.plan;
    const auto marked = [&](const std::string& text) { return (source.rehearsal ? "REHEARSAL: " : "") + text; };
    CalendarLines lines;
    for (const auto* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Walkout//walkoutd//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"})
        lines.add(line);
    lines.text("NAME", marked(plan.title));
    lines.text("X-WR-CALNAME", marked(plan.title));
    for (std::size_t i = 0; i < planned.timetable.steps.size(); ++i) {
        const auto& step = planned.timetable.steps[i];
        lines.add("BEGIN:VEVENT");
        // By its place and rule, so that a date that moves (an extension, an early sending) moves in the calendars too.
        lines.text("UID",
                   "timetable-" + plan.id.text() + "-" + std::to_string(i + 1) + "-" + std::string(name(step.rule.topic)) + "@" + source.domain);
        lines.add(date::format("DTSTAMP:%Y%m%dT%H%M%SZ", source.stamp));
        lines.add(date::format("DTSTART;VALUE=DATE:%Y%m%d", step.day));
        lines.add(date::format("DTEND;VALUE=DATE:%Y%m%d", step.day + Days(1)));
        lines.text("SUMMARY", marked(plan.title + ": " + step.what));
        lines.text("DESCRIPTION", step.rule.words + " (" + law::source_of(step.rule) + ")");
        lines.add("TRANSP:TRANSPARENT");
        lines.add("END:VEVENT");
    }
    lines.add("END:VCALENDAR");
    return lines.take();
}

} // namespace walkout::strike
