#pragma once

#include "shared/strike/cover.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace walkout::strike {

enum class ExemptionNumber : std::int64_t {};

/// A dispensation from the walkout for work that has to be done (life and limb): asked for, decided by two people, for some hours only.
struct Exemption {
    struct Decision {
        std::string number; ///< who decided
        std::string name;
        bool grants = false;
        std::string reason;
        Instant at{};
    };
    enum class State { requested, granted, refused, withdrawn };

    ExemptionNumber number{};
    WalkoutId walkout;
    std::string branch;
    std::string member;       ///< number of whose work it is
    std::string member_name;  ///< as in the register
    std::string work;         ///< "duty desk, ward 7"
    std::string requested_by; ///< name and office, or the employer's
    std::string reason;
    Shift hours;
    Zone::Repeated from_repeated = Zone::Repeated::earlier; ///< which of two, where `hours` begin or end in the hour that autumn repeats
    Zone::Repeated to_repeated = Zone::Repeated::earlier;
    Instant requested_at{};
    std::vector<Decision> decisions{};
    std::optional<Decision> withdrawn{}; ///< who took a grant back, when and why; it grants nothing

    /// Granted by two, refused by one, and a grant withdrawn by one.
    State state() const;
    Moment from() const { return {hours.start, from_repeated}; }
    Moment to() const { return {hours.end, to_repeated}; }
};
constexpr auto enum_names(Exemption::State)
{
    return std::to_array<std::pair<Exemption::State, std::string_view>>({{Exemption::State::requested, "requested"},
                                                                         {Exemption::State::granted, "granted"},
                                                                         {Exemption::State::refused, "refused"},
                                                                         {Exemption::State::withdrawn, "withdrawn"}});
}

/// Refusals: walkout_ended, missing_reason, text_too_long, no_such_time, exemption_backwards, exemption_outside_walkout.
Result<Exemption> request_exemption(const Walkout& walkout, Exemption asked);

/// Refusals: already_decided (by two, or refused), decided_by_you, own_exemption, missing_reason, text_too_long.
Result<Exemption> decide_exemption(Exemption exemption, Exemption::Decision decision);

/// Takes back a grant that should not stand any longer: relief was found, or it was for the wrong member or hours. Refusals: not_granted,
/// own_exemption, missing_reason, text_too_long.
Result<Exemption> withdraw_exemption(Exemption exemption, Exemption::Decision by);

Span span(const Exemption& exemption, const Zone& zone);

} // namespace walkout::strike
