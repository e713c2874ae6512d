#include "server/api/notice_routes.hpp"

#include "server/api/reply.hpp"
#include "server/documents/html.hpp"
#include "server/documents/pdf.hpp"
#include "server/http/parse.hpp"
#include "server/service/ballots.hpp"
#include "server/service/draft_notice.hpp"
#include "server/service/serve_notice.hpp"

#include <array>

namespace walkout::api {
namespace {

using ballot::Role;
using http::Method;

const std::string ballot_path = "/api/v1/ballots/{ballot}";

enum class Format { json, html, pdf };
constexpr auto enum_names(Format)
{
    return std::to_array<std::pair<Format, std::string_view>>({{Format::json, "json"}, {Format::html, "html"}, {Format::pdf, "pdf"}});
}

/// A document in words and figures, not yet in a form.
struct Filled {
    std::string name; ///< of its template
    std::string json;
    std::string title; ///< of the ballot
    Instant made{};    ///< the day on a PDF: the document's, so that the same data gives the same bytes
    std::string foot{};
};

Reply page(const Papers& papers, const std::string& body, int status = 200)
{
    Reply reply{.status = status, .content_type = "text/html; charset=utf-8", .body = body};
    return with(with(std::move(reply), "Content-Security-Policy", documents::page_policy(papers.templates.css())), "Referrer-Policy", "no-referrer");
}

Result<Reply> in_form(const Papers& papers, const Filled& filled, Format format, const std::string& author)
{
    if (format == Format::json) return Reply{.body = filled.json};
    const auto blocks = papers.templates.fill(filled.name, filled.json);
    if (format == Format::html) return page(papers, documents::html_page(blocks, papers.templates.css(), "en"));
    const documents::PdfInfo info{.title = documents::title_of(blocks), .author = author, .made = filled.made, .foot = filled.foot};
    Reply reply{.content_type = "application/pdf", .body = documents::pdf_of(std::array{blocks}, info)};
    return with(std::move(reply), "Content-Disposition", "inline; filename=\"" + filled.name + ".pdf\"");
}

Result<Format> format_of(const Call& call)
{
    if (const auto format = from_name<Format>(call.query("format", "json"))) return *format;
    return Refusal{Kind::malformed, "no_such_format", "A document comes as json, html or pdf.", "Ask for one of these."};
}

Result<store::Ballot> named(const Call& call, const store::ReadTx& tx)
{
    const auto id = call.id<BallotId>("ballot");
    if (!id) return id.error();
    return service::require_ballot(tx, *id);
}

std::string foot(const store::Ballot& ballot, bool rehearsal) { return (rehearsal ? "REHEARSAL \u00b7 " : "") + ballot.plan.title; }

/// A document anybody may read: made(tx, ballot) gives its data.
template <class Make> Read public_document(const Services& services, const Papers& papers, std::string name, Make made)
{
    return {[&services, &papers, name, made](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
        const auto ballot = named(call, tx);
        const auto format = format_of(call);
        if (!ballot) return ballot.error();
        if (!format) return format.error();
        const auto message = made(tx, *ballot);
        if (!message) return message.error();
        auto reply = in_form(papers, {name, wire::to_json(*message), ballot->plan.title, ballot->planned_at, foot(*ballot, services.rehearsal)},
                             *format, ballot->plan.called_by.office);
        if (reply) reply = with(std::move(*reply), "Cache-Control", "public, no-cache");
        return reply;
    }};
}

Result<wire::NewServing> asked_for(const Call& call)
{
    const auto kind = from_name<ballot::NoticeKind>(call.arg("kind"));
    if (!kind)
        return Refusal{Kind::not_found, "no_such_notice_kind", "There is no notice of kind \"" + call.arg("kind") + "\".",
                       "They are: ballot, sample, result, action."};
    wire::NewServing which{
        .kind = *kind, .employer = call.query("employer"), .mail_to = {}, .how = {}, .action_first = {}, .action_last = {}, .continuous = {}};
    for (const auto& [name, day] : {std::pair{"first", &which.action_first}, std::pair{"last", &which.action_last}}) {
        const auto given = call.query(name);
        if (given.empty()) continue;
        *day = parse_date(given);
        if (!*day) return Refusal{Kind::malformed, "bad_date", "\"" + given + "\" is not a date.", "Write it as 2013-11-05."};
    }
    which.continuous = call.query("continuous") == "true";
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
    return in_form(papers, {drafted->document, drafted->json, ballot->plan.title, day, foot(*ballot, services.rehearsal)}, *format,
                   ballot->plan.called_by.office);
}

wire::ServingView view_of(const store::ServedNotice& sent)
{
    return {.id = sent.id,
            .kind = sent.kind,
            .employer = sent.employer,
            .how = sent.how,
            .roll_revision = sent.roll_revision,
            .hash = hex(sent.hash),
            .sent_at = sent.sent_at,
            .sent_by = sent.sent_by,
            .acknowledged_at = sent.acknowledged_at,
            .acknowledged_by = sent.acknowledged_by};
}

wire::ServingList list_of(const store::ReadTx& tx, const BallotId& ballot, bool rehearsal)
{
    wire::ServingList list{.rehearsal = rehearsal, .served = {}};
    for (const auto& sent : store::served(tx, ballot)) list.served.push_back(view_of(sent));
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
    routes.push_back(
        {.pattern = ballot_path + "/documents/timetable",
         .handle = public_document(services, papers, "timetable",
                                   [](const store::ReadTx& tx, const store::Ballot& ballot) { return service::timetable_page(tx, ballot); }),
         .summary = "The timetable on a page (?format=json|html|pdf)",
         .response_schema = wire::schema_json<wire::TimetablePage>()});
    routes.push_back({.pattern = ballot_path + "/documents/sample",
                      .handle = public_document(services, papers, "sample_paper",
                                                [&services](const store::ReadTx& tx, const store::Ballot& ballot) {
                                                    return service::sample_paper(tx, ballot, services.board_key.public_key());
                                                }),
                      .summary = "The sample voting paper (?format=json|html|pdf)",
                      .response_schema = wire::schema_json<wire::SamplePaper>()});
    const auto result = [](const store::ReadTx& tx, const store::Ballot& ballot) { return service::result_notice(tx, ballot, std::nullopt); };
    routes.push_back({.pattern = ballot_path + "/documents/result",
                      .handle = public_document(services, papers, "result", result),
                      .summary = "The declared result with its statutory figures (?format=json|html|pdf)",
                      .response_schema = wire::schema_json<wire::ResultNotice>()});
    routes.push_back({.pattern = "/results/{ballot}",
                      .handle = Read{[&papers](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
                          const auto ballot = named(call, tx);
                          if (!ballot) return ballot.error();
                          const auto message = service::result_notice(tx, *ballot, std::nullopt);
                          if (!message) return message.error();
                          const auto blocks = papers.templates.fill("result", wire::to_json(*message));
                          return with(page(papers, documents::html_page(blocks, papers.templates.css(), "en")), "Cache-Control", "public, no-cache");
                      }},
                      .summary = "The declared result as a page for everybody"});
}

} // namespace

void add_notice_routes(std::vector<Route>& routes, Services& services, const Papers& papers)
{
    add_documents(routes, services, papers);
    const auto officials = any_of(Role::general_secretary, Role::scrutineer, Role::official);
    routes.push_back({.pattern = ballot_path + "/notices/{kind}",
                      .access = officials,
                      .handle = Read{[&services, &papers](const Call& call, const store::ReadTx& tx) { return draft(call, tx, services, papers); }},
                      .summary =
                          "A notice to one employer, drafted from the frozen roll (?employer, ?format=json|html|pdf; an action notice: ?first, "
                          "?last, ?continuous=true)"});
    routes.push_back({.pattern = ballot_path + "/notices/served",
                      .access = officials,
                      .handle = Read{[&services](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
                          const auto ballot = named(call, tx);
                          if (!ballot) return ballot.error();
                          return reply_json(200, list_of(tx, ballot->plan.id, services.rehearsal));
                      }},
                      .summary = "Notices sent, and by whom they were acknowledged",
                      .response_schema = wire::schema_json<wire::ServingList>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/notices/served",
                      .access = any_of(Role::general_secretary),
                      .handle = Write{[&services, &papers](const Call& call, store::WriteTx& tx) { return serve(call, tx, services, papers); }},
                      .summary = "Record that a notice was sent, and send it where it goes by mail",
                      .request_schema = wire::schema_json<wire::NewServing>(),
                      .response_schema = wire::schema_json<wire::ServingList>()});
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
