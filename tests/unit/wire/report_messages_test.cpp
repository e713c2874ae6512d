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
    constituency.cast = 40;
    constituency.questions = {{"A strike?", 30, 9, 1, "", "", {}, ""}};
    out.constituencies = {constituency, constituency};
    out.channels = {{"Online", 70}, {"By post", 10}};
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
        CHECK(faults([](auto& r) { r.constituencies[1].questions[0].no = 10; }) == 1);
        CHECK(faults([](auto& r) { r.constituencies[0].entitled = 39; }) == 1);
        CHECK(faults([](auto& r) { r.constituencies[0].entitled = 39, r.constituencies[0].overseas = 1; }) == 0);
        CHECK(faults([](auto& r) { r.statements[0].satisfied = false; }) == 1);
        CHECK(faults([](auto& r) { r.statements[0].reasons = "None."; }) == 1);
        CHECK(faults([](auto& r) { r.statements.clear(); }) == 1);
        CHECK(faults([](auto& r) { r.constituencies.clear(), r.channels.clear(); }) == 1);
        CHECK(faults([](auto& r) { r.channels[0].number = -5, r.channels[1].number = 85; }) == 1);
    }

    TEST_CASE("the papers that count are those transcribed, and the returns by post")
    {
        const auto with = [](std::int64_t counting, std::int64_t transcribed) {
            return [=](auto& r) { r.papers = {{std::string(papers_counting), counting}, {std::string(papers_transcribed), transcribed}}; };
        };
        CHECK(faults(with(10, 10)) == 0);
        CHECK(faults(with(10, 9)) == 1);
        CHECK(faults(with(9, 9)) == 1);
        CHECK(faults([](auto& r) { r.papers = {{"Voting papers sent by post", 12}}; }) == 2);
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
