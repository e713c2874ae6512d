#include "server/service/scrutineer_report.hpp"

#include "server/service/announce.hpp"
#include "server/service/audit.hpp"
#include "server/service/ballot_incidents.hpp"
#include "server/service/ballots.hpp"
#include "server/service/choose_method.hpp"
#include "server/service/declare_result.hpp"
#include "server/store/approval_store.hpp"
#include "server/store/board_store.hpp"
#include "server/store/extension_store.hpp"
#include "server/store/official_store.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/replacement_store.hpp"
#include "server/store/report_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/law/text_fields.hpp"
#include "shared/protocol/spoken.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace walkout::service {
namespace {

/// Moments as the report writes them.
struct Spoken {
    Zone zone;
    std::string operator()(Instant instant) const { return words(zone.wall(instant)) + " (" + zone.abbreviation(instant) + ")"; }
};

wire::ReportQuestion question_of(const ballot::QuestionResult& question)
{
    wire::ReportQuestion out{.figures = wire::question_figures(question.text, question.yes, question.no, question.spoiled),
                             .tests = {},
                             .outcome = ballot::outcome_words(question, ballot::Language::en)};
    for (const auto& test : question.outcome.tests) out.tests.push_back({test.topic, test.asks, test.sum, test.met, test.binding, test.source});
    return out;
}

/// Voting codes replaced, given late and withdrawn, in all and by reason; reasons that nobody gave are left out.
void add_code_changes(wire::ReportConstituency& out, const store::ReadTx& tx, const BallotId& ballot, const ConstituencyId& constituency)
{
    std::map<ballot::ChangeReason, std::int64_t> counts;
    for (const auto& batch : store::batches(tx, ballot))
        if (batch.done)
            for (const auto& change : batch.changes)
                if (change.constituency == constituency) ++counts[change.reason];
    for (const auto& [reason, count] : counts) {
        const auto why = std::string(ballot::in_words(reason));
        switch (ballot::change_for(reason)) {
        case ballot::CodeChange::replace:
            out.replaced += count;
            out.codes.push_back({"Voting codes replaced: " + why, count});
            break;
        case ballot::CodeChange::activate:
            out.late += count;
            out.codes.push_back({"Members given a code late: " + why, count});
            break;
        case ballot::CodeChange::revoke:
            out.withdrawn += count;
            out.codes.push_back({"Unused codes withdrawn: " + why, count});
            break;
        }
    }
}

wire::ReportConstituency constituency_of(const store::ReadTx& tx, const BallotId& ballot, const ballot::ConstituencyResult& result,
                                         const ArchiveHashes& archives)
{
    wire::ReportConstituency out{.id = result.id.text(),
                                 .name = result.name,
                                 .entitled = result.entitled,
                                 .overseas = result.overseas,
                                 .cast = result.cast,
                                 .turnout_percent = law::percent(result.cast, result.entitled).value_or("-"),
                                 .issued = store::codes_made(tx, result.id),
                                 .codes = {},
                                 .questions = {},
                                 .warnings = {},
                                 .election = store::find_constituency(tx, result.id).value().fingerprint.value_or(""),
                                 .head = store::board_chain(tx, result.id).head,
                                 .archive = archives.at(result.id)};
    add_code_changes(out, tx, ballot, result.id);
    for (const auto& question : result.questions) out.questions.push_back(question_of(question));
    for (const auto& warning : result.warnings) out.warnings.push_back(warning.detail);
    return out;
}

void add_channels(wire::ScrutineerReport& report, const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto post = store::postal_figures(tx, ballot.plan.id);
    report.numbered = post.numbered;
    report.channels = {{"Online", store::votes_returned_online(tx, ballot.plan.id)}, {std::string(wire::by_post), post.returned_by_post}};
    if (!store::papers_issued(tx, ballot.plan.id)) return;
    const auto recorded = static_cast<std::int64_t>(store::paper_returns(tx, ballot.plan.id).size());
    report.papers = {{std::string(wire::papers_sent), post.sent},
                     {"Members who asked for a paper", post.asked},
                     {std::string(wire::papers_recorded), recorded},
                     {std::string(wire::papers_counting), post.returned_by_post},
                     {std::string(wire::papers_transcribed), post.transcribed},
                     {std::string(wire::papers_duplicate), post.duplicates},
                     {std::string(wire::papers_replaced), post.revoked},
                     {std::string(wire::papers_unissued), post.unissued},
                     {std::string(wire::papers_late), post.late},
                     {std::string(wire::papers_mistaken), post.mistaken}};
}

/// The names of those whose signatures had not expired when it was made, each once.
std::string signers(const store::ReadTx& tx, const BallotId& ballot, const Digest& object, Instant made_at)
{
    std::string out;
    std::set<std::string> named;
    for (const auto& given : store::signatures_over(tx, ballot, ballot::ApprovalStep::extend, object)) {
        if (given.expires <= made_at || !named.insert(given.by).second) continue;
        const auto official = store::find_official(tx, given.by);
        out += (out.empty() ? "" : " and ") + (official ? official->name : given.by);
    }
    return out;
}

void add_course(wire::ScrutineerReport& report, const store::ReadTx& tx, const store::Ballot& ballot, const Spoken& spoken)
{
    const auto& id = ballot.plan.id;
    for (const auto& extension : store::extensions(tx, id)) {
        const auto object = sha256(extension.canonical);
        report.extensions.push_back({extension.number, spoken(extension.closed_before), spoken(extension.closes), extension.reason,
                                     signers(tx, id, object, extension.made_at.value()), hex(object)});
    }
    for (const auto& incident : standing_incidents(tx, id)) {
        const auto& told = incident.happening;
        const bool halted = told.kind == ballot::IncidentKind::suspension;
        report.incidents.push_back({incident.number, halted ? "voting suspended" : std::string(name(told.kind)),
                                    told.channel == ballot::Channel::all ? "all channels" : std::string(name(told.channel)), spoken(told.from),
                                    told.until ? spoken(*told.until) : "-", told.what, told.affected ? std::to_string(*told.affected) : "not known"});
    }
    report.code_incidents = store::incident_count(tx, id);
    if (const auto record = method_record_view(tx, ballot)) {
        wire::ReportMethod method{record->methods, record->made_by, spoken(record->made_at), record->hash, {}};
        for (const auto& answer : record->answers) method.answers.push_back({answer.words, answer.text});
        report.method = std::move(method);
    }
    // The program that ran when voting opened, and those that took its place since.
    const auto runs = store::server_runs(tx);
    for (auto run = runs.begin(); run != runs.end(); ++run)
        if (const auto next = std::next(run); next == runs.end() || next->started_at >= ballot.opened_at.value())
            if (run->started_at <= report.made_at) report.software.push_back({run->version, run->program, spoken(run->started_at)});
}

void add_dates(wire::ScrutineerReport& report, const ballot::Planned& planned, const law::Rule& due_rule, Date made)
{
    const auto& dates = planned.timetable;
    report.date_of_ballot = words(dates.ballot_date);
    report.due = words(dates.report_due);
    report.copies_until = words(dates.report_copies_until);
    report.due_source = law::source_of(due_rule);
    report.made = words(made);
    report.late = made > dates.report_due;
    report.statutory = planned.plan.statutory && planned.scrutineer_statutory;
    report.statutory_words = !planned.plan.statutory ? "This was a consultative ballot, and the law asks for no report on it."
                             : report.statutory      ? "The law asks for this report."
                                                : "Fifty or fewer members were entitled to vote, so the law asks for no scrutineer and no report "
                                                  "(TULRCA s.226C). An independent second person acted, as Walkout always asks, and makes this one.";
}

} // namespace

