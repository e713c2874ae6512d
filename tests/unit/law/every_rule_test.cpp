#include "tests/unit/law/law_support.hpp"

#include "shared/law/mandate.hpp"
#include "shared/law/outcome.hpp"
#include "shared/law/paper.hpp"
#include "shared/law/proposal.hpp"

#include <map>
#include <random>

// The tables of law.md, typed again from its words: 1.1 (Great Britain, by column), 1.4, 1.5, 1.8, 1.10 and 1.11 (Northern Ireland). Nothing here
// comes from shared/law/table.cpp. Each row: the rule, and what it says in R1, R2, R3 and R4; a row whose dates are its own says them.

using namespace walkout;
using namespace walkout::law;

namespace {

constexpr std::string_view text_a =
    "If you take part in a strike or other industrial action, you may be in breach of your contract of employment. "
    "However, if you are dismissed for taking part in strike or other industrial action which is called officially and "
    "is otherwise lawful, the dismissal will be unfair if it takes place fewer than twelve weeks after you started "
    "taking part in the action, and depending on the circumstances may be unfair if it takes place later.";
constexpr std::string_view text_b =
    "If you take part in a strike or other industrial action, you may be in breach of your contract of employment. "
    "However, if you are dismissed for taking part in strike or other industrial action which is called officially and "
    "is otherwise lawful, the dismissal will be unfair.";

constexpr std::string_view paper_plain = "scrutineer_name, return_address, return_by, serial_number, question, who_may_call, statement";
constexpr std::string_view paper_2017 = "scrutineer_name, return_address, return_by, serial_number, question, dispute_summary, short_action_types, "
                                        "expected_periods, who_may_call, statement";
constexpr std::string_view notice_full = "opening_day, categories, workplaces, total, per_category, per_workplace, explanation";
constexpr std::string_view notice_short = "opening_day, categories, workplaces, total";
constexpr std::string_view action_full = "categories, workplaces, total, per_category, per_workplace, explanation, continuous_or_not, action_dates";
constexpr std::string_view action_2026 = "categories, workplaces, total, per_workplace, explanation, continuous_or_not, action_dates";

struct Columns {
    Topic topic;
    std::string_view r1, r2, r3, r4;
};

// law.md 1.1 and the sections it points to. R4 differs from R3 only in the four rules that ERA25 s.68 touches.
const Columns great_britain[] = {
    {Topic::turnout_threshold, "none", "1/2", "1/2", "none"},
    {Topic::support_threshold, "none", "2/5", "none", "none"},
    {Topic::important_public_services, "none", "holds", "none", "none"}, // 1.3: R2 only
    {Topic::majority, "1/2", "1/2", "1/2", "1/2"},
    {Topic::spoiled_papers_count, "none", "holds", "holds", "none"}, // 1.2: s.297A came with R2 and goes with R4
    {Topic::spoiled_in_majority, "none", "holds", "holds", "holds"}, // 1.2: the strict base; without effect once s.297A is gone
    {Topic::questions, "holds", "holds", "holds", "holds"},
    {Topic::bans_are_short_of_a_strike, "holds", "holds", "holds", "holds"},
    {Topic::entitlement, "holds", "holds", "holds", "holds"}, // 1.6
    {Topic::omitted_members, "holds", "holds", "holds", "holds"},
    {Topic::accidental_failures, "holds", "holds", "holds", "holds"},
    {Topic::overseas_members, "holds", "holds", "holds", "holds"},
    {Topic::separate_workplaces, "holds", "holds", "holds", "holds"},
    {Topic::aggregate_grounds, "holds", "holds", "holds", "holds"},
    {Topic::ballot_notice_days, "7 days", "7 days", "7 days", "7 days"},
    {Topic::ballot_notice_contents, notice_full, notice_full, notice_short, notice_short},
    {Topic::notice_accuracy, "holds", "holds", "holds", "holds"}, // 1.8
    {Topic::scrutineer_unhindered, "holds", "holds", "holds", "holds"},
    {Topic::merchant_seamen, "holds", "holds", "holds", "holds"},        // 1.6
    {Topic::members_complaint, "holds", "holds", "holds", "holds"},      // 1.9
    {Topic::action_notice_coverage, "holds", "holds", "holds", "holds"}, // 1.8
    {Topic::picketing_offences, "holds", "holds", "holds", "holds"},     // 1.10
    {Topic::sample_paper_days, "3 days", "3 days", "3 days", "3 days"},
    {Topic::scrutineer, "50", "50", "50", "50"}, // 1.5: unchanged across R1-R3
    {Topic::voting_paper, paper_plain, paper_2017, paper_plain, paper_plain},
    {Topic::statutory_statement, text_a, text_a, text_b, text_b},
    {Topic::voting_by_post, "holds", "holds", "holds", "holds"},
    {Topic::voting_online, "none", "none", "none", "none"}, // lawful only from a recorded commencement
    {Topic::voting_hybrid, "none", "none", "none", "none"},
    {Topic::voting_at_workplace, "none", "none", "none", "none"},
    {Topic::free_and_secret_vote, "holds", "holds", "holds", "holds"}, // 1.7
    {Topic::return_time, "7 first class, 14 second", "7 first class, 14 second", "7 first class, 14 second", "7 first class, 14 second"},
    {Topic::ballot_date, "holds", "holds", "holds", "holds"},
    {Topic::result_figures, "cast, yes, no, spoiled", "entitled, cast, yes, no, spoiled, turnout_met, support_met",
     "entitled, cast, yes, no, spoiled, turnout_met", "cast, yes, no, spoiled"},
    {Topic::result_told, "holds", "holds", "holds", "holds"},
    {Topic::scrutineer_report, "4 weeks", "4 weeks", "4 weeks", "4 weeks"},
    {Topic::report_contents, "holds", "holds", "holds", "holds"},
    {Topic::report_copies, "6 months", "6 months", "6 months", "6 months"},
    {Topic::mandate, "begin_by 4 weeks or 8 weeks if agreed", "expires_end_of 6 months or 9 months if agreed", "expires_end_of 12 months",
     "expires_end_of 12 months"},
    {Topic::mandate_court_order, "12 weeks", "holds", "holds", "holds"},
    {Topic::who_may_call, "holds", "holds", "holds", "holds"}, // 1.9
    {Topic::first_call, "holds", "holds", "holds", "holds"},
    {Topic::action_notice_window, "holds", "holds", "holds", "holds"},
    {Topic::action_notice_days, "7 days", "14 days or 7 if agreed", "10 days", "10 days"},
    {Topic::action_notice_contents, action_full, action_full, action_2026, action_2026},
    {Topic::suspension_by_agreement, "holds", "holds", "holds", "holds"},
    {Topic::dismissal_protection, "12 weeks", "12 weeks", "holds", "holds"},
    {Topic::detriment_protection, "none", "none", "unverified", "unverified"}, // regulations needed, none found
    {Topic::picketing_place, "holds", "holds", "holds", "holds"},
    {Topic::picket_supervisor, "none", "holds", "none", "none"},
    {Topic::pickets_per_entrance, "6", "6", "6", "6"},
};

// law.md 1.11, and where it is silent the forms of R1, marked as not verified.
struct Ireland {
    Topic topic;
    std::string_view says;
    bool verified;
};
const Ireland northern_ireland[] = {
    {Topic::turnout_threshold, "none", true},
    {Topic::support_threshold, "none", true},
    {Topic::majority, "1/2", true},
    {Topic::cross_border, "holds", true},
    {Topic::ballot_notice_days, "7 days", true},
    {Topic::ballot_notice_contents, notice_full, true},
    {Topic::action_notice_days, "7 days", false},
    {Topic::mandate, "begin_by 4 weeks or 8 weeks if agreed", false},
    {Topic::statutory_statement, "unverified", false},
    {Topic::spoiled_papers_count, "none", false},
    {Topic::spoiled_in_majority, "none", false},
    {Topic::merchant_seamen, "unverified", false},
    {Topic::members_complaint, "unverified", false},
    {Topic::picketing_offences, "unverified", false},
    {Topic::voting_online, "none", false},
    {Topic::sample_paper_days, "3 days", false},
    {Topic::voting_paper, paper_plain, false},
    {Topic::scrutineer, "50", false},
    {Topic::result_figures, "cast, yes, no, spoiled", false},
    {Topic::picket_supervisor, "none", true},
};

/// value_text() once per row of the table, not once per day.
class Texts {
public:
    const std::string& of(const Rule& rule)
    {
        const auto found = texts_.find(&rule);
        return found != texts_.end() ? found->second : texts_.emplace(&rule, value_text(rule.value)).first->second;
    }

private:
    std::map<const Rule*, std::string> texts_;
};

/// A million comparisons: doctest is troubled only with one that fails.
void same(std::string_view found, std::string_view wanted, Topic topic, Date day)
{
    if (found == wanted) return;
    CAPTURE(text(day));
    CAPTURE(name(topic));
    REQUIRE(found == wanted);
}

const Date r2 = on("2017-03-01"), r3 = on("2026-02-18"), r4 = on("2027-05-03");
const Date last_day = on("2035-12-31");

std::string_view column(const Columns& row, Date day, bool repealed)
{
    if (repealed && day >= r4) return row.r4;
    return day < r2 ? row.r1 : day < r3 ? row.r2 : row.r3;
}

std::string_view work_notices_on(Date day) { return day >= on("2023-07-20") && day < on("2025-12-18") ? "holds" : "none"; }

} // namespace

