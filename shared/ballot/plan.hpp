#pragma once

#include "shared/base/id.hpp"
#include "shared/base/names.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"
#include "shared/law/timetable.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace walkout::ballot {

/// TULRCA s.229(2): a paper asks one or both of these, and each is judged alone (s.226(2)(a)(iii)).
enum class QuestionKind { strike, action_short };
constexpr auto enum_names(QuestionKind)
{
    return std::to_array<std::pair<QuestionKind, std::string_view>>({{QuestionKind::strike, "strike"}, {QuestionKind::action_short, "action_short"}});
}

/// Whose votes are counted together.
enum class Split { aggregate, per_employer, per_workplace };
constexpr auto enum_names(Split)
{
    return std::to_array<std::pair<Split, std::string_view>>(
        {{Split::aggregate, "aggregate"}, {Split::per_employer, "per_employer"}, {Split::per_workplace, "per_workplace"}});
}

/// What lets several workplaces vote as one: TULRCA s.228A (2) each has a member affected by the dispute, (3) all members of stated
/// occupations with stated employers, (4) all members employed by stated employers. `one_workplace`: s.228(3) has nothing to split.
enum class AggregateGround { affected_members, occupations, employers, one_workplace };
constexpr auto enum_names(AggregateGround)
{
    return std::to_array<std::pair<AggregateGround, std::string_view>>({{AggregateGround::affected_members, "affected_members"},
                                                                        {AggregateGround::occupations, "occupations"},
                                                                        {AggregateGround::employers, "employers"},
                                                                        {AggregateGround::one_workplace, "one_workplace"}});
}

/// What a voter shows besides the voting code (design.md section 5).
enum class SecondFactor { sign_in, member_number };
constexpr auto enum_names(SecondFactor)
{
    return std::to_array<std::pair<SecondFactor, std::string_view>>(
        {{SecondFactor::sign_in, "sign_in"}, {SecondFactor::member_number, "member_number"}});
}

/// The group of protocol.md 2.1, by name only. Every packaged belenios-tool reads archives over BELENIOS-2048; Ed25519 is faster and smaller, and read
/// by belenios-tool 3.x only (protocol.md 2.9).
enum class Group { belenios_2048, ed25519 };
constexpr auto enum_names(Group)
{
    return std::to_array<std::pair<Group, std::string_view>>({{Group::belenios_2048, "BELENIOS-2048"}, {Group::ed25519, "Ed25519"}});
}

struct Question {
    QuestionKind kind = QuestionKind::strike;
    std::string text;
    std::optional<std::string> text_cy;                      ///< Welsh
    std::optional<std::vector<std::string>> types_of_action; ///< s.229(2C), action short of a strike
    std::optional<std::string> expected_periods;             ///< s.229(2D)
    std::optional<std::vector<std::string>> types_of_action_cy{};
    std::optional<std::string> expected_periods_cy{};
    friend bool operator==(const Question&, const Question&) = default;
};

struct Dispute {
    std::string title;
    std::string matters; ///< summary of the matters in issue, s.229(2B)
    std::optional<std::string> title_cy{};
    std::optional<std::string> matters_cy{};
    friend bool operator==(const Dispute&, const Dispute&) = default;
};

/// The office that may call the action, as the paper names it (s.229(3), s.233).
struct CalledBy {
    std::string office = "";                ///< "the General Secretary of the Probation Union"
    std::string role = "general_secretary"; ///< who holds it here: a name of Role
    std::optional<std::string> office_cy{};
    friend bool operator==(const CalledBy&, const CalledBy&) = default;
};

struct Scrutineer {
    std::string name;
    std::string return_address; ///< where papers are returned, s.229(1A)(b)
    friend bool operator==(const Scrutineer&, const Scrutineer&) = default;
};

/// Entitled: members in one of these employers and one of these workplaces and one of these categories. An absent list means all.
struct Entitlement {
    std::optional<std::vector<std::string>> employers;
    std::optional<std::vector<std::string>> workplaces;
    std::optional<std::vector<std::string>> categories;
    friend bool operator==(const Entitlement&, const Entitlement&) = default;
};

struct Trustees {
    static constexpr std::int64_t most = 9;
    std::optional<std::int64_t> threshold; ///< how many must decrypt: at least 2, which is also what leaving it out means
    std::vector<std::string> numbers;      ///< officials' sign-in names, in the order of their keys; at most `most`
    std::int64_t needed() const { return threshold.value_or(2); }
    friend bool operator==(const Trustees&, const Trustees&) = default;
};

