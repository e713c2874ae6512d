#include "shared/ballot/phase.hpp"
#include "shared/law/paper.hpp"
#include "tests/unit/ballot/plans.hpp"

#include <algorithm>
#include <functional>

using namespace walkout;
using namespace walkout::ballot;

namespace {

BallotPlan changed(BallotPlan plan, const std::function<void(BallotPlan&)>& change)
{
    change(plan);
    return plan;
}

/// Opens on Monday 18 June 2018: R2, whose law asks for most of what a plan can say.
BallotPlan plan_2018()
{
    return changed(plan_2013(), [](BallotPlan& p) {
        p.opens = wall("2018-06-18T09:00");
        p.closes = wall("2018-07-12T12:00");
        p.roll_cut_off = day("2018-06-01");
        p.important_public_service = false;
        for (auto& question : p.questions) question.expected_periods = "from July to December 2018";
    });
}

PlanningFacts facts_at(const char* now, std::int64_t entitled = 250) { return {.now = at(now), .rehearsal = false, .entitled_now = entitled}; }

const law::Warning* warning(const Planned& planned, std::string_view code)
{
    const auto found = std::ranges::find(planned.warnings, code, &law::Warning::code);
    return found == planned.warnings.end() ? nullptr : &*found;
}

law::Rulebook with_statement_of_ni()
{
    return law::Rulebook({}, {{law::Jurisdiction::northern_ireland, law::Topic::statutory_statement, day("2006-05-12"),
                               law::Value(law::Statement("The words of the Order.")), "NI Order, read for this test"}});
}

} // namespace

