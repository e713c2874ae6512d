#include "tests/unit/law/law_support.hpp"

#include "shared/law/outcome.hpp"
#include "shared/law/paper.hpp"

using namespace walkout;
using namespace walkout::law;

namespace {

Outcome judged(std::string_view opening, const Tally& tally, bool important = false, const Rulebook& book = Rulebook(),
               Jurisdiction jurisdiction = GB)
{
    return judge(book, jurisdiction, on(opening), tally, important).value();
}

std::string answers(const Outcome& outcome)
{
    std::string out;
    for (const auto& test : outcome.tests)
        out += (out.empty() ? "" : "; ") + std::string(test.binding ? "" : "(") + test.answer() + (test.binding ? "" : ")");
    return out;
}

} // namespace

TEST_SUITE_BEGIN("law/outcome");

TEST_CASE("1.2: the worked boundary cases under every rule set")
{
    struct Row {
        std::int64_t entitled, yes, no, spoiled;
        bool before_2017, ordinary, important, from_2026, after_repeal;
    };
    constexpr Row rows[] = {
        {1000, 251, 249, 0, true, true, false, true, true},     //
        {1000, 251, 248, 0, true, false, false, false, true},   //
        {1000, 250, 249, 1, true, false, false, false, true},   // turnout met only by the spoiled paper, which then costs the strict majority
        {1000, 400, 100, 0, true, true, true, true, true},      //
        {1000, 399, 101, 0, true, true, false, true, true},     //
        {1000, 250, 250, 0, false, false, false, false, false}, //
        {51, 26, 0, 0, true, true, true, true, true},           //
        {51, 25, 0, 0, true, false, false, false, true},
    };
    const auto repealed = after_turnout_repeal("2026-09-01");
    for (const auto& row : rows) {
        CAPTURE(row.entitled);
        CAPTURE(row.yes);
        CAPTURE(row.no);
        const Tally tally{.entitled = row.entitled, .yes = row.yes, .no = row.no, .spoiled = row.spoiled};
        CHECK(judged("2017-02-28", tally).supported == row.before_2017);
        CHECK(judged("2017-03-01", tally).supported == row.ordinary);
        CHECK(judged("2017-03-01", tally, true).supported == row.important);
        CHECK(judged("2026-02-17", tally, true).supported == row.important);
        CHECK(judged("2026-02-18", tally).supported == row.from_2026);
        CHECK(judged("2026-02-18", tally, true).supported == row.from_2026); // the 40% rule is gone
        CHECK(judged("2026-08-31", tally, false, repealed).supported == row.from_2026);
        CHECK(judged("2026-09-01", tally, false, repealed).supported == row.after_repeal);
        CHECK(judged("2026-09-01", tally, true, repealed, NI).supported == row.before_2017);
    }
}

TEST_CASE("3.1: the published ballots whose figures add up are judged as published")
{
    struct Row {
        std::string_view ballot, opening;
        std::int64_t entitled, cast, yes, no, spoiled;
        bool important, supported;
    };
    // Entitled "n/p" is taken equal to the votes cast. Opening days lie in the rule set the table names; the exact day is rarely
    // published.
    constexpr Row rows[] = {
        {"1 BMA resident doctors 2025", "2025-05-27", 53766, 29741, 26766, 2956, 19, true, true},
        {"4 RMT c2c strike", "2022-05-03", 79, 45, 43, 1, 1, false, true},
        {"4b RMT c2c short of a strike", "2022-05-03", 79, 45, 41, 3, 1, false, true},
        {"6 RMT Birmingham New Street", "2024-03-12", 41, 18, 18, 0, 0, false, false},
        {"7 RMT Churchill", "2022-01-11", 42, 37, 35, 2, 0, false, true},
        {"8 RMT District Centre Group", "2018-01-01", 171, 74, 71, 3, 0, true, false},
        {"11 RMT High Output strike", "2015-02-24", 72, 72, 55, 17, 0, false, true},
        {"11b RMT High Output short of a strike", "2015-02-24", 72, 72, 65, 7, 0, false, true},
        {"12 NHS pensions dispute", "2011-12-05", 5233, 5233, 4408, 816, 9, false, true},
    };
    for (const auto& row : rows) {
        CAPTURE(row.ballot);
        const Tally tally{.entitled = row.entitled, .yes = row.yes, .no = row.no, .spoiled = row.spoiled};
        CHECK(tally.cast() == row.cast);
        CHECK(judged(row.opening, tally, row.important).supported == row.supported);
        const bool small = row.entitled == 41 || row.entitled == 42; // 6 and 7: no scrutineer needed by law
        CHECK(scrutineer_needed(Rulebook(), GB, on(row.opening), row.entitled) != small);
    }
    const Tally district{.entitled = 171, .yes = 71, .no = 3, .spoiled = 0}; // 8: 40% met, 50% not
    CHECK(judged("2018-01-01", district, true).met(Topic::support_threshold) == true);
    CHECK(judged("2018-01-01", district, true).met(Topic::turnout_threshold) == false);
}

