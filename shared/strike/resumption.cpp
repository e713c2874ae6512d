#include "shared/strike/resumption.hpp"

#include "shared/ballot/plain_text.hpp"

#include <algorithm>

namespace walkout::strike {
namespace {

constexpr std::size_t longest_line = 500;

Refusal refuse(Kind kind, const char* code, std::string detail, std::string next)
{
    return {.kind = kind, .code = code, .detail = std::move(detail), .next = std::move(next)};
}

/// The notice received since the suspension that covers what is left.
struct Fresh {
    std::optional<CoveringNotice> notice{};
    std::string why_not{}; ///< of the nearest one, where one came
};

Fresh fresh_notice(const SuspendedPart& part, const CallFacts& facts, const ToCover& rest, Date suspended)
{
    Fresh fresh;
    if (!part.employer.result_told) return fresh;
    for (const auto& notice : part.employer.notices) {
        if (notice.received <= suspended) continue; // on the very day nobody can tell which came first
        const auto refusal = not_covered(facts.book, facts.jurisdiction, part.employer, notice, rest);
        if (!refusal) return {.notice = covering(notice)};
        fresh.why_not = refusal->detail;
    }
    return fresh;
}

/// The agreements about this suspension that count: from the first one that was made before the action ceased.
std::vector<SuspensionAgreement> in_force(const SuspendedPart& part, Date suspended)
{
    std::vector<SuspensionAgreement> out;
    for (const auto& agreement : part.agreements)
        if (agreement.suspended_from == suspended && (!out.empty() || agreement.made_on <= suspended)) out.push_back(agreement);
    return out;
}

/// What keeps the notice of before good, or why nothing does.
Result<void> agreed(const Walkout& walkout, const SuspendedPart& part, const CallFacts& facts, const Called& who, const ToCover& rest, Date suspended)
{
    const auto& rule = facts.book.rule(law::Topic::suspension_by_agreement, facts.jurisdiction, who.notice ? who.notice->received : suspended);
    const auto agreements = in_force(part, suspended);
    const auto fresh = fresh_notice(part, facts, rest, suspended);
    if (agreements.empty() || std::holds_alternative<law::None>(rule.value)) {
        const auto earliest = law::earliest_action(facts.book, facts.jurisdiction, law::zone_of(facts.jurisdiction).date(facts.now));
        const bool too_late = rest.days.back() < earliest;
        return law::unlawful(rule, "resumption_needs_notice",
                             who.employer + " has not agreed before the suspension of " + words(suspended) +
                                 " that the action may resume, and has received no notice since that covers the rest" +
                                 (fresh.why_not.empty() ? "." : ": " + fresh.why_not),
                             "Received today, a notice would allow action from " + words(earliest) +
                                 (too_late ? ", when this walkout is over: call another then" : "") +
                                 "; or record what was agreed before the suspension: walkout strike agreement add " + walkout.id.text() + ".",
                             earliest);
    }
    if (std::holds_alternative<law::Unverified>(rule.value))
        return law::unlawful(rule, "law_not_verified",
                             "Whether an agreement with " + who.employer + " keeps its notice good in " +
                                 std::string(law::country(facts.jurisdiction)) + " was not read in the enactment.",
                             "Serve a fresh notice; or record what you read: walkout law set suspension_by_agreement --jurisdiction " +
                                 std::string(name(facts.jurisdiction)) + " --value holds --from DATE --source ENACTMENT.");
    const auto resumes = std::ranges::max_element(agreements, {}, &SuspensionAgreement::resumes_on)->resumes_on;
    if (rest.days.front() < resumes)
        return law::unlawful(rule, "resumption_too_early",
                             "It was agreed with " + who.employer + " that the action resumes on " + words(resumes) + " at the earliest.",
                             "Resume it then.", resumes);
    return {};
}

} // namespace

Result<void> check(const SuspensionAgreement& agreement, Date today)
{
    for (const auto& line : {agreement.agreed_by, agreement.evidence}) {
        if (line.empty())
            return refuse(Kind::invalid, "evidence_missing", "An agreement is recorded with who made it for the employer, and with what proves it.",
                          "Say both: --agreed-by \"H. Resources, director\" --evidence \"letter of 3 May, signed by both\".");
        if (!ballot::is_plain_line(line) || line.size() > longest_line)
            return refuse(Kind::invalid, "not_plain_text", "Who agreed, and the evidence, are one line of text each.", "Shorten it.");
    }
    if (agreement.made_on > today)
        return refuse(Kind::invalid, "agreement_in_future", words(agreement.made_on) + " has not come yet.",
                      "Record an agreement when it has been made.");
    if (agreement.resumes_on < agreement.suspended_from)
        return refuse(Kind::invalid, "agreement_dates",
                      "Action suspended from " + words(agreement.suspended_from) + " cannot resume on " + words(agreement.resumes_on) + ".",
                      "Check the dates.");
    return {};
}

Result<Walkout> resume(Walkout walkout, std::string reason, const CallFacts& facts, const std::vector<SuspendedPart>& parts)
{
    if (walkout.state == State::called) {
        return Refusal{.kind = Kind::conflict,
                       .code = "not_suspended",
                       .detail = "This walkout is not suspended.",
                       .next = "See it with: walkout strike show " + walkout.id.text()};
    }
    const auto suspended_at = walkout.changed_at;
    auto resumed = changed(std::move(walkout), State::called, std::move(reason), facts.now);
    if (!resumed) return resumed;
    const ToCover rest{resumed->action, resumed->continuous, days_of_law(resumed->window, resumed->dates, facts.jurisdiction, facts.now)};
    if (rest.days.empty()) {
        return Refusal{.kind = Kind::conflict,
                       .code = "walkout_over",
                       .detail = "The walkout ended at " + words(resumed->window.end()) + ", so there is nothing left to resume.",
                       .next = "Call a new one: walkout strike call"};
    }
    const auto zone = law::zone_of(facts.jurisdiction);
    const auto suspended = zone.date(suspended_at);
    for (auto& who : resumed->called) {
        const auto part = std::ranges::find_if(
            parts, [&](const SuspendedPart& one) { return one.mandate.constituency == who.constituency && one.employer.employer == who.employer; });
        if (part == parts.end())
            return Refusal{.kind = Kind::unlawful,
                           .code = "no_mandate",
                           .detail = "There is no mandate for " + std::string(action_words(resumed->action)) + " at " + who.employer + ".",
                           .next = "See it with: walkout mandate list " + resumed->ballot.text(),
                           .rule = "mandate",
                           .source = "TULRCA s.226(1)"};
        if (auto refusal = outside_mandate(facts, part->mandate, rest.days)) return *refusal;
        if (const auto fresh = fresh_notice(*part, facts, rest, suspended).notice) who.notice = fresh;
        else if (const auto kept = agreed(*resumed, *part, facts, who, rest, suspended); !kept) return kept.error();
    }
    return resumed;
}

} // namespace walkout::strike
