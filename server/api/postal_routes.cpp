#include "server/api/postal_routes.hpp"

#include "server/api/reply.hpp"
#include "server/documents/pdf.hpp"
#include "server/service/ballots.hpp"
#include "server/service/postal_papers.hpp"
#include "server/service/postal_returns.hpp"

#include <charconv>

namespace walkout::api {
namespace {

using ballot::Role;
using http::Method;

const std::string postal_path = "/api/v1/ballots/{ballot}/postal";
constexpr std::uint64_t ballot_limit = 64U << 10U; ///< a two-question ballot is 8.4 kB
constexpr std::size_t most_printed = 100;          ///< papers in one file

template <class T> Result<Reply> reply(const Result<T>& result)
{
    if (!result) return result.error();
    if constexpr (std::is_void_v<T>) return reply_json(200, wire::Nothing{});
    else return reply_json(200, *result);
}

template <class Show> Read shows(Show show)
{
    return {[show](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
        const auto id = call.id<BallotId>("ballot");
        if (!id) return id.error();
        return show(tx, call, *id);
    }};
}
/// A change that its body describes: change(tx, call, ballot, body).
template <class Body, class Change> Write changes(Change change)
{
    return {[change](const Call& call, store::WriteTx& tx) -> Result<Reply> {
        const auto id = call.id<BallotId>("ballot");
        const auto body = body_as<Body>(call);
        if (!id) return id.error();
        if (!body) return body.error();
        return reply(change(tx, call, *id, *body));
    }};
}

/// "3,17,18"
Result<std::vector<std::int64_t>> serials_of(const Call& call)
{
    const auto text = call.query("serials");
    std::vector<std::int64_t> out;
    for (const char* next = text.data(); next < text.data() + text.size();) {
        std::int64_t serial = 0;
        const auto [end, error] = std::from_chars(next, text.data() + text.size(), serial);
        if (error != std::errc() || (end != text.data() + text.size() && *end != ',') || out.size() == most_printed)
            return Refusal{Kind::malformed, "bad_serials", "?serials is a list such as 3,17,18, of at most 100 numbers.", ""};
        out.push_back(serial);
        next = end + 1;
    }
    if (out.empty()) return Refusal{Kind::malformed, "bad_serials", "?serials is a list such as 3,17,18, of at most 100 numbers.", ""};
    return out;
}

Result<Reply> print(const store::ReadTx& tx, const Call& call, const BallotId& id, const Services& services, const Papers& papers)
{
    const auto ballot = service::require_ballot(tx, id);
    const auto serials = serials_of(call);
    const auto language = from_name<ballot::Language>(call.query("lang", "en"));
    if (!ballot) return ballot.error();
    if (!serials) return serials.error();
    if (!language) return Refusal{Kind::malformed, "no_such_language", "A voting paper is printed in en or cy.", ""};
    const auto printed = service::printed_papers(tx, *ballot, services.board_key.public_key(), *serials, *language);
    if (!printed) return printed.error();
    std::vector<documents::Blocks> sheets;
    for (const auto& paper : *printed) sheets.push_back(papers.templates.fill("voting_paper", wire::to_json(paper)));
    // Nothing stands below the paper: a page's number would be taken for the paper's.
    const documents::PdfInfo info{.title = ballot->plan.title,
                                  .author = ballot->plan.scrutineer.name,
                                  .language = std::string(name(*language)),
                                  .made = ballot->planned_at,
                                  .foot = {},
                                  .scale = 1.15,
                                  .paged = false};
    Reply pdf{.content_type = "application/pdf", .body = documents::pdf_of(sheets, info)};
    return with(std::move(pdf), "Content-Disposition", "attachment; filename=\"" + id.text() + "-papers.pdf\"");
}

void add_outward(std::vector<Route>& routes, Services& services, const Papers& papers)
{
    const auto scrutineer = any_of(Role::scrutineer);
    routes.push_back(
        {.method = Method::put,
         .pattern = "/api/v1/ballots/{ballot}/paper-request",
         .access = signed_in,
         .handle = changes<wire::AskForPaper>([](store::WriteTx& tx, const Call& call, const BallotId& id, const wire::AskForPaper& body) {
             return service::ask_for_paper(tx, call.context, id, body.address);
         }),
         .summary = "A member asks for a voting paper by post",
         .request_schema = wire::schema_json<wire::AskForPaper>(),
         .response_schema = wire::schema_json<wire::PaperAskedFor>()});
    routes.push_back({.pattern = postal_path + "/papers",
                      .access = scrutineer,
                      .handle = shows([](const store::ReadTx& tx, const Call& call, const BallotId& id) {
                          return reply(service::paper_list(tx, call.context, id));
                      }),
                      .summary = "Every numbered voting paper, and whose it is",
                      .response_schema = wire::schema_json<wire::PaperList>()});
    routes.push_back({.method = Method::post,
                      .pattern = postal_path + "/issue",
                      .access = scrutineer,
                      .handle = changes<wire::Nothing>([](store::WriteTx& tx, const Call& call, const BallotId& id, const wire::Nothing&) {
                          return service::issue_papers(tx, call.context, id);
                      }),
                      .summary = "Voting papers are printed: the boards wait for their return",
                      .request_schema = wire::schema_json<wire::Nothing>(),
                      .response_schema = wire::schema_json<wire::Nothing>()});
    routes.push_back({.pattern = postal_path + "/printed",
                      .access = scrutineer,
                      .handle = shows([&services, &papers](const store::ReadTx& tx, const Call& call, const BallotId& id) {
                          return print(tx, call, id, services, papers);
                      }),
                      .summary = "Voting papers to print, a page each, as PDF (?serials=3,17,18, ?lang=en|cy)"});
    routes.push_back({.method = Method::post,
                      .pattern = postal_path + "/sendings",
                      .access = scrutineer,
                      .handle = changes<wire::PapersSent>([](store::WriteTx& tx, const Call& call, const BallotId& id, const wire::PapersSent& body) {
                          return service::record_papers_sent(tx, call.context, id, body.serials, body.left_on);
                      }),
                      .summary = "Voting papers have left: sending is opening",
                      .request_schema = wire::schema_json<wire::PapersSent>(),
                      .response_schema = wire::schema_json<wire::PapersSentNow>(),
                      .body_limit = 16U << 20U});
}

void add_homeward(std::vector<Route>& routes, Services& services)
{
    const auto scrutineer = any_of(Role::scrutineer);
    routes.push_back({.pattern = postal_path,
                      .access = scrutineer,
                      .handle = shows([](const store::ReadTx& tx, const Call& call, const BallotId& id) {
                          return reply(service::postal_state(tx, call.context, id));
                      }),
                      .summary = "Where the postal channel stands: figures, papers that do not count and why, papers to transcribe",
                      .response_schema = wire::schema_json<wire::PostalState>()});
    routes.push_back(
        {.method = Method::post,
         .pattern = postal_path + "/returns",
         .access = scrutineer,
         .handle = changes<wire::ReturnedPapers>([](store::WriteTx& tx, const Call& call, const BallotId& id, const wire::ReturnedPapers& body) {
             return service::record_returns(tx, call.context, id, body);
         }),
         .summary = "Voting papers have come back; the batch's name makes sending it again harmless",
         .request_schema = wire::schema_json<wire::ReturnedPapers>(),
         .response_schema = wire::schema_json<wire::ReturnsRecorded>(),
         .traceless = true}); // who has returned is in no log and no idempotency record (design.md section 6)
    routes.push_back(
        {.method = Method::post,
         .pattern = postal_path + "/mistakes",
         .access = scrutineer,
         .handle = changes<wire::MistakenReturn>([](store::WriteTx& tx, const Call& call, const BallotId& id, const wire::MistakenReturn& body) {
             return service::take_back_return(tx, call.context, id, body);
         }),
         .summary = "A return was recorded by mistake; the same sent again takes back no other",
         .request_schema = wire::schema_json<wire::MistakenReturn>(),
         .response_schema = wire::schema_json<wire::Nothing>(),
         .traceless = true}); // the hash of so short a body would tell the paper
    const auto casting = std::make_shared<service::Casting>();
    routes.push_back({.method = Method::post,
                      .pattern = postal_path + "/transcriptions",
                      .access = scrutineer,
                      .handle = Prepare{[casting](const Call& call, const store::ReadTx& tx) -> Result<Work> {
                          const auto id = call.id<BallotId>("ballot");
                          auto body = body_as<wire::Transcription>(call);
                          if (!id) return id.error();
                          if (!body) return body.error();
                          auto checked = service::check_transcription(tx, *casting, *id, *std::move(body));
                          if (!checked) return checked.error();
                          return Work([context = call.context, checked = *std::move(checked)](store::WriteTx& write) {
                              return reply(service::record_transcription(write, context, checked));
                          });
                      }},
                      .summary = "A returned voting paper as an encrypted ballot, keyed alike by two people",
                      .request_schema = wire::schema_json<wire::Transcription>(),
                      .response_schema = wire::schema_json<wire::Nothing>(),
                      .body_limit = ballot_limit,
                      .traceless = true});
    routes.push_back({.method = Method::post,
                      .pattern = postal_path + "/finish",
                      .access = scrutineer,
                      .handle = changes<wire::Nothing>([&services](store::WriteTx& tx, const Call& call, const BallotId& id, const wire::Nothing&) {
                          return service::finish_post(tx, call.context, id, services.board_key);
                      }),
                      .summary = "Every paper received in time is recorded and transcribed: the boards are sealed",
                      .request_schema = wire::schema_json<wire::Nothing>(),
                      .response_schema = wire::schema_json<wire::Nothing>()});
}

} // namespace

void add_postal_routes(std::vector<Route>& routes, Services& services, const Papers& papers)
{
    add_outward(routes, services, papers);
    add_homeward(routes, services);
}

} // namespace walkout::api
