#include "tests/unit/law/law_support.hpp"

#include "shared/law/paper.hpp"

using namespace walkout;
using namespace walkout::law;

namespace {

// Typed again from law.md 1.4, so that a slip in the table shows.
constexpr std::string_view text_a = "If you take part in a strike or other industrial action, you may be in breach of your "
                                    "contract of employment. However, if you are dismissed for taking "
                                    "part in strike or other industrial action which is called officially and is otherwise "
                                    "lawful, the dismissal will be unfair if it takes place fewer than "
                                    "twelve weeks after you started taking part in the action, and depending on the "
                                    "circumstances may be unfair if it takes place later.";
constexpr std::string_view text_b =
    "If you take part in a strike or other industrial action, you may be in breach of your contract of employment. However, if "
    "you are dismissed for taking "
    "part in strike or other industrial action which is called officially and is otherwise lawful, the dismissal will be unfair.";

std::string fields(const PaperRules& rules)
{
    std::string out;
    for (const auto field : rules.fields) out += std::string(name(field)) + " ";
    return out;
}

constexpr std::string_view plain = "scrutineer_name return_address return_by serial_number question who_may_call statement ";
constexpr std::string_view full =
    "scrutineer_name return_address return_by serial_number question dispute_summary short_action_types expected_periods "
    "who_may_call statement ";

} // namespace

TEST_SUITE_BEGIN("law/paper");

TEST_CASE("1.4: the statements are the words of the Act, byte for byte")
{
    CHECK(statement_until_17_february_2026 == text_a);
    CHECK(statement_from_18_february_2026 == text_b);
    CHECK(text_a.substr(0, text_b.size() - 1) == text_b.substr(0, text_b.size() - 1)); // s.77(2) only omits words
}

TEST_CASE("1.4: fields and statement by opening day, both sides of each change")
{
    const Rulebook book;
    const auto paper = [&](std::string_view day) { return paper_rules(book, GB, on(day), std::nullopt, 812).value(); };
    CHECK(fields(paper("2013-10-07")) == plain);
    CHECK(fields(paper("2017-02-28")) == plain);
    CHECK(fields(paper("2017-03-01")) == full);
    CHECK(fields(paper("2026-02-17")) == full);
    CHECK(fields(paper("2026-02-18")) == plain);
    CHECK(paper("2013-10-07").statement == text_a);
    CHECK(paper("2026-02-17").statement == text_a);
    CHECK(paper("2026-02-18").statement == text_b);
}

TEST_CASE("SI 2026/3 Sch 2 para 8(2): a sample paper served before 18 February 2026 keeps the older form for a later opening")
{
    const Rulebook book;
    const auto saved = paper_rules(book, GB, on("2026-02-20"), on("2026-02-17"), 812).value();
    CHECK(fields(saved) == full);
    CHECK(saved.statement == text_a);
    const auto not_saved = paper_rules(book, GB, on("2026-02-21"), on("2026-02-18"), 812).value();
    CHECK(fields(not_saved) == plain);
    CHECK(not_saved.statement == text_b);
}

TEST_CASE("TUA16 s.5: the change of 1 March 2017 goes by opening day alone, whenever the sample was served")
{
    CHECK(fields(paper_rules(Rulebook(), GB, on("2017-03-01"), on("2017-02-20"), 812).value()) == full);
}

TEST_CASE("s.226C: a scrutineer is needed, and named on the paper, where more than 50 are entitled")
{
    const Rulebook book;
    CHECK_FALSE(scrutineer_needed(book, GB, on("2022-05-01"), 50));
    CHECK(scrutineer_needed(book, GB, on("2022-05-01"), 51));
    const auto small = paper_rules(book, GB, on("2013-10-07"), std::nullopt, 50).value();
    CHECK(fields(small) == "return_address return_by serial_number question who_may_call statement ");
    CHECK(fields(paper_rules(book, GB, on("2013-10-07"), std::nullopt, 51).value()) == plain);
}

TEST_CASE("1.11: the statement for Northern Ireland is refused, not guessed")
{
    const auto refused = paper_rules(Rulebook(), NI, on("2022-10-21"), std::nullopt, 812);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "law_not_verified");
    CHECK(refused.error().rule == "statutory_statement");
    CHECK(is_not_covered(paper_rules(Rulebook(), GB, on("2006-05-11"), std::nullopt, 812).error()));
}

TEST_SUITE_END();
