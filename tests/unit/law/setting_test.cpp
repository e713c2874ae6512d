#include "tests/unit/law/law_support.hpp"

#include "shared/law/mandate.hpp"
#include "shared/law/outcome.hpp"
#include "shared/law/paper.hpp"
#include "shared/law/table.hpp"

#include <iterator>
#include <random>

using namespace walkout;
using namespace walkout::law;

namespace {

constexpr std::string_view order = "S.I. 1995/1980 art 999, read for this test";

Setting setting(Jurisdiction jurisdiction, Topic topic, std::string_view from, std::string_view value, std::string_view source = order)
{
    return {
        .jurisdiction = jurisdiction, .topic = topic, .from = on(from), .value = parse_value(topic, value).value(), .source = std::string(source)};
}

std::string refused(const Setting& asked)
{
    const auto checked = check(asked);
    return checked ? "accepted" : checked.error().code;
}

std::string parsed(Topic topic, std::string_view text)
{
    const auto value = parse_value(topic, text);
    return value ? value_text(*value) : value.error().code;
}

} // namespace

TEST_SUITE_BEGIN("law/setting");

TEST_CASE("every value in the table can be written and read back, but for what is not known")
{
    for (const auto& row : shipped_rules()) {
        CAPTURE(name(row.topic));
        const auto written = value_text(row.value);
        CHECK(fits(row.topic, row.value) != std::holds_alternative<Unverified>(row.value));
        if (!std::holds_alternative<Unverified>(row.value)) CHECK(parsed(row.topic, written) == written);
        CHECK(!form_of(row.topic).empty());
    }
}

TEST_CASE("a value is read in the forms its rule has, and in no other")
{
    CHECK(parsed(Topic::action_notice_days, "10 days") == "10 days");
    CHECK(parsed(Topic::action_notice_days, " 14 days or 7 if agreed\n") == "14 days or 7 if agreed");
    CHECK(parsed(Topic::action_notice_days, "1 day") == "1 days");
    CHECK(parsed(Topic::mandate, "begin_by 4 weeks or 8 weeks if agreed") == "begin_by 4 weeks or 8 weeks if agreed");
    CHECK(parsed(Topic::mandate, "expires_end_of 12 months") == "expires_end_of 12 months");
    CHECK(parsed(Topic::turnout_threshold, "2/5") == "2/5");
    CHECK(parsed(Topic::turnout_threshold, "none") == "none");
    CHECK(parsed(Topic::ballot_notice_contents, "categories,workplaces, total") == "categories, workplaces, total");
    CHECK(parsed(Topic::detriment_protection, "holds") == "holds");
    CHECK(parsed(Topic::statutory_statement, "If you take\n  part,\tyou may.\n") == "If you take part, you may.");
    for (const auto bad :
         {"", "10", "ten days", "10 days or 14 if agreed", "-1 days", "10 days 3", "14 days or 7", "none", "999 days", "4294967296 days"})
        CHECK(parsed(Topic::action_notice_days, bad) == "setting_malformed");
    for (const auto bad : {"4 weeks", "begin_by 0 weeks", "begin_by 4", "expires 12 months", "none"})
        CHECK(parsed(Topic::mandate, bad) == "setting_malformed");
    for (const auto bad : {"3/2", "1/0", "0/2", "holds"}) CHECK(parsed(Topic::turnout_threshold, bad) == "setting_malformed");
    for (const auto bad : {"categories, categories", "names", "none"}) CHECK(parsed(Topic::ballot_notice_contents, bad) == "setting_malformed");
    CHECK(parsed(Topic::statutory_statement, " \n") == "setting_malformed");
    CHECK(parsed(Topic::statutory_statement, std::string(2001, 'x')) == "setting_malformed");
    CHECK(parsed(Topic::scrutineer, "none") == "setting_malformed"); // the code needs a number
}

