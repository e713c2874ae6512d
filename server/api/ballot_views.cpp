#include "server/api/ballot_views.hpp"

#include "server/api/reply.hpp"
#include "server/service/declare_result.hpp"
#include "server/service/freeze_roll.hpp"
#include "server/service/notify_action.hpp"
#include "server/service/postal_papers.hpp"
#include "server/service/scrutineer_report.hpp"
#include "server/service/withdraw_receipt.hpp"
#include "server/store/approval_store.hpp"
#include "server/store/extension_store.hpp"
#include "server/store/incident_store.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>

namespace walkout::api {
namespace {

/// The rules a voter or planner asks about, in words; those of action and picketing belong to the walkout.
std::vector<std::string> rules_in_words(const law::Rulebook& book, const ballot::BallotPlan& plan, Date opening_day)
{
    using enum law::Topic;
    if (!plan.statutory) return {"A consultative ballot: the law of industrial action does not govern it, and it gives no mandate."};
    std::vector<std::string> out;
    for (const auto topic : {turnout_threshold, support_threshold, majority, spoiled_papers_count, ballot_notice_days, sample_paper_days, mandate}) {
        const auto& rule = book.rule(topic, plan.jurisdiction, opening_day);
        out.push_back(std::string(rule.words) + " (" + law::source_of(rule) + ")");
    }
    return out;
}

wire::MandateView mandate_view(const ballot::Mandate& mandate, const std::string& name)
{
    const auto words_of_limit =
        mandate.limit == law::Limit::begin_by ? "action must begin by " + words(mandate.last_day) : "until the end of " + words(mandate.last_day);
    return {mandate.constituency, name, mandate.kind, mandate.date_of_ballot, mandate.limit, mandate.last_day, mandate.extendable_to, words_of_limit};
}

std::vector<wire::LawWarning> warning_views(const std::vector<law::Warning>& warnings)
{
    std::vector<wire::LawWarning> out;
    for (const auto& warning : warnings) out.push_back({warning.code, warning.detail, warning.source});
    return out;
}

std::vector<wire::LawTest> test_views(const law::Outcome& outcome)
{
    std::vector<wire::LawTest> out;
    for (const auto& test : outcome.tests) out.push_back({test.topic, test.asks, test.sum, test.met, test.binding, test.source});
    return out;
}

wire::QuestionResultView question_view(const ballot::QuestionResult& question, const std::string& constituency)
{
    wire::QuestionResultView view{.kind = question.kind,
                                  .text = question.text,
                                  .yes = question.yes,
                                  .no = question.no,
                                  .spoiled = question.spoiled,
                                  .supported = question.outcome.supported,
                                  .tests = test_views(question.outcome),
                                  .mandate = std::nullopt,
                                  .reason = std::nullopt};
    if (question.mandate) view.mandate = mandate_view(*question.mandate, constituency);
    else view.reason = question.reason;
    return view;
}

std::optional<Date> notice_day(const law::Timetable& dates, ballot::NoticeKind kind)
{
    if (kind == ballot::NoticeKind::ballot) return dates.ballot_notice_by;
    if (kind == ballot::NoticeKind::sample) return dates.sample_paper_by;
    return std::nullopt;
}

/// Notices without which the ballot, or what follows its declaration, cannot go on.
std::vector<ballot::NoticeKind> awaited_kinds(const store::Ballot& ballot)
{
    if (!ballot.plan.statutory) return {};
    using enum ballot::Phase;
    const auto phase = ballot.phase;
    // Once noticed, only where a receipt was withdrawn.
    if (phase == frozen || phase == noticed || phase == keyed || phase == coded) return {ballot::NoticeKind::ballot, ballot::NoticeKind::sample};
    if (phase == declared) return {ballot::NoticeKind::result};
    return {};
}

} // namespace

wire::BallotTimetable timetable_view(const ballot::Planned& planned, bool rehearsal)
{
    const auto& plan = planned.plan;
    auto law = wire::timetable_message(ballot::law_plan(plan), planned.timetable, {}, planned.warnings);
    if (plan.statutory) law.scrutineer_statutory = planned.scrutineer_statutory;
    return {.ballot = plan.id,
            .title = plan.title,
            .opens = plan.opens,
            .closes = planned.timetable.closes,
            .zone = plan.zone,
            .opens_at = ballot::opening_instant(plan),
            .closes_at = Zone::find(plan.zone).value().instant(planned.timetable.closes),
            .statutory = plan.statutory,
            .rehearsal = rehearsal,
            .law = std::move(law)};
}

wire::BallotLine ballot_line(const store::Ballot& ballot, bool rehearsal)
{
    const auto zone = Zone::find(ballot.plan.zone).value();
    return {.id = ballot.plan.id,
            .title = ballot.plan.title,
            .phase = ballot.phase,
            .opens_at = ballot::opening_instant(ballot.plan),
            .closes_at = ballot.closes,
            .voting = words(ballot.plan.opens) + " to " + words(zone.wall(ballot.closes)),
            .statutory = ballot.plan.statutory,
            .rehearsal = rehearsal};
}

Result<wire::BallotView> ballot_view(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key)
{
    const auto bound = service::paper_of(tx, ballot, board_key);
    if (!bound) return bound.error();
    const auto& plan = ballot.plan;
    wire::BallotView view;
    view.id = plan.id;
    view.title = plan.title;
    view.phase = ballot.phase;
    view.rehearsal = bound->paper.rehearsal;
    view.statutory = plan.statutory;
    view.methods = plan.methods;
    view.not_lawful = bound->paper.not_lawful;
    view.opens = plan.opens;
    view.closes = plan.closes;
    view.zone = plan.zone;
    view.opens_at = ballot::opening_instant(plan);
    view.closes_at = ballot.closes;
    view.date_of_ballot = service::date_of_ballot_of(ballot);
    view.second_factor = plan.second_factor_or_default();
    view.questions = plan.questions;
    view.called_by = plan.called_by.office;
    view.paper_en = ballot::paper_lines(bound->paper, ballot::Language::en);
    view.paper_cy = ballot::paper_lines(bound->paper, ballot::Language::cy);
    view.paper_final = ballot.paper.has_value();
    view.paper_hash = hex(bound->hash);
    view.rules = rules_in_words(service::rulebook_of(tx, ballot), plan, service::opening_day_of(ballot));
    view.rules.push_back(ballot::secrecy_line(plan));
    if (const auto revision = store::latest_revision(tx, plan.id)) {
        view.roll_revision = revision->revision;
        view.roll_hash = hex(revision->hash);
    }
    for (const auto& constituency : store::constituencies(tx, plan.id)) {
        const auto figures = store::figures(tx, constituency.id);
        view.constituencies.push_back({constituency.id, constituency.name, figures.entitled + figures.overseas,
                                       store::constituency_employers(tx, constituency.id), constituency.fingerprint});
    }
    view.reason = ballot.reason;
    if (ballot.phase == ballot::Phase::suspended)
        for (const auto& incident : store::ballot_incidents(tx, plan.id))
            if (incident.happening.kind == ballot::IncidentKind::suspension) view.reason = incident.happening.what;
    return view;
}

wire::FrozenRoll frozen_roll_view(const store::ReadTx& tx, const BallotId& id)
{
    const auto revision = store::latest_revision(tx, id).value();
    auto counts = ballot::count(store::roll(tx, id));
    return {.ballot = id,
            .rehearsal = service::is_rehearsal(tx),
            .revision = revision.revision,
            .hash = hex(revision.hash),
            .entitled = counts.entitled,
            .overseas = counts.overseas,
            .by_constituency = std::move(counts.by_constituency),
            .by_employer = std::move(counts.by_employer),
            .by_workplace = std::move(counts.by_workplace),
            .by_category = std::move(counts.by_category),
            .excluded = store::exclusion_counts(tx, id),
            .notify_again = service::employers_with_stale_figures(tx, id)};
}

wire::RollPage roll_page(const store::ReadTx& tx, const BallotId& id, const std::string& after_number, std::size_t limit)
{
    wire::RollPage page;
    if (const auto revision = store::latest_revision(tx, id)) {
        page.revision = revision->revision;
        page.hash = hex(revision->hash);
    }
    auto lines = store::roll_lines(tx, id, after_number, limit + 1);
    const bool more = lines.size() > limit;
    if (more) lines.pop_back();
    for (const auto& line : lines) {
        const auto member = store::find_member(tx, line.number).value();
        page.people.push_back({line.number, member.name, member.email, member.phone, line.constituency, line.overseas});
    }
    if (more) page.next = cursor(lines.back().number);
    return page;
}

wire::MyEntitlement my_entitlement(const store::ReadTx& tx, const store::Ballot& ballot, const std::string& number)
{
    wire::MyEntitlement out{
        .rehearsal = service::is_rehearsal(tx), .constituency = {}, .employer = {}, .workplace = {}, .category = {}, .paper = {}, .words = {}};
    if (const auto line = store::roll_line(tx, ballot.plan.id, number)) {
        const auto constituency = store::find_constituency(tx, line->constituency).value().name;
        out.entitled = true;
        out.constituency = constituency;
        out.employer = line->employer;
        out.workplace = line->workplace;
        out.category = line->category;
        out.words =
            "You are entitled to vote in \"" + constituency + "\", as " + line->category + " at " + line->workplace + ", " + line->employer + ".";
        out.paper = service::paper_number(tx, ballot.plan.id, number);
        if (out.paper) out.words += " Your voting paper is number " + std::to_string(*out.paper) + ".";
    } else if (!store::latest_revision(tx, ballot.plan.id)) {
        out.words = "The roll of this ballot is not frozen yet.";
    } else {
        const auto reason = store::exclusion_reason(tx, ballot.plan.id, number);
        out.words =
            "You are not on the roll of this ballot" + (reason ? " (" + *reason + ")" : std::string()) + ". If that is wrong, tell your branch.";
    }
    return out;
}

wire::NoticeList notice_list(const store::ReadTx& tx, const service::Context& context, const store::Ballot& ballot)
{
    wire::NoticeList list{.rehearsal = service::is_rehearsal(tx),
                          .phase = ballot.phase,
                          .receipts = {},
                          .awaited = {},
                          .not_in_time = std::nullopt,
                          .warnings = service::shaken_by_withdrawals(tx, context, ballot)};
    const auto too_early = [&](const store::NoticeReceipt& receipt) -> std::optional<std::string> {
        if (!receipt.action) return std::nullopt;
        return service::dates_too_early(tx, ballot, receipt.received_on, receipt.shorter_agreed, *receipt.action);
    };
    const auto standing = store::receipts(tx, ballot.plan.id);
    for (const auto& receipt : store::receipts_ever(tx, ballot.plan.id)) {
        wire::ReceiptView view{.number = receipt.number,
                               .kind = receipt.kind,
                               .employer = receipt.employer,
                               .received_on = receipt.received_on,
                               .how = receipt.how,
                               .evidence = receipt.evidence,
                               .roll_revision = receipt.roll_revision,
                               .action = receipt.action,
                               .too_early = too_early(receipt),
                               .shorter_agreed = receipt.shorter_agreed,
                               .recorded_at = receipt.recorded_at,
                               .recorded_by = receipt.recorded_by,
                               .too_late = {},
                               .contradicted = service::contradicted_by_employer(receipt, standing),
                               .withdrawn = {}};
        if (receipt.withdrawn) view.withdrawn = wire::WithdrawalView{receipt.withdrawn->reason, receipt.withdrawn->at, receipt.withdrawn->by};
        else view.too_late = service::too_late_for_opening(tx, ballot, receipt.kind, receipt.employer, receipt.received_on, "Received");
        list.receipts.push_back(std::move(view));
    }
    const auto book = service::rulebook_of(tx, ballot);
    const auto dates = law::timetable(book, ballot::law_plan(ballot.plan));
    const auto employers = store::roll_employers(tx, ballot.plan.id);
    for (const auto kind : awaited_kinds(ballot))
        for (const auto& employer : employers)
            if (std::ranges::none_of(standing, [&](const store::NoticeReceipt& r) { return r.kind == kind && r.employer == employer; }))
                list.awaited.push_back({kind, employer, dates ? notice_day(*dates, kind) : std::nullopt});
    const bool before_opening = ballot.phase != ballot::Phase::declared && !awaited_kinds(ballot).empty();
    if (before_opening && list.awaited.empty()) {
        const auto received =
            ballot::notices_received(book, ballot.plan, employers, store::receipt_days(tx, ballot.plan.id), service::opening_day_of(ballot));
        if (!received) list.not_in_time = received.error().detail + " " + received.error().next;
    }
    return list;
}

Result<wire::ApprovalObject> approval_view(const store::ReadTx& tx, const store::Ballot& ballot, ballot::ApprovalStep step, Instant now)
{
    auto object = service::approval_object(tx, ballot, step);
    if (!object) return object.error();
    wire::ApprovalObject view{.ballot = ballot.plan.id,
                              .step = step,
                              .rehearsal = service::is_rehearsal(tx),
                              .words = std::move(object->words),
                              .canonical = std::move(object->canonical),
                              .object = hex(object->hash),
                              .now = now,
                              .approvals = {},
                              .complete = false,
                              .awaiting = std::nullopt};
    const auto given = store::approvals(tx, ballot.plan.id, step);
    for (const auto& approval : given)
        view.approvals.push_back({approval.by, approval.role, approval.expires, approval.object == object->hash && approval.expires > now});
    const auto approved = ballot::approved(given, object->hash, now);
    view.complete = approved.has_value();
    if (!approved) view.awaiting = approved.error().detail;
    return view;
}

wire::TurnoutView turnout_view(const store::ReadTx& tx, const store::Ballot& ballot)
{
    wire::TurnoutView view;
    view.ballot = ballot.plan.id;
    view.title = ballot.plan.title;
    view.rehearsal = service::is_rehearsal(tx);
    for (auto& published : store::published_turnout(tx, ballot.plan.id)) { // oldest first: the newest of each stays
        view.constituencies_at = published.at;
        view.constituencies = std::move(published.tables.constituencies);
        if (published.tables.branches.empty() && published.tables.workplaces.empty()) continue;
        view.tables_at = published.at;
        view.branches = std::move(published.tables.branches);
        view.workplaces = std::move(published.tables.workplaces);
    }
    if (!ballot.plan.statutory) return view;
    const auto book = service::rulebook_of(tx, ballot);
    const auto& rule = book.rule(law::Topic::turnout_threshold, ballot.plan.jurisdiction, service::opening_day_of(ballot));
    const auto* share = law::value_of<law::Share>(rule);
    if (share == nullptr) return view;
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        const auto entitled = store::figures(tx, constituency.id).entitled;
        const auto cell = std::ranges::find(view.constituencies, constituency.name, &ballot::TurnoutCell::name);
        if (entitled == 0 || cell == view.constituencies.end()) continue;
        const auto distance = ballot::distance_to(entitled, cell->returned.value_or(0), share->numerator, share->denominator);
        view.distance.push_back({constituency.name, distance.needed, distance.still_needed, std::string(rule.words), law::source_of(rule)});
    }
    return view;
}

