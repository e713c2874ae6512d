#include "shared/ballot/extension.hpp"

#include "shared/ballot/approval.hpp"

namespace walkout::ballot {
namespace {

Result<void> may_extend(const BallotPlan& plan, Phase phase, Instant closes, Instant later, Instant now)
{
    const auto zone = Zone::find(plan.zone).value();
    if (phase != Phase::open && phase != Phase::suspended)
        return Refusal{Kind::conflict, "wrong_phase", "The ballot is " + std::string(name(phase)) + ", so its voting cannot be extended.",
                       "Only a ballot in which voting goes on can be extended; one that has closed is never opened again."};
    if (now >= closes)
        return Refusal{Kind::not_open, "closing_passed", "Voting closed at " + words(zone.wall(closes)) + ", and a ballot is never opened again.",
                       "Count it, or abandon it and ballot again."};
    if (later <= closes)
        return Refusal{Kind::invalid, "extension_not_later", "Voting closes at " + words(zone.wall(closes)) + " already.",
                       "Name a later moment; an early closing is approved with walkout ballot approve " + plan.id.text() + " close."};
    const auto latest = closing_instant(plan) + longest_extension; // however often it is extended
    if (later > latest)
        return Refusal{Kind::invalid, "extension_too_long", "Voting would go on for more than 60 days after the closing that was planned.",
                       closes < latest ? "Close by " + words(zone.wall(latest)) + " at the latest; or abandon the ballot and plan another."
                                       : "It closes as late as it can; abandon the ballot and plan another."};
    return {};
}

std::vector<std::string> in_words(const BallotPlan& plan, const Extension& extension)
{
    const auto zone = Zone::find(plan.zone).value();
    std::vector<std::string> lines{
        "Extend the voting in " + plan.title + " (" + plan.id.text() + ")", "Voting closed at: " + words(zone.wall(extension.closed_before)),
        "Voting closes at: " + words(zone.wall(extension.closes)), "Date of the ballot: " + words(extension.date_of_ballot),
        "The scrutineer's report is due by: " + words(extension.report_due)};
    if (extension.mandate)
        lines.push_back(extension.mandate->limit == law::Limit::begin_by
                            ? "Should it carry, action must begin by: " + words(extension.mandate->day)
                            : "Should it carry, the mandate ends at the end of: " + words(extension.mandate->day));
    lines.push_back("The voting paper stays as it was bound; this is an addendum to it.");
    return lines;
}

} // namespace

Result<Extension> extend(const law::Rulebook& book, const BallotPlan& plan, Phase phase, Date opening_day, Instant closes, Instant later, Instant now)
{
    if (const auto allowed = may_extend(plan, phase, closes, later, now); !allowed) return allowed.error();
    const auto dates = law::timetable(book, law_plan(plan, opening_day, later));
    if (!dates) return dates.error();
    Extension out{.closed_before = closes,
                  .closes = later,
                  .date_of_ballot = dates->ballot_date,
                  .report_due = dates->report_due,
                  .mandate = plan.statutory ? std::optional(dates->mandate) : std::nullopt,
                  .words = {}};
    out.words = in_words(plan, out);
    return out;
}

Addendum addendum(const BallotPlan& plan, const Extension& extension, std::int64_t number, const std::string& paper, const std::string& reason)
{
    Addendum out{extension.words, object_title(ApprovalStep::extend, plan.id) + "\n"};
    out.words.insert(out.words.begin() + 1, "Addendum " + std::to_string(number) + " to the voting paper with SHA-256 " + paper);
    out.words.push_back("Why: " + reason);
    const auto line = [&](const char* what, const std::string& value) { out.canonical += std::string(what) + "|" + value + "\n"; };
    line("addendum", std::to_string(number));
    line("paper", paper);
    line("closed_before", text(extension.closed_before));
    line("closes", text(extension.closes));
    line("date_of_ballot", text(extension.date_of_ballot));
    line("report_due", text(extension.report_due));
    if (extension.mandate) line("mandate", std::string(name(extension.mandate->limit)) + "|" + text(extension.mandate->day));
    line("reason", reason);
    return out;
}

} // namespace walkout::ballot