Result<ArchiveHashes> archive_hashes(const store::ReadTx& tx, const store::Ballot& ballot, PublishedBoards& boards)
{
    if (const auto declared = declared_result(tx, ballot); !declared) return declared.error();
    ArchiveHashes out;
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        const auto archive = boards.archive(tx, constituency.id);
        if (!archive) return archive.error();
        out.emplace(constituency.id, hex(sha256(archive->content.bytes)));
    }
    return out;
}

Result<wire::ScrutineerReport> draft_report(const store::ReadTx& tx, const store::Ballot& ballot, Instant made_at, const ArchiveHashes& archives)
{
    const auto result = declared_result(tx, ballot);
    if (!result) return result.error();
    const auto planned = timetable_of(tx, ballot, is_rehearsal(tx));
    if (!planned) return planned.error();
    const auto& plan = ballot.plan;
    const Spoken spoken{Zone::find(plan.zone).value()};
    const auto revision = store::latest_revision(tx, plan.id).value();
    wire::ScrutineerReport report;
    report.ballot = plan.id.text();
    report.title = plan.title;
    report.rehearsal = is_rehearsal(tx);
    report.dispute = plan.dispute.title;
    report.called_by = plan.called_by.office;
    report.scrutineer = plan.scrutineer.name;
    report.employers = store::roll_employers(tx, plan.id);
    report.opening_day = words(result->opening_day);
    report.opened = spoken(ballot.opened_at.value());
    report.closed = spoken(closing_of(ballot));
    report.made_at = made_at;
    const auto book = rulebook_of(tx, ballot);
    add_dates(report, *planned, book.rule(law::Topic::scrutineer_report, plan.jurisdiction, result->opening_day), spoken.zone.date(made_at));
    for (const auto& field : law::text_fields(law::Document::scrutineer_report, plan.jurisdiction, result->opening_day))
        report.statements.push_back({std::string(field.name), std::string(field.words), std::string(field.source),
                                     field.confidence == law::Confidence::high, false, std::nullopt});
    for (const auto& one : result->constituencies) report.constituencies.push_back(constituency_of(tx, plan.id, one, archives));
    add_channels(report, tx, ballot);
    add_course(report, tx, ballot, spoken);
    report.roll_revision = revision.revision;
    report.roll_hash = hex(revision.hash);
    report.paper_hash = hex(sha256(ballot.paper.value()));
    report.result_hash = hex(ballot::result_hash(*result));
    return report;
}