/// A ballot as its planner writes it. Optional fields may be left out of the file; the functions below give their defaults.
struct BallotPlan {
    BallotId id = *BallotId::parse("unnamed");
    std::optional<std::string> union_name; ///< "Napo": who sends the notices and results
    std::string title;
    std::optional<std::string> title_cy;
    Dispute dispute;
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    bool statutory = true; ///< false: a consultative ballot, which can give no mandate
    std::vector<law::Method> methods;
    std::optional<std::vector<law::Method>> as_if_lawful; ///< rehearsal only: methods used on dates when they were not lawful
    std::vector<Question> questions;
    CalledBy called_by;
    Scrutineer scrutineer;
    WallTime opens{};  ///< the first instant of voting, on the wall in `zone`
    WallTime closes{}; ///< the first instant after voting
    std::string zone = "Europe/London";
    Date roll_cut_off{};
    std::optional<Entitlement> entitled;
    Split constituencies = Split::aggregate;
    std::optional<AggregateGround> aggregate_ground; ///< required for an aggregate statutory ballot
    /// Whether the majority of those entitled normally work in one (s.226(2B)): asked for only where the opening day's law asks (1 March 2017 to
    /// 17 February 2026), and then nobody may leave it open.
    std::optional<bool> important_public_service;
    Trustees trustees;
    std::optional<Group> group;
    std::optional<std::int64_t> spares; ///< per constituency; otherwise spare_credentials()
    std::optional<SecondFactor> second_factor;
    friend bool operator==(const BallotPlan&, const BallotPlan&) = default;

    bool uses(law::Method method) const;
    bool pretends_lawful(law::Method method) const; ///< named in as_if_lawful
    bool asks(QuestionKind kind) const;
    SecondFactor second_factor_or_default() const { return second_factor.value_or(SecondFactor::sign_in); }
    Group group_or_default() const { return group.value_or(Group::belenios_2048); }
    std::int64_t spares_for(std::int64_t entitled_members) const; ///< the override, or spare_credentials()
};

/// max(20, a quarter of those entitled, rounded up): protocol.md 5.1.
std::int64_t spare_credentials(std::int64_t entitled_members);

/// Who sends what an office of the union sends: "the General Secretary, Napo".
std::string sender(const BallotPlan& plan, const std::string& office);

/// The plan's wall times as instants. Only for a plan whose zone exists: plan_ballot() has checked that.
Instant opening_instant(const BallotPlan& plan);
Instant closing_instant(const BallotPlan& plan); ///< itself outside the voting period

/// What shared/law needs to know of a plan. Receipts are filled in by whoever has them.
law::Plan law_plan(const BallotPlan& plan);
/// The same of a ballot on its way: with its opening day in law (sending is opening) and the closing in force.
law::Plan law_plan(const BallotPlan& plan, Date opening_day, Instant closes);

struct PlanningFacts {
    Instant now{};                          ///< ballot clock
    bool rehearsal = false;                 ///< a property of the database
    std::int64_t entitled_now = 0;          ///< members whom the entitlement rule covers today, whole ballot, those overseas among them (s.226C)
    std::int64_t entitled_beside = 0;       ///< in the other ballots of the same dispute: s.226C counts separate workplace ballots together
    std::int64_t smallest_constituency = 0; ///< 0 where the register is still empty
};

struct Planned {
    BallotPlan plan;
    law::Timetable timetable;
    std::vector<law::Warning> warnings; ///< guidance, not law
    /// Whether the law of the opening day asks for an independent scrutineer. Where it does not (s.226C: 50 entitled or fewer, over all
    /// workplaces together), Walkout still needs an independent second person, as a rule of its own.
    bool scrutineer_statutory = true;
};

/// The dates that stand for a ballot, planned or on its way, lawful or not, with what a person should hear about them.
Result<Planned> timetable_for(const law::Rulebook& book, const BallotPlan& plan, const law::Plan& in_force, const PlanningFacts& facts);

/// Accepts a plan, or refuses it: malformed (plan_incomplete, plan_...), or unlawful with the rule, its source and the earliest lawful
/// date.
Result<Planned> plan_ballot(const law::Rulebook& book, BallotPlan plan, const PlanningFacts& facts);

/// Who can open what the members encrypt, in one line: the group, which other programs read it, and how many trustees of how many.
std::string secrecy_line(const BallotPlan& plan);

/// The timetable in plain lines, each date with its rule and source: what the planner prints.
std::vector<std::string> timetable_lines(const Planned& planned);

} // namespace walkout::ballot
