#include "shared/strike/call.hpp"

#include <algorithm>

namespace walkout::strike {
namespace {

std::string_view action_words(Action action) { return action == Action::strike ? "a strike" : "action short of a strike"; }

/// The days a window touches where the law counts them, whatever zone it was written in.
law::ActionDays days_of(const Window& window, const CallFacts& facts)
{
    const auto zone = law::zone_of(facts.jurisdiction);
    return law::days_touched(zone.wall(window.span().from), zone.wall(window.span().to));
}

Result<std::vector<MandateFacts>> mandates_asked(const CallRequest& request, const CallFacts& facts)
{
    const auto none = [&](const std::string& where) {
        return Refusal{.kind = Kind::unlawful,
                       .code = "no_mandate",
                       .detail = "There is no mandate for " + std::string(action_words(request.action)) + where + ".",
                       .next = "See the result with: walkout result show " + request.ballot.text(),
                       .rule = "mandate",
                       .source = "TULRCA s.226(1)"};
    };
    if (facts.mandates.empty()) return none(" in any constituency of " + request.ballot.text());
    if (request.constituencies.empty()) return facts.mandates;
    std::vector<MandateFacts> asked;
    for (const auto& id : request.constituencies) {
        const auto found = std::ranges::find(facts.mandates, id, &MandateFacts::constituency);
        if (found == facts.mandates.end()) return none(" in the constituency " + id.text());
        asked.push_back(*found);
    }
    return asked;
}

std::optional<Refusal> outside_mandate(const MandateFacts& mandate, const CallFacts& facts, law::ActionDays days)
{
    if (mandate.begun) days.first = std::min(days.first, *mandate.begun);
    const auto refusals = law::check_action(facts.book, facts.jurisdiction, facts.opening_day, facts.ballot_date, mandate.mandate, days);
    return refusals.empty() ? std::nullopt : std::optional(refusals.front());
}

/// Why this notice does not cover those days.
std::optional<Refusal> not_covered(const EmployerFacts& employer, const NoticeOfAction& notice, const CallFacts& facts, const law::ActionDays& days)
{
    const law::ActionNotice received{.jurisdiction = facts.jurisdiction,
                                     .result_told = *employer.result_told,
                                     .received = notice.received,
                                     .shorter_agreed = notice.shorter_agreed};
    auto refusals = law::check_action_notice(facts.book, received, days.first);
    if (!refusals.empty()) {
        refusals.front().detail = employer.employer + ": " + refusals.front().detail;
        return refusals.front();
    }
    if (notice.days.first <= days.first && days.last <= notice.days.last) return std::nullopt;
    return Refusal{.kind = Kind::unlawful,
                   .code = "dates_not_notified",
                   .detail = "The notice " + employer.employer + " received names " + words(notice.days.first) + " to " + words(notice.days.last) +
                             ", but the walkout touches " + words(days.first) + " to " + words(days.last) + ".",
                   .next = "Call it within the days of the notice, or serve a notice that names every day.",
                   .rule = "action_notice_contents",
                   .source = "TULRCA s.234A(3)"};
}

std::optional<Refusal> unready(const EmployerFacts& employer, const CallFacts& facts, const law::ActionDays& days)
{
    if (!employer.result_told) {
        return Refusal{.kind = Kind::unlawful,
                       .code = "employer_not_told",
                       .detail = employer.employer + " has not been told the result of the ballot.",
                       .next = "Tell it, then record the day: walkout notice receipt BALLOT --employer NAME --kind result --received DATE",
                       .rule = "result_figures",
                       .source = "TULRCA s.226(3A), s.231A"};
    }
    if (employer.notices.empty()) {
        const auto today = law::zone_of(facts.jurisdiction).date(facts.now);
        const auto earliest = law::earliest_action(facts.book, facts.jurisdiction, today);
        return Refusal{.kind = Kind::unlawful,
                       .code = "action_notice_missing",
                       .detail = employer.employer + " has received no notice of action.",
                       .next = "Received today, a notice would allow action from " + words(earliest) + ".",
                       .rule = "action_notice_days",
                       .source = "TULRCA s.234A(1)",
                       .earliest_lawful = text(earliest)};
    }
    std::optional<Refusal> last;
    for (const auto& notice : employer.notices) {
        last = not_covered(employer, notice, facts, days);
        if (!last) return std::nullopt;
    }
    return last;
}

/// The employer that holds the call up longest: one with no date in sight, else the one with the latest.
const LeftOut& least_ready(const std::vector<LeftOut>& left_out)
{
    return *std::ranges::max_element(left_out, {},
                                     [](const LeftOut& out) { return std::pair(out.why.earliest_lawful.empty(), out.why.earliest_lawful); });
}

} // namespace

Result<Call> call(const CallRequest& request, const CallFacts& facts)
{
    if (!facts.caller_holds_office) {
        return Refusal{.kind = Kind::not_allowed,
                       .code = "wrong_office",
                       .detail = "Only " + facts.called_by + ", named on the voting paper, may call this action.",
                       .next = "Ask them to call it.",
                       .source = "TULRCA s.233(1)(a)"};
    }
    if (request.window.span().from <= facts.now) {
        return Refusal{.kind = Kind::invalid,
                       .code = "already_begun",
                       .detail = "The walkout would start at " + words(request.window.start()) + ", which has passed.",
                       .next = "Choose a time to come."};
    }
    const auto mandates = mandates_asked(request, facts);
    if (!mandates) return mandates.error();

    const auto days = days_of(request.window, facts);
    std::vector<Called> called;
    std::vector<LeftOut> left_out;
    for (const auto& mandate : *mandates) {
        if (auto refusal = outside_mandate(mandate, facts, days)) return *refusal;
        for (const auto& employer : mandate.employers) {
            const Called who{mandate.constituency, employer.employer};
            if (auto refusal = unready(employer, facts, days)) left_out.push_back({who, std::move(*refusal)});
            else called.push_back(who);
        }
    }
    if (called.empty() && left_out.empty()) throw std::logic_error("a mandate whose roll names no employer");
    if (called.empty() || (!left_out.empty() && !request.leave_out_unready)) return least_ready(left_out).why;
    return Call{Walkout{.id = request.id,
                        .ballot = request.ballot,
                        .title = facts.title,
                        .action = request.action,
                        .called = std::move(called),
                        .window = request.window,
                        .called_by = facts.called_by,
                        .office = facts.office,
                        .changed_at = facts.now},
                std::move(left_out)};
}

namespace {

Refusal wrong_state(std::string code, std::string detail)
{
    return {.kind = Kind::conflict, .code = std::move(code), .detail = std::move(detail), .next = "See it with: walkout strike show"};
}

Result<Walkout> changed(Walkout walkout, State state, std::string reason, Instant now)
{
    if (walkout.state == State::ended) return wrong_state("walkout_ended", "This walkout has ended.");
    if (reason.empty()) {
        return Refusal{.kind = Kind::invalid,
                       .code = "missing_reason",
                       .detail = "Members are told the reason, so there must be one.",
                       .next = "Give one sentence."};
    }
    walkout.state = state;
    walkout.reason = std::move(reason);
    walkout.changed_at = now;
    ++walkout.sequence;
    return walkout;
}

} // namespace

Result<Walkout> suspend(Walkout walkout, std::string reason, Instant now)
{
    if (walkout.state == State::suspended) return wrong_state("already_suspended", "This walkout is suspended already.");
    return changed(std::move(walkout), State::suspended, std::move(reason), now);
}

Result<Walkout> resume(Walkout walkout, std::string reason, Instant now)
{
    if (walkout.state == State::called) return wrong_state("not_suspended", "This walkout is not suspended.");
    return changed(std::move(walkout), State::called, std::move(reason), now);
}

Result<Walkout> end(Walkout walkout, std::string reason, Instant now) { return changed(std::move(walkout), State::ended, std::move(reason), now); }

bool begins(const Walkout& walkout) { return walkout.state == State::called || walkout.window.span().from < walkout.changed_at; }

} // namespace walkout::strike
