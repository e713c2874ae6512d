#include "shared/ballot/roll.hpp"

#include <algorithm>
#include <set>

namespace walkout::ballot {
namespace {

bool covers(const std::optional<std::vector<std::string>>& list, const std::string& value)
{
    return !list || std::ranges::find(*list, value) != list->end();
}

std::optional<ExclusionReason> reason_to_exclude(const BallotPlan& plan, const Candidate& member)
{
    const auto rule = plan.entitled.value_or(Entitlement{});
    if (member.joined && *member.joined > plan.roll_cut_off) return ExclusionReason::joined_after_cut_off;
    if (member.employer.empty()) return ExclusionReason::employer_unknown;
    if (member.workplace.empty()) return ExclusionReason::workplace_unknown;
    if (!covers(rule.employers, member.employer)) return ExclusionReason::employer;
    if (!covers(rule.workplaces, member.workplace)) return ExclusionReason::workplace;
    if (!covers(rule.categories, member.category)) return ExclusionReason::category;
    return std::nullopt;
}

std::string workplace_name(const RollEntry& entry) { return entry.employer + ", " + entry.workplace; }

Refusal twice(const std::string& number)
{
    return {Kind::invalid, "member_twice", "Member " + number + " would be on the roll twice.", "Correct the register or the list, and try again."};
}

/// Sorted by number, each once.
Result<Roll> in_order(Roll roll)
{
    std::ranges::sort(roll.entries, {}, &RollEntry::number);
    const auto same = std::ranges::adjacent_find(roll.entries, {}, &RollEntry::number);
    if (same != roll.entries.end()) return twice(same->number);
    return roll;
}

/// "One workplace" of those who vote together: all of them, or each employer's.
bool one_workplace_each(const BallotPlan& plan, const Roll& roll)
{
    std::map<std::string, std::set<std::string>> workplaces;
    for (const auto& entry : roll.entries) workplaces[plan.constituencies == Split::aggregate ? "" : entry.employer].insert(workplace_name(entry));
    return plan.constituencies == Split::per_workplace || std::ranges::all_of(workplaces, [](const auto& group) { return group.second.size() == 1; });
}

template <class Key> std::vector<std::string> distinct(const Roll& roll, Key key)
{
    std::set<std::string> found;
    for (const auto& entry : roll.entries) found.insert(std::invoke(key, entry));
    return {found.begin(), found.end()};
}

RollCounts count_where(const Roll& roll, auto wanted)
{
    RollCounts counts;
    for (const auto& entry : roll.entries) {
        if (!wanted(entry)) continue;
        if (entry.overseas) {
            ++counts.overseas;
            continue;
        }
        ++counts.entitled;
        ++counts.by_constituency[entry.constituency];
        ++counts.by_branch[entry.branch];
        ++counts.by_employer[entry.employer];
        ++counts.by_workplace[workplace_name(entry)];
        ++counts.by_category[entry.category];
    }
    return counts;
}

std::string escaped(const std::string& field)
{
    std::string out;
    for (const char c : field) {
        if (c == '|' || c == '\\') out += '\\';
        if (c == '\n') out += "\\n";
        else if (c == '\r') out += "\\r";
        else out += c;
    }
    return out;
}

} // namespace

std::string constituency_label(const BallotPlan& plan, const Candidate& member)
{
    const auto label = plan.constituencies == Split::aggregate      ? plan.title
                       : plan.constituencies == Split::per_employer ? member.employer
                                                                    : member.employer + ", " + member.workplace;
    return member.overseas ? label + " (overseas members)" : label;
}

std::optional<std::string> newcomers_constituency(const BallotPlan& plan, Candidate member)
{
    member.joined.reset();
    if (reason_to_exclude(plan, member)) return std::nullopt;
    return constituency_label(plan, member);
}

Result<Frozen> freeze_roll(const BallotPlan& plan, std::span<const Candidate> register_entries)
{
    Frozen frozen;
    for (const auto& member : register_entries) {
        if (const auto reason = reason_to_exclude(plan, member)) {
            frozen.exclusions.push_back({member.number, *reason});
            continue;
        }
        frozen.roll.entries.push_back(
            {member.number, constituency_label(plan, member), member.branch, member.employer, member.workplace, member.category, member.overseas});
    }
    auto roll = in_order(std::move(frozen.roll));
    if (!roll) return roll.error();
    frozen.roll = std::move(*roll);
    if (frozen.roll.entries.empty())
        return Refusal{Kind::conflict, "nobody_entitled", "The entitlement rule covers nobody on the register.",
                       "Import the register, or correct the rule in a new plan."};
    if (plan.aggregate_ground == AggregateGround::one_workplace && !one_workplace_each(plan, frozen.roll))
        return Refusal{Kind::invalid, "several_workplaces", "The plan says there is one workplace, but those entitled have several (TULRCA s.228).",
                       "Plan again with the ground that applies, or ballot per_workplace."};
    return frozen;
}

Result<Roll> revise_roll(const Roll& roll, std::span<const Correction> corrections)
{
    Roll next{roll.revision + 1, roll.entries};
    if (corrections.empty()) return Refusal{Kind::invalid, "no_corrections", "There is nothing to correct.", "Give at least one correction."};
    for (const auto& correction : corrections) {
        const auto& number = correction.entry.number;
        if (correction.reason.empty())
            return Refusal{Kind::invalid, "reason_missing", "The correction for member " + number + " gives no reason.",
                           "State the reason; it is kept with the roll."};
        const auto at = std::ranges::find(next.entries, number, &RollEntry::number);
        const bool present = at != next.entries.end();
        if (correction.kind == Correction::Kind::add) {
            if (present) return twice(number);
            next.entries.push_back(correction.entry);
            continue;
        }
        if (!present) return Refusal{Kind::not_found, "not_on_roll", "Member " + number + " is not on the roll.", "Check the number."};
        if (correction.kind == Correction::Kind::remove) next.entries.erase(at);
        else *at = correction.entry;
    }
    return in_order(std::move(next));
}

std::vector<std::string> constituencies_of(const Roll& roll) { return distinct(roll, &RollEntry::constituency); }
std::vector<std::string> employers_of(const Roll& roll) { return distinct(roll, &RollEntry::employer); }

RollCounts count(const Roll& roll)
{
    return count_where(roll, [](const RollEntry&) { return true; });
}
RollCounts count_employer(const Roll& roll, const std::string& employer)
{
    return count_where(roll, [&](const RollEntry& entry) { return entry.employer == employer; });
}

std::string canonical_roll(const BallotId& ballot, const Roll& roll)
{
    std::string out = "walkout-roll/1|" + ballot.text() + "|" + std::to_string(roll.revision) + "\n";
    for (const auto& entry : roll.entries) {
        for (const auto* field : {&entry.number, &entry.constituency, &entry.branch, &entry.employer, &entry.workplace, &entry.category})
            out += escaped(*field) + "|";
        out += entry.overseas ? "overseas\n" : "\n";
    }
    return out;
}

Digest roll_hash(const BallotId& ballot, const Roll& roll) { return sha256(canonical_roll(ballot, roll)); }

} // namespace walkout::ballot
