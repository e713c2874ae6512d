#include "shared/wire/law_messages.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace walkout;

namespace {

constexpr auto GB = law::Jurisdiction::great_britain;

const wire::LawRule& row(const wire::LawRules& message, law::Topic topic) { return *std::ranges::find(message.rules, topic, &wire::LawRule::topic); }

} // namespace

TEST_SUITE_BEGIN("wire/law");

TEST_CASE("an outcome says supported, its tests by name, and leaves out what was not given")
{
    const law::Rulebook book;
    const auto opened = *parse_date("2013-10-07");
    const law::Tally tally{.entitled = {}, .yes = 55, .no = 17, .spoiled = 0};
    const auto message = wire::outcome_message(book, GB, opened, tally, false, law::judge(book, GB, opened, tally, false).value());
    CHECK(wire::to_json(message) ==
          R"~({"jurisdiction":"GB","opened":"2013-10-07","cast":72,"yes":55,"no":17,"spoiled":0,"important_public_service":false,)~"
          R"~("supported":true,"tests":[{"rule":"majority","asks":"more than half of valid votes must be Yes","sum":"2×55 > 72","met":true,)~"
          R"~("binding":true,"source":"TULRCA s.226(2)(a)(iii)"}],"yes_of_valid":"76.39","yes_of_cast":"76.39","warnings":[]})~");
    CHECK(wire::to_json(wire::from_json<wire::LawOutcome>(wire::to_json(message)).value()) == wire::to_json(message));
}

TEST_CASE("an outcome that rests on a rule which may have been repealed since says so, from that day on")
{
    const law::Rulebook book;
    const law::Tally tally{.entitled = 100, .yes = 55, .no = 17, .spoiled = 0};
    const auto warnings = [&](const char* day) {
        const auto opened = *parse_date(day);
        return wire::outcome_message(book, GB, opened, tally, false, law::judge(book, GB, opened, tally, false).value()).warnings.size();
    };
    CHECK(warnings("2026-04-07") == 0);
    CHECK(warnings("2026-04-08") == 1);
}

TEST_CASE("rules carry their numbers, items, statement and period")
{
    const law::Rulebook book;
    const auto message = wire::rules_message(book, GB, *parse_date("2020-01-01"));
    const auto& notice = row(message, law::Topic::action_notice_days);
    CHECK(notice.numbers == std::map<std::string, std::int64_t>{{"days", 14}, {"days_if_agreed", 7}});
    CHECK(text(notice.from) == "2017-03-01");
    REQUIRE(notice.until.has_value());
    CHECK(text(*notice.until) == "2026-02-18");
    const auto& mandate = row(message, law::Topic::mandate);
    CHECK(mandate.items == std::vector<std::string>{"expires_end_of"});
    CHECK(mandate.numbers == std::map<std::string, std::int64_t>{{"months", 6}, {"months_if_agreed", 9}});
    CHECK(row(message, law::Topic::result_figures).items.size() == 7);
    CHECK(row(message, law::Topic::statutory_statement).statement.has_value());
    CHECK(row(message, law::Topic::picket_supervisor).holds);
    CHECK_FALSE(row(message, law::Topic::voting_online).holds);
    CHECK(wire::from_json<wire::LawRules>(wire::to_json(message)).value().rules.size() == message.rules.size());
}

TEST_CASE("a timetable is lawful where nothing is refused, and otherwise carries the refusals with their earliest lawful date")
{
    const law::Rulebook book;
    law::Plan plan;
    plan.opening_day = *parse_date("2013-10-07");
    plan.closes = *parse_wall("2013-10-28T12:00");
    const auto message = [&](const char* today) {
        return wire::timetable_message(plan, law::timetable(book, plan).value(), law::check_plan(book, plan, *parse_date(today)),
                                       law::advise(book, plan));
    };
    CHECK(message("2013-09-30").lawful);
    const auto late = message("2013-10-01");
    CHECK_FALSE(late.lawful);
    REQUIRE(late.refusals.size() == 1);
    CHECK(late.refusals[0].earliest_lawful == "2013-10-08");
    CHECK(wire::to_json(wire::from_json<wire::LawTimetable>(wire::to_json(late)).value()) == wire::to_json(late));
}

TEST_SUITE_END();
