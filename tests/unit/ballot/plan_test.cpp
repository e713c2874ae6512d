#include "tests/unit/ballot/plans.hpp"

#include <algorithm>
#include <functional>

using namespace walkout;
using namespace walkout::ballot;

namespace {

std::string planned(const BallotPlan& plan, const PlanningFacts& facts = facts_2013()) { return code(plan_ballot(book(), plan, facts)); }

BallotPlan changed(const std::function<void(BallotPlan&)>& change, BallotPlan plan = plan_2013())
{
    change(plan);
    return plan;
}

std::vector<std::string> warning_codes(const BallotPlan& plan, const PlanningFacts& facts)
{
    std::vector<std::string> codes;
    for (const auto& warning : plan_ballot(book(), plan, facts).value().warnings) codes.push_back(warning.code);
    return codes;
}

bool warns(const BallotPlan& plan, const PlanningFacts& facts, const char* wanted)
{
    const auto codes = warning_codes(plan, facts);
    return std::ranges::find(codes, wanted) != codes.end();
}

} // namespace

TEST_SUITE("plan")
{
    TEST_CASE("a lawful plan of 2013 is accepted, with its dates")
    {
        const auto result = plan_ballot(book(), plan_2013(), facts_2013());
        REQUIRE(code(result) == "accepted");
        CHECK(result->timetable.opening_day == day("2013-09-30"));
        CHECK(result->timetable.ballot_notice_by == day("2013-09-23"));
        CHECK(result->timetable.sample_paper_by == day("2013-09-27"));
        CHECK(result->timetable.ballot_date == day("2013-10-18"));
    }

    TEST_CASE("a notice that can still be received on the seventh day before opening is lawful, a day later is refused with the earliest opening")
    {
        auto facts = facts_2013();
        facts.now = at("2013-09-23T10:00:00Z");
        CHECK(planned(plan_2013(), facts) == "accepted");
        facts.now = at("2013-09-24T10:00:00Z");
        const auto refused = plan_ballot(book(), plan_2013(), facts);
        REQUIRE(refused.has_error());
        CHECK(refused.error().kind == Kind::unlawful);
        CHECK(refused.error().rule == "ballot_notice_days");
        CHECK(refused.error().earliest_lawful == "2013-10-01");
    }

    TEST_CASE("today is the local day: half past eleven at night UTC in September is tomorrow in London")
    {
        auto facts = facts_2013();
        facts.now = at("2013-09-23T22:59:59Z");
        CHECK(planned(plan_2013(), facts) == "accepted");
        facts.now = at("2013-09-23T23:00:00Z");
        CHECK(planned(plan_2013(), facts) == "ballot_notice_short");
    }

    TEST_CASE("online voting is refused in 2013, and in a rehearsal allowed only as if lawful, with a warning")
    {
        const auto online = changed([](BallotPlan& p) { p.methods = {law::Method::post, law::Method::online}; });
        CHECK(planned(online) == "method_not_lawful");
        const auto as_if = changed([](BallotPlan& p) { p.as_if_lawful = std::vector{law::Method::online}; }, online);
        CHECK(planned(as_if) == "as_if_lawful_needs_rehearsal");
        auto rehearsal = facts_2013();
        rehearsal.rehearsal = true;
        CHECK(planned(online, rehearsal) == "method_not_lawful");
        CHECK(planned(as_if, rehearsal) == "accepted");
        CHECK(warns(as_if, rehearsal, "as_if_lawful"));
    }

    TEST_CASE("online voting in 2026 is lawful from the commencement an official has recorded")
    {
        const auto online = changed([](BallotPlan& p) {
            p.methods = {law::Method::post, law::Method::online};
            p.opens = wall("2026-10-12T09:00");
            p.closes = wall("2026-10-30T17:00");
            p.roll_cut_off = day("2026-09-20");
        });
        auto facts = facts_2013();
        facts.now = at("2026-09-01T09:00:00Z");
        CHECK(planned(online, facts) == "method_not_lawful");
        const auto commenced = [&](const char* from) {
            return code(plan_ballot(law::Rulebook({{law::Provision::online, day(from), "S.I. 2026/999"}}), online, facts));
        };
        CHECK(commenced("2026-10-12") == "accepted");
        CHECK(commenced("2026-10-13") == "method_not_lawful");
    }

    TEST_CASE("a consultative ballot may be online at any date, and is told that it gives no mandate")
    {
        const auto plan = changed([](BallotPlan& p) {
            p.statutory = false;
            p.methods = {law::Method::online};
        });
        CHECK(planned(plan) == "accepted");
        CHECK(warns(plan, facts_2013(), "consultative"));
    }

    TEST_CASE("a statutory ballot always lets people vote by post")
    {
        auto rehearsal = facts_2013();
        rehearsal.rehearsal = true;
        const auto plan = changed([](BallotPlan& p) {
            p.methods = {law::Method::online};
            p.as_if_lawful = std::vector{law::Method::online};
        });
        CHECK(planned(plan, rehearsal) == "post_always");
    }

    TEST_CASE("the roll must be frozen before the notice is due, because the notice states its figures")
    {
        CHECK(planned(changed([](BallotPlan& p) { p.roll_cut_off = day("2013-09-22"); })) == "accepted");
        CHECK(planned(changed([](BallotPlan& p) { p.roll_cut_off = day("2013-09-23"); })) == "cut_off_after_notice");
        CHECK(planned(changed([](BallotPlan& p) { p.roll_cut_off = day("2013-09-30"); })) == "cut_off_too_late");
    }

    TEST_CASE("times must lie in the future, in order, in the zone of the law, and exist")
    {
        auto facts = facts_2013();
        facts.now = at("2013-09-30T08:00:00Z"); // 9 o'clock summer time: the opening instant
        CHECK(planned(plan_2013(), facts) == "opens_in_past");
        CHECK(planned(changed([](BallotPlan& p) { p.closes = p.opens; })) == "plan_times");
        CHECK(planned(changed([](BallotPlan& p) { p.zone = "Europe/Nowhere"; })) == "plan_zone");
        CHECK(planned(changed([](BallotPlan& p) { p.zone = "Europe/Paris"; })) == "plan_zone");
        CHECK(planned(changed([](BallotPlan& p) {
                  p.opens = wall("2014-03-20T09:00");
                  p.closes = wall("2014-03-30T01:30"); // skipped: the clocks go forward at one
              })) == "plan_times");
    }

    TEST_CASE("a ballot asks one or two questions of different kinds")
    {
        CHECK(planned(changed([](BallotPlan& p) { p.questions = {short_question()}; })) == "accepted");
        CHECK(planned(changed([](BallotPlan& p) { p.questions = {}; })) == "plan_questions");
        CHECK(planned(changed([](BallotPlan& p) { p.questions = {strike_question(), strike_question()}; })) == "plan_questions");
    }

    TEST_CASE("between 1 March 2017 and 17 February 2026 the paper must carry matters, types and periods")
    {
        const auto at_2018 = [](bool matters, bool types, bool periods) {
            return changed([&](BallotPlan& p) {
                p.opens = wall("2018-06-18T09:00");
                p.closes = wall("2018-07-12T12:00");
                p.roll_cut_off = day("2018-06-01");
                p.important_public_service = false;
                if (!matters) p.dispute.matters = "";
                if (!types) p.questions[1].types_of_action = {};
                for (auto& question : p.questions)
                    question.expected_periods = periods ? std::optional<std::string>("from July to December 2018") : std::nullopt;
            });
        };
        auto facts = facts_2013();
        facts.now = at("2018-05-21T09:00:00Z");
        CHECK(planned(at_2018(true, true, true), facts) == "accepted");
        CHECK(planned(at_2018(false, true, true), facts) == "paper_field_missing");
        CHECK(planned(at_2018(true, false, true), facts) == "paper_field_missing");
        CHECK(planned(at_2018(true, true, false), facts) == "paper_field_missing");
        CHECK(planned(changed([](BallotPlan& p) { p.dispute.matters = ""; })) == "accepted");
    }

    TEST_CASE("an aggregate ballot needs a ground, and the ground must fit the rule")
    {
        const auto with = [](std::optional<AggregateGround> ground, std::optional<Entitlement> rule) {
            return changed([&](BallotPlan& p) {
                p.aggregate_ground = ground;
                p.entitled = rule;
            });
        };
        using Names = std::vector<std::string>;
        const Entitlement employers{Names{"Hampshire Trust"}, {}, {}};
        const Entitlement workplaces{Names{"Hampshire Trust"}, Names{"Andover Road"}, {}};
        const Entitlement occupations{Names{"Hampshire Trust"}, {}, Names{"probation officer"}};
        CHECK(planned(with(std::nullopt, {})) == "aggregate_ground_missing");
        CHECK(planned(with(AggregateGround::employers, employers)) == "accepted");
        CHECK(planned(with(AggregateGround::employers, workplaces)) == "aggregate_ground_unfit");
        CHECK(planned(with(AggregateGround::employers, occupations)) == "aggregate_ground_unfit");
        CHECK(planned(with(AggregateGround::occupations, occupations)) == "accepted");
        CHECK(planned(with(AggregateGround::occupations, employers)) == "aggregate_ground_unfit");
        CHECK(planned(changed([](BallotPlan& p) {
                  p.aggregate_ground = {};
                  p.constituencies = Split::per_employer;
              })) == "accepted");
    }

    TEST_CASE("texts are one line of NFC; the Welsh circumflex is one character")
    {
        CHECK(planned(changed([](BallotPlan& p) { p.title = "Gŵyl y Tŷ"; })) == "accepted");
        CHECK(planned(changed([](BallotPlan& p) { p.title = "Gw\xCC\x82yl"; })) == "plan_text"); // w and a combining circumflex
        CHECK(planned(changed([](BallotPlan& p) { p.title = "two\nlines"; })) == "plan_text");
        CHECK(planned(changed([](BallotPlan& p) { p.title = "\xFF"; })) == "plan_text");
        CHECK(planned(changed([](BallotPlan& p) { p.title = "\xC0\x80"; })) == "plan_text"); // an overlong zero
        CHECK(planned(changed([](BallotPlan& p) { p.title = ""; })) == "plan_incomplete");
        CHECK(planned(changed([](BallotPlan& p) { p.title = std::string(2000, 'a'); })) == "accepted");
        CHECK(planned(changed([](BallotPlan& p) { p.title = std::string(2001, 'a'); })) == "plan_text");
    }

    TEST_CASE("trustees are different people and a threshold of at least two of them")
    {
        const auto with = [](std::int64_t threshold, std::vector<std::string> numbers) {
            return changed([&](BallotPlan& p) { p.trustees = {threshold, std::move(numbers)}; });
        };
        CHECK(planned(with(2, {"a", "b"})) == "accepted");
        CHECK(planned(with(1, {"a", "b"})) == "plan_trustees");
        CHECK(planned(with(3, {"a", "b"})) == "plan_trustees");
        CHECK(planned(with(2, {"a", "a", "b"})) == "plan_trustees");
        CHECK(planned(with(2, {"a"})) == "plan_trustees");
        CHECK(planned(with(9, {"a", "b", "c", "d", "e", "f", "g", "h", "i"})) == "accepted");
        CHECK(planned(with(2, {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"})) == "plan_trustees");
        CHECK(planned(changed([](BallotPlan& p) { p.trustees = {{}, {"a", "b", "c"}}; })) == "accepted");
        CHECK(Trustees{{}, {"a", "b", "c"}}.needed() == 2);
    }

    TEST_CASE("a plan says who can open the totals and which programs can check them, and warns where it matters")
    {
        const auto plan = plan_2013();
        CHECK(secrecy_line(plan) ==
              "Votes are encrypted in the group BELENIOS-2048, which every packaged belenios-tool checks; any 2 of 3 trustees can open the totals");
        CHECK_FALSE(warns(plan, facts_2013(), "group_3x_only"));
        CHECK_FALSE(warns(plan, facts_2013(), "every_trustee_needed"));
        auto small = plan;
        small.group = Group::ed25519;
        small.trustees.threshold = 3;
        CHECK(secrecy_line(small) == "Votes are encrypted in the group Ed25519, which of other programs only belenios-tool 3.x checks; any 3 of 3 "
                                     "trustees can open the totals");
        CHECK(warns(small, facts_2013(), "group_3x_only"));
        CHECK(warns(small, facts_2013(), "every_trustee_needed"));
    }

    TEST_CASE("a constituency below twenty is warned of, twenty is not")
    {
        auto facts = facts_2013();
        facts.smallest_constituency = 20;
        CHECK_FALSE(warns(plan_2013(), facts, "small_constituency"));
        facts.smallest_constituency = 19;
        CHECK(warns(plan_2013(), facts, "small_constituency"));
    }

    TEST_CASE("spares are a quarter of those entitled and at least twenty, unless the plan says otherwise")
    {
        CHECK(spare_credentials(0) == 20);
        CHECK(spare_credentials(80) == 20);
        CHECK(spare_credentials(81) == 21);
        CHECK(spare_credentials(1000) == 250);
        auto plan = plan_2013();
        CHECK(plan.spares_for(1000) == 250);
        plan.spares = 3;
        CHECK(plan.spares_for(1000) == 3);
    }

    TEST_CASE("the timetable in words names each date with its source")
    {
        const auto lines = timetable_lines(plan_ballot(book(), plan_2013(), facts_2013()).value());
        const auto says = [&](const char* text) {
            return std::ranges::any_of(lines, [&](const std::string& line) { return line.find(text) != std::string::npos; });
        };
        CHECK(says("Monday 23 September 2013"));
        CHECK(says("s.226A"));
        CHECK(says("until just before 12 noon on Friday 18 October 2013"));
    }
}
