#include "tests/unit/law/law_support.hpp"

#include "shared/law/mandate.hpp"

using namespace walkout;
using namespace walkout::law;

namespace {

std::string ends(Jurisdiction jurisdiction, std::string_view opening, std::string_view ballot_date)
{
    const auto stands = mandate(Rulebook(), jurisdiction, on(opening), on(ballot_date)).value();
    return std::string(name(stands.limit)) + " " + text(stands.day) + (stands.extendable_to ? " or " + text(*stands.extendable_to) : "");
}

std::string refused_action(std::string_view opening, std::string_view ballot_date, std::string_view first, std::string_view last)
{
    const Rulebook book;
    const auto stands = mandate(book, GB, on(opening), on(ballot_date)).value();
    return codes(check_action(book, GB, on(opening), on(ballot_date), stands, {on(first), on(last)}));
}

std::string refused_notice(std::string_view received, std::string_view first_day, bool agreed = false, Jurisdiction jurisdiction = GB)
{
    const ActionNotice notice{.jurisdiction = jurisdiction, .result_told = on(received), .received = on(received), .shorter_agreed = agreed};
    return codes(check_action_notice(Rulebook(), notice, on(first_day)));
}

} // namespace

TEST_SUITE_BEGIN("law/mandate");

TEST_CASE("s.234: the mandate by opening day, both sides of each change")
{
    CHECK(ends(GB, "2013-10-07", "2013-10-28") == "begin_by 2013-11-24 or 2013-12-22");
    CHECK(ends(GB, "2017-02-28", "2017-03-20") == "begin_by 2017-04-16 or 2017-05-14");
    CHECK(ends(GB, "2017-03-01", "2017-03-20") == "expires_end_of 2017-09-19 or 2017-12-19");
    CHECK(ends(GB, "2026-02-17", "2026-03-10") == "expires_end_of 2026-09-09 or 2026-12-09");
    CHECK(ends(GB, "2026-02-18", "2026-03-10") == "expires_end_of 2027-03-09");
    CHECK(ends(NI, "2026-02-18", "2026-03-10") == "begin_by 2026-04-06 or 2026-05-04");
}

TEST_CASE("a mandate of months ends on the day before the same day of the month, or with a month that has no such day")
{
    CHECK(ends(GB, "2022-08-01", "2022-08-31") == "expires_end_of 2023-02-28 or 2023-05-30");
    CHECK(ends(GB, "2023-08-01", "2023-08-31") == "expires_end_of 2024-02-29 or 2024-05-30");
    CHECK(ends(GB, "2023-08-01", "2023-08-30") == "expires_end_of 2024-02-29 or 2024-05-29");
    CHECK(ends(GB, "2023-08-01", "2023-08-29") == "expires_end_of 2024-02-28 or 2024-05-28");
    CHECK(ends(GB, "2022-09-01", "2022-09-01") == "expires_end_of 2023-02-28 or 2023-05-31");
    CHECK(ends(GB, "2028-02-01", "2028-02-29") == "expires_end_of 2029-02-28");
    CHECK(ends(GB, "2027-02-01", "2027-03-01") == "expires_end_of 2028-02-29");
}

TEST_CASE("an agreed extension lengthens a mandate up to its limit and not a day more")
{
    const Rulebook book;
    const auto with = [&](std::string_view opening, std::string_view ballot_date, std::string_view until) {
        return mandate(book, GB, on(opening), on(ballot_date), on(until));
    };
    CHECK(with("2013-10-07", "2013-10-28", "2013-12-22")->day == on("2013-12-22"));
    CHECK(with("2013-10-07", "2013-10-28", "2013-12-23").error().code == "mandate_too_long");
    CHECK(with("2022-10-01", "2022-11-01", "2023-07-31")->day == on("2023-07-31"));
    CHECK(with("2022-10-01", "2022-11-01", "2023-08-01").error().code == "mandate_too_long");
    CHECK(with("2022-10-01", "2022-11-01", "2023-01-01")->day == on("2023-04-30")); // an agreement cannot shorten it
    CHECK(with("2026-02-18", "2026-03-10", "2027-03-10").error().code == "mandate_not_extendable");
    CHECK(is_not_covered(with("2006-05-11", "2006-06-01", "2006-06-20").error()));
}