namespace {

Result<void> answered(const wire::ScrutineerReport& report)
{
    for (const auto& statement : report.statements)
        if (statement.satisfied == (statement.reasons && !statement.reasons->empty()))
            return Refusal{Kind::invalid, "statement_unanswered",
                           "The statement \"" + statement.name + "\" must be made, or refused with the particulars of the reasons.",
                           "TULRCA s.231B(1): the report says which."};
    return {};
}

/// The same facts, whatever the statements answer.
bool same_facts(wire::ScrutineerReport given, const wire::ScrutineerReport& drafted)
{
    for (auto& statement : given.statements) {
        statement.satisfied = false;
        statement.reasons.reset();
    }
    return wire::to_json(given) == wire::to_json(drafted);
}

} // namespace

Result<void> sign_report(store::WriteTx& tx, const Context& context, const BallotId& id, const wire::NewSignedReport& given,
                         const ArchiveHashes& archives, const std::string& page)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto json = wire::to_json(given.report);
    if (const auto earlier = store::signed_report(tx, id)) {
        if (earlier->report == json && hex(earlier->signature) == given.signature) return {};
        return Refusal{Kind::conflict, "report_stands", "The scrutineer's report on this ballot is signed and published already.",
                       "Read it: walkout report " + id.text()};
    }
    if (given.report.made_at > context.ballot_now || given.report.made_at < context.ballot_now - std::chrono::hours(24))
        return Refusal{Kind::invalid, "report_time", "The report was not made in the last day by the server's clock.", "Make it again."};
    const auto drafted = draft_report(tx, *ballot, given.report.made_at, archives);
    if (!drafted) return drafted.error();
    if (!same_facts(given.report, *drafted))
        return Refusal{Kind::conflict, "report_changed", "What is recorded of this ballot is not what the report says.",
                       "Draft it again, read it, and sign that."};
    if (const auto whole = answered(given.report); !whole) return whole;
    if (const auto faults = wire::report_faults(given.report); !faults.empty())
        return Refusal{Kind::conflict, "report_does_not_add_up", "The report does not add up, and is not signed: " + faults.front(),
                       "Have the operator check the records: walkoutd check"};
    const auto official = store::find_official(tx, context.caller.number);
    const auto signature = parse_signature(given.signature);
    if (!official || !signature || !verify_signature(official->signing_key, wire::report_text(given.report), *signature))
        return Refusal{Kind::not_allowed, "wrong_signature", "The report was not signed with the key pinned when you were enrolled.",
                       "Sign on the machine that holds that key."};
    store::put_report(tx, id, {json, context.ballot_now, context.caller.number, official->signing_key, *signature});
    announce(tx, context, *ballot,
             {.subject = "The scrutineer's report: " + ballot->plan.title,
              .told = "The independent scrutineer has signed the report on the ballot \"" + ballot->plan.title + "\" (TULRCA s.231B):\n\n  " + page +
                      "\n  walkout report " + id.text() + "\n\nWhoever was entitled to vote, and their employers, may ask for a copy until " +
                      given.report.copies_until + ".\n",
              .foot = "\nSHA-256 of the report: " + wire::report_hash(given.report) + "\n"});
    record_audit(tx, context, ballot::Role::scrutineer, "report_signed", id.text(), {{"report", wire::report_hash(given.report)}});
    return {};
}

