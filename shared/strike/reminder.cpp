#include "shared/strike/reminder.hpp"

namespace walkout::strike {

using std::chrono::hours;

Instant reminder_due(const Post& post, const Zone& zone) { return zone.instant(WallTime(date::floor<Days>(post.from.wall) - Days(1)) + hours(10)); }

bool may_disturb(Instant now, const Zone& zone)
{
    const auto wall = zone.wall(now);
    const auto of_day = wall - date::floor<Days>(wall);
    return of_day >= hours(7) && of_day < hours(21);
}

} // namespace walkout::strike