TEST_SUITE_BEGIN("law/every rule");

TEST_CASE("law.md 1.1: every rule of Great Britain says on every day from 12 May 2006 to 2035 what the table of that day's column says")
{
    const Rulebook shipped;
    const auto repealed = after_turnout_repeal("2027-05-03");
    Texts texts;
    int days = 0;
    for (auto day = on("2006-05-12"); day <= last_day; day += Days(1), ++days) {
        for (const auto& row : great_britain) {
            same(texts.of(shipped.rule(row.topic, GB, day)), column(row, day, false), row.topic, day);
            same(texts.of(repealed.rule(row.topic, GB, day)), column(row, day, true), row.topic, day);
        }
        same(texts.of(shipped.rule(Topic::work_notices, GB, day)), work_notices_on(day), Topic::work_notices, day);
    }
    CHECK(days == 10826);
}

TEST_CASE("law.md 1.11: every rule of Northern Ireland says the same on every day, whatever was repealed or commenced in Great Britain")
{
    const Rulebook book({{Provision::turnout_repeal, r4, "S.I. 2027/1"}, {Provision::online, r4, "S.I. 2027/2"}});
    Texts texts;
    for (auto day = on("2006-05-12"); day <= last_day; day += Days(1)) {
        for (const auto& row : northern_ireland) {
            const auto& rule = book.rule(row.topic, NI, day);
            same(texts.of(rule), row.says, row.topic, day);
            same(is_verified(rule) ? "verified" : "not verified", row.verified ? "verified" : "not verified", row.topic, day);
        }
    }
}