TEST_CASE("whatever is typed for a value is refused, or is read again from how it is written")
{
    constexpr std::string_view pieces[] = {
        "7",        "14",           "days", "weeks", "months", "begin_by",  "expires_end_of", "or",    "if",   "agreed",
        "none",     "holds",        "1/2",  "first", "class",  "second",    "categories",     "total", "cast", "question",
        "\xff\x00", "999999999999", "/",    ",",     "",       "unverified"};
    std::mt19937 random(1995);
    for (int i = 0; i < 20'000; ++i) {
        std::string typed;
        for (auto length = random() % 8; length > 0; --length) typed += std::string(pieces[random() % std::size(pieces)]) + " ";
        const auto topic = enum_names(Topic{})[random() % enum_names(Topic{}).size()].first;
        CAPTURE(typed);
        CAPTURE(name(topic));
        const auto value = parse_value(topic, typed);
        if (!value) continue;
        REQUIRE(fits(topic, *value));
        REQUIRE(parsed(topic, value_text(*value)) == value_text(*value));
    }
}

TEST_CASE("1.11: the statement of Northern Ireland, once recorded with its source, is what a voting paper carries from its day")
{
    const Rulebook book({}, {setting(NI, Topic::statutory_statement, "2010-04-01", "The words of the Order.")});
    CHECK(paper_rules(book, NI, on("2010-03-31"), std::nullopt, 100).error().code == "law_not_verified");
    const auto rules = paper_rules(book, NI, on("2010-04-01"), std::nullopt, 100).value();
    CHECK(rules.statement == "The words of the Order.");
    const auto& row = book.rule(Topic::statutory_statement, NI, on("2026-12-01"));
    CHECK(source_of(row) == std::string(order) + ", recorded on this server");
    CHECK(is_verified(row));
    CHECK(paper_rules(book, GB, on("2026-12-01"), std::nullopt, 100)->statement == statement_from_18_february_2026);
}

TEST_CASE("a setting replaces the row of its own day, ends the row before it, and of two for one day the later recorded counts")
{
    const Rulebook book({}, {setting(NI, Topic::action_notice_days, "2006-05-12", "8 days"),
                             setting(NI, Topic::action_notice_days, "2020-01-01", "9 days"),
                             setting(NI, Topic::action_notice_days, "2020-01-01", "14 days or 7 if agreed")});
    const auto text_on = [&](std::string_view day) { return value_text(book.rule(Topic::action_notice_days, NI, on(day)).value); };
    CHECK(text_on("2006-05-12") == "8 days");
    CHECK(text_on("2019-12-31") == "8 days");
    CHECK(text_on("2020-01-01") == "14 days or 7 if agreed");
    CHECK(book.until(book.rule(Topic::action_notice_days, NI, on("2019-12-31"))) == on("2020-01-01"));
    CHECK(text(earliest_action(book, NI, on("2026-03-01"))) == "2026-03-15");
    CHECK(text(earliest_action(book, GB, on("2026-03-01"))) == "2026-03-11");
}

TEST_CASE("what was read in the enactment cannot be set for the days it was read for, only for later ones")
{
    CHECK(refused(setting(GB, Topic::mandate, "2026-04-07", "expires_end_of 6 months")) == "rule_verified");
    CHECK(refused(setting(GB, Topic::mandate, "2026-04-08", "expires_end_of 6 months")) == "accepted");
    for (const auto* source : {"x", "art 9", "an Act of 2026", "S.I. 26/9"})
        CHECK(refused(setting(GB, Topic::mandate, "2026-04-08", "expires_end_of 6 months", source)) == "instrument_missing");
    CHECK(refused(setting(GB, Topic::mandate, "2026-04-08", "expires_end_of 6 months", "Employment Rights Act 2027 c. 12, s. 4")) == "accepted");
    CHECK(refused(setting(NI, Topic::mandate, "2020-01-01", "begin_by 4 weeks", "NI Order art 108(4)")) == "accepted"); // was not read before
    CHECK(refused(setting(NI, Topic::majority, "2020-01-01", "1/2")) == "rule_verified");
    CHECK(refused(setting(NI, Topic::mandate, "2020-01-01", "begin_by 4 weeks")) == "accepted"); // recollection, not read
    CHECK(refused(setting(GB, Topic::return_time, "2020-01-01", "8 first class, 15 second")) == "accepted");
    CHECK(refused(setting(GB, Topic::detriment_protection, "2026-02-17", "holds")) == "rule_verified");
    CHECK(refused(setting(GB, Topic::detriment_protection, "2026-02-18", "holds")) == "accepted");
    CHECK(check(setting(GB, Topic::mandate, "2020-01-01", "expires_end_of 6 months")).error().earliest_lawful == "2026-04-08");
}

