#pragma once

#include "shared/law/rulebook.hpp"

#include <cstdint>
#include <vector>

namespace walkout::law {

/// One question in one constituency. A paper blank or invalid on this question counts as spoiled here, so cast() is the same for every
/// question of a ballot: the papers returned.
struct Tally {
    std::optional<std::int64_t> entitled{}; ///< needed only where a rule of the opening day asks for it; overseas voters excluded
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t spoiled = 0;
    std::int64_t cast() const { return yes + no + spoiled; }
};

/// One comparison of whole numbers; never a rounded percentage.
struct Test {
    Topic topic;
    std::string asks; ///< "at least half of those entitled voted"
    std::string sum;  ///< "2×37 ≥ 90"
    bool met = false;
    bool binding = true; ///< false: shown for comparison, does not decide
    std::string source;
    std::string answer() const; ///< "2×37 ≥ 90? no"
};

struct Outcome {
    bool supported = false; ///< every binding test is met
    std::vector<Test> tests;
    std::vector<std::string> warnings;

    /// Met or not, for the s.231 statement; empty where the law of that day has no such test.
    std::optional<bool> met(Topic topic) const;
};

/// part of whole in per cent, rounded to two places, as unions publish it: "56.96". Never shown as 40.00 or 50.00 where it is less. It decides
/// nothing. Empty where the whole is 0.
std::optional<std::string> percent(std::int64_t part, std::int64_t whole);

/// "Yes 66.67% of valid votes, 64.52% of all papers returned": the share unions publish, and the strict base. Empty where nobody voted.
std::string yes_in_percent(const Tally& tally);

/// Judges a tally under the rules of the opening day. `important_public_service`: a majority of those entitled normally work in one (1.3);
/// it matters only where the law of that day asks. Refuses "not_covered", "entitled_missing" and figures that cannot be
/// ("figures_impossible").
Result<Outcome> judge(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, const Tally& tally, bool important_public_service);

} // namespace walkout::law