TEST_CASE("law.md 1.1, selector column: which date of a ballot each rule goes by")
{
    const Rulebook book;
    const auto by = [&](Topic topic, std::string_view day) { return book.rule(topic, GB, on(day)).selector; };
    for (const auto topic : {Topic::turnout_threshold, Topic::support_threshold, Topic::majority, Topic::result_figures, Topic::mandate})
        for (const auto day : {"2010-01-01", "2020-01-01", "2026-03-01"}) CHECK(by(topic, day) == Selector::opening_day);
    for (const auto topic : {Topic::voting_paper, Topic::statutory_statement}) {
        CHECK(by(topic, "2020-01-01") == Selector::opening_day);
        CHECK(by(topic, "2026-03-01") == Selector::opening_day_and_sample_served);
    }
    for (const auto day : {"2010-01-01", "2020-01-01", "2026-03-01"}) {
        CHECK(by(Topic::ballot_notice_contents, day) == Selector::ballot_notice_receipt);
        CHECK(by(Topic::action_notice_days, day) == Selector::action_notice_receipt);
        CHECK(by(Topic::action_notice_contents, day) == Selector::action_notice_receipt);
        CHECK(by(Topic::dismissal_protection, day) == Selector::action_start);
        CHECK(by(Topic::picket_supervisor, day) == Selector::picketing_day);
    }
}