Result<wire::ResultView> result_view(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto result = service::declared_result(tx, ballot);
    if (!result) return result.error();
    wire::ResultView view{.ballot = ballot.plan.id,
                          .title = ballot.plan.title,
                          .rehearsal = service::is_rehearsal(tx),
                          .statutory = ballot.plan.statutory,
                          .opening_day = result->opening_day,
                          .date_of_ballot = result->date_of_ballot,
                          .canonical = ballot::canonical_result(*result),
                          .hash = hex(ballot::result_hash(*result)),
                          .constituencies = {},
                          .report = service::report_standing(tx, ballot),
                          .addenda = {}};
    for (const auto& extension : store::extensions(tx, ballot.plan.id))
        view.addenda.push_back({extension.number, extension.closes, extension.reason, hex(sha256(extension.canonical))});
    for (const auto& constituency : result->constituencies) {
        view.constituencies.push_back({constituency.id,
                                       constituency.name,
                                       constituency.entitled,
                                       constituency.overseas,
                                       constituency.cast,
                                       {},
                                       warning_views(constituency.warnings)});
        for (const auto& question : constituency.questions)
            view.constituencies.back().questions.push_back(question_view(question, constituency.name));
    }
    return view;
}

wire::MandateList mandate_list(const store::ReadTx& tx, const store::Ballot& ballot)
{
    wire::MandateList list{.rehearsal = service::is_rehearsal(tx), .mandates = {}};
    for (const auto& mandate : store::mandates(tx, ballot.plan.id))
        list.mandates.push_back(mandate_view(mandate, store::find_constituency(tx, mandate.constituency).value().name));
    return list;
}

} // namespace walkout::api
