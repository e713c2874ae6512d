#include "tests/unit/law/law_support.hpp"

#include "shared/law/timetable.hpp"

using namespace walkout;
using namespace walkout::law;

namespace {

Plan napo_2013()
{
    return {.jurisdiction = GB,
            .method = Method::post,
            .opening_day = on("2013-10-07"),
            .closes = at("2013-10-28T12:00"),
            .ballot_notice_received = on("2013-09-30"),
            .sample_paper_received = on("2013-10-04"),
            .shorter_notice_agreed = false};
}

std::string warnings(const Plan& plan)
{
    std::string out;
    for (const auto& warning : advise(Rulebook(), plan)) out += warning.code + " ";
    return out;
}

} // namespace

TEST_SUITE_BEGIN("law/timetable");

TEST_CASE("s.246: the date of the ballot is the local day of the last instant before closing")
{
    CHECK(ballot_date(at("2013-10-28T12:00")) == on("2013-10-28"));
    CHECK(ballot_date(at("2013-10-29T00:00")) == on("2013-10-28"));
    CHECK(ballot_date(at("2013-10-29T00:00:01")) == on("2013-10-29"));
}

TEST_CASE("1.8: the timetable of a ballot of October 2013")
{
    const auto dates = timetable(Rulebook(), napo_2013()).value();
    CHECK(text(dates.ballot_notice_by) == "2013-09-30");
    CHECK(text(dates.sample_paper_by) == "2013-10-04");
    CHECK(text(dates.ballot_date) == "2013-10-28");
    CHECK(text(dates.earliest_action) == "2013-11-04");
    CHECK(text(dates.report_due) == "2013-11-24");
    CHECK(dates.mandate.limit == Limit::begin_by);
    CHECK(text(dates.mandate.day) == "2013-11-24");
    REQUIRE(dates.mandate.extendable_to.has_value());
    CHECK(text(*dates.mandate.extendable_to) == "2013-12-22");
    CHECK(text(dates.last_action_notice) == "2013-11-17");
    CHECK(text(dates.report_copies_until) == "2014-04-28"); // six months from the date, which is not counted
    CHECK(check_plan(Rulebook(), napo_2013(), on("2013-10-07")).empty());
}

TEST_CASE("3.3: action on 5 November 2013 needed notice received by 29 October")
{
    const ActionNotice in_time{.jurisdiction = GB, .result_told = on("2013-10-28"), .received = on("2013-10-29"), .shorter_agreed = false};
    CHECK(check_action_notice(Rulebook(), in_time, on("2013-11-05")).empty());
}

TEST_CASE("the steps are every date of the timetable in order of time, each with its rule")
{
    const auto dates = timetable(Rulebook(), napo_2013()).value();
    std::string topics;
    for (const auto& step : dates.steps) topics += std::string(name(step.rule.topic)) + " ";
    CHECK(topics == "ballot_notice_days sample_paper_days voting_by_post ballot_date action_notice_days action_notice_days scrutineer_report "
                    "mandate report_copies ");
    CHECK(std::ranges::is_sorted(dates.steps, {}, &Step::day));
}

TEST_CASE("s.226A(1)(a): notice of the ballot received on the 7th day before opening is in time, on the 6th it is not")
{
    auto plan = napo_2013();
    plan.ballot_notice_received = plan.opening_day - Days(7);
    CHECK(check_plan(Rulebook(), plan, on("2013-09-01")).empty());
    plan.ballot_notice_received = plan.opening_day - Days(6);
    const auto refused = check_plan(Rulebook(), plan, on("2013-09-01"));
    REQUIRE(codes(refused) == "ballot_notice_short");
    CHECK(refused[0].kind == Kind::unlawful);
    CHECK(refused[0].earliest_lawful == "2013-10-08");
    CHECK(refused[0].rule == "ballot_notice_days");
    CHECK(refused[0].source == "TULRCA s.226A(1)(a)");
    CHECK(refused[0].detail == "To open on Monday 7 October 2013, every employer must receive the notice of the ballot by Monday 30 September 2013; "
                               "it was received on Tuesday 1 October 2013.");
}

