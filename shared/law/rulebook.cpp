#include "shared/law/rulebook.hpp"

#include "shared/law/table.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <stdexcept>
#include <tuple>

namespace walkout::law {
namespace {

auto place(const Rule& rule) { return std::tuple(rule.topic, rule.jurisdiction, rule.from); }
auto line(const Rule& rule) { return std::tuple(rule.topic, rule.jurisdiction); }

} // namespace

namespace {

/// "S.I. 2026/999" or "2026 c. 12": a year, and a number in it.
bool names_instrument(const std::string& text)
{
    static const std::regex number(R"((^|[^0-9])(19|20)[0-9]{2}( ?/ ?[0-9]+|,? c\.? ?[0-9]+))");
    return std::regex_search(text, number);
}

} // namespace

Result<void> check(const Amendment& amendment)
{
    const auto& law = pending(amendment.provision);
    if (!names_instrument(amendment.instrument))
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

Result<void> check(const Setting& setting)
{
    const auto refuse = [&](Kind kind, const char* code, std::string detail, std::string next) {
        return Refusal{.kind = kind, .code = code, .detail = std::move(detail), .next = std::move(next), .rule = std::string(name(setting.topic))};
    };
    if (setting.source.empty())
        return refuse(Kind::invalid, "instrument_missing", "A rule is recorded with the place where it was read.",
                      "Give the enactment and its section, for example --source \"NI Order 1995 art 108(4), read on legislation.gov.uk\".");
    if (const auto covered = Rulebook::covers(setting.from); !covered) return covered;
    if (!fits(setting.topic, setting.value))
        return refuse(Kind::malformed, "setting_malformed", "That is no value of this rule.", "Write it as: " + form_of(setting.topic) + ".");
    const Rulebook shipped;
    const auto& row = shipped.rule(setting.topic, setting.jurisdiction, setting.from);
    if (const auto from = shipped.unconfirmed_from(row); from && setting.from >= *from)
        return refuse(Kind::invalid, "setting_is_commencement", "This rule changes by the commencement of an enactment that is known here.",
                      "Record that with: walkout law commence.");
    if (is_verified(row) && setting.from <= last_read_day())
        return unlawful(row, "rule_verified",
                        "The rule in force on " + words(setting.from) + " was read in the enactment itself, as it stood on " +
                            words(last_read_day()) + ".",
                        "Only a rule not verified, or a change after that day, can be recorded.", last_read_day() + Days(1));
    if (is_verified(row) && !names_instrument(setting.source))
        return refuse(Kind::invalid, "instrument_missing",
                      "The rule up to now was read in the enactment itself, so what changes it is recorded with the number of its instrument or Act.",
                      "Give it, for example --source \"S.I. 2026/999, reg 3\" or \"2027 c. 12, s. 4\".");
    return {};
}

namespace {

bool by_opening_day(const Rule& row) { return row.selector == Selector::opening_day || row.selector == Selector::opening_day_and_sample_served; }

Rule row_of(const Setting& setting, Selector selector)
{
    return {.topic = setting.topic,
            .jurisdiction = setting.jurisdiction,
            .from = setting.from,
            .selector = selector,
            .value = setting.value,
            .words = in_words(setting.topic, setting.value),
            .source = {},
            .confidence = Confidence::high,
            .instrument = setting.source};
}

} // namespace

Rulebook::Rulebook(const std::vector<Amendment>& amendments, const std::vector<Setting>& settings) : rows_(shipped_rules())
{
    std::map<std::pair<Provision, Topic>, Rule> latest;
    for (const auto& amendment : amendments)
        for (auto row : pending(amendment.provision).rows) {
            if (amendment.after_opening && by_opening_day(row)) continue;
            row.from = amendment.from;
            row.instrument = amendment.instrument;
            latest.insert_or_assign({amendment.provision, row.topic}, std::move(row));
        }
    for (auto& [key, row] : latest) rows_.push_back(std::move(row));
    for (const auto& setting : settings) {
        const auto oldest = std::ranges::find(shipped_rules(), std::tuple(setting.topic, setting.jurisdiction), line);
        auto row = row_of(setting, oldest->selector);
        if (!(setting.after_opening && by_opening_day(row))) rows_.push_back(std::move(row));
    }
    std::ranges::stable_sort(rows_, {}, place);
    // Of rows that begin on one day the later recorded counts.
    const auto twice = [](const Rule& a, const Rule& b) { return place(a) == place(b); };
    for (auto at = std::ranges::adjacent_find(rows_, twice); at != rows_.end(); at = std::ranges::adjacent_find(rows_, twice)) rows_.erase(at);
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

std::vector<Rule> Rulebook::unverified(Jurisdiction jurisdiction, Date day) const
{
    auto out = on(jurisdiction, day);
    std::erase_if(out, [](const Rule& row) { return is_verified(row); });
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
