#pragma once

#include "shared/strike/call.hpp"

namespace walkout::strike {

/// What union and one employer agreed: that the action ceases to be authorised with effect from a date, and may again be with effect from another
/// (TULRCA s.234A(7B)). Then the notice which the employer had stays good.
struct SuspensionAgreement {
    std::string employer;
    std::string agreed_by; ///< for the employer: name and position
    Date made_on{};        ///< before the action ceased to be authorised; one made later may only move the date of a first one further away
    Date suspended_from{};
    Date resumes_on{}; ///< not before this date
    std::string evidence;
};

/// Refuses evidence_missing, not_plain_text, agreement_in_future and agreement_dates (the action cannot resume before it is suspended). No day
/// may be beyond `today`, but the two dates agreed.
Result<void> check(const SuspensionAgreement& agreement, Date today);

/// One employer of a suspended walkout.
struct SuspendedPart {
    MandateFacts mandate; ///< towards this employer; `employers` is not read
    EmployerFacts employer;
    std::vector<SuspensionAgreement> agreements; ///< with this employer, about this walkout, in the order recorded
};

/// Puts a suspended walkout on again, for what is left of it. Each employer must have agreed to that beforehand, or have received since the
/// suspension a notice of action that covers the rest: one notice operates only until the action ceases to be authorised (s.234A(7)).
/// Refusals: walkout_ended, not_suspended, missing_reason, walkout_over, no_mandate, those of law::check_action, resumption_needs_notice (with what would be
/// lawful), resumption_too_early, and law_not_verified where the law on agreements was not read.
Result<Walkout> resume(Walkout walkout, std::string reason, const CallFacts& facts, const std::vector<SuspendedPart>& parts);

} // namespace walkout::strike
