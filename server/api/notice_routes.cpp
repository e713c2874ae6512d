#include "server/api/notice_routes.hpp"

#include "server/api/ballot_calls.hpp"
#include "server/documents/html.hpp"
#include "server/http/parse.hpp"
#include "server/service/draft_notice.hpp"
#include "server/service/scrutineer_report.hpp"
#include "server/service/serve_notice.hpp"
#include "server/service/tell_members.hpp"
#include "server/service/withdraw_receipt.hpp"
#include "server/store/extension_store.hpp"
#include "shared/wire/strike_papers.hpp"
#include "shared/wire/told_messages.hpp"

#include <array>
#include <sstream>

namespace walkout::api {
namespace {

using ballot::Language;
using ballot::Role;
using http::Method;

std::string foot(const store::Ballot& ballot, bool rehearsal, Language language = Language::en)
{
    const auto& plan = ballot.plan;
    return (rehearsal ? "REHEARSAL \u00b7 " : "") + (language == Language::cy ? plan.title_cy.value_or(plan.title) : plan.title);
}

/// What ?lang asks for; English where it is absent. Refuses a language in which the document is not written.
Result<Language> language_of(const Call& call, const Papers& papers, const std::string& document)
{
    const auto language = from_name<Language>(call.query("lang", "en"));
    if (language && papers.templates.speaks(document, name(*language))) return *language;
    return Refusal{Kind::malformed, "no_such_language", "This document is not written in the language \"" + call.query("lang") + "\".",
                   language ? "Ask for it in English: lang=en." : "The languages are en and cy."};
}

/// A document anybody may read: made(tx, ballot, language, context) gives its data.
template <class Make> Read public_document(const Services& services, const Papers& papers, std::string name_of_document, Make made)
{
    return {[&services, &papers, name_of_document, made](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
        const auto ballot = named(call, tx);
        const auto format = format_of(call);
        const auto language = language_of(call, papers, name_of_document);
        if (!ballot) return ballot.error();
        if (!format) return format.error();
        if (!language) return language.error();
        const auto message = made(tx, *ballot, *language, call.context);
        if (!message) return message.error();
        const Filled filled{.name = name_of_document,
                            .json = wire::to_json(*message),
                            .author = ballot::sender(ballot->plan, ballot->plan.called_by.office),
                            .made = ballot->planned_at,
                            .foot = foot(*ballot, services.rehearsal, *language),
                            .language = std::string(name(*language)),
                            .sheets_of_one_page = name_of_document == "timetable",
                            .least_scale = 0.75};
        return fresh(in_form(papers, filled, *format));
    }};
}

/// What belongs to a result beside it: the scrutineer's report or the day it is due, and addenda to the voting paper.
std::string what_belongs(const store::ReadTx& tx, const store::Ballot& ballot, Language language)
{
    using ballot::Phrase;
    const auto report = service::report_standing(tx, ballot);
    const auto link = [](const std::string& address, const std::string& words) {
        return "<a href=\"" + documents::escaped(address) + "\">" + documents::escaped(words) + "</a>";
    };
    std::string out = "<section>\n<p>";
    if (report.signed_on) out += link(report.page, say(language, Phrase::report_signed, {{"day", words_in(language, *report.signed_on)}}));
    else if (report.due) out += documents::escaped(say(language, Phrase::report_due, {{"day", words_in(language, *report.due)}}));
    else out += documents::escaped(say(language, Phrase::report_not_asked_for));
    out += "</p>\n";
    const auto zone = Zone::find(ballot.plan.zone).value();
    for (const auto& extension : store::extensions(tx, ballot.plan.id))
        out += "<p>" +
               link("/api/v1/ballots/" + ballot.plan.id.text() + "/addenda",
                    say(language, Phrase::addendum_made,
                        {{"number", std::to_string(extension.number)}, {"when", words_in(language, zone.wall(extension.closes))}})) +
               " " + documents::escaped(extension.reason) + "</p>\n";
    return out + "</section>\n";
}

/// The result as a page, with the way to the other language and to the same in a form for programs.
Result<Reply> result_page(const Call& call, const store::ReadTx& tx, const Papers& papers)
{
    const auto ballot = named(call, tx);
    const auto language = language_of(call, papers, "result");
    if (!ballot) return ballot.error();
    if (!language) return language.error();
    const auto result = service::result_notice(tx, *ballot, std::nullopt, *language);
    if (!result && result.error().code == "result_not_declared")
        return public_page(papers, "message", wire::to_json(wire::MessagePage{ballot->plan.title, result.error().detail, service::is_rehearsal(tx)}),
                           404);
    if (!result) return result.error();
    auto reply = public_page(papers, "result", wire::to_json(*result), 200, name(*language));
    const std::string data = "/api/v1/ballots/" + ballot->plan.id.text() + "/documents/result";
    const auto other = *language == Language::en ? "<a href=\"?lang=cy\" hreflang=\"cy\" lang=\"cy\">Cymraeg</a>"
                                                 : "<a href=\"?lang=en\" hreflang=\"en\" lang=\"en\">English</a>";
    const auto belongs = what_belongs(tx, *ballot, *language);
    reply.body.insert(reply.body.find("</main>"), belongs);
    const std::string top = "<main>\n";
    reply.body.insert(reply.body.find(top) + top.size(), "<p>" + std::string(other) + " · <a href=\"" + data + "?format=pdf&amp;lang=" +
                                                             std::string(name(*language)) + "\">PDF</a> · <a href=\"" + data + "\">JSON</a></p>\n");
    return reply;
}

Result<wire::NewServing> asked_for(const Call& call)
{
    const auto kind = from_name<ballot::NoticeKind>(call.arg("kind"));
    if (!kind)
        return Refusal{Kind::not_found, "no_such_notice_kind", "There is no notice of kind \"" + call.arg("kind") + "\".",
                       "They are: ballot, sample, result, action."};
    wire::NewServing which{.kind = *kind, .employer = call.query("employer"), .mail_to = {}, .how = {}, .action = {}};
    if (*kind != ballot::NoticeKind::action) return which;
    ballot::NotifiedAction action{.course = call.query("continuous") == "true" ? ballot::Course::continuous : ballot::Course::discontinuous};
    if (const auto given = call.query("action"); !given.empty()) {
        action.kind = from_name<ballot::QuestionKind>(given);
        if (!action.kind)
            return Refusal{Kind::malformed, "no_such_action", "There is no action of the kind \"" + given + "\".", "They are: strike, action_short."};
    }
    std::istringstream days(call.query("dates"));
    for (std::string given; std::getline(days, given, ',');) {
        const auto day = parse_date(given);
        if (!day) return Refusal{Kind::malformed, "bad_date", "\"" + given + "\" is not a date.", "Write it as 2013-11-05."};
        action.dates.push_back(*day);
    }
    which.action = std::move(action);
    return which;
}

Result<Reply> draft(const Call& call, const store::ReadTx& tx, const Services& services, const Papers& papers)
{
    const auto ballot = named(call, tx);
    const auto format = format_of(call);
    const auto which = asked_for(call);
    if (!ballot) return ballot.error();
    if (!format) return format.error();
    if (!which) return which.error();
    const auto drafted = service::draft_notice(tx, call.context, *ballot, *which, services.board_key.public_key());
    if (!drafted) return drafted.error();
    const auto zone = Zone::find(ballot->plan.zone).value();
    const auto day = zone.instant(WallTime(zone.date(call.context.ballot_now).time_since_epoch())); // drafted twice in a day: the same bytes
    return in_form(
        papers,
        {drafted->document, drafted->json, ballot::sender(ballot->plan, ballot->plan.called_by.office), day, foot(*ballot, services.rehearsal)},
        *format);
}

wire::ServingView view_of(const store::ReadTx& tx, const store::ServedNotice& sent)
{
    const auto ballot = store::find_ballot(tx, sent.ballot).value();
    const auto day = Zone::find(ballot.plan.zone).value().date(sent.sent_at);
    return {.id = sent.id,
            .kind = sent.kind,
            .employer = sent.employer,
            .how = sent.how,
            .roll_revision = sent.roll_revision,
            .hash = hex(sent.hash),
            .sent_at = sent.sent_at,
            .sent_by = sent.sent_by,
            .acknowledged_at = sent.acknowledged_at,
            .acknowledged_by = sent.acknowledged_by,
            .too_late = service::too_late_for_opening(tx, ballot, sent.kind, sent.employer, day, "Sent")};
}

wire::ServingList list_of(const store::ReadTx& tx, const BallotId& ballot, bool rehearsal)
{
    wire::ServingList list{.rehearsal = rehearsal, .served = {}};
    for (const auto& sent : store::served(tx, ballot)) list.served.push_back(view_of(tx, sent));
    return list;
}

Result<Reply> serve(const Call& call, store::WriteTx& tx, const Services& services, const Papers& papers)
{
    const auto id = call.id<BallotId>("ballot");
    const auto body = body_as<wire::NewServing>(call);
    if (!id) return id.error();
    if (!body) return body.error();
    const service::NoticeMail mail{
        .words = [&](const service::Drafted& drafted) { return documents::plain_text(papers.templates.fill(drafted.document, drafted.json)); },
        .address_of = [&](const std::string& notice) { return papers.public_url + "/notices/" + notice; }};
    const auto sent = service::serve_notice(tx, call.context, *id, *body, services.board_key.public_key(), mail);
    if (!sent) return sent.error();
    return with(reply_json(201, list_of(tx, *id, services.rehearsal)), "Location", "/notices/" + sent->id);
}

Result<Reply> tell_members(const Call& call, store::WriteTx& tx, const Services& services, const Papers& papers)
{
    const auto id = call.id<BallotId>("ballot");
    if (!id) return id.error();
    const service::ResultMail mail{
        .words = [&](const wire::ResultNotice& notice,
                     Language language) { return documents::plain_text(papers.templates.fill("result", wire::to_json(notice), name(language))); },
        .address = papers.public_url + "/results/" + id->text()};
    const auto told = service::tell_members(tx, call.context, *id, mail);
    if (!told) return told.error();
    return reply_json(200, wire::MembersTold{services.rehearsal, told->told_at, told->told_by, told->mailed, told->without_address});
}

// ---- the employer's page ----

std::string page_of(const Papers& papers, const std::string& title, const std::string& inside)
{
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
           "initial-scale=1\">\n<title>" +
           documents::escaped(title) + "</title>\n<style>" + papers.templates.css() + "</style>\n</head>\n<body>\n<main>\n<h1>" +
           documents::escaped(title) + "</h1>\n" + inside + "</main>\n</body>\n</html>\n";
}

std::string rehearsal_mark(bool rehearsal) { return rehearsal ? "<p><strong>REHEARSAL. Nothing here is real.</strong></p>\n" : ""; }

/// The same for every address, known or not: nothing of a notice is shown to whoever has not got its code.
std::string form(const Papers& papers, bool rehearsal, const std::string& complaint)
{
    return page_of(
        papers, "Acknowledge a notice",
        rehearsal_mark(rehearsal) + (complaint.empty() ? "" : "<p role=\"alert\"><strong>" + documents::escaped(complaint) + "</strong></p>\n") +
            "<p>A trade union sent you a notice with a code. Type the code and your name to confirm that you have received it. Opening this "
            "page has recorded nothing.</p>\n<form method=\"post\">\n<p><label for=\"code\">Code, as it stands in the mail</label><br>\n<input "
            "id=\"code\" name=\"code\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" required></p>\n<p><label "
            "for=\"name\">Your name and your position</label><br>\n<input id=\"name\" name=\"name\" autocomplete=\"name\" "
            "required></p>\n<p><button type=\"submit\">I have received the notice</button></p>\n</form>\n");
}

/// application/x-www-form-urlencoded; nothing where it is not.
std::map<std::string, std::string> form_fields(std::string body)
{
    std::string encoded;
    for (const char c : body) encoded += c == '+' ? std::string("%20") : std::string(1, c);
    const auto target = http::parse_target("/?" + encoded);
    return target ? target->query : std::map<std::string, std::string>{};
}

Result<Reply> acknowledge(const Call& call, store::WriteTx& tx, const Services& services, const Papers& papers)
{
    const auto fields = form_fields(call.request.body);
    const auto field = [&](const char* name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    };
    const auto sent =
        service::acknowledge_notice(tx, call.context, call.arg("notice"), field("code"), field("name"), services.board_key.public_key());
    if (!sent) return page(papers, form(papers, services.rehearsal, sent.error().detail + " " + sent.error().next), 422);
    const auto zone = Zone::find(store::find_ballot(tx, sent->ballot).value().plan.zone).value();
    const auto when = words(zone.wall(*sent->acknowledged_at));
    const auto blocks = papers.templates.fill(service::document_of(sent->kind), sent->content);
    return page(papers,
                page_of(papers, "Receipt recorded",
                        rehearsal_mark(services.rehearsal) + "<p>" + documents::escaped(sent->employer) + " acknowledged this notice at " +
                            documents::escaped(when) + " (" + documents::escaped(*sent->acknowledged_by) + "). SHA-256 of the notice: <code>" +
                            hex(sent->hash) + "</code></p>\n<hr>\n<section>\n" + documents::html_of(blocks) + "</section>\n"));
}

void add_documents(std::vector<Route>& routes, Services& services, const Papers& papers)
{
    routes.push_back({.pattern = ballot_path + "/documents/timetable",
                      .handle = public_document(services, papers, "timetable",
                                                [](const store::ReadTx& tx, const store::Ballot& ballot, Language, const service::Context&) {
                                                    return service::timetable_page(tx, ballot);
                                                }),
                      .summary = "The timetable on a page (?format=json|html|pdf)",
                      .response_schema = wire::schema_json<wire::TimetablePage>()});
    routes.push_back({.pattern = ballot_path + "/documents/sample",
                      .handle = public_document(
                          services, papers, "sample_paper",
                          [&services](const store::ReadTx& tx, const store::Ballot& ballot, Language language, const service::Context& context) {
                              return service::sample_paper(tx, context, ballot, services.board_key.public_key(), language);
                          }),
                      .summary = "The sample voting paper (?format=json|html|pdf, ?lang=en|cy)",
                      .response_schema = wire::schema_json<wire::SamplePaper>()});
    const auto result = [](const store::ReadTx& tx, const store::Ballot& ballot, Language language, const service::Context&) {
        return service::result_notice(tx, ballot, std::nullopt, language);
    };
    routes.push_back({.pattern = ballot_path + "/documents/result",
                      .handle = public_document(services, papers, "result", result),
                      .summary = "The declared result with its statutory figures (?format=json|html|pdf, ?lang=en|cy)",
                      .response_schema = wire::schema_json<wire::ResultNotice>()});
    routes.push_back({.pattern = "/results/{ballot}",
                      .handle = Read{[&papers](const Call& call, const store::ReadTx& tx) { return result_page(call, tx, papers); }},
                      .summary = "The declared result as a page for everybody (?lang=en|cy)"});
}

} // namespace

void add_notice_routes(std::vector<Route>& routes, Services& services, const Papers& papers)
{
    add_documents(routes, services, papers);
    const auto officials = any_of(Role::general_secretary, Role::scrutineer, Role::official);
    routes.push_back(
        {.pattern = ballot_path + "/notices/{kind}",
         .access = officials,
         .handle = Read{[&services, &papers](const Call& call, const store::ReadTx& tx) { return draft(call, tx, services, papers); }},
         .summary = "A notice to one employer, drafted from the frozen roll (?employer, ?format=json|html|pdf; an action notice: ?dates=2026-12-07,"
                    "2026-12-09, or its first date with ?continuous=true; ?action=strike|action_short)"});
    routes.push_back({.pattern = ballot_path + "/notices/served",
                      .access = officials,
                      .handle = shows([&services](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<Reply> {
                          return reply_json(200, list_of(tx, ballot.plan.id, services.rehearsal));
                      }),
                      .summary = "Notices sent, and by whom they were acknowledged",
                      .response_schema = wire::schema_json<wire::ServingList>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/notices/served",
                      .access = any_of(Role::general_secretary),
                      .handle = Write{[&services, &papers](const Call& call, store::WriteTx& tx) { return serve(call, tx, services, papers); }},
                      .summary = "Record that a notice was sent, and send it where it goes by mail",
                      .request_schema = wire::schema_json<wire::NewServing>(),
                      .response_schema = wire::schema_json<wire::ServingList>()});
    routes.push_back(
        {.method = Method::post,
         .pattern = ballot_path + "/notices/members",
         .access = any_of(Role::general_secretary),
         .handle = Write{[&services, &papers](const Call& call, store::WriteTx& tx) { return tell_members(call, tx, services, papers); }},
         .summary = "Mail the declared result to everybody entitled to vote, once; asked again it says when that was",
         .response_schema = wire::schema_json<wire::MembersTold>()});
    routes.push_back({.pattern = "/notices/{notice}",
                      .handle = Read{[&services, &papers](const Call&, const store::ReadTx&) -> Result<Reply> {
                          return page(papers, form(papers, services.rehearsal, {}));
                      }},
                      .summary = "The page on which an employer acknowledges a notice; opening it records nothing"});
    routes.push_back({.method = Method::post,
                      .pattern = "/notices/{notice}",
                      .handle = Write{[&services, &papers](const Call& call, store::WriteTx& tx) { return acknowledge(call, tx, services, papers); }},
                      .summary = "An employer's acknowledgement of receipt, from the page's form"});
}

} // namespace walkout::api
