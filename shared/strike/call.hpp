#pragma once

#include "shared/ballot/notified_action.hpp"
#include "shared/law/mandate.hpp"
#include "shared/strike/walkout.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::strike {

/// A notice of action (TULRCA s.234A) as one employer received it.
struct NoticeOfAction {
    Date received{};
    ballot::NotifiedAction action{};
    bool shorter_agreed = false; ///< the employer agreed the shorter period (1 March 2017 to 17 February 2026)
};

struct EmployerFacts {
    std::string employer;
    std::optional<Date> result_told;          ///< the day it was told the result (s.231A)
    std::vector<NoticeOfAction> notices;      ///< any one that covers the walkout will do
    std::optional<law::Mandate> lengthened{}; ///< towards this employer, by an agreement with it or by a court (law::extended)
};

/// A constituency whose result gave a mandate for the action asked for, with the employers on its roll.
struct MandateFacts {
    ConstituencyId constituency;
    law::Mandate mandate;
    std::optional<Date> begun; ///< the first day on which action under it was on: what began in time may go on (s.233(3)(b), before March 2017)
    std::vector<EmployerFacts> employers;
    std::optional<Date> to_begin{}; ///< where none has begun: the first day of a walkout that is called for later
};

struct CallFacts {
    const law::Rulebook& book;
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    Date opening_day{};
    Date ballot_date{};
    std::string title;                                     ///< of the dispute
    std::string called_by;                                 ///< who may call, in the words of the voting paper (s.229(3))
    ballot::Role office = ballot::Role::general_secretary; ///< who that is here
    bool caller_holds_office = false;
    std::vector<MandateFacts> mandates;
    Instant now; ///< ballot clock
};

struct CallRequest {
    WalkoutId id;
    BallotId ballot;
    Action action;
    std::vector<ConstituencyId> constituencies; ///< empty: every one with a mandate
    Window window;
    std::vector<Date> dates{};      ///< action short of a strike on these days only; empty: throughout the window
    bool leave_out_unready = false; ///< call the employers that are ready, rather than nobody
    bool continuous = false;        ///< on every day from the start of the window, and notified so
};

struct LeftOut {
    Called who;
    Refusal why;
};

struct Call {
    Walkout walkout;
    std::vector<LeftOut> left_out;
};

/// Calls a walkout inside its mandates (design.md section 3). Each employer by its own receipts; both ends of the window are checked.
/// What the law refuses comes with the part of the window that it would allow, where there is one ("Shorten to ...").
/// Refusals: wrong_office, already_begun, bad_dates, no_mandate, those of law::check_action, and of the least ready employer
/// (employer_not_told, action_notice_missing, action_not_notified, those of law::check_action_notice, dates_not_notified).
Result<Call> call(const CallRequest& request, const CallFacts& facts);

/// What the office may do later, with a reason that members read; to resume() takes more (resumption.hpp).
/// Refusals: missing_reason, walkout_ended, already_suspended, and to suspend one that is over: walkout_over.
Result<Walkout> suspend(Walkout walkout, std::string reason, Instant now);
Result<Walkout> end(Walkout walkout, std::string reason, Instant now);

/// The first instant up to now at which the action was on: the walkout called, and in its window. None where it was suspended or ended all the
/// while, or is still to come.
std::optional<Instant> begun_at(const Walkout& walkout, Instant now);

// ---- the parts that calling and resuming share ----

/// The days of the law on which the action is on between `from` and its end, whatever zone the window was written in.
std::vector<Date> days_of_law(const Window& window, const std::vector<Date>& dates, law::Jurisdiction jurisdiction, Instant from);

/// What a notice of action must cover.
struct ToCover {
    Action action = Action::strike;
    bool continuous = false;
    std::vector<Date> days; ///< of the law, in order; at least one
};

/// Why a notice does not cover the action, without what to do next: action_not_notified (another kind, or continuous where the action is on some
/// days only), those of law::check_action_notice, dates_not_notified. The employer must have been told the result.
std::optional<Refusal> not_covered(const law::Rulebook& book, law::Jurisdiction jurisdiction, const EmployerFacts& employer,
                                   const NoticeOfAction& notice, const ToCover& wanted);

/// Why the mandate does not allow action on these days.
std::optional<Refusal> outside_mandate(const CallFacts& facts, const MandateFacts& mandate, const std::vector<Date>& days);

CoveringNotice covering(const NoticeOfAction& notice);

/// The walkout in another state, for a reason. Refuses walkout_ended and missing_reason.
Result<Walkout> changed(Walkout walkout, State state, std::string reason, Instant now);

} // namespace walkout::strike