TEST_SUITE("lawful plan")
{
    TEST_CASE("s.226(2B): whether most work in important public services is asked from 1 March 2017 to 17 February 2026, and not at any other time")
    {
        auto facts = facts_at("2018-05-21T09:00:00Z");
        const auto silent = changed(plan_2018(), [](BallotPlan& p) { p.important_public_service.reset(); });
        const auto refused = plan_ballot(book(), silent, facts);
        REQUIRE(code(refused) == "important_public_service_missing");
        CHECK(refused.error().rule == "support_threshold");
        CHECK(refused.error().detail.find("S.I. 2017/132") != std::string::npos);
        CHECK(code(plan_ballot(book(), plan_2018(), facts)) == "accepted");
        CHECK(code(plan_ballot(book(), changed(plan_2018(), [](BallotPlan& p) { p.important_public_service = true; }), facts)) == "accepted");
        CHECK(code(plan_ballot(book(), plan_2013(), facts_2013())) == "accepted");
        CHECK(code(plan_ballot(book(), plan_2026(), facts_2026())) == "accepted");
        CHECK(code(plan_ballot(book(), changed(silent, [](BallotPlan& p) { p.statutory = false; }), facts)) == "accepted");
    }

    TEST_CASE("a plan whose cut-off comes after the notice is told the earliest opening that would do")
    {
        const auto late = changed(plan_2013(), [](BallotPlan& p) { p.roll_cut_off = day("2013-09-24"); });
        const auto refused = plan_ballot(book(), late, facts_2013());
        REQUIRE(code(refused) == "cut_off_after_notice");
        CHECK(refused.error().earliest_lawful == "2013-10-02");
        const auto later = changed(late, [](BallotPlan& p) { p.opens = wall("2013-10-02T09:00"); });
        CHECK(code(plan_ballot(book(), later, facts_2013())) == "accepted");
    }

    TEST_CASE("s.228A: the workplaces of an employer vote as one on the ground of the rule itself, unless the rule leaves some of them out")
    {
        using Names = std::vector<std::string>;
        const auto per_employer = [](const Entitlement& rule, std::optional<AggregateGround> ground = {}) {
            const auto plan = changed(plan_2013(), [&](BallotPlan& p) {
                p.constituencies = Split::per_employer;
                p.entitled = rule;
                p.aggregate_ground = ground;
            });
            return code(plan_ballot(book(), plan, facts_2013()));
        };
        CHECK(per_employer({}) == "accepted");                                   // (4) all members of the employer
        CHECK(per_employer({{}, {}, Names{"probation officer"}}) == "accepted"); // (3) all of an occupation
        CHECK(per_employer({{}, Names{"Andover Road"}, {}}) == "aggregate_ground_missing");
        CHECK(per_employer({{}, Names{"Andover Road"}, {}}, AggregateGround::affected_members) == "accepted"); // (2)
        CHECK(per_employer({{}, Names{"Andover Road"}, {}}, AggregateGround::employers) == "aggregate_ground_unfit");
    }

    TEST_CASE("s.228: one workplace means one in all of an aggregate ballot, and one of each employer in a ballot per employer")
    {
        auto plan = changed(plan_2013(), [](BallotPlan& p) { p.aggregate_ground = AggregateGround::one_workplace; });
        const std::vector<Candidate> apart{member("1", "Hampshire Trust", "Andover Road"), member("2", "Wales Trust", "Cathays")};
        const std::vector<Candidate> two_of_one{member("1", "Hampshire Trust", "Andover Road"), member("2", "Hampshire Trust", "Basingstoke")};
        CHECK(code(freeze_roll(plan, apart)) == "several_workplaces");
        plan.constituencies = Split::per_employer;
        CHECK(code(freeze_roll(plan, apart)) == "accepted");
        CHECK(code(freeze_roll(plan, two_of_one)) == "several_workplaces");
        plan.constituencies = Split::per_workplace;
        CHECK(code(freeze_roll(plan, two_of_one)) == "accepted");
    }

    TEST_CASE("s.226C: at fifty entitled, over all workplaces together, the law asks for no scrutineer, and the plan says that Walkout still does")
    {
        auto plan = changed(plan_2013(), [](BallotPlan& p) {
            p.constituencies = Split::per_workplace;
            p.aggregate_ground.reset();
        });
        const auto large = plan_ballot(book(), plan, facts_at("2013-09-02T09:00:00Z", 51)).value();
        CHECK(large.scrutineer_statutory);
        CHECK(warning(large, "scrutineer_not_statutory") == nullptr);
        const auto small = plan_ballot(book(), plan, facts_at("2013-09-02T09:00:00Z", 50)).value();
        CHECK_FALSE(small.scrutineer_statutory);
        REQUIRE(warning(small, "scrutineer_not_statutory") != nullptr);
        CHECK(warning(small, "scrutineer_not_statutory")->detail.find("(statutory: no)") != std::string::npos);
        auto beside = facts_at("2013-09-02T09:00:00Z", 11); // two ballots of one dispute: 40 and 11
        beside.entitled_beside = 39;
        CHECK_FALSE(plan_ballot(book(), plan, beside).value().scrutineer_statutory);
        beside.entitled_beside = 40;
        CHECK(plan_ballot(book(), plan, beside).value().scrutineer_statutory);
    }

    TEST_CASE("1.11: a statutory ballot in Northern Ireland is planned once the words of its statement are recorded, and told what else was not read")
    {
        const auto plan = changed(plan_2026(), [](BallotPlan& p) { p.jurisdiction = law::Jurisdiction::northern_ireland; });
        const auto refused = plan_ballot(book(), plan, facts_2026());
        REQUIRE(code(refused) == "law_not_verified");
        CHECK(refused.error().next.find("walkout law set statutory_statement --jurisdiction NI") != std::string::npos);
        const auto planned = plan_ballot(with_statement_of_ni(), plan, facts_2026());
        REQUIRE(code(planned) == "accepted");
        CHECK(planned->timetable.mandate.limit == law::Limit::begin_by);
        CHECK(planned->timetable.mandate.day == day("2026-04-27")); // four weeks beginning with 31 March
        CHECK(planned->timetable.earliest_action == day("2026-04-07"));
        CHECK(warning(*planned, "rules_not_verified") != nullptr);
        CHECK(warning(plan_ballot(book(), plan_2026(), facts_2026()).value(), "rules_not_verified") == nullptr);
    }

    TEST_CASE("S.I. 2026/3 Sch 2 para 8(2): a ballot planned before 18 February 2026 for an opening after it hears that the sample decides the form")
    {
        const auto across = changed(plan_2026(), [](BallotPlan& p) {
            p.opens = wall("2026-02-24T09:00");
            p.roll_cut_off = day("2026-02-01");
        });
        const auto planned = plan_ballot(book(), across, facts_at("2026-02-10T09:00:00Z")).value();
        REQUIRE(warning(planned, "sample_decides_form") != nullptr);
        CHECK(warning(planned, "sample_decides_form")->detail.find("has not got all of that yet") != std::string::npos); // no expected periods
        const auto full = changed(across, [](BallotPlan& p) {
            for (auto& question : p.questions) question.expected_periods = "from March 2026";
        });
        CHECK(warning(plan_ballot(book(), full, facts_at("2026-02-10T09:00:00Z")).value(), "sample_decides_form")->detail.find("has not got") ==
              std::string::npos);
        CHECK(warning(plan_ballot(book(), plan_2026(), facts_2026()).value(), "sample_decides_form") == nullptr);
    }

    TEST_CASE("the dates that stand follow the opening day in law and the closing in force, not the plan")
    {
        const auto plan = plan_2013();
        const auto in_force = law_plan(plan, day("2013-09-28"), at("2013-10-21T11:00:00Z"));
        const auto standing = timetable_for(book(), plan, in_force, facts_2013()).value();
        CHECK(standing.timetable.opening_day == day("2013-09-28"));
        CHECK(standing.timetable.ballot_notice_by == day("2013-09-21"));
        CHECK(standing.timetable.ballot_date == day("2013-10-21"));
        CHECK(standing.timetable.mandate.day == day("2013-11-17"));
        CHECK(standing.timetable.report_due == day("2013-11-17"));
    }
}

