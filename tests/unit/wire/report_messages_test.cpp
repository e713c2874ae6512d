#include "shared/wire/report_messages.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::wire;

namespace {

ScrutineerReport report()
{
    ScrutineerReport out;
    out.ballot = "autumn";
    out.statements = {{"secure", "that it was", "s.231B", true, true, {}}};
    ReportConstituency constituency;
    constituency.name = "All";
    constituency.entitled = 50;
    constituency.issued = 49;
    constituency.replaced = 2;
    constituency.late = 2;
    constituency.withdrawn = 1;
    constituency.codes = {{"Voting codes replaced: lost", 2}, {"Members given a code late: left out", 2}, {"Unused codes withdrawn: left", 1}};
    constituency.cast = 40;
    constituency.questions = {{question_figures("A strike?", 30, 9, 1), {}, ""}};
    out.constituencies = {constituency, constituency};
    out.channels = {{"Online", 70}, {"By post", 10}};
    out.numbered = 118;
    return out;
}

template <class Change> std::size_t faults(Change change)
{
    auto changed = report();
    change(changed);
    return report_faults(changed).size();
}

} // namespace

TEST_SUITE("report_messages")
{
    TEST_CASE("a report adds up: its questions to the votes cast, its channels to all of them, its statements to an answer")
    {
        CHECK(faults([](auto&) {}) == 0);
        CHECK(faults([](auto& r) { r.channels[0].number = 71; }) == 1);
        CHECK(faults([](auto& r) { r.constituencies[1].questions[0].figures.no = 10; }) == 1);
        CHECK(faults([](auto& r) { r.constituencies[0].entitled = 39, r.constituencies[0].issued = 38; }) == 1);
        CHECK(faults([](auto& r) { r.constituencies[0].entitled = 49, r.constituencies[0].overseas = 1; }) == 0);
        CHECK(faults([](auto& r) { r.statements[0].satisfied = false; }) == 1);
        CHECK(faults([](auto& r) { r.statements[0].reasons = "None."; }) == 1);
        CHECK(faults([](auto& r) { r.statements.clear(); }) == 1);
        CHECK(faults([](auto& r) { r.constituencies.clear(), r.channels.clear(); }) == 1);
        CHECK(faults([](auto& r) { r.channels[0].number = -5, r.channels[1].number = 85; }) == 1);
    }

    TEST_CASE("codes issued, given late and withdrawn make those entitled; changes by reason make all changes; papers numbered suffice for both")
    {
        CHECK(faults([](auto& r) { r.constituencies[0].issued = 50; }) == 1);
        CHECK(faults([](auto& r) { r.constituencies[0].overseas = 1; }) == 1);
        CHECK(faults([](auto& r) { r.constituencies[0].replaced = 3; }) == 1);
        CHECK(faults([](auto& r) { r.constituencies[0].codes.pop_back(); }) == 1);
        CHECK(faults([](auto& r) { r.numbered = 105; }) == 1);
        CHECK(faults([](auto& r) { r.numbered = 106; }) == 0);
        auto wrong = report();
        wrong.constituencies[0].issued = 50;
        CHECK(report_faults(wrong).front() ==
              "All: 50 voting codes issued, 2 given late and 1 withdrawn leave 51, and not the 50 members who could vote.");
    }

    TEST_CASE("papers: those that count are those transcribed and the returns by post, no more than were sent; all that were recorded have a fate")
    {
        const auto with = [](std::int64_t counting, std::int64_t transcribed, std::int64_t recorded, std::int64_t sent = 20) {
            return [=](auto& r) {
                r.papers = {{std::string(papers_sent), sent},         {std::string(papers_recorded), recorded},
                            {std::string(papers_counting), counting}, {std::string(papers_transcribed), transcribed},
                            {std::string(papers_duplicate), 3},       {std::string(papers_replaced), 2},
                            {std::string(papers_unissued), 0},        {std::string(papers_late), 1},
                            {std::string(papers_mistaken), 1}};
            };
        };
        CHECK(faults(with(10, 10, 17)) == 0);
        CHECK(faults(with(10, 9, 17)) == 1);
        CHECK(faults(with(9, 9, 16)) == 1);
        CHECK(faults(with(10, 10, 16)) == 1);
        CHECK(faults(with(10, 10, 17, 9)) == 1);
        CHECK(faults(with(10, 10, 17, 119)) == 1);
        CHECK(faults([](auto& r) { r.papers = {{std::string(papers_sent), 12}}; }) > 0);
    }

    TEST_CASE("what is signed is bound to the ballot and to every field, and survives being read and written")
    {
        const auto text = report_text(report());
        CHECK(text.starts_with("walkout-report/1|autumn|"));
        CHECK(report_text(from_json<ScrutineerReport>(to_json(report())).value()) == text);
        auto other = report();
        other.late = true;
        CHECK(report_text(other) != text);
    }
}
