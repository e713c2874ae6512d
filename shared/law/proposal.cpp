#include "shared/law/proposal.hpp"

#include <algorithm>

namespace walkout::law {
namespace {

constexpr auto noon = std::chrono::hours(12);

std::int64_t voting_days(const Rulebook& book, const Wish& wish, Date opening_day)
{
    return wish.days.value_or(std::get<ReturnDays>(book.rule(Topic::return_time, wish.jurisdiction, opening_day).value).first_class);
}

Plan plan_of(const Rulebook& book, const Wish& wish, Date opening_day)
{
    return {.jurisdiction = wish.jurisdiction,
            .method = wish.method,
            .opening_day = opening_day,
            .closes = closing_for(book, wish, opening_day),
            .ballot_notice_received = {},
            .sample_paper_received = {},
            .shorter_notice_agreed = wish.shorter_notice_agreed};
}

} // namespace

WallTime closing_for(const Rulebook& book, const Wish& wish, Date opening_day)
{
    return WallTime(opening_day + Days(voting_days(book, wish, opening_day))) + noon;
}

Result<Plan> fastest(const Rulebook& book, const Wish& wish)
{
    auto opening_day = wish.today;
    // Each refusal says the earliest day it would accept; that day may meet a later rule, so it is asked again.
    for (;;) {
        if (const auto covered = Rulebook::covers(opening_day); !covered) return covered.error();
        const auto plan = plan_of(book, wish, opening_day);
        const auto refusals = check_plan(book, plan, wish.today);
        if (refusals.empty()) return plan;
        for (const auto& refusal : refusals) {
            const auto earliest = parse_date(refusal.earliest_lawful);
            if (!earliest || *earliest <= plan.opening_day) return refusal;
            opening_day = std::max(opening_day, *earliest);
        }
    }
}

Result<Plan> latest_for(const Rulebook& book, const Wish& wish, Date first_action)
{
    if (const auto covered = Rulebook::covers(first_action); !covered) return covered.error();
    const auto ballot_date = latest_notice(book, wish.jurisdiction, first_action, wish.shorter_notice_agreed);
    // How long voting should last is itself advice of the opening day.
    const auto opening_day = ballot_date - Days(voting_days(book, wish, ballot_date));
    if (const auto covered = Rulebook::covers(opening_day); !covered) return covered.error();
    auto plan = plan_of(book, wish, opening_day);
    plan.closes = WallTime(ballot_date) + noon;
    return plan;
}

} // namespace walkout::law
