#pragma once

#include "shared/ballot/plan.hpp"

#include <span>

namespace walkout::ballot {

/// Where a ballot is in its life (design.md section 3).
enum class Phase { planned, frozen, noticed, keyed, coded, open, closed, counted, declared, suspended, abandoned };
constexpr auto enum_names(Phase)
{
    return std::to_array<std::pair<Phase, std::string_view>>({{Phase::planned, "planned"},
                                                              {Phase::frozen, "frozen"},
                                                              {Phase::noticed, "noticed"},
                                                              {Phase::keyed, "keyed"},
                                                              {Phase::coded, "coded"},
                                                              {Phase::open, "open"},
                                                              {Phase::closed, "closed"},
                                                              {Phase::counted, "counted"},
                                                              {Phase::declared, "declared"},
                                                              {Phase::suspended, "suspended"},
                                                              {Phase::abandoned, "abandoned"}});
}

enum class Step { freeze, notice, key, code, open, suspend, resume, close, count, declare, abandon };
constexpr auto enum_names(Step)
{
    return std::to_array<std::pair<Step, std::string_view>>({{Step::freeze, "freeze"},
                                                             {Step::notice, "notice"},
                                                             {Step::key, "key"},
                                                             {Step::code, "code"},
                                                             {Step::open, "open"},
                                                             {Step::suspend, "suspend"},
                                                             {Step::resume, "resume"},
                                                             {Step::close, "close"},
                                                             {Step::count, "count"},
                                                             {Step::declare, "declare"},
                                                             {Step::abandon, "abandon"}});
}

/// The phase a step leads to, or a refusal (wrong_phase) that says what must come first. Each may_... below asks this too.
Result<Phase> after(Phase phase, Step step);

// ---- notices to employers (TULRCA ss.226A, 231A, 234A) ----

enum class NoticeKind { ballot, sample, result, action };
constexpr auto enum_names(NoticeKind)
{
    return std::to_array<std::pair<NoticeKind, std::string_view>>(
        {{NoticeKind::ballot, "ballot"}, {NoticeKind::sample, "sample"}, {NoticeKind::result, "result"}, {NoticeKind::action, "action"}});
}

/// That an employer received a notice, by the day, in the ballot's zone.
struct Receipt {
    NoticeKind kind = NoticeKind::ballot;
    std::string employer;
    Date received_on{};
};

/// The day on which the last of the employers first received it; nullopt where one has not.
std::optional<Date> last_receipt(NoticeKind kind, std::span<const std::string> employers, std::span<const Receipt> receipts);

/// Both notices reached every employer in the roll in time for `opening_day`; otherwise unlawful with rule, source and earliest lawful
/// opening day, or notice_not_received where one is simply missing. A consultative ballot needs none.
Result<void> notices_received(const law::Rulebook& book, const BallotPlan& plan, std::span<const std::string> employers,
                              std::span<const Receipt> receipts, Date opening_day);

// ---- the decisions; each is asked again inside the transaction that records it ----

Result<Phase> may_freeze(Phase phase, const BallotPlan& plan, Instant now); ///< not before the cut-off day has ended

/// Noticed as soon as the last receipt is in; the caller treats notice_not_received as "not yet".
Result<Phase> may_notice(const law::Rulebook& book, Phase phase, const BallotPlan& plan, std::span<const std::string> employers,
                         std::span<const Receipt> receipts);

struct OpeningFacts {
    Phase phase = Phase::coded;
    bool vault_verified = false; ///< the scrutineer's second copy of the codes has been read back (protocol.md 5.1)
    bool approved = false;       ///< two signatures for ApprovalStep::open
    Date opening_day{};          ///< from opening_day()
    std::span<const std::string> employers{};
    std::span<const Receipt> receipts{};
    std::optional<std::string> statement{}; ///< the statutory words on the bound paper
};
/// "Sending is opening": the day on which the first code or paper was sent (law.md 1.1). Until one was, the day on which the ballot was opened for
/// sending, or is planned to be.
Date opening_day(const BallotPlan& plan, std::optional<Instant> first_sending, std::optional<Instant> opened = std::nullopt);
/// The paper was bound for the planned opening day, with the law recorded then: paper_outdated where one opened on that of the facts needs another
/// form or statement. Asked before opening, and before the first code or paper leaves.
Result<void> paper_still_lawful(const law::Rulebook& book, const BallotPlan& plan, const OpeningFacts& facts);
Result<Phase> may_open(const law::Rulebook& book, const BallotPlan& plan, const OpeningFacts& facts, Instant now);

/// `closes`: the closing instant in force, after any extension. Before it only with an approved early closing.
Result<Phase> may_close(Phase phase, Instant closes, bool early_closing_approved, Instant now);
Result<Phase> may_count(Phase phase, bool approved);
Result<Phase> may_declare(Phase phase, bool approved);
Result<Phase> may_abandon(Phase phase);

/// True from `opens` until just before `closes`, in phase open.
bool accepts_votes(Phase phase, Instant opens, Instant closes, Instant now);

/// Local date of the last instant before closing: 00:00 on the 9th closes a ballot of the 8th (TULRCA s.246).
Date date_of_ballot(const Zone& zone, Instant closes);

} // namespace walkout::ballot
