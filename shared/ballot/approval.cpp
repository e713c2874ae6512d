#include "shared/ballot/approval.hpp"

#include <algorithm>
#include <vector>

namespace walkout::ballot {
namespace {

Refusal missing(std::string detail)
{
    return {Kind::conflict, "approval_missing", std::move(detail), "Each of the two signs with walkout ballot approve."};
}

} // namespace

std::string canonical_approval(const ApprovalClaim& claim)
{
    return "walkout-approval/1|" + std::string(name(claim.step)) + "|" + claim.ballot.text() + "|" + hex(claim.object) + "|" + text(claim.expires);
}

bool may_approve(Role role) { return role == Role::scrutineer || role == Role::general_secretary || role == Role::official; }

Result<void> may_add(std::span<const Approval> given, const Approval& next, const Digest& current_object, Instant now)
{
    if (!may_approve(next.role))
        return Refusal{Kind::not_allowed, "not_an_approver", "Only the scrutineer, the general secretary or an enrolled official can sign this.",
                       "Ask one of them."};
    if (next.object != current_object)
        return Refusal{Kind::conflict, "object_changed", "What you signed is not what stands now.", "Read it again and sign that."};
    if (next.expires <= now) return Refusal{Kind::invalid, "approval_expired", "The signature expired at " + text(next.expires) + ".", "Sign again."};
    if (next.expires > now + longest_approval)
        return Refusal{Kind::invalid, "approval_too_long", "A signature may wait at most seven days for the second one.",
                       "Sign with an earlier expiry."};
    const auto counts = [&](const Approval& earlier) { return earlier.by == next.by && earlier.object == current_object && earlier.expires > now; };
    if (std::ranges::any_of(given, counts))
        return Refusal{Kind::conflict, "already_approved", "You have signed this already; nobody signs twice.", "Another person signs now."};
    return {};
}

Result<void> approved(std::span<const Approval> given, const Digest& current_object, Instant now)
{
    std::vector<Approval> valid;
    for (const auto& approval : given) {
        const bool another = std::ranges::none_of(valid, [&](const Approval& earlier) { return earlier.by == approval.by; });
        if (another && may_approve(approval.role) && approval.object == current_object && approval.expires > now) valid.push_back(approval);
    }
    const auto scrutineers = std::ranges::count(valid, Role::scrutineer, &Approval::role);
    if (scrutineers == 0)
        return missing(valid.empty() ? "Nobody has signed yet: two people must, one of them the scrutineer." : "The scrutineer has not signed yet.");
    if (valid.size() < 2) return missing("The scrutineer has signed; a second person has not.");
    return {};
}

} // namespace walkout::ballot
