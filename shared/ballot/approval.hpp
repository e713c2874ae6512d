#pragma once

#include "shared/ballot/office.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"
#include "shared/crypto/hash.hpp"

#include <optional>
#include <span>

namespace walkout::ballot {

/// What needs two signatures of different people, one of them the scrutineer (design.md section 3).
enum class ApprovalStep { open, close_early, extend, replace, resume, count, declare };
constexpr auto enum_names(ApprovalStep)
{
    return std::to_array<std::pair<ApprovalStep, std::string_view>>({{ApprovalStep::open, "open"},
                                                                     {ApprovalStep::close_early, "close"},
                                                                     {ApprovalStep::extend, "extend"},
                                                                     {ApprovalStep::replace, "replace"},
                                                                     {ApprovalStep::resume, "resume"},
                                                                     {ApprovalStep::count, "count"},
                                                                     {ApprovalStep::declare, "declare"}});
}

/// What is signed. The object's hash covers the canonical text that `ballot approve` shows in words.
struct ApprovalClaim {
    ApprovalStep step = ApprovalStep::open;
    BallotId ballot;
    Digest object{};
    Instant expires{};
};

/// "walkout-approval/1|open|probation-2013|<64 hex>|2013-10-01T12:00:00Z"
std::string canonical_approval(const ApprovalClaim& claim);

/// How long a signature may wait for the second one.
inline constexpr std::chrono::hours longest_approval{7 * 24};

/// A signature with the facts pinned when its maker was enrolled.
struct Approval {
    std::string by; ///< official's sign-in name
    Role role = Role::official;
    Digest object{};
    Instant expires{};
};

/// Which offices count beside the scrutineer's: the second person must be one of them.
bool may_approve(Role role);

/// One more signature, already verified against the pinned key. Refuses: not an approving office (not_allowed), the same person twice
/// (already_approved), expired or good for longer than longest_approval, another object than the current one (object_changed).
Result<void> may_add(std::span<const Approval> given, const Approval& next, const Digest& current_object, Instant now);

/// Complete: two different people, one of them as scrutineer, unexpired, over the current object. Otherwise approval_missing, which says
/// who is awaited.
Result<void> approved(std::span<const Approval> given, const Digest& current_object, Instant now);

} // namespace walkout::ballot
