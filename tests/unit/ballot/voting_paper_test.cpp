#include "shared/ballot/voting_paper.hpp"
#include "shared/protocol/voting_paper_json.hpp"
#include "tests/unit/ballot/plans.hpp"

#include <algorithm>
#include <functional>

using namespace walkout;
using namespace walkout::ballot;

namespace {

PaperFacts facts(std::int64_t entitled = 250)
{
    return {.rehearsal = false, .entitled = entitled, .sample_served_on = {}, .board_key = std::string(64, 'a')};
}
VotingPaper paper_2013() { return voting_paper(book(), plan_2013(), facts()).value(); }

bool has_line(const std::vector<std::string>& lines, const std::string& wanted) { return std::ranges::find(lines, wanted) != lines.end(); }

} // namespace

TEST_SUITE("voting paper")
{
    TEST_CASE("TULRCA s.229(4): the statement of the date, on a line of its own, in both languages in the words of the Act")
    {
        const auto old_paper = paper_2013();
        CHECK(old_paper.statement == law::statement_until_17_february_2026);
        CHECK(has_line(paper_lines(old_paper, Language::en), old_paper.statement));
        CHECK(has_line(paper_lines(old_paper, Language::cy), old_paper.statement));
        const auto new_paper = voting_paper(book(), plan_2026(), facts());
        REQUIRE(code(new_paper) == "accepted");
        CHECK(new_paper->statement == law::statement_from_18_february_2026);
    }

    TEST_CASE("SI 2026/3 Sch 2 para 8(2): a sample served before 18 February 2026 keeps the old form, which asks for more")
    {
        auto served = facts();
        served.sample_served_on = day("2026-02-17");
        CHECK(code(voting_paper(book(), plan_2026(), served)) == "paper_field_missing");
        auto plan = plan_2026();
        for (auto& question : plan.questions) question.expected_periods = "from April 2026";
        CHECK(voting_paper(book(), plan, served)->statement == law::statement_until_17_february_2026);
        served.sample_served_on = day("2026-02-18");
        CHECK(voting_paper(book(), plan, served)->statement == law::statement_from_18_february_2026);
    }

    TEST_CASE("1.4: a paper has the fields that the law of its date lists and no others, whatever else the plan says")
    {
        auto plan = plan_2013();
        for (auto& question : plan.questions) question.expected_periods = "from November 2013";
        const auto early = voting_paper(book(), plan, facts()).value();
        CHECK_FALSE(early.matters);
        for (const auto& question : early.questions) CHECK_FALSE((question.types_of_action || question.expected_periods));
        plan.opens = wall("2018-09-24T09:00");
        plan.closes = wall("2018-10-18T12:00");
        const auto middle = voting_paper(book(), plan, facts()).value();
        CHECK(middle.matters == plan.dispute.matters);
        CHECK(middle.questions == plan.questions);
        CHECK(has_line(paper_lines(middle, Language::en), "Types of action: a ban on overtime"));
        plan.statutory = false; // no law lists anything: it says what its planner wrote
        plan.opens = wall("2013-09-30T09:00");
        CHECK(voting_paper(book(), plan, facts())->questions == plan.questions);
    }

    TEST_CASE("TULRCA s.226C: the scrutineer is named above fifty entitled")
    {
        CHECK_FALSE(voting_paper(book(), plan_2013(), facts(50))->scrutineer);
        CHECK(voting_paper(book(), plan_2013(), facts(51))->scrutineer == "Independent Scrutiny Ltd");
    }

    TEST_CASE("the paper says what it is asked to say, in English and in Welsh")
    {
        const auto english = paper_lines(paper_2013(), Language::en);
        CHECK(has_line(english, "Question 1: Are you prepared to take part in a strike?"));
        CHECK(has_line(english, "To arrive before: 12 noon on Friday 18 October 2013"));
        CHECK(has_line(english, "Action may be called by: the General Secretary of the Probation Union"));
        const auto welsh = paper_lines(paper_2013(), Language::cy);
        CHECK(has_line(welsh, "Cwestiwn 1: Ydych chi'n barod i gymryd rhan mewn streic?"));
        CHECK(has_line(welsh, "I gyrraedd cyn: 12:00, dydd Gwener 18 Hydref 2013"));
    }

    TEST_CASE("a rehearsal, an unlawful method and a consultative ballot say so first")
    {
        auto plan = plan_2013();
        plan.methods = {law::Method::post, law::Method::online};
        plan.as_if_lawful = std::vector{law::Method::online};
        auto rehearsal = facts();
        rehearsal.rehearsal = true;
        const auto lines = paper_lines(voting_paper(book(), plan, rehearsal).value(), Language::en);
        CHECK(lines[0] == "REHEARSAL: this is not a real ballot.");
        CHECK(lines[1] == "In a real ballot of this date it would not be lawful to vote by this method: online.");
        plan = plan_2013();
        plan.statutory = false;
        const auto consultative = voting_paper(book(), plan, facts()).value();
        CHECK(paper_lines(consultative, Language::en)[0] == "This is a consultative ballot. It can give no mandate for industrial action.");
        CHECK(consultative.statement.empty());
    }

    TEST_CASE("the election text ends with the line that binds the paper, and asks Yes or No with nothing for blank")
    {
        const auto paper = paper_2013();
        const auto hash = protocol::voting_paper_hash(paper);
        const auto text = election_text(paper, hash);
        CHECK(text.description.ends_with("\nwalkout/1 one-ballot-per-credential paper=" + hex(hash)));
        CHECK(text.description.find(paper.statement) != std::string::npos);
        CHECK(paper_hash_in(text.description) == hash);
        REQUIRE(text.questions.size() == 2);
        CHECK(text.questions[0].answers == std::vector<std::string>{"Yes", "No"});
        CHECK(text.questions[0].min == 0);
        CHECK(text.questions[0].max == 1);
    }

    TEST_CASE("only the last line of a description binds, and only with 64 lower-case hex digits")
    {
        const auto line = "walkout/1 one-ballot-per-credential paper=" + std::string(64, 'a');
        CHECK(paper_hash_in(line));
        CHECK_FALSE(paper_hash_in(line + "\n"));
        CHECK_FALSE(paper_hash_in(line + "\nsomething after"));
        CHECK_FALSE(paper_hash_in(line.substr(0, line.size() - 2)));
        CHECK_FALSE(paper_hash_in("walkout/1 one-ballot-per-credential paper=" + std::string(64, 'A')));
        CHECK_FALSE(paper_hash_in(""));
    }

    TEST_CASE("the record is canonical: keys sorted, no blanks, and only exactly these bytes are read back")
    {
        const auto paper = paper_2013();
        const auto record = protocol::voting_paper_json(paper);
        CHECK(record.starts_with(R"({"ballot":"probation-2013","board_key":")"));
        CHECK(record.find(R"("questions":[{"answers":["Yes","No"],"kind":"strike","text":"Are you prepared)") != std::string::npos);
        CHECK(protocol::parse_voting_paper(record).value() == paper);
        CHECK(code(protocol::parse_voting_paper(record + " ")) == "voting_paper_record");
        CHECK(code(protocol::parse_voting_paper("{}")) == "voting_paper_record");
        auto extra = record;
        extra.insert(1, R"("a":1,)");
        CHECK(code(protocol::parse_voting_paper(extra)) == "voting_paper_record");
    }

    TEST_CASE("every fact on the paper changes its hash")
    {
        auto plan = plan_2013();
        plan.opens = wall("2018-09-24T09:00"); // when the law asked for every field
        for (auto& question : plan.questions) question.expected_periods = "from November 2018";
        const auto paper = voting_paper(book(), plan, facts()).value();
        const std::vector<std::function<void(VotingPaper&)>> changes{
            [](VotingPaper& p) { p.title += "."; },
            [](VotingPaper& p) { p.title_cy = "Teitl"; },
            [](VotingPaper& p) { p.statutory = false; },
            [](VotingPaper& p) { p.rehearsal = true; },
            [](VotingPaper& p) { p.methods.clear(); },
            [](VotingPaper& p) { p.not_lawful = {law::Method::online}; },
            [](VotingPaper& p) { p.dispute += "."; },
            [](VotingPaper& p) { p.matters = std::nullopt; },
            [](VotingPaper& p) { p.dispute_cy = "x"; },
            [](VotingPaper& p) { p.matters_cy = "x"; },
            [](VotingPaper& p) { p.called_by_cy = "x"; },
            [](VotingPaper& p) { p.questions[0].expected_periods_cy = "x"; },
            [](VotingPaper& p) { p.questions[1].types_of_action_cy = std::vector<std::string>{"x"}; },
            [](VotingPaper& p) { p.questions.pop_back(); },
            [](VotingPaper& p) { p.questions[1].types_of_action->push_back("x"); },
            [](VotingPaper& p) { p.scrutineer = "X"; },
            [](VotingPaper& p) { p.return_address += "."; },
            [](VotingPaper& p) { p.called_by += "."; },
            [](VotingPaper& p) { p.return_by += std::chrono::seconds(1); },
            [](VotingPaper& p) { p.statement += "."; },
            [](VotingPaper& p) { p.board_key[0] = 'b'; },
            [](VotingPaper& p) { p.zone = "Europe/Paris"; },
            [](VotingPaper& p) { p.jurisdiction = law::Jurisdiction::northern_ireland; }};
        for (std::size_t i = 0; i < changes.size(); ++i) {
            CAPTURE(i);
            auto other = paper;
            changes[i](other);
            CHECK(protocol::voting_paper_hash(other) != protocol::voting_paper_hash(paper));
        }
    }
}