wire::ReportStanding report_standing(const store::ReadTx& tx, const store::Ballot& ballot)
{
    wire::ReportStanding out;
    out.page = "/reports/" + ballot.plan.id.text();
    const auto planned = timetable_of(tx, ballot, is_rehearsal(tx));
    out.statutory = planned && planned->plan.statutory && planned->scrutineer_statutory;
    if (planned && out.statutory) out.due = planned->timetable.report_due;
    if (const auto kept = store::signed_report(tx, ballot.plan.id)) {
        out.signed_on = Zone::find(ballot.plan.zone).value().date(kept->signed_at);
        out.hash = wire::report_hash(wire::from_json<wire::ScrutineerReport>(kept->report).value());
        out.words = "The independent scrutineer's report was signed on " + words(*out.signed_on) + ".";
    } else if (out.due) {
        out.words = "The independent scrutineer's report is due by " + words(*out.due) + " (TULRCA s.226B(1)(b)).";
    } else {
        out.words = "The law asks for no scrutineer's report on this ballot; the independent second person makes one all the same.";
    }
    return out;
}

Result<wire::SignedReport> signed_report(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto kept = store::signed_report(tx, ballot.plan.id);
    if (!kept)
        return Refusal{Kind::not_found, "report_not_signed", "The scrutineer has not signed a report on this ballot yet.",
                       ballot.phase == ballot::Phase::declared ? report_standing(tx, ballot).words : "It is made when the result is declared."};
    auto report = wire::from_json<wire::ScrutineerReport>(kept->report).value();
    const auto official = store::find_official(tx, kept->signed_by);
    const auto hash = wire::report_hash(report);
    return wire::SignedReport{.report = std::move(report),
                              .is_signed = true,
                              .signed_by = official ? official->name : kept->signed_by,
                              .key = hex(kept->key),
                              .key_words = protocol::spoken_fingerprint(hex(kept->key)),
                              .signature = hex(kept->signature),
                              .hash = hash};
}

} // namespace walkout::service