namespace {

std::string lengthened(std::string_view opening, std::string_view ballot_date, const std::vector<Extension>& extensions,
                       Jurisdiction jurisdiction = GB, const Rulebook& book = Rulebook())
{
    const auto stands = extended(book, jurisdiction, on(opening), on(ballot_date), extensions);
    return stands ? text(stands->day) : stands.error().code;
}

constexpr auto agreed = ExtensionGround::agreement;
constexpr auto ordered = ExtensionGround::court_order;

} // namespace

TEST_CASE("s.234: extensions one after the other, by agreement up to the longest there is, by a court up to twelve weeks before March 2017")
{
    CHECK(lengthened("2013-10-07", "2013-10-28", {}) == "2013-11-24");
    CHECK(lengthened("2013-10-07", "2013-10-28", {{agreed, on("2013-12-01")}, {agreed, on("2013-12-22")}}) == "2013-12-22");
    CHECK(lengthened("2013-10-07", "2013-10-28", {{agreed, on("2013-12-23")}}) == "mandate_too_long");
    CHECK(lengthened("2013-10-07", "2013-10-28", {{ordered, on("2014-01-19")}}) == "2014-01-19"); // twelve weeks beginning with 28 October
    CHECK(lengthened("2013-10-07", "2013-10-28", {{ordered, on("2014-01-20")}}) == "mandate_too_long");
    CHECK(lengthened("2022-10-01", "2022-11-01", {{agreed, on("2023-07-31")}, {ordered, on("2023-09-30")}}) == "2023-09-30");
    CHECK(lengthened("2026-02-18", "2026-03-10", {{agreed, on("2027-03-10")}}) == "mandate_not_extendable");
    CHECK(lengthened("2026-02-18", "2026-03-10", {{ordered, on("2027-03-10")}}) == "2027-03-10");
    CHECK(lengthened("2013-10-07", "2013-10-28", {{agreed, on("2013-11-24")}}) == "extension_shortens");
    CHECK(lengthened("2026-02-18", "2026-03-10", {{agreed, on("2026-05-04")}}, NI) == "2026-05-04");
    CHECK(lengthened("2026-02-18", "2026-03-10", {{ordered, on("2026-05-04")}}, NI) == "law_not_verified");
    CHECK(lengthened("2006-05-11", "2006-06-01", {{agreed, on("2006-07-01")}}) == "not_covered");
}

TEST_CASE("s.234(2)-(6): a court gives back the days on which the action was forbidden, each once and no more")
{
    const auto order = [](std::string_view until, std::string_view from, std::string_view to) {
        return Extension{ordered, on(until), on(from), on(to)};
    };
    const auto stands = [](const std::vector<Extension>& extensions) { return lengthened("2026-02-18", "2026-03-10", extensions); };
    CHECK(stands({}) == "2027-03-09");
    CHECK(stands({order("2027-03-19", "2026-04-01", "2026-04-10")}) == "2027-03-19"); // ten days
    CHECK(stands({order("2027-03-20", "2026-04-01", "2026-04-10")}) == "mandate_too_long");
    CHECK(stands({order("2030-12-01", "2026-04-01", "2026-04-10")}) == "mandate_too_long");
    CHECK(stands({order("2027-03-10", "2026-04-01", "2026-04-01")}) == "2027-03-10");
    CHECK(stands({order("2027-03-10", "2026-03-09", "2026-04-01")}) == "forbidden_days"); // before the date of the ballot
    CHECK(stands({order("2027-03-10", "2027-03-10", "2027-04-01")}) == "forbidden_days"); // when the mandate had ended
    CHECK(stands({order("2027-03-10", "2026-04-02", "2026-04-01")}) == "forbidden_days");
    CHECK(stands({order("2027-03-19", "2026-04-01", "2026-04-10"), order("2027-03-21", "2026-05-01", "2026-05-02")}) == "2027-03-21");
    CHECK(stands({order("2027-03-19", "2026-04-01", "2026-04-10"), order("2027-03-21", "2026-04-10", "2026-05-02")}) == "days_given_back");
    CHECK(lengthened("2013-10-07", "2013-10-28", {order("2014-01-20", "2013-10-28", "2014-02-28")}) == "mandate_too_long"); // twelve weeks at most
}

