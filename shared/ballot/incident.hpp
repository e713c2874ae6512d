#pragma once

#include "shared/base/names.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace walkout::ballot {

/// What the scrutineer's report tells of a ballot's course. `code`: a member says that somebody else voted with their code; only how many is told.
/// `suspension`: voting itself was halted, and resumed by two signatures.
enum class IncidentKind { code, incident, outage, suspension };
constexpr auto enum_names(IncidentKind)
{
    return std::to_array<std::pair<IncidentKind, std::string_view>>({{IncidentKind::code, "code"},
                                                                     {IncidentKind::incident, "incident"},
                                                                     {IncidentKind::outage, "outage"},
                                                                     {IncidentKind::suspension, "suspension"}});
}

/// Which way of voting it touched.
enum class Channel { all, online, post };
constexpr auto enum_names(Channel)
{
    return std::to_array<std::pair<Channel, std::string_view>>({{Channel::all, "all"}, {Channel::online, "online"}, {Channel::post, "post"}});
}

/// An incident or an outage, as somebody tells it. An outage that still lasts has no `until`; a later entry corrects it.
struct Happening {
    IncidentKind kind = IncidentKind::incident;
    Channel channel = Channel::all;
    Instant from{};
    std::optional<Instant> until;
    std::string what;                     ///< one plain line; everybody reads it in the report, so it names nobody
    std::optional<std::int64_t> affected; ///< how many members, if known
};

/// Refuses incident_what_missing, incident_in_future, incident_ends_before_it_begins and incident_affected.
Result<void> may_record(const Happening& happening, Instant now);

} // namespace walkout::ballot
