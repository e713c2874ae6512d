#include "shared/ballot/notice.hpp"

#include <algorithm>

namespace walkout::ballot {
namespace {

std::vector<std::string> names(const std::map<std::string, std::int64_t>& counts)
{
    std::vector<std::string> out;
    for (const auto& [name, number] : counts) out.push_back(name);
    return out;
}

std::vector<NamedNumber> numbers(const std::map<std::string, std::int64_t>& counts)
{
    std::vector<NamedNumber> out;
    for (const auto& [name, number] : counts) out.push_back({name, number});
    return out;
}

} // namespace

NoticeFigures notice_figures(const Roll& roll, const std::string& employer, const law::NoticeItems& items, Date cut_off, std::string_view intends)
{
    std::int64_t total = 0;
    std::map<std::string, std::int64_t> categories;
    std::map<std::string, std::int64_t> workplaces;
    for (const auto& entry : roll.entries) {
        if (entry.employer != employer || entry.overseas) continue;
        ++total;
        ++categories[entry.category.empty() ? "category not recorded" : entry.category];
        ++workplaces[entry.workplace];
    }
    const auto wanted = [&](law::NoticeItem item) { return std::ranges::find(items, item) != items.end(); };
    NoticeFigures out;
    if (wanted(law::NoticeItem::total)) out.total = total;
    if (wanted(law::NoticeItem::per_category)) out.per_category = numbers(categories);
    else if (wanted(law::NoticeItem::categories)) out.categories = names(categories);
    if (wanted(law::NoticeItem::per_workplace)) out.per_workplace = numbers(workplaces);
    else if (wanted(law::NoticeItem::workplaces)) out.workplaces = names(workplaces);
    if (wanted(law::NoticeItem::explanation))
        out.explanation = "Each number is a count of the union's membership register as it stood at the end of " + words(cut_off) +
                          ", corrected since where a member's entry was found to be wrong: the members recorded there as employed by you whom the "
                          "union intends to " +
                          std::string(intends) + ", each counted once, under the category and the workplace recorded for them.";
    return out;
}

} // namespace walkout::ballot