TEST_SUITE("opening day")
{
    TEST_CASE("the opening day is that of the first sending; until then the day on which the ballot opened, or was to")
    {
        const auto plan = plan_2013();
        const auto late = at("2013-10-01T23:00:00Z"); // midnight, summer time: 2 October
        CHECK(opening_day(plan, std::nullopt, at("2013-09-30T08:00:00Z")) == day("2013-09-30"));
        CHECK(opening_day(plan, std::nullopt, late) == day("2013-10-02"));
        CHECK(opening_day(plan, at("2013-10-03T09:00:00Z"), late) == day("2013-10-03"));
        CHECK(opening_day(plan, at("2013-09-29T09:00:00Z"), late) == day("2013-09-29"));
    }

    TEST_CASE("1.8: an employer whose sample is of the older form gets the other, once the last employer's receipt has decided the form of the paper")
    {
        const std::vector<std::string> employers{"Hampshire Trust", "Wales Trust"};
        const auto plan = changed(plan_2026(), [](BallotPlan& p) {
            p.opens = wall("2026-02-23T09:00");
            p.closes = wall("2026-03-20T17:00");
        });
        std::vector<Receipt> receipts;
        for (const auto& employer : employers) receipts.push_back({NoticeKind::ballot, employer, day("2026-02-12")});
        receipts.push_back({NoticeKind::sample, "Hampshire Trust", day("2026-02-12")});
        const auto noticed = [&](const char* wales) {
            auto given = receipts;
            given.push_back({NoticeKind::sample, "Wales Trust", day(wales)});
            return may_notice(book(), Phase::frozen, plan, employers, given);
        };
        CHECK(code(noticed("2026-02-17")) == "accepted"); // both of the older form
        REQUIRE(code(noticed("2026-02-18")) == "notice_not_received");
        CHECK(noticed("2026-02-18").error().detail.find("Hampshire Trust.") != std::string::npos);
        receipts.push_back({NoticeKind::sample, "Hampshire Trust", day("2026-02-20")});
        CHECK(code(noticed("2026-02-18")) == "accepted");
        receipts.back().received_on = day("2026-02-21"); // two days before the opening
        CHECK(code(noticed("2026-02-18")) == "sample_paper_short");
    }

    TEST_CASE("a ballot cannot open with a paper bound in another form than its opening day's")
    {
        const std::vector<std::string> employers{"Hampshire Trust"};
        const std::vector<Receipt> receipts{{NoticeKind::ballot, "Hampshire Trust", day("2026-02-09")},
                                            {NoticeKind::sample, "Hampshire Trust", day("2026-02-10")}};
        const auto plan = changed(plan_2026(), [](BallotPlan& p) {
            p.opens = wall("2026-02-17T09:00");
            p.closes = wall("2026-04-30T17:00");
        });
        OpeningFacts facts{.phase = Phase::coded,
                           .vault_verified = true,
                           .approved = true,
                           .opening_day = day("2026-02-17"),
                           .employers = employers,
                           .receipts = receipts};
        const auto opened = [&](const law::Rulebook& law) { return code(may_open(law, plan, facts, at("2026-02-18T09:00:00Z"))); };
        CHECK(opened(book()) == "accepted");
        facts.opening_day = day("2026-02-18"); // a day late; the sample was there before the change, so the older form still stands
        CHECK(opened(book()) == "accepted");
        facts.statement = std::string(law::statement_from_18_february_2026);
        CHECK(opened(book()) == "paper_outdated");
        facts.statement = std::string(law::statement_until_17_february_2026);
        CHECK(opened(book()) == "accepted");
        const law::Rulebook changed_since({}, {{law::Jurisdiction::great_britain, law::Topic::statutory_statement, day("2026-04-08"),
                                                law::Value(law::Statement("Other words.")), "an Act of 2026"}});
        facts.opening_day = day("2026-04-08");
        facts.statement.reset();
        CHECK(opened(changed_since) == "paper_outdated");
    }
}