TEST_CASE("a setting needs a source, a covered day and a value of its rule; what a commencement changes is commenced")
{
    CHECK(refused(setting(NI, Topic::mandate, "2020-01-01", "begin_by 4 weeks", "")) == "instrument_missing");
    CHECK(refused(setting(NI, Topic::mandate, "2006-05-11", "begin_by 4 weeks")) == "not_covered");
    auto wrong = setting(NI, Topic::mandate, "2020-01-01", "begin_by 4 weeks");
    wrong.topic = Topic::scrutineer;
    CHECK(refused(wrong) == "setting_malformed");
    CHECK(refused(setting(GB, Topic::turnout_threshold, "2027-01-01", "none")) == "setting_is_commencement");
    CHECK(refused(setting(GB, Topic::voting_online, "2027-01-01", "holds")) == "setting_is_commencement");
    CHECK(refused(setting(NI, Topic::voting_online, "2027-01-01", "holds")) == "accepted");
}

TEST_CASE("what is recorded after a ballot opened leaves the rules of its opening day alone, and reaches those that go by a later day")
{
    auto late_mandate = setting(GB, Topic::mandate, "2027-01-01", "expires_end_of 6 months");
    auto late_notice = setting(GB, Topic::action_notice_days, "2027-01-01", "5 days");
    late_mandate.after_opening = late_notice.after_opening = true;
    const Amendment repeal{.provision = Provision::turnout_repeal, .from = on("2027-01-01"), .instrument = "S.I. 2027/1", .after_opening = true};
    const Rulebook book({repeal}, {late_mandate, late_notice});
    CHECK(value_text(book.rule(Topic::mandate, GB, on("2027-02-01")).value) == "expires_end_of 12 months");
    CHECK(value_text(book.rule(Topic::turnout_threshold, GB, on("2027-02-01")).value) == "1/2");
    CHECK(value_text(book.rule(Topic::action_notice_days, GB, on("2027-02-01")).value) == "5 days");
}

TEST_CASE("a commencement recorded before a ballot opened still counts when another is recorded after")
{
    Amendment first{.provision = Provision::turnout_repeal, .from = on("2026-09-01"), .instrument = "S.I. 2026/1"};
    Amendment second{.provision = Provision::turnout_repeal, .from = on("2027-09-01"), .instrument = "S.I. 2026/2", .after_opening = true};
    const Rulebook book({first, second});
    CHECK(value_text(book.rule(Topic::turnout_threshold, GB, on("2026-10-01")).value) == "none");
}

TEST_CASE("the rules of a day that nobody has read are listed, fewer once one is recorded")
{
    const auto open = Rulebook().unverified(NI, on("2026-12-01"));
    CHECK(std::ranges::any_of(open, [](const Rule& row) { return row.topic == Topic::statutory_statement; }));
    CHECK(std::ranges::none_of(open, [](const Rule& row) { return row.topic == Topic::turnout_threshold; }));
    const Rulebook book({}, {setting(NI, Topic::statutory_statement, "2006-05-12", "Words.")});
    CHECK(book.unverified(NI, on("2026-12-01")).size() == open.size() - 1);
}

TEST_SUITE_END();
