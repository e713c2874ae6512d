#include "shared/ballot/phase.hpp"

#include "shared/law/paper.hpp"

#include <algorithm>

namespace walkout::ballot {
namespace {

struct Move {
    Phase from;
    Step step;
    Phase to;
};

/// The whole life cycle. A suspended ballot may still reach its closing instant; nothing leads out of declared or abandoned.
constexpr auto moves = std::to_array<Move>({
    {Phase::planned, Step::freeze, Phase::frozen},    {Phase::frozen, Step::notice, Phase::noticed},
    {Phase::noticed, Step::key, Phase::keyed},        {Phase::keyed, Step::code, Phase::coded},
    {Phase::coded, Step::open, Phase::open},          {Phase::open, Step::suspend, Phase::suspended},
    {Phase::suspended, Step::resume, Phase::open},    {Phase::open, Step::close, Phase::closed},
    {Phase::suspended, Step::close, Phase::closed},   {Phase::closed, Step::count, Phase::counted},
    {Phase::counted, Step::declare, Phase::declared}, {Phase::planned, Step::abandon, Phase::abandoned},
    {Phase::frozen, Step::abandon, Phase::abandoned}, {Phase::noticed, Step::abandon, Phase::abandoned},
    {Phase::keyed, Step::abandon, Phase::abandoned},  {Phase::coded, Step::abandon, Phase::abandoned},
    {Phase::open, Step::abandon, Phase::abandoned},   {Phase::suspended, Step::abandon, Phase::abandoned},
    {Phase::closed, Step::abandon, Phase::abandoned},
});

std::string what_comes_first(Step step)
{
    std::string phases;
    for (const auto& move : moves)
        if (move.step == step) phases += (phases.empty() ? "" : " or ") + std::string(name(move.from));
    return "This step needs a ballot that is " + phases + ".";
}

std::string employers_without(NoticeKind kind, std::span<const std::string> employers, std::span<const Receipt> receipts)
{
    std::string out;
    for (const auto& employer : employers)
        if (std::ranges::none_of(receipts, [&](const Receipt& r) { return r.kind == kind && r.employer == employer; }))
            out += (out.empty() ? "" : ", ") + employer;
    return out;
}

/// Without the samples that are not of the form that the paper takes: the day on which the last employer had one decides it (S.I. 2026/3 Sch 2
/// para 8(2)), and those who had theirs before, in the older form, need the other too (s.226A(1)(b)).
std::vector<Receipt> of_the_final_form(const law::Rulebook& book, const BallotPlan& plan, std::span<const std::string> employers,
                                       std::span<const Receipt> receipts, Date opening_day)
{
    std::vector<Receipt> out(receipts.begin(), receipts.end());
    const auto form = [&](Date received) { return law::paper_rules(book, plan.jurisdiction, opening_day, received, INT64_MAX); };
    const auto last = last_receipt(NoticeKind::sample, employers, receipts);
    const auto wanted = last ? form(*last) : Result<law::PaperRules>(Refusal{});
    if (!wanted) return out;
    std::erase_if(out, [&](const Receipt& receipt) {
        if (receipt.kind != NoticeKind::sample) return false;
        const auto had = form(receipt.received_on);
        return !had || had->fields != wanted->fields || had->statement != wanted->statement;
    });
    return out;
}

} // namespace

std::optional<Date> last_receipt(NoticeKind kind, std::span<const std::string> employers, std::span<const Receipt> receipts)
{
    std::optional<Date> last;
    for (const auto& employer : employers) {
        std::optional<Date> first;
        for (const auto& receipt : receipts)
            if (receipt.kind == kind && receipt.employer == employer) first = first ? std::min(*first, receipt.received_on) : receipt.received_on;
        if (!first) return std::nullopt;
        last = last ? std::max(*last, *first) : *first;
    }
    return last;
}

Result<Phase> after(Phase phase, Step step)
{
    const auto found = std::ranges::find_if(moves, [&](const Move& move) { return move.from == phase && move.step == step; });
    if (found != moves.end()) return found->to;
    return Refusal{Kind::conflict, "wrong_phase",
                   "The ballot is " + std::string(name(phase)) + ", so the step \"" + std::string(name(step)) + "\" is not possible now.",
                   what_comes_first(step)};
}

Result<void> notices_received(const law::Rulebook& book, const BallotPlan& plan, std::span<const std::string> employers,
                              std::span<const Receipt> receipts, Date opening_day)
{
    if (!plan.statutory) return {};
    for (const auto kind : {NoticeKind::ballot, NoticeKind::sample})
        if (const auto lacking = employers_without(kind, employers, receipts); !lacking.empty())
            return Refusal{Kind::conflict, "notice_not_received",
                           std::string(kind == NoticeKind::ballot ? "The notice of ballot" : "The sample voting paper") +
                               " has not been received by: " + lacking + ".",
                           "Record each receipt with walkout notice receipt."};
    const auto fitting = of_the_final_form(book, plan, employers, receipts, opening_day);
    if (const auto lacking = employers_without(NoticeKind::sample, employers, fitting); !lacking.empty())
        return Refusal{
            Kind::conflict, "notice_not_received",
            "The voting paper takes another form since the last employer received its sample; only one of the older form has been received by: " +
                lacking + ".",
            "Serve the sample voting paper there again, and record its receipt with walkout notice receipt."};
    auto as_served = law_plan(plan);
    as_served.method = law::Method::post; // only the days are asked here; may_open asks the methods
    as_served.opening_day = opening_day;
    as_served.ballot_notice_received = last_receipt(NoticeKind::ballot, employers, receipts);
    as_served.sample_paper_received = last_receipt(NoticeKind::sample, employers, fitting);
    for (auto& refusal : law::check_plan(book, as_served, opening_day))
        if (refusal.code != "no_time_to_return") return std::move(refusal); // that was asked of the plan; its time is not asked again
    return {};
}

Result<Phase> may_freeze(Phase phase, const BallotPlan& plan, Instant now)
{
    auto next = after(phase, Step::freeze);
    if (!next) return next;
    if (Zone::find(plan.zone).value().date(now) <= plan.roll_cut_off)
        return Refusal{Kind::conflict, "cut_off_not_over", "The roll is frozen when its cut-off day, " + words(plan.roll_cut_off) + ", has ended.",
                       "Freeze it on " + words(plan.roll_cut_off + Days(1)) + " or later."};
    return next;
}

Result<Phase> may_notice(const law::Rulebook& book, Phase phase, const BallotPlan& plan, std::span<const std::string> employers,
                         std::span<const Receipt> receipts)
{
    auto next = after(phase, Step::notice);
    if (!next) return next;
    if (auto received = notices_received(book, plan, employers, receipts, date::floor<Days>(plan.opens)); !received) return received.error();
    return next;
}

Date opening_day(const BallotPlan& plan, std::optional<Instant> first_sending, std::optional<Instant> opened)
{
    const auto zone = Zone::find(plan.zone).value();
    if (first_sending) return zone.date(*first_sending);
    const auto day = date::floor<Days>(plan.opens);
    return opened ? std::max(day, zone.date(*opened)) : day;
}

Result<void> paper_still_lawful(const law::Rulebook& book, const BallotPlan& plan, const OpeningFacts& facts)
{
    if (!plan.statutory) return {};
    const auto planned = date::floor<Days>(plan.opens);
    const auto sample = last_receipt(NoticeKind::sample, facts.employers, facts.receipts);
    const auto rules = [&](Date day) { return law::paper_rules(book, plan.jurisdiction, day, sample, INT64_MAX); };
    const auto bound = rules(planned), wanted = rules(facts.opening_day);
    if (!wanted) return wanted.error();
    const bool same_fields = bound && bound->fields == wanted->fields;
    if (same_fields && facts.statement.value_or(bound->statement) == wanted->statement) return {};
    return law::unlawful(book.paper_rule(law::Topic::voting_paper, plan.jurisdiction, facts.opening_day, sample), "paper_outdated",
                         "The voting paper was bound in another form, or with another statement, than a ballot opened on " +
                             words(facts.opening_day) + " must have.",
                         "Abandon this ballot and plan another.");
}

Result<Phase> may_open(const law::Rulebook& book, const BallotPlan& plan, const OpeningFacts& facts, Instant now)
{
    auto next = after(facts.phase, Step::open);
    if (!next) return next;
    if (!facts.vault_verified)
        return Refusal{Kind::conflict, "vault_not_verified", "The second copy of the voting codes has not been verified.",
                       "The scrutineer runs walkout codes vault --verify on the copy."};
    if (!facts.approved)
        return Refusal{Kind::conflict, "approval_missing", "Opening needs the signatures of two people, one of them the scrutineer.",
                       "Each signs with walkout ballot approve " + plan.id.text() + " open."};
    if (auto received = notices_received(book, plan, facts.employers, facts.receipts, facts.opening_day); !received) return received.error();
    if (auto lawful = paper_still_lawful(book, plan, facts); !lawful) return lawful.error();
    if (plan.statutory)
        for (const auto method : plan.methods)
            if (!plan.pretends_lawful(method))
                if (auto lawful = law::check_method(book, plan.jurisdiction, facts.opening_day, method); !lawful) return lawful.error();
    if (now < opening_instant(plan)) return Refusal{Kind::not_open, "not_yet", "Voting opens at " + words(plan.opens) + ".", "Wait until then."};
    if (now >= closing_instant(plan))
        return Refusal{Kind::not_open, "closing_passed", "The planned closing, " + words(plan.closes) + ", has passed.",
                       "Abandon this ballot and plan another."};
    return next;
}

Result<Phase> may_close(Phase phase, Instant closes, bool early_closing_approved, Instant now)
{
    auto next = after(phase, Step::close);
    if (next && now < closes && !early_closing_approved)
        return Refusal{Kind::conflict, "not_yet", "Voting closes at " + text(closes) + ".",
                       "Two people may sign an early closing with walkout ballot approve ID close."};
    return next;
}

namespace {
Result<Phase> after_approval(Phase phase, Step step, bool approved, const char* what)
{
    auto next = after(phase, step);
    if (next && !approved)
        return Refusal{Kind::conflict, "approval_missing", std::string(what) + " needs the signatures of two people, one of them the scrutineer.",
                       "Each signs with walkout ballot approve ID " + std::string(name(step)) + "."};
    return next;
}
} // namespace

Result<Phase> may_count(Phase phase, bool approved) { return after_approval(phase, Step::count, approved, "Counting"); }
Result<Phase> may_declare(Phase phase, bool approved) { return after_approval(phase, Step::declare, approved, "Declaring the result"); }
Result<Phase> may_abandon(Phase phase) { return after(phase, Step::abandon); }

bool accepts_votes(Phase phase, Instant opens, Instant closes, Instant now) { return phase == Phase::open && now >= opens && now < closes; }

Date date_of_ballot(const Zone& zone, Instant closes) { return zone.date(closes - std::chrono::seconds(1)); }

} // namespace walkout::ballot