TEST_CASE("law.md 1.2: on every opening day figures are judged as its arithmetic says, near every boundary")
{
    const Rulebook shipped;
    const auto repealed = after_turnout_repeal("2027-05-03");
    std::mt19937 random(2006);
    const auto draw = [&](std::int64_t from, std::int64_t to) { return std::uniform_int_distribution<std::int64_t>(from, to)(random); };
    for (auto day = on("2006-05-12"); day <= last_day; day += Days(1)) {
        const auto entitled = draw(1, 60);
        const auto cast = std::clamp<std::int64_t>(entitled / 2 + draw(-1, 1), 0, entitled);
        const auto spoiled = std::min<std::int64_t>(draw(0, 2), cast);
        const auto yes = std::clamp<std::int64_t>((cast - spoiled) / 2 + draw(-1, 2), 0, cast - spoiled);
        const Tally tally{.entitled = entitled, .yes = yes, .no = cast - spoiled - yes, .spoiled = spoiled};
        for (const bool important : {false, true})
            for (const bool gone : {false, true}) {
                CAPTURE(text(day));
                CAPTURE(entitled);
                CAPTURE(yes);
                CAPTURE(tally.no);
                CAPTURE(spoiled);
                CAPTURE(important);
                const bool first = day < r2, second = day >= r2 && day < r3, fourth = gone && day >= r4;
                const bool turnout = first || fourth || 2 * cast >= entitled;
                const bool support = !(second && important) || 5 * yes >= 2 * entitled;
                const bool majority = first || fourth ? 2 * yes > cast - spoiled : 2 * yes > cast;
                REQUIRE(judge(gone ? repealed : shipped, GB, day, tally, important)->supported == (turnout && support && majority));
            }
        REQUIRE(judge(shipped, NI, day, tally, true)->supported == (2 * yes > cast - spoiled));
    }
}

TEST_CASE("every day before 12 May 2006 is refused as not covered, whatever is asked")
{
    const Rulebook book;
    for (auto day = on("2004-01-01"); day < on("2006-05-12"); day += Days(1)) {
        CAPTURE(text(day));
        REQUIRE(is_not_covered(Rulebook::covers(day).error()));
        Plan plan;
        plan.opening_day = day;
        plan.closes = WallTime(day + Days(20));
        REQUIRE(is_not_covered(timetable(book, plan).error()));
        REQUIRE(codes(check_plan(book, plan, day)) == "not_covered");
        REQUIRE(is_not_covered(judge(book, GB, day, {.entitled = 10, .yes = 9, .no = 0, .spoiled = 0}, false).error()));
        REQUIRE(is_not_covered(mandate(book, GB, day, day + Days(20)).error()));
        REQUIRE(is_not_covered(check_method(book, GB, day, Method::post).error()));
        REQUIRE(is_not_covered(paper_rules(book, GB, day, std::nullopt, 100).error()));
        REQUIRE(is_not_covered(latest_for(book, {.today = day}, day).error()));
        REQUIRE(codes(check_action_notice(book, {.result_told = day, .received = day}, day + Days(30))) == "not_covered");
    }
}

TEST_CASE("from every day the fastest ballot that is proposed is lawful, and a day earlier is not")
{
    const Rulebook book;
    for (auto today = on("2006-05-12"); today <= last_day; today += Days(1)) {
        CAPTURE(text(today));
        auto plan = fastest(book, {.today = today}).value();
        REQUIRE(plan.opening_day == today + Days(7)); // every employer has the notice today: the seventh day before
        REQUIRE(date::floor<Days>(plan.closes) == plan.opening_day + Days(7));
        REQUIRE(check_plan(book, plan, today).empty());
        plan.opening_day -= Days(1);
        REQUIRE(codes(check_plan(book, plan, today)) == "ballot_notice_short");
    }
}

TEST_CASE("for every first day of action the latest ballot that is proposed allows it, and closing a day later does not")
{
    const Rulebook book;
    for (auto action = on("2006-07-01"); action <= last_day; action += Days(1)) {
        CAPTURE(text(action));
        const auto plan = latest_for(book, {.today = on("2006-05-12")}, action).value();
        const auto closed = ballot_date(plan.closes);
        REQUIRE(earliest_action(book, GB, closed) <= action);
        REQUIRE(earliest_action(book, GB, closed + Days(1)) > action);
        const auto dates = timetable(book, plan).value();
        REQUIRE(check_action(book, GB, plan.opening_day, closed, dates.mandate, {action, action}).empty());
        REQUIRE(earliest_action(book, GB, dates.last_action_notice) <= dates.mandate.day);
        REQUIRE(earliest_action(book, GB, dates.last_action_notice + Days(1)) > dates.mandate.day);
    }
}

TEST_SUITE_END();
