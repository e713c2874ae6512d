#include "shared/strike/call.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace walkout::strike {
namespace {

std::string_view with_article(Action action) { return action == Action::strike ? "a strike" : "action short of a strike"; }

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
    if (request.continuous) return refuse("Continuous action goes on every day; it is not on separate ones.");
    if (request.action == Action::strike) return refuse("Only action short of a strike is called on separate days; a strike has one window each.");
    if (std::ranges::adjacent_find(request.dates, std::greater_equal<>{}) != request.dates.end())
        return refuse("The days of the action are not in order, or one is there twice.");
    if (request.dates.front() != request.window.first_date() || request.dates.back() != request.window.last_date())
        return refuse("The window does not begin on the first of these days and end with the last.");
    return std::nullopt;
}

/// The longest unbroken run of days that the notice covers, the first of them where two are as long.
std::optional<law::ActionDays> covered_run(const CallFacts& facts, const NoticeOfAction& notice, const std::vector<Date>& days)
{
    const auto earliest = law::earliest_action(facts.book, facts.jurisdiction, notice.received, notice.shorter_agreed);
    std::optional<law::ActionDays> best, run;
    for (const auto day : days) {
        if (day < earliest || !notice.action.names(day)) {
            run.reset();
            continue;
        }
        if (run && run->last + Days(1) == day) run->last = day;
        else run = law::ActionDays{day, day};
        if (!best || run->last - run->first > best->last - best->first) best = run;
    }
    return best;
}

/// The part of the walkout that this notice covers, as the options that call it.
std::string covered_part(const CallRequest& request, const CallFacts& facts, const NoticeOfAction& notice, const std::vector<Date>& days)
{
    if (!request.dates.empty()) {
        const auto earliest = law::earliest_action(facts.book, facts.jurisdiction, notice.received, notice.shorter_agreed);
        std::string options;
        for (const auto day : request.dates)
            if (day >= earliest && notice.action.names(day)) options += " --on " + text(day);
        return options.empty() ? "" : "Call it on the days it covers:" + options;
    }
    const auto run = covered_run(facts, notice, days);
    return run ? shorten(request.window, facts, run->first, run->last) : "";
}

/// What a notice received today would allow.
std::string fresh_notice(const CallFacts& facts)
{
    const auto earliest = law::earliest_action(facts.book, facts.jurisdiction, law::zone_of(facts.jurisdiction).date(facts.now));
    return "Received today, a notice of it would allow action from " + words(earliest) + ".";
}

std::optional<Refusal> refused_by_mandate(const CallRequest& request, const CallFacts& facts, const MandateFacts& mandate,
                                          const std::vector<Date>& days)
{
    auto refusal = outside_mandate(facts, mandate, days);
    if (!refusal || refusal->code == "mandate_begin_passed") return refusal;
    std::optional<Date> last;
    if (mandate.mandate.limit == law::Limit::expires_end_of) last = mandate.mandate.day;
    return with_remedy(*std::move(refusal), shorten(request.window, facts, facts.ballot_date, last));
}

/// The notice that covers this employer's part, or why none does.
Result<CoveringNotice> ready(const EmployerFacts& employer, const CallRequest& request, const CallFacts& facts, const std::vector<Date>& days)
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
    const ToCover wanted{request.action, request.continuous, days};
    std::optional<Refusal> nearest;
    for (const auto& notice : employer.notices) {
        auto refusal = not_covered(facts.book, facts.jurisdiction, employer, notice, wanted);
        if (!refusal) return covering(notice);
        const bool other_action = refusal->code == "action_not_notified";
        if (other_action && nearest) continue; // a notice of this action says more about what is lacking
        const auto part = other_action ? std::string() : covered_part(request, facts, notice, days);
        if (other_action || (part.empty() && refusal->code == "dates_not_notified")) refusal->next = fresh_notice(facts);
        nearest = with_remedy(*std::move(refusal), part);
    }
    return *std::move(nearest);
}

