#include "shared/ballot/notified_action.hpp"
#include "tests/unit/ballot/plans.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::ballot;

TEST_SUITE_BEGIN("ballot");

namespace {

NotifiedAction on(std::vector<Date> dates, Course course = Course::discontinuous)
{
    return {.kind = QuestionKind::strike, .course = course, .dates = std::move(dates)};
}
std::string refused(const NotifiedAction& action)
{
    const auto checked = check(action);
    return checked ? "fine" : checked.error().code;
}

} // namespace

TEST_CASE("TULRCA s.234A(3)(b): discontinuous action has dates, in order and each once; continuous action the one on which it begins")
{
    CHECK(refused(on({day("2026-12-07"), day("2026-12-09")})) == "fine");
    CHECK(refused(on({})) == "action_days_missing");
    CHECK(refused(on({day("2026-12-09"), day("2026-12-07")})) == "action_days_out_of_order");
    CHECK(refused(on({day("2026-12-07"), day("2026-12-07")})) == "action_days_out_of_order");
    CHECK(refused(on({day("2026-12-07"), day("2027-12-08")})) == "fine");
    CHECK(refused(on({day("2026-12-07"), day("2027-12-09")})) == "action_days_too_far_apart");
    CHECK(refused(on({day("2026-12-07")}, Course::continuous)) == "fine");
    CHECK(refused(on({day("2026-12-07"), day("2026-12-08")}, Course::continuous)) == "action_days_missing");
}

TEST_CASE("a notice names its dates, and a continuous one every day from its first")
{
    const auto listed = on({day("2026-12-07"), day("2026-12-09")});
    CHECK(listed.names(day("2026-12-07")));
    CHECK_FALSE(listed.names(day("2026-12-08")));
    CHECK(listed.names(day("2026-12-09")));
    const auto open = on({day("2026-12-07")}, Course::continuous);
    CHECK_FALSE(open.names(day("2026-12-06")));
    CHECK(open.names(day("2027-05-01")));
    CHECK_FALSE(open.last());
    CHECK(listed.last() == day("2026-12-09"));
}

TEST_CASE("what a notice says is read as a sentence")
{
    CHECK(action_words(on({day("2026-12-07"), day("2026-12-09")})) == "a strike on Monday 7 December 2026 and Wednesday 9 December 2026");
    CHECK(action_words(on({day("2026-12-07"), day("2026-12-08"), day("2026-12-09")})) ==
          "a strike, each day from Monday 7 December 2026 to Wednesday 9 December 2026");
    auto ban = on({day("2026-12-07")}, Course::continuous);
    ban.kind = QuestionKind::action_short;
    CHECK(action_words(ban) == "industrial action short of a strike, continuous from Monday 7 December 2026");
    ban.kind.reset();
    CHECK(kind_words(ban) == "industrial action");
}

TEST_SUITE_END();
