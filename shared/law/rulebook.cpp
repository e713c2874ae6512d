#include "shared/law/rulebook.hpp"

#include "shared/law/table.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>

namespace walkout::law {
namespace {

auto place(const Rule& rule) { return std::tuple(rule.topic, rule.jurisdiction, rule.from); }
auto line(const Rule& rule) { return std::tuple(rule.topic, rule.jurisdiction); }

} // namespace

Result<void> check(const Amendment& amendment)
{
    const auto& law = pending(amendment.provision);
    if (amendment.instrument.empty())
        return Refusal{.kind = Kind::invalid,
                       .code = "instrument_missing",
                       .detail = "A commencement is recorded with the number of the statutory instrument that makes it.",
                       .next = "Give it, for example --instrument \"S.I. 2026/999\"."};
    if (amendment.from < law.not_before)
        return Refusal{.kind = Kind::unlawful,
                       .code = "commencement_impossible",
                       .detail = "This provision (" + std::string(name(amendment.provision)) + ") cannot have been in force on " +
                                 words(amendment.from) + ": " + std::string(law.why) + ".",
                       .next = "Read the commencement date in the instrument.",
                       .rule = std::string(name(law.rows.front().topic)),
                       .source = std::string(law.rows.front().source),
                       .earliest_lawful = text(law.not_before)};
    return {};
}

Rulebook::Rulebook(const std::vector<Amendment>& amendments) : rows_(shipped_rules())
{
    std::map<Provision, const Amendment*> latest;
    for (const auto& amendment : amendments) latest[amendment.provision] = &amendment;
    for (const auto& [provision, amendment] : latest)
        for (auto row : pending(provision).rows) {
            row.from = amendment->from;
            row.instrument = amendment->instrument;
            rows_.push_back(std::move(row));
        }
    std::ranges::stable_sort(rows_, {}, place);
}

Result<void> Rulebook::covers(Date day)
{
    if (day >= first_covered_day()) return {};
    return Refusal{.kind = Kind::invalid,
                   .code = "not_covered",
                   .detail = "The law before " + words(first_covered_day()) + " is not in Walkout's table, and " + words(day) + " is earlier.",
                   .next = "Use a date from " + text(first_covered_day()) + " on."};
}

const Rule& Rulebook::rule(Topic topic, Jurisdiction jurisdiction, Date day) const&
{
    const auto after = std::ranges::upper_bound(rows_, std::tuple(topic, jurisdiction, day), {}, place);
    if (after == rows_.begin() || line(*std::prev(after)) != std::tuple(topic, jurisdiction))
        throw std::logic_error("no rule " + std::string(name(topic)) + " for " + text(day));
    return *std::prev(after);
}

const Rule& Rulebook::paper_rule(Topic topic, Jurisdiction jurisdiction, Date opening_day, std::optional<Date> sample_served) const
{
    const auto& row = rule(topic, jurisdiction, opening_day);
    const bool saved = row.selector == Selector::opening_day_and_sample_served && sample_served && *sample_served < row.from;
    return saved ? rule(topic, jurisdiction, row.from - Days(1)) : row;
}

std::optional<Date> Rulebook::until(const Rule& rule) const
{
    const auto next = std::ranges::upper_bound(rows_, place(rule), {}, place);
    if (next == rows_.end() || line(*next) != line(rule)) return std::nullopt;
    return next->from;
}

std::optional<Date> Rulebook::unconfirmed_from(const Rule& rule) const
{
    if (until(rule) || !rule.instrument.empty()) return std::nullopt;
    for (const auto& [provision, provision_name] : enum_names(Provision{}))
        for (const auto& row : pending(provision).rows)
            if (line(row) == line(rule)) return pending(provision).not_before;
    return std::nullopt;
}

std::vector<Rule> Rulebook::on(Jurisdiction jurisdiction, Date day) const
{
    std::vector<Rule> out;
    for (const auto& [topic, topic_name] : enum_names(Topic{})) out.push_back(rule(topic, jurisdiction, day));
    return out;
}

Refusal unlawful(const Rule& rule, std::string code, std::string detail, std::string next, std::optional<Date> earliest)
{
    return {.kind = Kind::unlawful,
            .code = std::move(code),
            .detail = std::move(detail),
            .next = std::move(next),
            .rule = std::string(name(rule.topic)),
            .source = source_of(rule),
            .earliest_lawful = earliest ? text(*earliest) : ""};
}

} // namespace walkout::law