/// The employer that holds the call up longest: one with no date in sight, else the one with the latest.
const LeftOut& least_ready(const std::vector<LeftOut>& left_out)
{
    return *std::ranges::max_element(left_out, {},
                                     [](const LeftOut& out) { return std::pair(out.why.earliest_lawful.empty(), out.why.earliest_lawful); });
}

/// That none of them can be called: what each lacks, and what to do about it.
Refusal nobody_ready(const std::vector<LeftOut>& left_out)
{
    auto refusal = least_ready(left_out).why;
    if (left_out.size() == 1) return refusal;
    refusal.detail = "No employer is ready.";
    std::set<std::string> said; // an employer in several constituencies lacks the same
    for (const auto& out : left_out) {
        const auto name = out.why.detail.starts_with(out.who.employer) ? "" : out.who.employer + ": ";
        if (const auto sentence = " " + name + out.why.detail + " " + out.why.next; said.insert(sentence).second) refusal.detail += sentence;
    }
    refusal.next = "Put each of them right, or choose a later time.";
    return refusal;
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

    const auto days = days_of_law(request.window, request.dates, facts.jurisdiction, request.window.span().from);
    std::vector<Called> called;
    std::vector<LeftOut> left_out;
    for (const auto& mandate : *mandates) {
        const bool same_for_all =
            std::ranges::none_of(mandate.employers, [](const EmployerFacts& employer) { return employer.lengthened.has_value(); });
        if (same_for_all)
            if (auto refusal = refused_by_mandate(request, facts, mandate, days)) return *refusal;
        for (const auto& employer : mandate.employers) {
            Called who{mandate.constituency, employer.employer};
            const MandateFacts towards{mandate.constituency, employer.lengthened.value_or(mandate.mandate), mandate.begun, {}, mandate.to_begin};
            if (auto refusal = refused_by_mandate(request, facts, towards, days)) {
                left_out.push_back({std::move(who), *std::move(refusal)});
                continue;
            }
            const auto notice = ready(employer, request, facts, days);
            if (!notice) {
                left_out.push_back({std::move(who), notice.error()});
                continue;
            }
            who.notice = *notice;
            called.push_back(std::move(who));
        }
    }
    if (called.empty() && left_out.empty()) throw std::logic_error("a mandate whose roll names no employer");
    if (called.empty() && request.leave_out_unready) return nobody_ready(left_out);
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
                        .changed_at = facts.now,
                        .continuous = request.continuous,
                        .history = {{State::called, facts.now}}},
                std::move(left_out)};
}

std::vector<Date> days_of_law(const Window& window, const std::vector<Date>& dates, law::Jurisdiction jurisdiction, Instant from)
{
    const auto zone = law::zone_of(jurisdiction);
    std::vector<Date> days;
    for (const auto& time : times(window, dates)) {
        if (time.to <= from) continue;
        const auto touched = law::days_touched(zone.wall(std::max(time.from, from)), zone.wall(time.to));
        for (auto day = touched.first; day <= touched.last; day += Days(1))
            if (days.empty() || days.back() < day) days.push_back(day);
    }
    return days;
}

