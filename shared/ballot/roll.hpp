#pragma once

#include "shared/ballot/plan.hpp"
#include "shared/crypto/hash.hpp"

#include <map>
#include <span>

namespace walkout::ballot {

/// A member as the register has them at the cut-off.
struct Candidate {
    std::string number; ///< member number
    std::string branch;
    std::string employer;
    std::string workplace;
    std::string category;
    std::optional<Date> joined; ///< absent: joined before records began
    bool overseas = false;      ///< outside Great Britain throughout voting: may vote, reported apart (TULRCA s.232)
};

/// One person entitled to vote.
struct RollEntry {
    std::string number;
    std::string constituency; ///< a label such as the employer's name; the store ties it to a ConstituencyId
    std::string branch;
    std::string employer;
    std::string workplace;
    std::string category;
    bool overseas = false;
    friend auto operator<=>(const RollEntry&, const RollEntry&) = default;
};

enum class ExclusionReason { joined_after_cut_off, employer, workplace, category, employer_unknown, workplace_unknown };
constexpr auto enum_names(ExclusionReason)
{
    return std::to_array<std::pair<ExclusionReason, std::string_view>>({{ExclusionReason::joined_after_cut_off, "joined_after_cut_off"},
                                                                        {ExclusionReason::employer, "employer_not_balloted"},
                                                                        {ExclusionReason::workplace, "workplace_not_balloted"},
                                                                        {ExclusionReason::category, "category_not_balloted"},
                                                                        {ExclusionReason::employer_unknown, "employer_unknown"},
                                                                        {ExclusionReason::workplace_unknown, "workplace_unknown"}});
}

struct Exclusion {
    std::string number;
    ExclusionReason reason;
};

/// A revision of the roll, sorted by member number.
struct Roll {
    std::int64_t revision = 1;
    std::vector<RollEntry> entries;
};

struct Frozen {
    Roll roll;
    std::vector<Exclusion> exclusions; ///< everybody on the register who is not on the roll, and why
};

/// Applies the plan's entitlement rule. Refuses an empty roll (nobody_entitled), a member number twice (member_twice), and more than one
/// workplace where the plan's ground is that there is only one (several_workplaces).
Result<Frozen> freeze_roll(const BallotPlan& plan, std::span<const Candidate> register_entries);

/// A later change of entitlement, with its reason; together they make the next numbered revision.
struct Correction {
    enum class Kind { add, remove, change };
    Kind kind = Kind::add;
    RollEntry entry; ///< for remove only the number counts
    std::string reason;
};
constexpr auto enum_names(Correction::Kind)
{
    return std::to_array<std::pair<Correction::Kind, std::string_view>>(
        {{Correction::Kind::add, "add"}, {Correction::Kind::remove, "remove"}, {Correction::Kind::change, "change"}});
}
Result<Roll> revise_roll(const Roll& roll, std::span<const Correction> corrections);

/// Where somebody votes: the plan's title, the employer, or "employer, workplace"; overseas members apart from the others, because they
/// are reported apart and one tally cannot be taken to pieces (TULRCA s.232).
std::string constituency_label(const BallotPlan& plan, const Candidate& member);
/// Where somebody who joined after the roll's cut-off would have voted: nobody's where the entitlement rule does not cover their work. They had no
/// vote and may be called on like those they work with (TULRCA s.232A is about those who were entitled and were not balloted).
std::optional<std::string> newcomers_constituency(const BallotPlan& plan, Candidate member);
std::vector<std::string> constituencies_of(const Roll& roll); ///< labels, sorted
std::vector<std::string> employers_of(const Roll& roll);      ///< sorted

/// The statutory figures. Overseas members are counted apart and in none of the other counts (TULRCA ss.231(a), 232).
struct RollCounts {
    std::int64_t entitled = 0;
    std::int64_t overseas = 0;
    std::map<std::string, std::int64_t> by_constituency;
    std::map<std::string, std::int64_t> by_branch;
    std::map<std::string, std::int64_t> by_employer;
    std::map<std::string, std::int64_t> by_workplace; ///< "employer, workplace"
    std::map<std::string, std::int64_t> by_category;
};
RollCounts count(const Roll& roll);
RollCounts count_employer(const Roll& roll, const std::string& employer); ///< what a notice to that employer states

/// "walkout-roll/1|ballot|revision" and one line per entry; fields joined by '|', with '|', '\' and line ends escaped by '\'.
std::string canonical_roll(const BallotId& ballot, const Roll& roll);
Digest roll_hash(const BallotId& ballot, const Roll& roll);

} // namespace walkout::ballot
