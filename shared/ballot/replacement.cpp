#include "shared/ballot/replacement.hpp"

#include "shared/ballot/approval.hpp"
#include <map>

namespace walkout::ballot {
namespace {

/// A member or a credential as it is signed: only who has the salt can tell which.
std::string hidden(const BallotId& ballot, const std::string& salt, const std::string& what)
{
    return hex(sha256("walkout-replacement|" + ballot.text() + "|" + salt + "|" + what));
}
std::string hidden(const BallotId& ballot, const std::string& salt, const std::optional<std::string>& credential)
{
    return credential ? hidden(ballot, salt, *credential) : std::string();
}

std::string codes(std::int64_t count) { return count == 1 ? "1 voting code" : std::to_string(count) + " voting codes"; }

} // namespace

std::string_view in_words(ChangeReason reason)
{
    switch (reason) {
    case ChangeReason::lost: return "lost";
    case ChangeReason::misdirected: return "sent to somebody else";
    case ChangeReason::disclosed: return "seen by somebody else";
    case ChangeReason::unreadable: return "unreadable";
    case ChangeReason::late_entitlement: return "entitled late";
    case ChangeReason::not_entitled: return "not entitled";
    }
    throw std::logic_error("an unknown reason");
}

CodeChange change_for(ChangeReason reason)
{
    switch (reason) {
    case ChangeReason::late_entitlement: return CodeChange::activate;
    case ChangeReason::not_entitled: return CodeChange::revoke;
    case ChangeReason::lost:
    case ChangeReason::misdirected:
    case ChangeReason::disclosed:
    case ChangeReason::unreadable: return CodeChange::replace;
    }
    throw std::logic_error("an unknown reason");
}

ReplacementText replacement_text(const BallotId& ballot, const std::string& title, std::int64_t batch, const std::string& salt,
                                 std::span<const MemberChange> changes)
{
    ReplacementText text;
    text.canonical = object_title(ApprovalStep::replace, ballot) + "\nbatch|" + std::to_string(batch) + "\n";
    text.words.push_back("Change voting codes, batch " + std::to_string(batch) + ": " + title + " (" + ballot.text() + ")");
    std::map<std::pair<std::string, ChangeReason>, std::int64_t> replaced;
    std::map<std::string, const MemberChange*> entitlement; // by number, so that their order says nothing of the lines before
    for (const auto& change : changes) {
        const auto kind = change_for(change.reason);
        text.canonical += "change|" + std::string(name(kind)) + "|" + change.constituency.text() + "|" + std::string(name(change.reason)) + "|" +
                          hidden(ballot, salt, change.number) + "|" + hidden(ballot, salt, change.credential_out) + "|" +
                          hidden(ballot, salt, change.credential_in) + "\n";
        if (kind == CodeChange::replace) ++replaced[{change.constituency_name, change.reason}];
        else entitlement.emplace(change.number, &change);
    }
    for (const auto& [what, count] : replaced)
        text.words.push_back(what.first + ": " + codes(count) + " replaced (" + std::string(in_words(what.second)) + "); the old " +
                             (count == 1 ? "one stops" : "ones stop") + " working");
    for (const auto& [number, change] : entitlement) {
        text.canonical += "entitlement|" + std::string(name(change->reason)) + "|" + number + "|" + change->constituency.text() + "\n";
        text.words.push_back(change->constituency_name + ": member " + number +
                             (change->reason == ChangeReason::late_entitlement ? " is entitled late and gets a spare voting code"
                                                                               : " is not entitled; their unused voting code is revoked"));
    }
    return text;
}

} // namespace walkout::ballot
