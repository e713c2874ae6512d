#include "shared/law/rule.hpp"

#include <stdexcept>

namespace walkout::law {

std::string_view country(Jurisdiction jurisdiction) { return jurisdiction == Jurisdiction::great_britain ? "Great Britain" : "Northern Ireland"; }

Zone zone_of(Jurisdiction)
{
    const auto zone = Zone::find("Europe/London");
    if (!zone) throw std::runtime_error("the system's time zone database has no Europe/London: install tzdata");
    return *zone;
}

Date Period::last_day(Date first) const { return unit == Unit::weeks ? first + Days(7 * length - 1) : last_day_of_months_beginning(first, length); }

std::string source_of(const Rule& rule)
{
    if (rule.instrument.empty()) return rule.source;
    return rule.source.empty() ? rule.instrument + ", recorded on this server" : rule.source + ", commenced by " + rule.instrument;
}

} // namespace walkout::law