std::optional<Refusal> not_covered(const law::Rulebook& book, law::Jurisdiction jurisdiction, const EmployerFacts& employer,
                                   const NoticeOfAction& notice, const ToCover& wanted)
{
    const auto refuse = [&](const char* code, std::string detail) {
        return Refusal{.kind = Kind::unlawful,
                       .code = code,
                       .detail = std::move(detail),
                       .next = "Serve a notice of it.",
                       .rule = code == std::string_view("dates_not_notified") ? "action_notice_coverage" : "action_notice_contents",
                       .source = "TULRCA s.234A(3)(b)"};
    };
    const auto the_notice = "The notice " + employer.employer + " received on " + words(notice.received);
    if (notice.action.kind.value_or(wanted.action) != wanted.action)
        return refuse("action_not_notified",
                      the_notice + " is of " + ballot::kind_words(notice.action) + ", and this is " + std::string(with_article(wanted.action)) + ".");
    if (notice.action.course == ballot::Course::continuous && !wanted.continuous)
        return refuse("action_not_notified", the_notice +
                                                 " says that the action is continuous, and action on some days only needs one that names each "
                                                 "date.");
    auto short_notice = law::check_action_notice(book,
                                                 {.jurisdiction = jurisdiction,
                                                  .result_told = employer.result_told.value(),
                                                  .received = notice.received,
                                                  .shorter_agreed = notice.shorter_agreed},
                                                 wanted.days.front());
    if (!short_notice.empty()) {
        short_notice.front().detail = employer.employer + ": " + short_notice.front().detail;
        return short_notice.front();
    }
    std::vector<Date> missing;
    std::ranges::copy_if(wanted.days, std::back_inserter(missing), [&](Date day) { return !notice.action.names(day); });
    if (missing.empty()) return std::nullopt;
    return refuse("dates_not_notified", the_notice + " does not name " + ballot::day_list(missing) + ", " + (missing.size() == 1 ? "a day" : "days") +
                                            " that the action touches.");
}

std::optional<Refusal> outside_mandate(const CallFacts& facts, const MandateFacts& mandate, const std::vector<Date>& days)
{
    law::ActionDays span{days.front(), days.back()};
    if (mandate.begun) span.first = std::min(span.first, *mandate.begun);
    auto refusals = law::check_action(facts.book, facts.jurisdiction, facts.opening_day, facts.ballot_date, mandate.mandate, span);
    if (refusals.empty()) return std::nullopt;
    if (refusals.front().code == "mandate_begin_passed" && mandate.to_begin)
        refusals.front().next =
            "Action that begins in time may go on: once what is called for " + words(*mandate.to_begin) + " has begun, call this.";
    return refusals.front();
}

CoveringNotice covering(const NoticeOfAction& notice) { return {notice.received, notice.action.first(), notice.action.last()}; }

namespace {

Refusal wrong_state(std::string code, std::string detail)
{
    return {.kind = Kind::conflict, .code = std::move(code), .detail = std::move(detail), .next = "See it with: walkout strike show"};
}

} // namespace

Result<Walkout> changed(Walkout walkout, State state, std::string reason, Instant now)
{
    if (walkout.state == State::ended) return wrong_state("walkout_ended", "This walkout has ended.");
    if (reason.empty()) {
        return Refusal{.kind = Kind::invalid,
                       .code = "missing_reason",
                       .detail = "Members are told the reason, so there must be one.",
                       .next = "Give one sentence."};
    }
    if (walkout.history.empty()) walkout.history.push_back({walkout.state, walkout.changed_at});
    walkout.state = state;
    walkout.reason = std::move(reason);
    walkout.changed_at = now;
    walkout.history.push_back({state, now});
    ++walkout.sequence;
    return walkout;
}

Result<Walkout> suspend(Walkout walkout, std::string reason, Instant now)
{
    if (walkout.state == State::suspended) return wrong_state("already_suspended", "This walkout is suspended already.");
    if (walkout.state == State::called && now >= walkout.window.span().to)
        return wrong_state("walkout_over", "The walkout was over at " + words(walkout.window.end()) + ", so there is nothing left to suspend.");
    return changed(std::move(walkout), State::suspended, std::move(reason), now);
}

Result<Walkout> end(Walkout walkout, std::string reason, Instant now) { return changed(std::move(walkout), State::ended, std::move(reason), now); }

std::optional<Instant> begun_at(const Walkout& walkout, Instant now)
{
    auto history = walkout.history;
    if (history.empty()) history.push_back({walkout.state, walkout.changed_at});
    for (const auto& time : times(walkout.window, walkout.dates)) {
        for (std::size_t i = 0; i < history.size(); ++i) {
            if (history[i].state != State::called) continue;
            const Span called{history[i].at, i + 1 < history.size() ? history[i + 1].at : time.to};
            if (!overlap(called, time)) continue;
            const auto on = std::max(called.from, time.from);
            return on <= now ? std::optional(on) : std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace walkout::strike