TEST_CASE("1.11: once an official has read whether a court may lengthen a mandate in Northern Ireland, an order can be recorded there")
{
    const Rulebook book(
        {}, {{NI, Topic::mandate_court_order, on("2006-05-12"), parse_value(Topic::mandate_court_order, "12 weeks").value(), "NI Order"}});
    CHECK(lengthened("2026-02-18", "2026-03-10", {{ordered, on("2026-06-01")}}, NI, book) == "2026-06-01");
    CHECK(lengthened("2026-02-18", "2026-03-10", {{ordered, on("2026-06-02")}}, NI, book) == "mandate_too_long");
}

TEST_CASE("s.234A: each employer's clock starts when that employer was told, and ends when no notice can reach the last day")
{
    const Rulebook book;
    const auto stands = mandate(book, GB, on("2026-02-18"), on("2026-03-10")).value();
    const auto window = [&](std::string_view told, std::string_view today) { return action_window(book, GB, stands, on(told), on(today)); };
    CHECK(text(window("2026-03-12", "2026-03-11").earliest) == "2026-03-22"); // not before it is told
    CHECK(text(window("2026-03-12", "2026-04-01").earliest) == "2026-04-11");
    CHECK(text(window("2026-03-12", "2026-04-01").notice_by) == "2027-02-27"); // the tenth day before 9 March 2027
    CHECK(window("2026-03-12", "2027-02-27").possible);
    CHECK_FALSE(window("2026-03-12", "2027-02-28").possible);
}

TEST_CASE("the last day for a notice is found across a change of the notice period")
{
    const Rulebook book;
    CHECK(text(latest_notice(book, GB, on("2017-03-14"))) == "2017-02-28"); // seven days until then, fourteen from 1 March
    CHECK(text(latest_notice(book, GB, on("2017-03-15"))) == "2017-03-01");
    CHECK(text(latest_notice(book, GB, on("2017-03-08"), true)) == "2017-03-01");
    CHECK(text(latest_notice(book, GB, on("2026-02-27"))) == "2026-02-13");
    CHECK(text(latest_notice(book, GB, on("2026-02-28"))) == "2026-02-18");
    CHECK(text(latest_notice(book, NI, on("2026-02-28"))) == "2026-02-21");
}

TEST_CASE("noon to noon touches two days, and an end at midnight does not touch the day it begins")
{
    const auto two = days_touched(at("2013-11-05T12:00"), at("2013-11-06T12:00"));
    CHECK(two.first == on("2013-11-05"));
    CHECK(two.last == on("2013-11-06"));
    CHECK(days_touched(at("2013-11-05T12:00"), at("2013-11-06T00:00")).last == on("2013-11-05"));
    CHECK(days_touched(at("2013-11-05T12:00"), at("2013-11-06T00:00:01")).last == on("2013-11-06"));
}

TEST_CASE("before March 2017 action must begin in time and may then go on")
{
    CHECK(refused_action("2013-10-07", "2013-10-28", "2013-11-05", "2013-11-06").empty());
    CHECK(refused_action("2013-10-07", "2013-10-28", "2013-11-24", "2014-01-31").empty());
    CHECK(refused_action("2013-10-07", "2013-10-28", "2013-11-25", "2013-11-25") == "mandate_begin_passed");
}

