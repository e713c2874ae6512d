#pragma once

#include "shared/ballot/phase.hpp"
#include "shared/law/mandate.hpp"

#include <string>
#include <vector>

namespace walkout::ballot {

/// A later closing, and every date that moves with it. The bound voting paper stays: an extension is a signed addendum to it.
struct Extension {
    Instant closed_before{}; ///< the closing instant in force until now
    Instant closes{};        ///< the new one
    Date date_of_ballot{};
    Date report_due{};
    std::optional<law::Mandate> mandate; ///< should the ballot carry; empty for a consultative one
    std::vector<std::string> words;      ///< what is signed and announced, one line a fact
};

/// Decides an extension: only while voting is open or suspended and before the closing in force, for a ballot is never opened again once
/// closed (law.md 2.3). `opening_day` is the ballot's in law. Refusals: wrong_phase, closing_passed, extension_not_later, extension_too_long.
Result<Extension> extend(const law::Rulebook& book, const BallotPlan& plan, Phase phase, Date opening_day, Instant closes, Instant later,
                         Instant now);

/// What is signed of it and published beside the bound paper: the addendum. `number` counts from 1; `paper`: SHA-256 of the bound record, 64 hex
/// digits; `reason`: one plain line that voters read.
struct Addendum {
    std::vector<std::string> words; ///< for a person, one fact a line
    std::string canonical;          ///< what is hashed; each line ends with "\n"
};
Addendum addendum(const BallotPlan& plan, const Extension& extension, std::int64_t number, const std::string& paper, const std::string& reason);

/// From the planned closing, all extensions together. No statute limits them; a ballot that is extended further is more likely a slip of the pen.
inline constexpr Days longest_extension{60};

} // namespace walkout::ballot
