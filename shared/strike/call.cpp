#include "shared/strike/call.hpp"

#include <algorithm>
#include <functional>

namespace walkout::strike {
namespace {

std::string_view with_article(Action action) { return action == Action::strike ? "a strike" : "action short of a strike"; }

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
                       .detail = "There is no mandate for " + std::string(with_article(request.action)) + where + ".",
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

/// The part of the window on these days of the law, as the options that call it; empty where no part is.
std::string shorten(const Window& window, const CallFacts& facts, std::optional<Date> first, std::optional<Date> last)
{
    const auto law_zone = law::zone_of(facts.jurisdiction);
    auto [from, to] = window.span();
    if (first) from = std::max(from, law_zone.instant(WallTime(*first)));
    if (last) to = std::min(to, law_zone.instant(WallTime(*last + Days(1))));
    if (from >= to) return {};
    const auto start = window.zone().wall(from);
    const auto end = window.zone().wall(to);
    std::string options;
    if (start != window.start()) options += " --start " + text(start);
    if (end != window.end()) options += " --end " + text(end);
    return options.empty() ? "" : "Shorten to " + words(start) + " to " + words(end) + ":" + options;
}

/// Days of the law before which, or after which, it refuses become what it would allow.
Refusal with_remedy(Refusal refusal, const std::string& remedy)
{
    if (!remedy.empty()) refusal.next = remedy;
    return refusal;
}

std::optional<Refusal> bad_dates(const CallRequest& request)
{
    if (request.dates.empty()) return std::nullopt;
    const auto refuse = [](std::string detail) {
        return Refusal{
            .kind = Kind::invalid, .code = "bad_dates", .detail = std::move(detail), .next = "Give each day once, the first of them first."};
    };
    if (request.action == Action::strike) return refuse("Only action short of a strike is called on separate days; a strike has one window each.");
    if (std::ranges::adjacent_find(request.dates, std::greater_equal<>{}) != request.dates.end())
        return refuse("The days of the action are not in order, or one is there twice.");
    if (request.dates.front() != request.window.first_date() || request.dates.back() != request.window.last_date())
        return refuse("The window does not begin on the first of these days and end with the last.");
    return std::nullopt;
}

std::optional<Refusal> outside_mandate(const MandateFacts& mandate, const Window& window, const CallFacts& facts, law::ActionDays days)
{
    if (mandate.begun) days.first = std::min(days.first, *mandate.begun);
    const auto refusals = law::check_action(facts.book, facts.jurisdiction, facts.opening_day, facts.ballot_date, mandate.mandate, days);
    if (refusals.empty()) return std::nullopt;
    std::optional<Date> last;
    if (mandate.mandate.limit == law::Limit::expires_end_of) last = mandate.mandate.day;
    const bool too_late_to_begin = refusals.front().code == "mandate_begin_passed";
    return with_remedy(refusals.front(), too_late_to_begin ? "" : shorten(window, facts, facts.ballot_date, last));
}

/// Why this notice does not cover those days.
std::optional<Refusal> not_covered(const EmployerFacts& employer, const NoticeOfAction& notice, const Window& window, const CallFacts& facts,
                                   const law::ActionDays& days)
{
    const law::ActionNotice received{.jurisdiction = facts.jurisdiction,
                                     .result_told = *employer.result_told,
                                     .received = notice.received,
                                     .shorter_agreed = notice.shorter_agreed};
    auto refusals = law::check_action_notice(facts.book, received, days.first);
    if (!refusals.empty()) {
        refusals.front().detail = employer.employer + ": " + refusals.front().detail;
        const auto earliest = parse_date(refusals.front().earliest_lawful);
        return with_remedy(refusals.front(),
                           shorten(window, facts, std::max(notice.days.first, earliest.value_or(notice.days.first)), notice.days.last));
    }
    if (notice.days.first <= days.first && days.last <= notice.days.last) return std::nullopt;
    const auto remedy = shorten(window, facts, notice.days.first, notice.days.last);
    return Refusal{.kind = Kind::unlawful,
                   .code = "dates_not_notified",
                   .detail = "The notice " + employer.employer + " received names " + words(notice.days.first) + " to " + words(notice.days.last) +
                             ", but the walkout touches " + words(days.first) + " to " + words(days.last) + ".",
                   .next = remedy.empty() ? "Call it within the days of the notice, or serve a notice that names every day." : remedy,
                   .rule = "action_notice_contents",
                   .source = "TULRCA s.234A(3)"};
}

/// The notice that covers this employer's part, or why none does.
Result<CoveringNotice> ready(const EmployerFacts& employer, const Window& window, const CallFacts& facts, const law::ActionDays& days)
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
        last = not_covered(employer, notice, window, facts, days);
        if (!last) return CoveringNotice{notice.received, notice.days.first, notice.days.last};
    }
    return *std::move(last);
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
    if (auto refusal = bad_dates(request)) return *refusal;
    const auto mandates = mandates_asked(request, facts);
    if (!mandates) return mandates.error();

    const auto days = days_of(request.window, facts);
    std::vector<Called> called;
    std::vector<LeftOut> left_out;
    for (const auto& mandate : *mandates) {
        const bool same_for_all =
            std::ranges::none_of(mandate.employers, [](const EmployerFacts& employer) { return employer.lengthened.has_value(); });
        if (same_for_all)
            if (auto refusal = outside_mandate(mandate, request.window, facts, days)) return *refusal;
        for (const auto& employer : mandate.employers) {
            Called who{mandate.constituency, employer.employer};
            const MandateFacts towards{mandate.constituency, employer.lengthened.value_or(mandate.mandate), mandate.begun, {}};
            if (auto refusal = outside_mandate(towards, request.window, facts, days)) {
                left_out.push_back({std::move(who), *std::move(refusal)});
                continue;
            }
            const auto notice = ready(employer, request.window, facts, days);
            if (!notice) {
                left_out.push_back({std::move(who), notice.error()});
                continue;
            }
            who.notice = *notice;
            called.push_back(std::move(who));
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
                        .dates = request.dates,
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
