#include "shared/law/timetable.hpp"

#include <algorithm>
#include <utility>

namespace walkout::law {
namespace {

int days_before(const Rule& rule) { return std::get<NoticeDays>(rule.value).days; }

Refusal closing_too_early(const Rulebook& book, const Plan& plan)
{
    return unlawful(book.rule(Topic::ballot_date, plan.jurisdiction, plan.opening_day), "closing_before_opening",
                    "Voting would close at " + words(plan.closes) + ", and open on " + words(plan.opening_day) + ".", "Close later.",
                    plan.opening_day);
}

/// A paper sent on the opening day arrives the next day at the earliest, and is back the day after that.
constexpr Days there_and_back{2};

/// That papers can come back at all is law; how long they should have for it is the Code's advice, and stays advice (advise).
std::optional<Refusal> check_return(const Rulebook& book, const Plan& plan)
{
    const auto last = ballot_date(plan.closes);
    const bool papers = plan.method == Method::post || plan.method == Method::hybrid;
    if (!papers || last < plan.opening_day || last >= plan.opening_day + there_and_back) return std::nullopt;
    const auto earliest = plan.opening_day + there_and_back;
    const auto advised = std::get<ReturnDays>(book.rule(Topic::return_time, plan.jurisdiction, plan.opening_day).value).first_class;
    return unlawful(book.rule(Topic::voting_by_post, plan.jurisdiction, plan.opening_day), "no_time_to_return",
                    "Papers sent on " + words(plan.opening_day) + " cannot be back by " + words(last) +
                        ", and every voter must have a convenient opportunity to vote by post.",
                    "Close on " + words(earliest) + " or later; the Code of Practice advises " + std::to_string(advised) +
                        " days for first-class post, which is until " + words(plan.opening_day + Days(advised)) + ".",
                    earliest);
}

/// A notice that must be received so many days before opening: checked against its receipt, or against the earliest it could still be.
std::optional<Refusal> check_notice(const Rule& rule, std::string_view what, std::string code, const Plan& plan, std::optional<Date> received,
                                    Date today)
{
    const auto counted_from = received.value_or(today);
    const auto earliest = counted_from + Days(days_before(rule));
    if (plan.opening_day >= earliest) return std::nullopt;
    const auto by = plan.opening_day - Days(days_before(rule));
    return unlawful(rule, std::move(code),
                    "To open on " + words(plan.opening_day) + ", every employer must receive the " + std::string(what) + " by " + words(by) + "; " +
                        (received ? "it was received on " : "it cannot be received before ") + words(counted_from) + ".",
                    "Open on or after " + text(earliest) + ".", earliest);
}

} // namespace

Date ballot_date(WallTime closes) { return date::floor<Days>(closes - std::chrono::seconds(1)); }

Result<Timetable> timetable(const Rulebook& book, const Plan& plan)
{
    if (const auto covered = Rulebook::covers(plan.opening_day); !covered) return covered.error();
    if (ballot_date(plan.closes) < plan.opening_day) return closing_too_early(book, plan);
    const auto rule = [&](Topic topic, Date day) -> const Rule& { return book.rule(topic, plan.jurisdiction, day); };
    const auto last = ballot_date(plan.closes);

    const auto& notice = rule(Topic::ballot_notice_days, plan.opening_day);
    const auto& sample = rule(Topic::sample_paper_days, plan.opening_day);
    const auto& report = rule(Topic::scrutineer_report, plan.opening_day);
    const auto& life = rule(Topic::mandate, plan.opening_day);
    Timetable out{.ballot_notice_by = plan.opening_day - Days(days_before(notice)),
                  .sample_paper_by = plan.opening_day - Days(days_before(sample)),
                  .opening_day = plan.opening_day,
                  .closes = plan.closes,
                  .ballot_date = last,
                  .report_due = std::get<Period>(report.value).last_day(last),
                  .earliest_action = earliest_action(book, plan.jurisdiction, last, plan.shorter_notice_agreed),
                  .mandate = mandate(book, plan.jurisdiction, plan.opening_day, last).value(),
                  .last_action_notice = {},
                  .report_copies_until = {},
                  .steps = {}};
    out.last_action_notice = latest_notice(book, plan.jurisdiction, out.mandate.day, plan.shorter_notice_agreed);
    const auto& copies = rule(Topic::report_copies, plan.opening_day);
    out.report_copies_until = std::get<Period>(copies.value).last_day(last + Days(1)); // "from" a date does not count it

    out.steps = {
        {"every employer has received notice of the ballot, at the latest", out.ballot_notice_by, notice},
        {"every employer has received a sample voting paper, at the latest", out.sample_paper_by, sample},
        {"opening day: the first voting paper is sent", out.opening_day, rule(topic_of(plan.method), plan.opening_day)},
        {"date of the ballot: voting closes at " + words(plan.closes), out.ballot_date, rule(Topic::ballot_date, plan.opening_day)},
        {"action at the earliest, if result and notice of action reach the employer on the date of the ballot", out.earliest_action,
         rule(Topic::action_notice_days, last)},
        {"the scrutineer's report is due, at the latest", out.report_due, report},
        {"notice of action reaches the employer, at the latest, for action on the mandate's last day", out.last_action_notice,
         rule(Topic::action_notice_days, out.last_action_notice)},
        {out.mandate.limit == Limit::begin_by ? "action has begun, at the latest" : "the mandate ends at the end of this day", out.mandate.day, life},
        {"voters and employers may ask for the scrutineer's report until the end of this day", out.report_copies_until, copies},
    };
    std::ranges::stable_sort(out.steps, {}, &Step::day);
    return out;
}

std::vector<Refusal> check_plan(const Rulebook& book, const Plan& plan, Date today)
{
    if (const auto covered = Rulebook::covers(plan.opening_day); !covered) return {covered.error()};
    const auto rule = [&](Topic topic) -> const Rule& { return book.rule(topic, plan.jurisdiction, plan.opening_day); };
    std::vector<Refusal> out;
    if (auto refused = check_method(book, plan.jurisdiction, plan.opening_day, plan.method); !refused) out.push_back(refused.error());
    if (auto refused =
            check_notice(rule(Topic::ballot_notice_days), "notice of the ballot", "ballot_notice_short", plan, plan.ballot_notice_received, today))
        out.push_back(std::move(*refused));
    if (auto refused =
            check_notice(rule(Topic::sample_paper_days), "sample voting paper", "sample_paper_short", plan, plan.sample_paper_received, today))
        out.push_back(std::move(*refused));
    if (ballot_date(plan.closes) < plan.opening_day) out.push_back(closing_too_early(book, plan));
    if (auto refused = check_return(book, plan)) out.push_back(std::move(*refused));
    if (!zone_of(plan.jurisdiction).exists(plan.closes))
        out.push_back({.kind = Kind::invalid,
                       .code = "closing_skipped",
                       .detail = "The clocks go forward past " + words(plan.closes) + ": that moment does not exist.",
                       .next = "Close an hour later."});
    return out;
}

std::vector<Warning> advise(const Rulebook& book, const Plan& plan)
{
    std::vector<Warning> out;
    const auto dates = timetable(book, plan);
    if (!dates) return out;
    const auto& post = book.rule(Topic::return_time, plan.jurisdiction, plan.opening_day);
    const auto advice = std::get<ReturnDays>(post.value);
    // Also for an online ballot: a member may always ask for a paper (ERelA04 s.54(5)).
    const auto open_for = (dates->ballot_date - plan.opening_day).count();
    if (open_for < advice.second_class) {
        const bool too_short = open_for < advice.first_class;
        out.push_back({too_short ? "return_time_short" : "return_time_second_class",
                       "Between sending and the last day of voting lie " + std::to_string(open_for) + " days: " +
                           (too_short ? "too few even for papers sent first class, which should have " + std::to_string(advice.first_class)
                                      : "send papers first class; second class should have " + std::to_string(advice.second_class)) +
                           ".",
                       source_of(post)});
    }
    for (const auto& step : dates->steps)
        if (step.rule.confidence != Confidence::high)
            out.push_back(
                {"law_not_verified",
                 "The rule behind \"" + step.what + "\" (" + std::string(name(step.rule.topic)) + ") was not read in the enactment: verify it first.",
                 source_of(step.rule)});
    return out;
}

} // namespace walkout::law
