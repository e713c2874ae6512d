#include "server/api/conduct_routes.hpp"

#include "server/api/ballot_calls.hpp"
#include "server/service/scrutineer_report.hpp"

namespace walkout::api {
namespace {

using ballot::Role;
using http::Method;

/// Shared by the routes: archives grow on disk once.
using Boards = std::shared_ptr<service::PublishedBoards>;

Filled filled(const wire::SignedReport& report)
{
    return {.name = "report",
            .json = wire::to_json(report),
            .author = report.report.scrutineer,
            .made = report.report.made_at,
            .foot = (report.report.rehearsal ? "REHEARSAL \u00b7 " : "") + std::string("Scrutineer's report \u00b7 ") + report.report.title};
}

Result<wire::SignedReport> drafted(const Call& call, const store::ReadTx& tx, const store::Ballot& ballot, service::PublishedBoards& boards)
{
    const auto archives = service::archive_hashes(tx, ballot, boards);
    if (!archives) return archives.error();
    auto report = service::draft_report(tx, ballot, call.context.ballot_now, *archives);
    if (!report) return report.error();
    wire::SignedReport out;
    out.report = *std::move(report);
    return out;
}

Result<Work> sign(const Call& call, const store::ReadTx& tx, service::PublishedBoards& boards, const Papers& papers)
{
    const auto ballot = named(call, tx);
    auto body = body_as<wire::NewSignedReport>(call);
    if (!ballot) return ballot.error();
    if (!body) return body.error();
    auto archives = service::archive_hashes(tx, *ballot, boards);
    if (!archives) return archives.error();
    return Work([context = call.context, id = ballot->plan.id, body = *std::move(body),
                 page = papers.public_url + "/reports/" + ballot->plan.id.text(),
                 archives = *std::move(archives)](store::WriteTx& write) -> Result<Reply> {
        if (const auto kept = service::sign_report(write, context, id, body, archives, page); !kept) return kept.error();
        const auto report = service::signed_report(write, service::require_ballot(write, id).value());
        if (!report) return report.error();
        return reply_json(201, *report);
    });
}

Result<Reply> in_form_asked(const Call& call, const Papers& papers, const Result<wire::SignedReport>& report)
{
    const auto format = format_of(call);
    if (!format) return format.error();
    if (!report) return report.error();
    return in_form(papers, filled(*report), *format);
}

} // namespace

void add_report_routes(std::vector<Route>& routes, Services&, const Papers& papers)
{
    const auto boards = std::make_shared<service::PublishedBoards>();
    routes.push_back({.pattern = ballot_path + "/report",
                      .handle = shows([&papers](const store::ReadTx& tx, const store::Ballot& ballot, const Call& call) -> Result<Reply> {
                          auto reply = in_form_asked(call, papers, service::signed_report(tx, ballot));
                          if (reply) reply = fresh(*std::move(reply));
                          return reply;
                      }),
                      .summary = "The scrutineer's signed report (?format=json|html|pdf)",
                      .response_schema = wire::schema_json<wire::SignedReport>()});
    routes.push_back({.pattern = ballot_path + "/report/draft",
                      .access = any_of(Role::scrutineer),
                      .handle = shows([&papers, boards](const store::ReadTx& tx, const store::Ballot& ballot, const Call& call) {
                          return in_form_asked(call, papers, drafted(call, tx, ballot, *boards));
                      }),
                      .summary = "The facts of the report as they stand, its statements unanswered (?format=json|html|pdf)",
                      .response_schema = wire::schema_json<wire::SignedReport>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/report",
                      .access = any_of(Role::scrutineer),
                      .handle = Prepare{[boards, &papers](const Call& call, const store::ReadTx& tx) { return sign(call, tx, *boards, papers); }},
                      .summary = "Sign the report, which publishes it",
                      .request_schema = wire::schema_json<wire::NewSignedReport>(),
                      .response_schema = wire::schema_json<wire::SignedReport>(),
                      .body_limit = 1U << 20U});
    routes.push_back({.pattern = "/reports/{ballot}",
                      .handle = shows([&papers](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<Reply> {
                          const auto report = service::signed_report(tx, ballot);
                          if (!report) return report.error();
                          return public_page(papers, "report", wire::to_json(*report));
                      }),
                      .summary = "The scrutineer's report as a page for everybody"});
}

} // namespace walkout::api