TEST_CASE("3.1: the partial results are judged as published where their figures are enough")
{
    // 14: turnout 41.6% of about 142,400, no spoiled papers published; 15: about 122,000 of 281,000.
    CHECK_FALSE(judged("2018-06-18", {.entitled = 142'400, .yes = 50'726, .no = 8'528, .spoiled = 0}).supported);
    CHECK_FALSE(judged("2023-05-23", {.entitled = 281'000, .yes = 100'000, .no = 22'000, .spoiled = 0}).supported);
    // 13: reported in February 2026, opened before the 18th: R2, whose 40% test about 49% of those entitled meet.
    CHECK(judged("2025-12-08", {.entitled = 54'000, .yes = 26'696, .no = 28'598 - 26'696, .spoiled = 0}, true).supported);
}

TEST_CASE("per cent are rounded to two places as published, and never up to a threshold that is not met")
{
    CHECK(percent(29'741, 53'766) == "55.32"); // 3.1, row 1: turnout, share of Yes, Yes of valid votes
    CHECK(percent(26'766, 53'766) == "49.78");
    CHECK(percent(26'766, 26'766 + 2'956) == "90.05");
    CHECK(percent(45, 79) == "56.96");
    CHECK(percent(74, 171) == "43.27");
    CHECK(percent(71, 171) == "41.52");
    CHECK(percent(18, 41) == "43.90");
    CHECK(percent(37, 42) == "88.10");
    CHECK(percent(1, 2) == "50.00");
    CHECK(percent(499'999, 1'000'000) == "49.99");
    CHECK(percent(399'999, 1'000'000) == "39.99");
    CHECK(percent(2, 5) == "40.00");
    CHECK(percent(999'999, 1'000'000) == "100.00");
    CHECK(percent(1, 1000) == "0.10");
    CHECK(percent(0, 0) == std::nullopt);
    CHECK(yes_in_percent({.entitled = {}, .yes = 20, .no = 10, .spoiled = 1}) == "Yes 66.67% of valid votes, 64.52% of all papers returned");
    CHECK(yes_in_percent({.entitled = {}, .yes = 0, .no = 0, .spoiled = 3}) == "Yes 0.00% of all papers returned");
    CHECK(yes_in_percent({.entitled = {}, .yes = 0, .no = 0, .spoiled = 0}).empty());
}

TEST_CASE("every test shows its whole numbers, and the one that does not decide is marked")
{
    const Tally tally{.entitled = 90, .yes = 30, .no = 6, .spoiled = 1};
    CHECK(answers(judged("2022-05-03", tally)) == "2×37 ≥ 90? no; 2×30 > 37? yes; (2×30 > 36? yes)");
    CHECK(answers(judged("2022-05-03", tally, true)) == "2×37 ≥ 90? no; 5×30 ≥ 2×90? no; 2×30 > 37? yes; (2×30 > 36? yes)");
    CHECK(answers(judged("2013-10-07", tally)) == "2×30 > 36? yes");
    CHECK(answers(judged("2026-09-01", tally, false, after_turnout_repeal())) == "2×30 > 36? yes");
}

TEST_CASE("s.297A: a warning where the two majority bases differ, and only there")
{
    const Tally differ{.entitled = 1000, .yes = 250, .no = 249, .spoiled = 1};
    const auto outcome = judged("2022-05-03", differ);
    CHECK_FALSE(outcome.supported);
    CHECK(outcome.met(Topic::turnout_threshold) == true);
    REQUIRE(outcome.warnings.size() == 1);
    CHECK(outcome.warnings[0].find("2×250 > 499") != std::string::npos);
    CHECK(outcome.warnings[0].find("2×250 > 500") != std::string::npos);
    const Tally agree{.entitled = 1000, .yes = 251, .no = 249, .spoiled = 1};
    CHECK(judged("2022-05-03", agree).supported);
    CHECK(judged("2022-05-03", agree).warnings.empty());
    CHECK(judged("2013-10-07", differ).warnings.empty());
}

TEST_CASE("law.md section 6: an official may record what the majority is of, and what majority is needed, once that was read")
{
    const Tally differ{.entitled = 1000, .yes = 250, .no = 249, .spoiled = 1};
    const auto advised = [](Topic topic, std::string_view from, std::string_view value) {
        const Setting setting{
            .jurisdiction = GB, .topic = topic, .from = on(from), .value = parse_value(topic, value).value(), .source = "S.I. 2026/9999, invented"};
        REQUIRE(check(setting).has_value());
        return Rulebook({}, {setting});
    };
    const auto valid_only = advised(Topic::spoiled_in_majority, "2017-03-01", "none");
    CHECK(judged("2022-05-03", differ, false, valid_only).supported);
    CHECK(judged("2022-05-03", differ, false, valid_only).warnings.empty());
    CHECK(answers(judged("2022-05-03", differ, false, valid_only)) == "2×500 ≥ 1000? yes; 2×250 > 499? yes");
    const auto two_thirds = advised(Topic::majority, "2026-05-01", "2/3");
    CHECK(answers(judged("2026-06-01", {.entitled = 10, .yes = 6, .no = 3, .spoiled = 0}, false, two_thirds)) ==
          "2×9 ≥ 10? yes; 3×6 > 2×9? no; (3×6 > 2×9? no)");
}

TEST_CASE("49.96% is not 50%, and exactly 50% and 40% are enough")
{
    CHECK(judged("2022-05-03", {.entitled = 2502, .yes = 1250, .no = 0, .spoiled = 0}).met(Topic::turnout_threshold) == false);
    CHECK(judged("2022-05-03", {.entitled = 2500, .yes = 1250, .no = 0, .spoiled = 0}).met(Topic::turnout_threshold) == true);
    CHECK(judged("2022-05-03", {.entitled = 5, .yes = 2, .no = 1, .spoiled = 0}, true).supported);
    CHECK_FALSE(judged("2022-05-03", {.entitled = 6, .yes = 2, .no = 1, .spoiled = 0}, true).supported);
}

TEST_CASE("a ballot in which nobody voted is not supported under any rules")
{
    const Tally nobody{.entitled = 0, .yes = 0, .no = 0, .spoiled = 0};
    for (const auto day : {"2013-10-07", "2022-05-03", "2026-02-18"}) CHECK_FALSE(judged(day, nobody).supported);
}

TEST_CASE("entitled is asked for only where a rule of the opening day needs it")
{
    const Tally tally{.entitled = {}, .yes = 55, .no = 17, .spoiled = 0};
    CHECK(judged("2017-02-28", tally).supported);
    CHECK(judged("2022-05-03", tally, false, Rulebook(), NI).supported);
    CHECK(judged("2026-09-01", tally, false, after_turnout_repeal()).supported);
    for (const auto day : {"2017-03-01", "2026-02-18"}) {
        const auto refused = judge(Rulebook(), GB, on(day), tally, false);
        REQUIRE(refused.has_error());
        CHECK(refused.error().code == "entitled_missing");
        CHECK(refused.error().rule == "turnout_threshold");
    }
}

TEST_CASE("a test that the law of the day does not have is neither met nor missed")
{
    const Tally tally{.entitled = 90, .yes = 50, .no = 6, .spoiled = 1};
    CHECK(judged("2013-10-07", tally, true).met(Topic::turnout_threshold) == std::nullopt);
    CHECK(judged("2022-05-03", tally, false).met(Topic::support_threshold) == std::nullopt);
    CHECK(judged("2022-05-03", tally, true).met(Topic::support_threshold) == true);
    CHECK(judged("2026-02-18", tally, true).met(Topic::support_threshold) == std::nullopt);
}

TEST_CASE("figures that cannot be are refused")
{
    const auto code = [](const Tally& tally) { return judge(Rulebook(), GB, on("2022-05-03"), tally, false).error().code; };
    CHECK(code({.entitled = 10, .yes = 8, .no = 2, .spoiled = 1}) == "figures_impossible");
    CHECK(code({.entitled = 10, .yes = -1, .no = 2, .spoiled = 1}) == "figures_impossible");
    CHECK(code({.entitled = INT64_MAX, .yes = 1, .no = 0, .spoiled = 0}) == "figures_impossible");
    CHECK(code({.entitled = {}, .yes = INT64_MAX, .no = INT64_MAX, .spoiled = 0}) == "figures_impossible");
    CHECK(is_not_covered(judge(Rulebook(), GB, on("2006-05-11"), {.entitled = 10, .yes = 8, .no = 2, .spoiled = 0}, false).error()));
}

TEST_SUITE_END();
