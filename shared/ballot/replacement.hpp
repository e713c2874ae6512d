#pragma once

#include "shared/ballot/plan.hpp"
#include "shared/crypto/hash.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace walkout::ballot {

// Changes of voting codes after they were made (protocol.md 5.1): the list of credentials is fixed for ever, so a lost code gives way to a spare.

/// What becomes of credentials: one goes and a spare comes, a spare comes, or one goes.
enum class CodeChange { replace, activate, revoke };
constexpr auto enum_names(CodeChange)
{
    return std::to_array<std::pair<CodeChange, std::string_view>>(
        {{CodeChange::replace, "replace"}, {CodeChange::activate, "activate"}, {CodeChange::revoke, "revoke"}});
}

/// Why, from a fixed list. A code that has not arrived is sent again to the right address: that is no reason to replace it.
enum class ChangeReason { lost, misdirected, disclosed, unreadable, late_entitlement, not_entitled };
constexpr auto enum_names(ChangeReason)
{
    return std::to_array<std::pair<ChangeReason, std::string_view>>({{ChangeReason::lost, "lost"},
                                                                     {ChangeReason::misdirected, "misdirected"},
                                                                     {ChangeReason::disclosed, "disclosed"},
                                                                     {ChangeReason::unreadable, "unreadable"},
                                                                     {ChangeReason::late_entitlement, "late_entitlement"},
                                                                     {ChangeReason::not_entitled, "not_entitled"}});
}
std::string_view in_words(ChangeReason reason); ///< "lost", "sent to somebody else", ...

CodeChange change_for(ChangeReason reason); ///< each reason belongs to one kind of change

/// One change of a batch, with everything that its two signatures bind.
struct MemberChange {
    std::string number; ///< the member's
    ChangeReason reason = ChangeReason::lost;
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string constituency_name;
    std::optional<std::string> credential_out; ///< public credential that is revoked
    std::optional<std::string> credential_in;  ///< spare that becomes live
    friend bool operator==(const MemberChange&, const MemberChange&) = default;
};

/// What two people sign, as they read it and as it is hashed. Whose code is replaced is known to have not voted, and under which credential somebody
/// votes shows on the board whether they do: neither must the union's officials learn. So the text names only members whose entitlement changes, and
/// joins members to credentials by hashes under the batch's salt, which the scrutineer has.
struct ReplacementText {
    std::vector<std::string> words;
    std::string canonical;
};
ReplacementText replacement_text(const BallotId& ballot, const std::string& title, std::int64_t batch, const std::string& salt,
                                 std::span<const MemberChange> changes);

} // namespace walkout::ballot
