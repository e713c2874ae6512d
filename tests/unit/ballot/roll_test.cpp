#include "tests/unit/ballot/plans.hpp"

using namespace walkout;
using namespace walkout::ballot;

namespace {

std::vector<Candidate> four_members()
{
    return {member("4", "Wales Trust", "Cathays", "Cymru"), member("1"), member("3", "Hampshire Trust", "Southsea"), member("2")};
}

ExclusionReason reason_for(const Candidate& candidate, const BallotPlan& plan = plan_2013())
{
    const std::vector<Candidate> people{member("1"), candidate};
    const auto frozen = freeze_roll(plan, people);
    REQUIRE(code(frozen) == "accepted");
    REQUIRE(frozen->exclusions.size() == 1);
    return frozen->exclusions.front().reason;
}

Roll roll_of(const BallotPlan& plan, const std::vector<Candidate>& people) { return freeze_roll(plan, people).value().roll; }

BallotPlan split(Split how)
{
    auto plan = plan_2013();
    plan.constituencies = how;
    return plan;
}

} // namespace

TEST_SUITE("roll")
{
    TEST_CASE("everybody the rule covers is on the roll, by number")
    {
        const auto roll = roll_of(plan_2013(), four_members());
        CHECK(roll.revision == 1);
        REQUIRE(roll.entries.size() == 4);
        CHECK(roll.entries.front().number == "1");
        CHECK(roll.entries.back().number == "4");
        CHECK(constituencies_of(roll) == std::vector<std::string>{"Probation privatisation"});
        CHECK(employers_of(roll) == std::vector<std::string>{"Hampshire Trust", "Wales Trust"});
    }

    TEST_CASE("who joined on the cut-off day is entitled, who joined the day after is not")
    {
        auto joiner = member("2");
        joiner.joined = day("2013-09-11");
        CHECK(reason_for(joiner) == ExclusionReason::joined_after_cut_off);
        joiner.joined = day("2013-09-10");
        CHECK(roll_of(plan_2013(), {joiner}).entries.size() == 1);
        joiner.joined = std::nullopt;
        CHECK(roll_of(plan_2013(), {joiner}).entries.size() == 1);
    }

    TEST_CASE("who joined too late to vote belongs with those they work with, and nobody whom the rule leaves out does")
    {
        auto plan = split(Split::per_employer);
        plan.entitled = Entitlement{{}, {}, std::vector<std::string>{"probation officer"}};
        auto joiner = member("2");
        joiner.joined = day("2013-10-11");
        CHECK(newcomers_constituency(plan, joiner) == "Hampshire Trust");
        joiner.category = "clerk";
        CHECK(newcomers_constituency(plan, joiner) == std::nullopt);
    }

    TEST_CASE("each part of the rule excludes with its own reason")
    {
        auto plan = plan_2013();
        using Names = std::vector<std::string>;
        plan.entitled = Entitlement{Names{"Hampshire Trust"}, Names{"Andover Road"}, Names{"probation officer"}};
        CHECK(reason_for(member("2", "Wales Trust"), plan) == ExclusionReason::employer);
        CHECK(reason_for(member("2", "Hampshire Trust", "Southsea"), plan) == ExclusionReason::workplace);
        auto clerk = member("2");
        clerk.category = "clerk";
        CHECK(reason_for(clerk, plan) == ExclusionReason::category);
        CHECK(reason_for(member("2", ""), plan) == ExclusionReason::employer_unknown);
        CHECK(reason_for(member("2", "Hampshire Trust", ""), plan) == ExclusionReason::workplace_unknown);
    }

    TEST_CASE("a roll of nobody, and a member twice, are refused")
    {
        CHECK(code(freeze_roll(plan_2013(), {})) == "nobody_entitled");
        const std::vector<Candidate> same{member("1"), member("1")};
        CHECK(code(freeze_roll(plan_2013(), same)) == "member_twice");
    }

    TEST_CASE("where the ground is one workplace there must be one")
    {
        auto plan = plan_2013();
        plan.aggregate_ground = AggregateGround::one_workplace;
        CHECK(roll_of(plan, {member("1"), member("2")}).entries.size() == 2);
        const auto two = four_members();
        CHECK(code(freeze_roll(plan, two)) == "several_workplaces");
    }

    TEST_CASE("constituencies split by employer or by workplace")
    {
        CHECK(constituencies_of(roll_of(split(Split::per_employer), four_members())) == std::vector<std::string>{"Hampshire Trust", "Wales Trust"});
        CHECK(constituencies_of(roll_of(split(Split::per_workplace), four_members())) ==
              std::vector<std::string>{"Hampshire Trust, Andover Road", "Hampshire Trust, Southsea", "Wales Trust, Cathays"});
    }

    TEST_CASE("TULRCA s.232: overseas members vote apart and are in no statutory count")
    {
        auto people = four_members();
        people[0].overseas = true;
        const auto roll = roll_of(plan_2013(), people);
        CHECK(constituencies_of(roll) == std::vector<std::string>{"Probation privatisation", "Probation privatisation (overseas members)"});
        const auto counts = count(roll);
        CHECK(counts.entitled == 3);
        CHECK(counts.overseas == 1);
        CHECK_FALSE(counts.by_employer.contains("Wales Trust"));
    }

    TEST_CASE("every one-way table of counts adds up to those entitled")
    {
        const auto counts = count(roll_of(split(Split::per_employer), four_members()));
        CHECK(counts.by_constituency.at("Hampshire Trust") == 3);
        CHECK(counts.by_workplace.at("Hampshire Trust, Andover Road") == 2);
        for (const auto* table : {&counts.by_constituency, &counts.by_branch, &counts.by_employer, &counts.by_workplace, &counts.by_category}) {
            std::int64_t sum = 0;
            for (const auto& [key, number] : *table) sum += number;
            CHECK(sum == 4);
        }
        CHECK(count_employer(roll_of(plan_2013(), four_members()), "Wales Trust").entitled == 1);
    }

    TEST_CASE("a correction makes the next revision, with a reason, and leaves the old one alone")
    {
        const auto first = roll_of(plan_2013(), four_members());
        auto entry = first.entries[0];
        entry.number = "9";
        const auto apply = [&](Correction::Kind kind, const RollEntry& e, const char* reason) {
            const std::vector<Correction> list{{kind, e, reason}};
            return revise_roll(first, list);
        };
        const auto added = apply(Correction::Kind::add, entry, "omitted by mistake");
        REQUIRE(code(added) == "accepted");
        CHECK(added->revision == 2);
        CHECK(added->entries.size() == 5);
        CHECK(first.entries.size() == 4);
        CHECK(apply(Correction::Kind::remove, first.entries[0], "left the union")->entries.size() == 3);
        auto moved = first.entries[0];
        moved.workplace = "Southsea";
        CHECK(apply(Correction::Kind::change, moved, "moved before the cut-off")->entries[0].workplace == "Southsea");
        CHECK(code(apply(Correction::Kind::add, first.entries[0], "again")) == "member_twice");
        CHECK(code(apply(Correction::Kind::remove, entry, "who?")) == "not_on_roll");
        CHECK(code(apply(Correction::Kind::add, entry, "")) == "reason_missing");
        CHECK(code(revise_roll(first, {})) == "no_corrections");
    }

    TEST_CASE("the hash covers every field, the revision and the ballot, and no two rolls write alike")
    {
        const auto id = plan_2013().id;
        const auto roll = roll_of(plan_2013(), four_members());
        CHECK(canonical_roll(id, Roll{1, {roll.entries[0]}}) ==
              "walkout-roll/1|probation-2013|1\n1|Probation privatisation|Hampshire|Hampshire Trust|Andover Road|probation officer|\n");
        auto other = roll;
        other.revision = 2;
        CHECK(roll_hash(id, other) != roll_hash(id, roll));
        for (const auto field :
             {&RollEntry::number, &RollEntry::constituency, &RollEntry::branch, &RollEntry::employer, &RollEntry::workplace, &RollEntry::category}) {
            other = roll;
            other.entries[1].*field += "x";
            CHECK(roll_hash(id, other) != roll_hash(id, roll));
        }
        other = roll;
        other.entries[1].overseas = true;
        CHECK(roll_hash(id, other) != roll_hash(id, roll));

        auto shifted = Roll{1, {roll.entries[0]}};
        shifted.entries[0].branch = "a|b";
        shifted.entries[0].employer = "c";
        auto straight = shifted;
        straight.entries[0].branch = "a";
        straight.entries[0].employer = "b|c";
        CHECK(canonical_roll(id, shifted) != canonical_roll(id, straight));
    }
}
