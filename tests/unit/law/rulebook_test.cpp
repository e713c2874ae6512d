#include "tests/unit/law/law_support.hpp"

#include "shared/law/table.hpp"

#include <set>
#include <tuple>

using namespace walkout;
using namespace walkout::law;

TEST_SUITE_BEGIN("law/rulebook");

TEST_CASE("the law before 12 May 2006 is refused as not covered, that day is covered")
{
    const auto refused = Rulebook::covers(on("2006-05-11"));
    REQUIRE(refused.has_error());
    CHECK(is_not_covered(refused.error()));
    CHECK(Rulebook::covers(on("2006-05-12")).has_value());
}

TEST_CASE("every topic has a row for both jurisdictions from the first covered day")
{
    const Rulebook book;
    for (const auto jurisdiction : {GB, NI}) {
        CHECK(book.on(jurisdiction, first_covered_day()).size() == enum_names(Topic{}).size());
        for (const auto& rule : book.on(jurisdiction, first_covered_day())) CHECK(rule.from == first_covered_day());
    }
}

TEST_CASE("no two rows of a topic begin on one day, and every row names its words and source")
{
    std::set<std::tuple<Topic, Jurisdiction, Date>> seen;
    for (const auto& rule : shipped_rules()) {
        CAPTURE(name(rule.topic));
        CHECK(seen.insert({rule.topic, rule.jurisdiction, rule.from}).second);
        CHECK(!rule.words.empty());
        CHECK(!rule.source.empty());
    }
}

TEST_CASE("1.1: a row applies from its first day until the next row's first day")
{
    const Rulebook book;
    const auto& before = book.rule(Topic::turnout_threshold, GB, on("2017-02-28"));
    const auto& after = book.rule(Topic::turnout_threshold, GB, on("2017-03-01"));
    CHECK(std::holds_alternative<None>(before.value));
    CHECK(book.until(before) == on("2017-03-01"));
    REQUIRE(value_of<Share>(after) != nullptr);
    CHECK(book.until(after) == std::nullopt);
}

TEST_CASE("1.1: what changed on 18 February 2026 and what did not")
{
    const Rulebook book;
    const auto last = on("2026-02-17"), first = on("2026-02-18");
    std::string changed;
    for (const auto& rule : book.on(GB, first))
        if (rule.from == first) changed += std::string(name(rule.topic)) + " ";
    CHECK(changed == "support_threshold important_public_services ballot_notice_contents voting_paper statutory_statement result_figures mandate "
                     "action_notice_days "
                     "action_notice_contents dismissal_protection detriment_protection picket_supervisor ");
    CHECK(holds(book.rule(Topic::picket_supervisor, GB, last)));
    CHECK_FALSE(holds(book.rule(Topic::picket_supervisor, GB, first)));
    CHECK(value_of<Share>(book.rule(Topic::turnout_threshold, GB, first)) != nullptr);
}

TEST_CASE("1.1: a picket supervisor is required from 1 March 2017 to 17 February 2026")
{
    const Rulebook book;
    CHECK_FALSE(holds(book.rule(Topic::picket_supervisor, GB, on("2017-02-28"))));
    CHECK(holds(book.rule(Topic::picket_supervisor, GB, on("2017-03-01"))));
    CHECK_FALSE(holds(book.rule(Topic::picket_supervisor, NI, on("2020-01-01"))));
}

TEST_CASE("1.1: work notices existed from 20 July 2023 to 17 December 2025")
{
    const Rulebook book;
    CHECK_FALSE(holds(book.rule(Topic::work_notices, GB, on("2023-07-19"))));
    CHECK(holds(book.rule(Topic::work_notices, GB, on("2023-07-20"))));
    CHECK(holds(book.rule(Topic::work_notices, GB, on("2025-12-17"))));
    CHECK_FALSE(holds(book.rule(Topic::work_notices, GB, on("2025-12-18"))));
}

TEST_CASE("1.8: the figures in notices by the day of receipt")
{
    const Rulebook book;
    const auto items = [&](Topic topic, std::string_view day) {
        std::string out;
        for (const auto item : std::get<NoticeItems>(book.rule(topic, GB, on(day)).value)) out += std::string(name(item)) + " ";
        return out;
    };
    CHECK(items(Topic::ballot_notice_contents, "2026-02-17") == "opening_day categories workplaces total per_category per_workplace explanation ");
    CHECK(items(Topic::ballot_notice_contents, "2026-02-18") == "opening_day categories workplaces total ");
    CHECK(items(Topic::action_notice_contents, "2026-02-17") ==
          "categories workplaces total per_category per_workplace explanation continuous_or_not action_dates ");
    CHECK(items(Topic::action_notice_contents, "2026-02-18") ==
          "categories workplaces total per_workplace explanation continuous_or_not action_dates ");
}

