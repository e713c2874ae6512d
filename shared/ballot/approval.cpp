#include "shared/ballot/approval.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace walkout::ballot {
namespace {

Refusal missing(std::string detail)
{
    return {Kind::conflict, "approval_missing", std::move(detail), "Each of the two signs with walkout ballot approve."};
}

/// Why a signature does not count, or nothing.
std::optional<std::string> fault(const ApprovalClaim& claim, const GivenApproval& given, std::span<const Approver> pinned, Instant when)
{
    const auto who = std::ranges::find(pinned, given.by, &Approver::number);
    if (who == pinned.end()) return "the key of " + given.by + " was not among those confirmed at the ceremony";
    const ApprovalClaim signed_claim{claim.step, claim.ballot, claim.object, given.expires};
    if (!verify_signature(who->key, canonical_approval(signed_claim), given.signature))
        return "the signature of " + given.by + " was not made with the key confirmed at the ceremony, or is over something else";
    if (given.expires <= when) return "the signature of " + given.by + " expired at " + text(given.expires);
    return std::nullopt;
}

} // namespace

std::string object_title(ApprovalStep step, const BallotId& ballot) { return "walkout-object/1|" + std::string(name(step)) + "|" + ballot.text(); }

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

Result<void> verify_approvals(const ApprovalClaim& claim, std::span<const GivenApproval> given, std::span<const Approver> pinned, Instant when)
{
    std::vector<const Approver*> valid;
    std::string faults;
    for (const auto& one : given) {
        if (const auto why = fault(claim, one, pinned, when)) {
            faults += (faults.empty() ? " " : "; ") + *why;
            continue;
        }
        const auto* who = &*std::ranges::find(pinned, one.by, &Approver::number);
        const bool another = std::ranges::none_of(valid, [&](const Approver* earlier) { return earlier->key == who->key; });
        if (another && may_approve(who->role)) valid.push_back(who);
    }
    const bool by_scrutineer = std::ranges::any_of(valid, [](const Approver* who) { return who->role == Role::scrutineer; });
    if (by_scrutineer && valid.size() >= 2) return {};
    std::string scrutineers, others;
    for (const auto& who : pinned) {
        auto& list = who.role == Role::scrutineer ? scrutineers : others;
        list += (list.empty() ? "" : " or ") + who.number;
    }
    const auto lacking = by_scrutineer ? "a second signature is missing, of " + others : "the scrutineer's signature is missing, of " + scrutineers;
    return Refusal{Kind::invalid, "approval_not_proven",
                   "The two signatures for the step \"" + std::string(name(claim.step)) + "\" are not there: " + lacking +
                       (faults.empty() ? "." : ";" + faults + ".")};
}

std::string sealed_board_line(const SealedBoard& board)
{
    return "board|" + board.constituency + "|" + std::to_string(board.height) + "|" + board.head;
}

std::optional<std::vector<SealedBoard>> sealed_boards(const BallotId& ballot, std::string_view count_object)
{
    std::vector<SealedBoard> out;
    bool first = true;
    while (!count_object.empty()) {
        const auto end = count_object.find('\n');
        if (end == std::string_view::npos) return std::nullopt;
        const auto line = count_object.substr(0, end);
        count_object.remove_prefix(end + 1);
        if (std::exchange(first, false)) {
            if (line != object_title(ApprovalStep::count, ballot)) return std::nullopt;
            continue;
        }
        if (!line.starts_with("board|")) continue; // when it closed, and whatever else the two signed
        const auto a = line.find('|', 6);
        const auto b = a == std::string_view::npos ? a : line.find('|', a + 1);
        if (b == std::string_view::npos) return std::nullopt;
        SealedBoard board{std::string(line.substr(6, a - 6)), 0, std::string(line.substr(b + 1))};
        const auto digits = line.substr(a + 1, b - a - 1);
        (void)std::from_chars(digits.data(), digits.data() + digits.size(), board.height);
        if (sealed_board_line(board) != line) return std::nullopt; // the number was not one, or not in its one form
        out.push_back(std::move(board));
    }
    if (first) return std::nullopt;
    return out;
}

} // namespace walkout::ballot