TEST_CASE("a notice not yet received can be received today at the earliest")
{
    auto plan = napo_2013();
    plan.ballot_notice_received = plan.sample_paper_received = std::nullopt;
    CHECK(check_plan(Rulebook(), plan, on("2013-09-30")).empty());
    const auto refused = check_plan(Rulebook(), plan, on("2013-10-01"));
    REQUIRE(codes(refused) == "ballot_notice_short");
    CHECK(refused[0].earliest_lawful == "2013-10-08");
    CHECK(refused[0].next == "Open on or after 2013-10-08.");
    CHECK(codes(check_plan(Rulebook(), plan, on("2013-10-05"))) == "ballot_notice_short sample_paper_short");
}

TEST_CASE("s.226A(1)(b): a sample paper received on the 3rd day before opening is in time, on the 2nd it is not")
{
    auto plan = napo_2013();
    plan.sample_paper_received = plan.opening_day - Days(3);
    CHECK(check_plan(Rulebook(), plan, on("2013-09-01")).empty());
    plan.sample_paper_received = plan.opening_day - Days(2);
    const auto refused = check_plan(Rulebook(), plan, on("2013-09-01"));
    REQUIRE(codes(refused) == "sample_paper_short");
    CHECK(refused[0].earliest_lawful == "2013-10-08");
    CHECK(refused[0].source == "TULRCA s.226A(1)(b)");
}

TEST_CASE("voting that ends before the opening day is refused, voting that ends on it is not for want of a date")
{
    auto plan = napo_2013();
    plan.closes = at("2013-10-07T00:00");
    CHECK(codes(check_plan(Rulebook(), plan, on("2013-09-01"))) == "closing_before_opening");
    CHECK(timetable(Rulebook(), plan).error().earliest_lawful == "2013-10-07");
    plan.closes = at("2013-10-07T00:00:01");
    CHECK(text(timetable(Rulebook(), plan).value().ballot_date) == "2013-10-07");
}

TEST_CASE("TULRCA s.230(2): a ballot by post whose papers cannot come back is refused; that they have seven days is advice")
{
    auto plan = napo_2013();
    for (const auto* closes : {"2013-10-07T00:00:01", "2013-10-07T12:00", "2013-10-08T23:00", "2013-10-09T00:00"}) {
        CAPTURE(closes);
        plan.closes = at(closes);
        const auto refused = check_plan(Rulebook(), plan, on("2013-09-01"));
        REQUIRE(codes(refused) == "no_time_to_return");
        CHECK(refused[0].source == "TULRCA s.230(2)");
        CHECK(refused[0].earliest_lawful == "2013-10-09");
    }
    plan.closes = at("2013-10-09T00:00:01");
    CHECK(check_plan(Rulebook(), plan, on("2013-09-01")).empty());
    CHECK(advise(Rulebook(), plan).front().code == "return_time_short");
    plan.closes = at("2013-10-07T12:00");
    plan.method = Method::online;
    CHECK(codes(check_plan(Rulebook(), plan, on("2013-09-01"))) == "method_not_lawful");
}

TEST_CASE("a closing that the spring change of the clocks skips is refused")
{
    auto plan = napo_2013();
    plan.opening_day = on("2014-03-03");
    plan.ballot_notice_received = plan.sample_paper_received = on("2014-02-20");
    plan.closes = at("2014-03-30T01:30");
    CHECK(codes(check_plan(Rulebook(), plan, on("2014-01-01"))) == "closing_skipped");
    plan.closes = at("2014-03-30T02:00");
    CHECK(check_plan(Rulebook(), plan, on("2014-01-01")).empty());
}

TEST_CASE("a plan to vote online in 2013 is refused among everything else that is wrong with it")
{
    auto plan = napo_2013();
    plan.method = Method::online;
    plan.ballot_notice_received = on("2013-10-05");
    CHECK(codes(check_plan(Rulebook(), plan, on("2013-10-05"))) == "method_not_lawful ballot_notice_short");
}

