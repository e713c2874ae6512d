#pragma once

#include "shared/law/rulebook.hpp"

#include <cstdint>
#include <vector>

namespace walkout::law {

/// The words of s.229(4), to be printed without anything else on the paper qualifying or commenting on them.
extern const std::string_view statement_until_17_february_2026;
extern const std::string_view statement_from_18_february_2026;

struct PaperRules {
    std::vector<PaperField> fields; ///< what the paper must carry
    std::string statement;          ///< the exact words
    std::string source;             ///< of the fields
};

/// s.226C: whether the law asks for an independent scrutineer. `entitled` is counted over all the separate workplace ballots.
/// The day must be covered.
bool scrutineer_needed(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, std::int64_t entitled);

/// The form of the voting paper. The scrutineer's name is among the fields only where one is needed. Refuses "not_covered", and
/// "law_not_verified" where the words of the statement are not known (NI).
Result<PaperRules> paper_rules(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, std::optional<Date> sample_served,
                               std::int64_t entitled);

} // namespace walkout::law
