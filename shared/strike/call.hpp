#pragma once

#include "shared/law/mandate.hpp"
#include "shared/strike/walkout.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::strike {

/// A notice of action (TULRCA s.234A) as one employer received it.
struct NoticeOfAction {
    Date received{};
    law::ActionDays days{};      ///< the first and last day the notice names
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
    std::optional<Date>
        begun; ///< first day of an earlier walkout under it that begins(): what begins in time may go on (s.233(3)(b), before March 2017)
    std::vector<EmployerFacts> employers;
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
/// (employer_not_told, action_notice_missing, those of law::check_action_notice, dates_not_notified).
Result<Call> call(const CallRequest& request, const CallFacts& facts);

/// What the office may do later, with a reason that members read.
/// Refusals: missing_reason, walkout_ended, not_suspended, already_suspended.
Result<Walkout> suspend(Walkout walkout, std::string reason, Instant now);
Result<Walkout> resume(Walkout walkout, std::string reason, Instant now);
Result<Walkout> end(Walkout walkout, std::string reason, Instant now);

/// It began, or stands to: not one that was suspended or ended before its start.
bool begins(const Walkout& walkout);

} // namespace walkout::strike
