#include "server/service/look_up_branch.hpp"

#include <algorithm>
#include <numeric>

namespace walkout::service {
namespace {

Result<void> its_co_chair(const Context& context, const std::string& branch)
{
    if (context.caller.holds(ballot::Role::co_chair, branch)) return {};
    return Refusal{.kind = Kind::not_allowed,
                   .code = "not_your_branch",
                   .detail = "Only the co-chairs of " + branch + " look up its members and their workplaces.",
                   .next = "See who you are signed in as with: walkout whoami"};
}

std::string small_letters(std::string text)
{
    for (auto& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

/// How many letters to add, take away or replace (Levenshtein).
std::size_t distance(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        auto before = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto replaced = before + (a[i] == b[j] ? 0 : 1);
            before = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, before + 1});
        }
    }
    return row.back();
}

} // namespace

Result<std::vector<store::Workplace>> workplaces_of(const store::ReadTx& tx, const Context& context, const std::string& branch)
{
    if (const auto allowed = its_co_chair(context, branch); !allowed) return allowed.error();
    return store::workplaces_of_branch(tx, branch);
}

Result<FoundMembers> find_members(const store::ReadTx& tx, const Context& context, const std::string& branch, const std::string& letters)
{
    if (const auto allowed = its_co_chair(context, branch); !allowed) return allowed.error();
    if (letters.size() < 2)
        return Refusal{.kind = Kind::invalid,
                       .code = "too_short",
                       .detail = "Two letters of the name at least: this finds somebody, and lists nobody else.",
                       .next = "Give more of the name."};
    constexpr std::size_t most = 20;
    FoundMembers found{store::members_of_branch_called(tx, branch, letters, most + 1), false};
    found.more = found.members.size() > most;
    if (found.more) found.members.resize(most);
    return found;
}

std::vector<store::Workplace> nearest_workplaces(const store::ReadTx& tx, const strike::Workplace& wanted)
{
    if (wanted.name.size() > 200 || wanted.employer.size() > 200) return {}; // no name is that long
    const auto name = small_letters(wanted.name);
    const auto employer = small_letters(wanted.employer);
    std::vector<std::pair<std::size_t, store::Workplace>> alike;
    for (auto& workplace : store::workplaces(tx)) {
        const auto here = small_letters(workplace.name);
        const bool within = name.size() >= 3 && (here.find(name) != here.npos || name.find(here) != name.npos);
        const auto apart = within ? 1 : distance(name, here);
        if (apart > std::max<std::size_t>(2, name.size() / 3)) continue;
        alike.emplace_back(apart * 100 + std::min<std::size_t>(99, distance(employer, small_letters(workplace.employer))), std::move(workplace));
    }
    std::ranges::stable_sort(alike, {}, &std::pair<std::size_t, store::Workplace>::first);
    std::vector<store::Workplace> nearest;
    for (auto& [apart, workplace] : alike)
        if (nearest.size() < 3) nearest.push_back(std::move(workplace));
    return nearest;
}

std::string nearest_words(const std::vector<store::Workplace>& nearest)
{
    std::string words;
    for (const auto& workplace : nearest) words += (words.empty() ? " The nearest: " : "; ") + workplace.name + " of " + workplace.employer;
    return words.empty() ? words : words + ".";
}

} // namespace walkout::service