TEST_CASE("from March 2017 a walkout across the mandate's last midnight is refused with advice to shorten it")
{
    CHECK(refused_action("2026-02-18", "2026-03-10", "2027-03-09", "2027-03-09").empty());
    CHECK(refused_action("2026-02-18", "2026-03-10", "2027-03-09", "2027-03-10") == "mandate_expired");
    const Rulebook book;
    const auto stands = mandate(book, GB, on("2026-02-18"), on("2026-03-10")).value();
    const auto refused =
        check_action(book, GB, on("2026-02-18"), on("2026-03-10"), stands, days_touched(at("2027-03-09T12:00"), at("2027-03-10T12:00")));
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].next == "Shorten to end by midnight at the end of Tuesday 9 March 2027.");
    CHECK(refused[0].rule == "mandate");
    const auto too_late = check_action(book, GB, on("2026-02-18"), on("2026-03-10"), stands, {on("2027-03-10"), on("2027-03-10")});
    REQUIRE(too_late.size() == 1);
    CHECK(too_late[0].next == "Ballot again.");
}

TEST_CASE("s.233(1)(b): no action before the date of the ballot")
{
    CHECK(refused_action("2013-10-07", "2013-10-28", "2013-10-27", "2013-10-28") == "before_ballot_date");
    CHECK(refused_action("2013-10-07", "2013-10-28", "2013-10-28", "2013-10-28").empty());
}

TEST_CASE("s.234A: notice of action by the day the employer receives it, both sides of each boundary")
{
    CHECK(refused_notice("2013-10-29", "2013-11-05").empty());
    CHECK(refused_notice("2013-10-30", "2013-11-05") == "action_notice_short");
    CHECK(refused_notice("2017-02-28", "2017-03-07").empty());
    CHECK(refused_notice("2017-03-01", "2017-03-14") == "action_notice_short");
    CHECK(refused_notice("2017-03-01", "2017-03-15").empty());
    CHECK(refused_notice("2026-02-17", "2026-03-02") == "action_notice_short");
    CHECK(refused_notice("2026-02-17", "2026-03-03").empty());
    CHECK(refused_notice("2026-02-18", "2026-02-27") == "action_notice_short");
    CHECK(refused_notice("2026-02-18", "2026-02-28").empty());
}

TEST_CASE("TUA16 s.8: seven days if agreed, only for notices received from 1 March 2017 to 17 February 2026")
{
    CHECK(refused_notice("2017-03-01", "2017-03-07", true) == "action_notice_short");
    CHECK(refused_notice("2017-03-01", "2017-03-08", true).empty());
    CHECK(refused_notice("2026-02-18", "2026-02-27", true) == "action_notice_short");
    CHECK(refused_notice("2026-02-18", "2026-02-28", true).empty());
}

TEST_CASE("1.11: seven days in Northern Ireland, then and now")
{
    CHECK(refused_notice("2026-03-01", "2026-03-08", false, NI).empty());
    CHECK(refused_notice("2026-03-01", "2026-03-07", false, NI) == "action_notice_short");
}

TEST_CASE("the notice window begins on the day the employer is told the result")
{
    const ActionNotice early{.jurisdiction = GB, .result_told = on("2026-03-12"), .received = on("2026-03-11"), .shorter_agreed = false};
    const auto refused = check_action_notice(Rulebook(), early, on("2026-04-30"));
    REQUIRE(codes(refused) == "notice_before_result");
    CHECK(refused[0].earliest_lawful == "2026-03-22");
    const ActionNotice same_day{.jurisdiction = GB, .result_told = on("2026-03-12"), .received = on("2026-03-12"), .shorter_agreed = false};
    CHECK(check_action_notice(Rulebook(), same_day, on("2026-03-22")).empty());
}

TEST_CASE("a short notice of action names the earliest lawful day and its source")
{
    const ActionNotice notice{.jurisdiction = GB, .result_told = on("2026-03-12"), .received = on("2026-03-12"), .shorter_agreed = false};
    const auto refused = check_action_notice(Rulebook(), notice, on("2026-03-21"));
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].kind == Kind::unlawful);
    CHECK(refused[0].earliest_lawful == "2026-03-22");
    CHECK(refused[0].rule == "action_notice_days");
    CHECK(refused[0].source == "TULRCA s.234A(4), ERA25 s.74(1)(c), S.I. 2026/3 Sch 2 para 10");
    CHECK(refused[0].detail == "Notice received on Thursday 12 March 2026 allows action from Sunday 22 March 2026, not on Saturday 21 March 2026.");
}

TEST_SUITE_END();
