#include "shared/ballot/incident.hpp"

#include "shared/ballot/plain_text.hpp"

namespace walkout::ballot {
namespace {

constexpr std::size_t longest_line = 1000;

}

Result<void> may_record(const Happening& happening, Instant now)
{
    if (happening.what.empty() || happening.what.size() > longest_line || !is_plain_line(happening.what))
        return Refusal{Kind::invalid, "incident_what_missing", "What happened is told in one line of at most 1,000 characters.",
                       "Say what happened, without names: the report publishes it."};
    if (happening.from > now || happening.until.value_or(now) > now)
        return Refusal{Kind::invalid, "incident_in_future", "It would begin or end after now, " + text(now) + ".",
                       "Leave out the end of an outage that still lasts, and correct the entry when it is over."};
    if (happening.until && *happening.until < happening.from)
        return Refusal{Kind::invalid, "incident_ends_before_it_begins", "It would end before it begins.", "Correct the two times."};
    if (happening.affected && (*happening.affected < 0 || *happening.affected > 100'000'000))
        return Refusal{Kind::invalid, "incident_affected", "The number of members affected cannot be right.", "Leave it out where it is not known."};
    return {};
}

} // namespace walkout::ballot
