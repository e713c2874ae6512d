#include "shared/ballot/result.hpp"
#include "tests/unit/ballot/plans.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::ballot;

namespace {

BallotPlan one_question(BallotPlan plan)
{
    plan.questions.resize(1);
    return plan;
}

ConstituencyCount figures(std::int64_t entitled, std::int64_t cast, std::int64_t yes, std::int64_t no)
{
    return {*ConstituencyId::parse("REHEARSAL1234567"), "All", entitled, 0, cast, {{yes, no}}};
}

BallotResult judged_2013(const ConstituencyCount& count)
{
    const std::vector<ConstituencyCount> counts{count};
    return judge(book(), one_question(plan_2013()), day("2013-09-30"), day("2013-10-18"), counts).value();
}

BallotResult judged_2026(const ConstituencyCount& count)
{
    const std::vector<ConstituencyCount> counts{count};
    return judge(book(), one_question(plan_2026()), day("2026-03-10"), day("2026-03-31"), counts).value();
}

bool warns(const BallotResult& result, const char* wanted)
{
    return std::ranges::any_of(result.constituencies.at(0).warnings, [&](const law::Warning& w) { return w.code == wanted; });
}

} // namespace

TEST_SUITE("result")
{
    TEST_CASE("a majority in 2013 gives a mandate that action must begin within four weeks of the ballot")
    {
        const auto result = judged_2013(figures(250, 60, 50, 8));
        const auto& question = result.constituencies[0].questions[0];
        CHECK(question.spoiled == 2);
        REQUIRE(question.mandate);
        CHECK(question.mandate->limit == law::Limit::begin_by);
        CHECK(question.mandate->last_day == day("2013-11-14")); // 18 October is the first of 28 days
        CHECK(result.any_mandate());
    }

    TEST_CASE("half of those entitled must vote in 2026: exactly half is enough, one fewer is not, and the reason says so in integers")
    {
        const auto met = judged_2026(figures(250, 125, 120, 5));
        CHECK(met.constituencies[0].questions[0].mandate->last_day == day("2027-03-30"));
        CHECK(met.constituencies[0].questions[0].mandate->limit == law::Limit::expires_end_of);
        const auto missed = judged_2026(figures(250, 124, 124, 0));
        CHECK_FALSE(missed.any_mandate());
        CHECK(missed.constituencies[0].questions[0].reason.find("2×124 ≥ 250? no") != std::string::npos);
    }

    TEST_CASE("each question is judged alone")
    {
        auto count = figures(100, 80, 30, 50);
        count.questions.push_back({50, 30});
        const std::vector<ConstituencyCount> counts{count};
        const auto result = judge(book(), plan_2013(), day("2013-09-30"), day("2013-10-18"), counts).value();
        CHECK_FALSE(result.constituencies[0].questions[0].mandate);
        CHECK(result.constituencies[0].questions[1].mandate->kind == QuestionKind::action_short);
    }

    TEST_CASE("where only valid votes are a majority there is no mandate and a warning")
    {
        const auto result = judged_2026(figures(1000, 500, 250, 249));
        CHECK_FALSE(result.any_mandate());
        CHECK(warns(result, "bases_differ"));
        CHECK_FALSE(warns(judged_2026(figures(1000, 500, 251, 249)), "bases_differ"));
    }

    TEST_CASE("the outcome is said in Welsh with the same whole numbers and days as in English")
    {
        const auto met = judged_2013(figures(250, 60, 50, 8)).constituencies[0];
        CHECK(outcome_words(met.questions[0], Language::en) == "A mandate: action must begin by Thursday 14 November 2013.");
        CHECK(outcome_words(met.questions[0], Language::cy) == "Mandad: rhaid i'r gweithredu ddechrau erbyn dydd Iau 14 Tachwedd 2013.");
        const auto missed = judged_2026(figures(250, 124, 60, 64)).constituencies[0];
        const auto& question = missed.questions[0];
        CHECK(outcome_words(question, Language::en) == "No mandate: " + question.reason);
        CHECK(outcome_words(question, Language::cy) ==
              "Dim mandad: Ni chyflawnwyd: y trothwy ar gyfer nifer y pleidleiswyr (2×124 ≥ 250); y mwyafrif (2×60 > 124).");
        const auto split = judged_2026(figures(20, 11, 5, 4));
        for (const auto& warning : split.constituencies[0].warnings)
            CHECK(warning_words(split.constituencies[0], warning, Language::cy) != warning.detail); // every warning there is has its Welsh
    }

    TEST_CASE("a consultative ballot and overseas members give no mandate, however they vote")
    {
        auto plan = one_question(plan_2013());
        plan.statutory = false;
        const std::vector<ConstituencyCount> counts{figures(250, 200, 200, 0)};
        CHECK_FALSE(judge(book(), plan, day("2013-09-30"), day("2013-10-18"), counts)->any_mandate());
        auto overseas = figures(0, 30, 30, 0);
        overseas.overseas = 40;
        CHECK_FALSE(judged_2026(overseas).any_mandate());
    }

    TEST_CASE("TULRCA s.232: no test of the law is put to the votes of members overseas, and none is shown as met")
    {
        auto overseas = figures(0, 30, 30, 0);
        overseas.overseas = 30;
        const auto result = judged_2026(overseas);
        const auto& question = result.constituencies.at(0).questions.at(0);
        CHECK(question.outcome.tests.empty());
        CHECK_FALSE(question.outcome.supported);
        CHECK(question.yes == 30);
        CHECK(outcome_words(question, Language::en).find("Overseas members") != std::string::npos);
        CHECK(canonical_result(result).find("supported=yes") == std::string::npos);
        const auto lines = result_lines(one_question(plan_2013()), result);
        CHECK(std::ranges::any_of(lines, [](const std::string& line) { return line.find("0 entitled, 30 members overseas") != std::string::npos; }));
    }

    TEST_CASE("a tiny constituency and a unanimous answer are warned of")
    {
        CHECK(warns(judged_2013(figures(19, 10, 5, 5)), "tiny"));
        CHECK_FALSE(warns(judged_2013(figures(20, 10, 5, 5)), "tiny"));
        CHECK(warns(judged_2013(figures(100, 60, 60, 0)), "unanimous"));
        CHECK(warns(judged_2013(figures(100, 60, 0, 0)), "unanimous")); // all blank
        CHECK_FALSE(warns(judged_2013(figures(100, 60, 59, 1)), "unanimous"));
        CHECK_FALSE(warns(judged_2013(figures(100, 0, 0, 0)), "unanimous"));
    }

    TEST_CASE("nobody returning a paper is a result without a mandate") { CHECK_FALSE(judged_2013(figures(100, 0, 0, 0)).any_mandate()); }

    TEST_CASE("figures that cannot be are refused")
    {
        const auto refused = [](const ConstituencyCount& count) {
            const std::vector<ConstituencyCount> counts{count};
            return code(judge(book(), one_question(plan_2013()), day("2013-09-30"), day("2013-10-18"), counts));
        };
        CHECK(refused(figures(10, 10, 5, 5)) == "accepted");
        CHECK(refused(figures(10, 11, 5, 5)) == "figures_do_not_add_up");
        CHECK(refused(figures(10, 10, 6, 5)) == "figures_do_not_add_up");
        CHECK(refused(figures(10, 10, 6, -1)) == "figures_do_not_add_up");
        auto none = figures(10, 10, 5, 5);
        none.questions.clear();
        CHECK(refused(none) == "figures_do_not_add_up");
    }

    TEST_CASE("what is signed to declare holds every figure and the mandate")
    {
        const auto result = judged_2013(figures(250, 60, 50, 8));
        CHECK(canonical_result(result) == "walkout-result/1|probation-2013|opened=2013-09-30|ballot=2013-10-18\n"
                                          "constituency|REHEARSAL1234567|entitled=250|overseas=0|cast=60\n"
                                          "question|REHEARSAL1234567|strike|yes=50|no=8|spoiled=2|supported=yes|mandate=begin_by 2013-11-14\n");
        CHECK(result_hash(result) != result_hash(judged_2013(figures(250, 60, 49, 8))));
        const auto lines = result_lines(plan_2013(), result);
        CHECK(std::ranges::find(lines, "    Yes 50, No 8, blank or spoiled 2") != lines.end());
        CHECK(std::ranges::find(lines, "    A mandate: action must begin by Thursday 14 November 2013.") != lines.end());
    }
}
