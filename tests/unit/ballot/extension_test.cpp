#include "shared/ballot/extension.hpp"
#include "tests/unit/ballot/plans.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::ballot;

namespace {

const auto opened = day("2013-09-30");
const auto closes = at("2013-10-18T11:00:00Z");
const auto before = at("2013-10-17T09:00:00Z");

std::string extended(Phase phase, Instant later, Instant now) { return code(extend(book(), plan_2013(), phase, opened, closes, later, now)); }

} // namespace

TEST_SUITE("extension")
{
    TEST_CASE("voting is extended only while it goes on, before the closing in force, to a later moment within reason")
    {
        const auto later = at("2013-10-21T11:00:00Z");
        CHECK(extended(Phase::open, later, before) == "accepted");
        CHECK(extended(Phase::suspended, later, before) == "accepted");
        CHECK(extended(Phase::coded, later, before) == "wrong_phase");
        CHECK(extended(Phase::closed, later, before) == "wrong_phase");
        CHECK(extended(Phase::open, later, closes - std::chrono::seconds(1)) == "accepted");
        CHECK(extended(Phase::open, later, closes) == "closing_passed");
        CHECK(extended(Phase::open, closes, before) == "extension_not_later");
        CHECK(extended(Phase::open, closes + std::chrono::seconds(1), before) == "accepted");
        CHECK(extended(Phase::open, closes + longest_extension, before) == "accepted");
        CHECK(extended(Phase::open, closes + longest_extension + std::chrono::seconds(1), before) == "extension_too_long");
    }

    TEST_CASE("s.246: an extension moves the date of the ballot, the report's due day and the mandate")
    {
        const auto result = extend(book(), plan_2013(), Phase::open, opened, closes, at("2013-10-21T23:00:00Z"), before).value();
        CHECK(result.date_of_ballot == day("2013-10-21")); // midnight, summer time, ends the 21st
        CHECK(result.report_due == day("2013-11-17"));
        REQUIRE(result.mandate.has_value());
        CHECK(result.mandate->day == day("2013-11-17"));
        CHECK(std::ranges::find(result.words, "Date of the ballot: Monday 21 October 2013") != result.words.end());
    }

    TEST_CASE("what is signed of an extension names the paper, both closings, every date that moves, and why")
    {
        const auto result = extend(book(), plan_2013(), Phase::open, opened, closes, at("2013-10-21T11:00:00Z"), before).value();
        const auto signed_text = addendum(plan_2013(), result, 2, std::string(64, 'a'), "The line was cut.");
        CHECK(signed_text.canonical == "walkout-object/1|extend|probation-2013\naddendum|2\npaper|" + std::string(64, 'a') +
                                           "\nclosed_before|2013-10-18T11:00:00Z\ncloses|2013-10-21T11:00:00Z\ndate_of_ballot|2013-10-21\n"
                                           "report_due|2013-11-17\nmandate|begin_by|2013-11-17\nreason|The line was cut.\n");
        CHECK(std::ranges::find(signed_text.words, "Addendum 2 to the voting paper with SHA-256 " + std::string(64, 'a')) != signed_text.words.end());
        CHECK(signed_text.words.back() == "Why: The line was cut.");
    }

    TEST_CASE("an extension across 18 February 2026 keeps the mandate of the opening day")
    {
        auto plan = plan_2026();
        const auto result =
            extend(book(), plan, Phase::open, day("2026-02-17"), at("2026-02-17T17:00:00Z"), at("2026-03-10T17:00:00Z"), at("2026-02-17T09:00:00Z"))
                .value();
        CHECK(result.mandate->day == day("2026-09-09")); // six months beginning with 10 March
        plan.statutory = false;
        CHECK_FALSE(
            extend(book(), plan, Phase::open, day("2026-02-17"), at("2026-02-17T17:00:00Z"), at("2026-03-10T17:00:00Z"), at("2026-02-17T09:00:00Z"))
                ->mandate);
    }
}
