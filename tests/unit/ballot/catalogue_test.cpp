#include "shared/ballot/catalogue.hpp"
#include "shared/ballot/voting_paper.hpp"
#include "tests/unit/ballot/plans.hpp"

#include <algorithm>
#include <set>

using namespace walkout;
using namespace walkout::ballot;

namespace {

std::multiset<std::string> placeholders(std::string_view pattern)
{
    std::multiset<std::string> out;
    for (auto at = pattern.find('{'); at != pattern.npos; at = pattern.find('{', at + 1)) out.emplace(pattern.substr(at, pattern.find('}', at) - at));
    return out;
}

} // namespace

TEST_SUITE("catalogue")
{
    TEST_CASE("every phrase has one row, and its two languages the same placeholders")
    {
        std::set<Phrase> seen;
        for (const auto& row : catalogue()) {
            CAPTURE(row.en);
            CHECK(seen.insert(row.phrase).second);
            CHECK(!row.en.empty());
            if (!row.cy.empty()) CHECK(placeholders(row.en) == placeholders(row.cy));
        }
        CHECK(seen.size() == static_cast<std::size_t>(Phrase::card_organiser) + 1); // the last of the enum
    }

    TEST_CASE("a value is put in as it is, also where it looks like a placeholder")
    {
        CHECK(say(Language::en, Phrase::paper_question, {{"number", "1"}, {"question", "{number} {x}?"}}) == "Question 1: {number} {x}?");
        CHECK(say(Language::cy, Phrase::question_of, {{"number", "1"}, {"of", "2"}}) == "Cwestiwn 1 o 2");
        CHECK_THROWS_AS((void)say(Language::en, Phrase::paper_question), std::logic_error);
    }

    TEST_CASE("days are written in full in both languages, every weekday and month of them")
    {
        CHECK(words_in(Language::en, day("2013-11-05")) == "Tuesday 5 November 2013");
        CHECK(words_in(Language::cy, day("2013-11-05")) == "dydd Mawrth 5 Tachwedd 2013");
        CHECK(words_in(Language::cy, wall("2013-11-06T12:00")) == "12:00, dydd Mercher 6 Tachwedd 2013");
        std::set<std::string> weekdays, months;
        for (auto date = day("2013-01-01"); date < day("2014-01-01"); date += Days(1)) {
            const auto said = words_in(Language::cy, date);
            weekdays.insert(said.substr(0, said.find(' ', 5)));
            months.insert(said.substr(said.find(' ', said.find(' ', 5) + 1)));
        }
        CHECK(weekdays.size() == 7);
        CHECK(months.size() == 12);
    }

    TEST_CASE("TULRCA s.229(4): the Act's words are in no phrase of the catalogue, so no translation can touch them")
    {
        for (const auto& row : catalogue())
            for (const auto text : {row.en, row.cy}) CHECK(text.find("breach of your contract") == text.npos);
        auto plan = plan_2013();
        plan.called_by.office_cy = "yr Ysgrifennydd Cyffredinol";
        plan.dispute.title_cy = "Trosglwyddo gwaith prawf";
        const auto paper = voting_paper(book(), plan, {.rehearsal = false, .entitled = 250, .sample_served_on = {}, .board_key = {}}).value();
        const auto lines = paper_lines(paper, Language::cy);
        CHECK(lines.back() == paper.statement);
        CHECK(std::ranges::find(lines, "Gellir galw'r gweithredu gan: yr Ysgrifennydd Cyffredinol") != lines.end());
        CHECK(std::ranges::find(lines, "Anghydfod diwydiannol: Trosglwyddo gwaith prawf") != lines.end());
    }
}