TEST_CASE("a ballot not covered has no timetable")
{
    auto plan = napo_2013();
    plan.opening_day = on("2006-05-11");
    plan.closes = at("2006-06-11T12:00");
    CHECK(is_not_covered(timetable(Rulebook(), plan).error()));
    CHECK(codes(check_plan(Rulebook(), plan, on("2006-01-01"))) == "not_covered");
    CHECK(advise(Rulebook(), plan).empty());
}

TEST_CASE("1.10: under 14 days for return is a warning, under 7 a sharper one; neither is a refusal")
{
    auto plan = napo_2013();
    const auto closing_after = [&](int days) {
        plan.closes = WallTime(plan.opening_day + Days(days)) + std::chrono::hours(12);
        return warnings(plan);
    };
    CHECK(closing_after(14).empty());
    CHECK(closing_after(13) == "return_time_second_class ");
    CHECK(closing_after(7) == "return_time_second_class ");
    CHECK(closing_after(6) == "return_time_short ");
    CHECK(check_plan(Rulebook(), plan, on("2013-09-01")).empty());
}

TEST_CASE("1.11: dates that rest on law not read are said to, in Northern Ireland and not in Great Britain")
{
    auto plan = napo_2013();
    CHECK(warnings(plan).empty());
    plan.jurisdiction = NI;
    CHECK(warnings(plan).find("law_not_verified") != std::string::npos);
}

TEST_CASE("R2: a ballot of January 2023 needs fourteen days' notice of action and lasts six months")
{
    const Plan plan{.jurisdiction = GB,
                    .method = Method::post,
                    .opening_day = on("2023-01-16"),
                    .closes = at("2023-02-06T12:00"),
                    .ballot_notice_received = on("2023-01-09"),
                    .sample_paper_received = on("2023-01-13"),
                    .shorter_notice_agreed = false};
    const auto dates = timetable(Rulebook(), plan).value();
    CHECK(check_plan(Rulebook(), plan, on("2023-01-16")).empty());
    CHECK(text(dates.earliest_action) == "2023-02-20");
    CHECK(text(dates.report_due) == "2023-03-05");
    CHECK(text(dates.mandate.day) == "2023-08-05");
    CHECK(text(dates.mandate.extendable_to.value()) == "2023-11-05");
    CHECK(text(dates.last_action_notice) == "2023-07-22");
    const ActionNotice notice{.jurisdiction = GB, .result_told = on("2023-02-06"), .received = on("2023-02-06"), .shorter_agreed = false};
    CHECK(codes(check_action_notice(Rulebook(), notice, on("2023-02-19"))) == "action_notice_short");
    CHECK(check_action_notice(Rulebook(), notice, on("2023-02-20")).empty());
}

TEST_CASE("S.I. 2026/3 Sch 2: a sample served before 18 February 2026 keeps the older paper; mandate, thresholds and figures follow the opening day")
{
    const Rulebook book;
    const auto opening = on("2026-02-23");
    CHECK(book.paper_rule(Topic::voting_paper, GB, opening, on("2026-02-17")).from == on("2017-03-01"));
    CHECK(book.paper_rule(Topic::voting_paper, GB, opening, on("2026-02-18")).from == on("2026-02-18"));
    CHECK(text(mandate(book, GB, opening, on("2026-03-10"))->day) == "2027-03-09");
    CHECK(value_of<Share>(book.rule(Topic::support_threshold, GB, opening)) == nullptr);
    CHECK(value_of<Share>(book.rule(Topic::turnout_threshold, GB, opening)) != nullptr);
}

TEST_CASE("TUA16 s.8: an agreed shorter notice brings action forward only where that law applies to the receipt")
{
    auto plan = napo_2013();
    plan.shorter_notice_agreed = true;
    CHECK(text(timetable(Rulebook(), plan)->earliest_action) == "2013-11-04");
    plan.opening_day = on("2023-01-09");
    plan.closes = at("2023-02-16T12:00");
    CHECK(text(timetable(Rulebook(), plan)->earliest_action) == "2023-02-23");
    plan.shorter_notice_agreed = false;
    CHECK(text(timetable(Rulebook(), plan)->earliest_action) == "2023-03-02");
}

TEST_SUITE_END();
