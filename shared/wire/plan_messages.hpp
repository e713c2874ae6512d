#pragma once

#include "shared/ballot/plan.hpp"
#include "shared/wire/law_messages.hpp"

namespace walkout::ballot {

// The plan file of `walkout ballot plan`, and the body of POST /api/v1/ballots: the domain's own structs.

template <class V> void describe(V& v, Question& m)
{
    v("kind", m.kind);
    v("text", m.text);
    v("text_cy", m.text_cy);
    v("types_of_action", m.types_of_action);
    v("expected_periods", m.expected_periods);
    v("types_of_action_cy", m.types_of_action_cy);
    v("expected_periods_cy", m.expected_periods_cy);
}
template <class V> void describe(V& v, Dispute& m)
{
    v("title", m.title);
    v("matters", m.matters);
    v("title_cy", m.title_cy);
    v("matters_cy", m.matters_cy);
}
template <class V> void describe(V& v, CalledBy& m)
{
    v("office", m.office);
    v("role", m.role);
    v("office_cy", m.office_cy);
}
template <class V> void describe(V& v, Scrutineer& m)
{
    v("name", m.name);
    v("return_address", m.return_address);
}
template <class V> void describe(V& v, Entitlement& m)
{
    v("employers", m.employers);
    v("workplaces", m.workplaces);
    v("categories", m.categories);
}
template <class V> void describe(V& v, Trustees& m)
{
    v("threshold", m.threshold);
    v("numbers", m.numbers);
}
template <class V> void describe(V& v, BallotPlan& m)
{
    v("id", m.id);
    v("union", m.union_name);
    v("title", m.title);
    v("title_cy", m.title_cy);
    v("dispute", m.dispute);
    v("jurisdiction", m.jurisdiction);
    v.defaulted("statutory", m.statutory);
    v("methods", m.methods);
    v("as_if_lawful", m.as_if_lawful);
    v("questions", m.questions);
    v("called_by", m.called_by);
    v("scrutineer", m.scrutineer);
    v("opens", m.opens);
    v("closes", m.closes);
    v.defaulted("zone", m.zone);
    v("roll_cut_off", m.roll_cut_off);
    v("entitled", m.entitled);
    v("constituencies", m.constituencies);
    v("aggregate_ground", m.aggregate_ground);
    v("important_public_service", m.important_public_service);
    v("trustees", m.trustees);
    v("group", m.group);
    v("spares", m.spares);
    v("second_factor", m.second_factor);
}

} // namespace walkout::ballot

namespace walkout::wire {

/// What the planner is told: of a plan, or of a ballot as planned.
struct BallotTimetable {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    WallTime opens{};
    WallTime closes{}; ///< outside the voting period
    std::string zone;
    Instant opens_at{};
    Instant closes_at{};
    bool statutory = true;
    bool rehearsal = false;
    LawTimetable law; ///< its warnings are the plan's
};
template <class V> void describe(V& v, BallotTimetable& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("opens", m.opens);
    v("closes", m.closes);
    v("zone", m.zone);
    v("opens_at", m.opens_at);
    v("closes_at", m.closes_at);
    v("statutory", m.statutory);
    v("rehearsal", m.rehearsal);
    v("law", m.law);
}

} // namespace walkout::wire
