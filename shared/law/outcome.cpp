#include "shared/law/outcome.hpp"

#include <algorithm>
#include <initializer_list>

namespace walkout::law {
namespace {

constexpr std::int64_t most_people = 1'000'000'000; // keeps every product of a test far inside 64 bits

Result<void> possible(const Tally& tally)
{
    const auto refuse = [](std::string detail) {
        return Refusal{.kind = Kind::invalid, .code = "figures_impossible", .detail = std::move(detail), .next = "Check the figures."};
    };
    for (const auto figure : {tally.yes, tally.no, tally.spoiled, tally.entitled.value_or(0)})
        if (figure < 0 || figure > most_people) return refuse("A figure of votes must lie between 0 and " + std::to_string(most_people) + ".");
    if (tally.entitled && tally.cast() > *tally.entitled)
        return refuse(std::to_string(tally.cast()) + " votes were cast by " + std::to_string(*tally.entitled) + " entitled.");
    return {};
}

std::string product(std::int64_t factor, std::int64_t value) { return (factor == 1 ? "" : std::to_string(factor) + "×") + std::to_string(value); }

/// share of `part` in `whole`, by multiplication across: denominator × part against numerator × whole.
Test at_least(const Rule& rule, Share share, std::int64_t part, std::int64_t whole)
{
    return {.topic = rule.topic,
            .asks = std::string(rule.words),
            .sum = product(share.denominator, part) + " ≥ " + product(share.numerator, whole),
            .met = share.denominator * part >= share.numerator * whole,
            .binding = true,
            .source = source_of(rule)};
}

Test more_than(const Rule& rule, std::int64_t yes, std::int64_t base, const std::string& of)
{
    const auto& share = std::get<Share>(rule.value);
    const auto fraction = share.numerator == 1 && share.denominator == 2 ? "half" : value_text(rule.value);
    return {.topic = rule.topic,
            .asks = "more than " + fraction + " of " + of + " must be Yes",
            .sum = product(share.denominator, yes) + " > " + product(share.numerator, base),
            .met = share.denominator * yes > share.numerator * base,
            .binding = true,
            .source = source_of(rule)};
}

Refusal entitled_missing(const Rule& rule)
{
    return unlawful(rule, "entitled_missing", "The law of this opening day asks how many were entitled to vote: " + std::string(rule.words) + ".",
                    "Give the number entitled.");
}

} // namespace

std::string Test::answer() const { return sum + (met ? "? yes" : "? no"); }

std::optional<bool> Outcome::met(Topic topic) const
{
    const auto test = std::ranges::find_if(tests, [&](const Test& t) { return t.topic == topic && t.binding; });
    if (test == tests.end()) return std::nullopt;
    return test->met;
}

std::optional<std::string> percent(std::int64_t part, std::int64_t whole)
{
    if (whole == 0) return std::nullopt;
    auto hundredths = (2 * 10'000 * part + whole) / (2 * whole);
    for (const std::int64_t threshold : {4'000, 5'000})
        if (hundredths == threshold && 10'000 * part < threshold * whole) --hundredths;
    const auto places = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + (places.size() == 1 ? ".0" : ".") + places;
}

std::string yes_in_percent(const Tally& tally)
{
    const auto of_valid = percent(tally.yes, tally.yes + tally.no);
    const auto of_all = percent(tally.yes, tally.cast());
    if (!of_all) return {};
    return (of_valid ? "Yes " + *of_valid + "% of valid votes, " : "Yes ") + *of_all + "% of all papers returned";
}

Result<Outcome> judge(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, const Tally& tally, bool important_public_service)
{
    if (const auto covered = Rulebook::covers(opening_day); !covered) return covered.error();
    if (const auto sane = possible(tally); !sane) return sane.error();
    const auto row = [&](Topic topic) -> const Rule& { return book.rule(topic, jurisdiction, opening_day); };
    Outcome out;

    const auto& turnout = row(Topic::turnout_threshold);
    if (const auto* share = value_of<Share>(turnout)) {
        if (!tally.entitled) return entitled_missing(turnout);
        out.tests.push_back(at_least(turnout, *share, tally.cast(), *tally.entitled));
    }
    const auto& support = row(Topic::support_threshold);
    if (const auto* share = value_of<Share>(support); share != nullptr && important_public_service) {
        if (!tally.entitled) return entitled_missing(support);
        out.tests.push_back(at_least(support, *share, tally.yes, *tally.entitled));
    }

    // s.297A makes spoiled papers count as voting, so on its words they are in the base of the majority too; no court has said so, and an
    // official may record otherwise. Unions publish Yes as a share of valid votes. The strict test decides; both are shown.
    const auto& majority = row(Topic::majority);
    auto of_valid = more_than(majority, tally.yes, tally.yes + tally.no, "valid votes");
    const auto& spoiled = row(Topic::spoiled_papers_count);
    if (holds(spoiled) && holds(row(Topic::spoiled_in_majority))) {
        auto of_all = more_than(majority, tally.yes, tally.cast(), "all papers returned, spoiled ones too,");
        of_all.source += ", " + source_of(spoiled);
        of_valid.binding = false;
        if (of_all.met != of_valid.met)
            out.warnings.push_back("Yes is a majority of valid votes (" + of_valid.sum + ") but not of all papers returned (" + of_all.sum +
                                   "). TULRCA s.297A counts spoiled papers as voting, so Walkout calls this not supported; take legal advice.");
        out.tests.push_back(std::move(of_all));
    }
    out.tests.push_back(std::move(of_valid));
    out.supported = std::ranges::all_of(out.tests, [](const Test& test) { return test.met || !test.binding; });
    return out;
}

} // namespace walkout::law
