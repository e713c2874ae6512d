#pragma once

#include "shared/strike/picket.hpp"

namespace walkout::strike {

/// When those on a post are reminded of it: at ten in the morning, local time, of the day before it begins (field.md 5.4).
Instant reminder_due(const Post& post, const Zone& zone);

/// Outside the quiet hours, 21:00 to 07:00 local time, in which nothing but a cancellation is sent (field.md 5.4).
bool may_disturb(Instant now, const Zone& zone);

} // namespace walkout::strike
