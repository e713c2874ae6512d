#pragma once

#include "shared/ballot/office.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/hash.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

/// The first line of every object that is signed: "walkout-object/1|count|probation-2013".
std::string object_title(ApprovalStep step, const BallotId& ballot);

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

// ---- for those who verify the signatures themselves: the trustees before they decrypt (protocol.md 5.6) ----

/// Somebody who may approve, with the key that the trustees confirmed at their ceremony. The server cannot change it afterwards.
struct Approver {
    std::string number;         ///< sign-in name
    Role role = Role::official; ///< scrutineer where they hold that office, whatever else they hold
    SigningPublicKey key{};
    friend bool operator==(const Approver&, const Approver&) = default;
};

/// A signature as the server hands it on.
struct GivenApproval {
    std::string by;
    Instant expires{};
    Signature signature{};
};

/// Two different pinned people, one of them the scrutineer, have signed `object`, and neither signature had expired at `when`. Refuses with
/// "approval_not_proven" and names whose signature is missing, unknown, expired or wrong.
Result<void> verify_approvals(const ApprovalClaim& claim, std::span<const GivenApproval> given, std::span<const Approver> pinned, Instant when);

/// What a count is approved over: each constituency's sealed board. Read from the text that was signed; nullopt where it is not such a text.
struct SealedBoard {
    std::string constituency;
    std::uint64_t height = 0; ///< of the event that ended the ballots
    std::string head;         ///< its hash, 64 hex digits
    friend bool operator==(const SealedBoard&, const SealedBoard&) = default;
};
std::optional<std::vector<SealedBoard>> sealed_boards(const BallotId& ballot, std::string_view count_object);
std::string sealed_board_line(const SealedBoard& board); ///< "board|<constituency>|<height>|<head>"

} // namespace walkout::ballot
