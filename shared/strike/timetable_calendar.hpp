#pragma once

#include "shared/ballot/plan.hpp"
#include "shared/strike/icalendar.hpp"

namespace walkout::strike {

/// The dates of a ballot as whole days of a calendar, each with its rule and source. Same data, same bytes: `source.stamp` is the ballot's own.
std::string timetable_calendar(const CalendarSource& source, const ballot::Planned& planned);

} // namespace walkout::strike
