#pragma once

#include "client/cli/command.hpp"
#include "shared/ballot/plan.hpp"
#include "shared/law/rulebook.hpp"

namespace walkout::cli {

/// What the dialogue stands on: the law as recorded on the server, and the ballot clock.
struct PlanningGround {
    const law::Rulebook& book;
    Instant now{};
    bool rehearsal = false;
};

struct AskedPlan {
    ballot::BallotPlan plan;
    std::optional<Refusal> refused{}; ///< what other dates cannot mend: the plan needs another answer
};

/// Asks a general secretary for a plan, one thing at a time. It proposes the fastest lawful timetable from the day on which the notices can be served,
/// and the latest for a day of action; takes other dates only as far as the law does, and says which rule refuses them and what would be lawful.
/// Refuses only where nobody can be asked.
Result<AskedPlan> ask_for_plan(const Terminal& terminal, const PlanningGround& ground);

} // namespace walkout::cli
