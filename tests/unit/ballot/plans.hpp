#pragma once

// The smallest true worlds of the room: a lawful plan of autumn 2013, one of 2026, and a few members.

#include "shared/ballot/roll.hpp"

#include <doctest/doctest.h>

#include <ostream>

namespace walkout::ballot {

template <Named E> std::ostream& operator<<(std::ostream& out, E value) { return out << name(value); }

inline Date day(const char* text) { return parse_date(text).value(); }
inline WallTime wall(const char* text) { return parse_wall(text).value(); }
inline Instant at(const char* text) { return parse_instant(text).value(); }

inline const law::Rulebook& book()
{
    static const law::Rulebook shipped;
    return shipped;
}

inline Question strike_question()
{
    return {QuestionKind::strike, "Are you prepared to take part in a strike?", "Ydych chi'n barod i gymryd rhan mewn streic?", {}, {}};
}
inline Question short_question()
{
    return {QuestionKind::action_short,
            "Are you prepared to take part in action short of a strike?",
            {},
            std::vector<std::string>{"a ban on overtime"},
            {}};
}

/// Opens on Monday 30 September 2013, so notices are due by the 23rd, samples by the 27th; closes at noon on Friday 18 October.
inline BallotPlan plan_2013()
{
    BallotPlan plan;
    plan.id = *BallotId::parse("probation-2013");
    plan.title = "Probation privatisation";
    plan.dispute = {"Transfer of probation work to private companies", "The plan to end the trusts' employment of probation staff."};
    plan.methods = {law::Method::post};
    plan.questions = {strike_question(), short_question()};
    plan.called_by = {"the General Secretary of the Probation Union", "general_secretary"};
    plan.scrutineer = {"Independent Scrutiny Ltd", "1 Return Road, London N1 1AA"};
    plan.opens = wall("2013-09-30T09:00");
    plan.closes = wall("2013-10-18T12:00");
    plan.roll_cut_off = day("2013-09-10");
    plan.aggregate_ground = AggregateGround::affected_members;
    plan.trustees = {2, {"scrutineer", "union", "outsider"}};
    return plan;
}
inline PlanningFacts facts_2013()
{
    return {.now = at("2013-09-02T09:00:00Z"), .rehearsal = false, .entitled_now = 250, .smallest_constituency = 250};
}

/// The same, opened on Tuesday 10 March 2026.
inline BallotPlan plan_2026()
{
    auto plan = plan_2013();
    plan.id = *BallotId::parse("probation-2026");
    plan.opens = wall("2026-03-10T09:00");
    plan.closes = wall("2026-03-31T17:00");
    plan.roll_cut_off = day("2026-02-20");
    return plan;
}
inline PlanningFacts facts_2026()
{
    return {.now = at("2026-02-18T09:00:00Z"), .rehearsal = false, .entitled_now = 250, .smallest_constituency = 250};
}

inline Candidate member(const char* number, const char* employer = "Hampshire Trust", const char* workplace = "Andover Road",
                        const char* branch = "Hampshire")
{
    return {number, branch, employer, workplace, "probation officer", day("2010-01-01"), false};
}

/// The code of a refusal; "accepted" where there is none.
template <class T> std::string code(const Result<T>& result) { return result ? "accepted" : result.error().code; }

} // namespace walkout::ballot
