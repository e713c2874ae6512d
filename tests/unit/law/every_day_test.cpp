#include "tests/unit/law/law_support.hpp"

#include "shared/law/timetable.hpp"

#include <chrono>

// The table of law.md 1.8 "Earliest lawful first day of action", written from its words with the standard library's calendar;
// nothing here comes from shared/law but the names of what is compared.

using namespace walkout;
using namespace walkout::law;

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

sys_days civil(int y, unsigned m, unsigned d) { return sys_days(std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d)); }
Date local(sys_days day) { return Date(Days(static_cast<int>(day.time_since_epoch().count()))); }

/// The day before the same day of the month, N months on; the month's last day where it has no such day.
sys_days end_of_months(sys_days begins, int months)
{
    const year_month_day start(begins);
    const int month_index = static_cast<int>(static_cast<unsigned>(start.month())) - 1 + months;
    const auto year = start.year() + std::chrono::years(month_index / 12);
    const auto month = std::chrono::month(static_cast<unsigned>(month_index % 12) + 1);
    const sys_days last_of_month = year / month / std::chrono::last;
    const sys_days wanted = sys_days(year / month / std::chrono::day(1)) + std::chrono::days(static_cast<unsigned>(start.day()) - 1);
    return wanted > last_of_month ? last_of_month : wanted - std::chrono::days(1);
}

struct Expected {
    sys_days notice, sample, report, action, action_agreed, mandate;
    bool begins;
};

Expected from_the_words(bool northern_ireland, sys_days opening, sys_days ballot_date)
{
    const auto first_change = civil(2017, 3, 1);
    const auto second_change = civil(2026, 2, 18);
    const auto received = ballot_date; // the employer is told, and notified, on the date of the ballot
    Expected e{.notice = opening - std::chrono::days(7),
               .sample = opening - std::chrono::days(3),
               .report = ballot_date + std::chrono::days(27),
               .action = received + std::chrono::days(7),
               .action_agreed = received + std::chrono::days(7),
               .mandate = ballot_date + std::chrono::days(27),
               .begins = true};
    if (northern_ireland) return e;
    if (opening >= second_change) e.mandate = end_of_months(ballot_date, 12);
    else if (opening >= first_change) e.mandate = end_of_months(ballot_date, 6);
    e.begins = opening < first_change;
    if (received >= second_change) e.action = e.action_agreed = received + std::chrono::days(10);
    else if (received >= first_change) e.action = received + std::chrono::days(14);
    return e;
}

} // namespace

TEST_SUITE_BEGIN("law/every day");

TEST_CASE("every opening day from 12 May 2006 to 31 December 2035 has the dates of law.md 1.8")
{
    const Rulebook book;
    int days = 0;
    for (auto opening = civil(2006, 5, 12); opening <= civil(2035, 12, 31); opening += std::chrono::days(1), ++days) {
        const auto last = opening + std::chrono::days(days % 61); // voting of every length up to two months
        for (const auto jurisdiction : {GB, NI}) {
            CAPTURE(text(local(opening)));
            CAPTURE(name(jurisdiction));
            Plan plan;
            plan.jurisdiction = jurisdiction;
            plan.opening_day = local(opening);
            plan.closes = WallTime(local(last)) + std::chrono::hours(days % 24 + 1);
            const auto dates = timetable(book, plan).value();
            plan.shorter_notice_agreed = true;
            const auto agreed = timetable(book, plan).value();
            const auto expected = from_the_words(jurisdiction == NI, opening, last);
            REQUIRE(dates.ballot_notice_by == local(expected.notice));
            REQUIRE(dates.sample_paper_by == local(expected.sample));
            REQUIRE(dates.ballot_date == local(last));
            REQUIRE(dates.report_due == local(expected.report));
            REQUIRE(dates.earliest_action == local(expected.action));
            REQUIRE(agreed.earliest_action == local(expected.action_agreed));
            REQUIRE(dates.mandate.day == local(expected.mandate));
            REQUIRE((dates.mandate.limit == Limit::begin_by) == expected.begins);
            // Lawful if both notices come on their last day, refused a day later.
            plan.ballot_notice_received = local(expected.notice);
            plan.sample_paper_received = local(expected.sample);
            const bool returnable = last >= opening + std::chrono::days(2); // s.230(2): a paper can be there and back
            REQUIRE(codes(check_plan(book, plan, local(opening))) == (returnable ? "" : "no_time_to_return"));
            plan.ballot_notice_received = local(expected.notice + std::chrono::days(1));
            plan.sample_paper_received = local(expected.sample + std::chrono::days(1));
            REQUIRE(codes(check_plan(book, plan, local(opening))) ==
                    std::string("ballot_notice_short sample_paper_short") + (returnable ? "" : " no_time_to_return"));
        }
    }
    CHECK(days == 10826);
}

TEST_SUITE_END();