TEST_CASE("1.1: the figures of the result by opening day, with and without the repeal of the turnout rule")
{
    const auto figures = [](const Rulebook& book, Jurisdiction jurisdiction, std::string_view day) {
        std::string out;
        for (const auto figure : std::get<Figures>(book.rule(Topic::result_figures, jurisdiction, on(day)).value))
            out += std::string(name(figure)) + " ";
        return out;
    };
    const Rulebook book;
    CHECK(figures(book, GB, "2017-02-28") == "cast yes no spoiled ");
    CHECK(figures(book, GB, "2017-03-01") == "entitled cast yes no spoiled turnout_met support_met ");
    CHECK(figures(book, GB, "2026-02-18") == "entitled cast yes no spoiled turnout_met ");
    CHECK(figures(after_turnout_repeal(), GB, "2026-08-31") == "entitled cast yes no spoiled turnout_met ");
    CHECK(figures(after_turnout_repeal(), GB, "2026-09-01") == "cast yes no spoiled ");
    CHECK(figures(book, NI, "2026-09-01") == "cast yes no spoiled ");
}

TEST_CASE("an amendment ends the present row on its day, names its instrument and changes nothing else")
{
    const Rulebook shipped;
    const auto amended = after_turnout_repeal("2026-09-01");
    const auto& old_row = amended.rule(Topic::turnout_threshold, GB, on("2026-08-31"));
    const auto& new_row = amended.rule(Topic::turnout_threshold, GB, on("2026-09-01"));
    CHECK(amended.until(old_row) == on("2026-09-01"));
    CHECK(std::holds_alternative<None>(new_row.value));
    CHECK(source_of(new_row) == "ERA25 s.68(2), commenced by S.I. 2026/901");
    CHECK(value_of<Share>(shipped.rule(Topic::turnout_threshold, GB, on("2026-09-01"))) != nullptr);
    CHECK(amended.rows().size() == shipped.rows().size() + 3);
    CHECK(amended.rule(Topic::mandate, GB, on("2026-09-01")).from == shipped.rule(Topic::mandate, GB, on("2026-09-01")).from);
}

TEST_CASE("of two amendments of one provision the later recorded counts")
{
    const Rulebook book({{Provision::online, on("2026-09-01"), "S.I. 2026/1"}, {Provision::online, on("2026-10-01"), "S.I. 2026/2"}});
    CHECK_FALSE(holds(book.rule(Topic::voting_online, GB, on("2026-09-30"))));
    CHECK(holds(book.rule(Topic::voting_online, GB, on("2026-10-01"))));
    CHECK(book.rule(Topic::voting_online, GB, on("2026-10-01")).instrument == "S.I. 2026/2");
}

TEST_CASE("a commencement needs an instrument and cannot predate the law it commences")
{
    CHECK(check({Provision::online, on("2026-06-23"), "S.I. 2026/1"}).has_value());
    CHECK(check({Provision::turnout_repeal, on("2026-04-08"), "S.I. 2026/1"}).has_value());

    const auto early = check({Provision::online, on("2026-06-22"), "S.I. 2026/1"});
    REQUIRE(early.has_error());
    CHECK(early.error().code == "commencement_impossible");
    CHECK(early.error().earliest_lawful == "2026-06-23");
    CHECK(early.error().rule == "voting_online");
    CHECK(check({Provision::turnout_repeal, on("2026-04-07"), "S.I. 2026/1"}).error().code == "commencement_impossible");
    for (const auto* instrument : {"", "hello", "SI x"})
        CHECK(check({Provision::online, on("2026-09-01"), instrument}).error().code == "instrument_missing");
}

TEST_CASE("every provision has its rows, and none of them is shipped as law")
{
    const Rulebook book;
    for (const auto& [provision, provision_name] : enum_names(Provision{}))
        for (const auto& row : pending(provision).rows) {
            CAPTURE(provision_name);
            const auto& shipped = book.rule(row.topic, GB, on("2035-12-31"));
            CHECK(shipped.words != row.words);
            CHECK(shipped.from < pending(provision).not_before);
        }
}

TEST_CASE("a row that uncommenced law may have replaced says from when, until an official records the commencement")
{
    const Rulebook shipped;
    const auto& turnout = shipped.rule(Topic::turnout_threshold, GB, on("2026-12-01"));
    CHECK(shipped.unconfirmed_from(turnout) == on("2026-04-08"));
    CHECK(shipped.unconfirmed_from(shipped.rule(Topic::voting_online, GB, on("2026-12-01"))) == on("2026-06-23"));
    CHECK(shipped.unconfirmed_from(shipped.rule(Topic::turnout_threshold, GB, on("2017-02-28"))) == std::nullopt);
    CHECK(shipped.unconfirmed_from(shipped.rule(Topic::turnout_threshold, NI, on("2026-12-01"))) == std::nullopt);
    CHECK(shipped.unconfirmed_from(shipped.rule(Topic::mandate, GB, on("2026-12-01"))) == std::nullopt);
    const auto amended = after_turnout_repeal();
    CHECK(amended.unconfirmed_from(amended.rule(Topic::turnout_threshold, GB, on("2026-08-31"))) == std::nullopt);
    CHECK(amended.unconfirmed_from(amended.rule(Topic::turnout_threshold, GB, on("2026-09-01"))) == std::nullopt);
}

TEST_SUITE_END();
