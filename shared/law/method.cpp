#include "shared/law/method.hpp"

#include "shared/law/table.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace walkout::law {
namespace {

struct MethodRow {
    Method method;
    Topic topic;
    std::optional<Provision> provision; ///< what would make it lawful; post always is (ERelA04 s.54(5))
    std::string_view name;
};

constexpr std::array method_rows{MethodRow{Method::post, Topic::voting_by_post, std::nullopt, "Voting by post"},
                                 MethodRow{Method::online, Topic::voting_online, Provision::online, "Voting online"},
                                 MethodRow{Method::hybrid, Topic::voting_hybrid, Provision::hybrid, "Voting by post or online at choice"},
                                 MethodRow{Method::workplace, Topic::voting_at_workplace, Provision::workplace, "Voting in person at work"}};

const MethodRow& row_of(Method method) { return *std::ranges::find(method_rows, method, &MethodRow::method); }

/// "7 October 2013"
std::string plain(Date day)
{
    const date::year_month_day parts(day);
    return std::to_string(static_cast<unsigned>(parts.day())) + date::format(" %B %Y", day);
}

/// The first day from which the method is lawful, if that day is known.
std::optional<Date> lawful_from(const Rulebook& book, Topic topic, Jurisdiction jurisdiction)
{
    for (const auto& row : book.rows())
        if (row.topic == topic && row.jurisdiction == jurisdiction && holds(row)) return row.from;
    return std::nullopt;
}

} // namespace

Topic topic_of(Method method) { return row_of(method).topic; }

Result<void> check_method(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Method method)
{
    if (const auto covered = Rulebook::covers(opening_day); !covered) return covered;
    const auto& row = row_of(method);
    const auto& rule = book.rule(row.topic, jurisdiction, opening_day);
    if (holds(rule)) return {};

    const auto from = lawful_from(book, row.topic, jurisdiction);
    const auto ballot = "for a ballot opened on " + plain(opening_day) + " in " + std::string(country(jurisdiction));
    const auto by_name = std::string(name(method));
    if (from)
        return unlawful(rule, "method_not_lawful", std::string(row.name) + " is not lawful " + ballot + ", only from " + plain(*from) + ".",
                        "Open on or after " + text(*from) + ", or ballot by post.", from);
    // Without a recorded instrument we know only that it was not lawful before the day it could first have been made.
    if (jurisdiction == Jurisdiction::northern_ireland || !row.provision || opening_day < pending(*row.provision).not_before)
        return unlawful(rule, "method_not_lawful", std::string(row.name) + " was not lawful " + ballot + "; voting by post was.", "Ballot by post.");
    return unlawful(rule, "method_not_lawful", std::string(row.name) + " is not known to be lawful " + ballot + ": no commencement is recorded here.",
                    "Ballot by post, or have an official record the instrument: walkout law commence " + by_name + " --from DATE --instrument SI.");
}

} // namespace walkout::law
