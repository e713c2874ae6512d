#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace walkout::ballot {

/// The finest grain the roll can be cut to. Never published itself. A workplace's name lies in one constituency only.
struct TurnoutAtom {
    std::string constituency;
    std::string branch;
    std::string workplace;
    std::int64_t entitled = 0;
    std::int64_t returned = 0; ///< as of the last published batch
};

/// A line of a one-way table. Entitled is on the roll and no secret; what is hidden is how many returned.
struct TurnoutCell {
    std::string name;
    std::int64_t entitled = 0;
    std::optional<std::int64_t> returned; ///< nullopt: hidden ("fewer than 10, or close to everyone")
    friend bool operator==(const TurnoutCell&, const TurnoutCell&) = default;
};

struct TurnoutTables {
    std::vector<TurnoutCell> constituencies; ///< always shown: their boards are public
    std::vector<TurnoutCell> branches;
    std::vector<TurnoutCell> workplaces;
    friend bool operator==(const TurnoutTables&, const TurnoutTables&) = default;
};

/// A cell by itself may be shown: at least 20 entitled, 10 returned, 10 not returned (design.md section 3).
bool large_enough(std::int64_t entitled, std::int64_t returned);

/// The tables of one publication, the same for every role. Hides small cells, then, in any table that hides exactly one, the next
/// smallest, then whatever else is needed so that no hidden cell can be worked out from all three tables together. Nothing can hide what
/// a constituency's public board says: where nobody or everybody has returned, every cell inside it is known. A branch or workplace that
/// is all of a constituency, or of the ballot, is left out of its table: its figure is the constituency's. `earlier`: what was published
/// before, oldest first. A cell once shown and then hidden stays hidden, or two days together would tell it.
TurnoutTables turnout_tables(std::span<const TurnoutAtom> atoms, std::span<const TurnoutTables> earlier = {});

/// How far a constituency is from the share of returns its rules ask for.
struct Distance {
    std::int64_t needed = 0; ///< returns that meet the threshold; 0 where the rules have none
    std::int64_t still_needed = 0;
};
/// The smallest v with v / entitled >= numerator / denominator.
Distance distance_to(std::int64_t entitled, std::int64_t returned, std::int64_t numerator, std::int64_t denominator);

} // namespace walkout::ballot
