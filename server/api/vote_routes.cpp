#include "server/api/vote_routes.hpp"

#include "server/api/reply.hpp"
#include "server/http/rate_limit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/boards.hpp"
#include "server/service/ceremony.hpp"
#include "server/service/count_ballot.hpp"
#include "server/service/set_up_boards.hpp"
#include "server/store/board_store.hpp"

namespace walkout::api {
namespace {

using ballot::Role;
using http::Method;

constexpr std::uint64_t setup_limit = 256U << 20U; ///< two credentials' text a member: some 100 000 members
constexpr std::uint64_t ballot_limit = 64U << 10U; ///< a two-question ballot is 8.4 kB

Reply done() { return reply_json(200, wire::Nothing{}); }

/// The id in the path, or its refusal, then the handler.
template <class Id, class Tx, class Handle> auto with_id(std::string placeholder, Handle handle)
{
    return [placeholder = std::move(placeholder), handle = std::move(handle)](const Call& call,
                                                                              Tx& tx) -> decltype(handle(call, tx, std::declval<Id>())) {
        const auto id = call.id<Id>(placeholder);
        if (!id) return id.error();
        return handle(call, tx, *id);
    };
}
template <class Handle> Read read_ballot(Handle handle) { return {with_id<BallotId, const store::ReadTx>("ballot", std::move(handle))}; }
template <class Handle> Write write_ballot(Handle handle) { return {with_id<BallotId, store::WriteTx>("ballot", std::move(handle))}; }
template <class Handle> Prepare prepare_ballot(Handle handle) { return {with_id<BallotId, const store::ReadTx>("ballot", std::move(handle))}; }
template <class Handle> Read read_board(Handle handle) { return {with_id<ConstituencyId, const store::ReadTx>("constituency", std::move(handle))}; }

template <class T> Result<Reply> reply(const Result<T>& result)
{
    if (!result) return result.error();
    return reply_json(200, *result);
}
Result<Reply> reply(const Result<void>& result)
{
    if (!result) return result.error();
    return done();
}

Result<wire::VotingMaterial> voting_material(const store::ReadTx& tx, const Services& services, const BallotId& id)
{
    const auto ballot = service::require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto boards = store::boards_of(tx, id);
    if (!ballot->paper || boards.empty())
        return Refusal{Kind::not_open, "ballot_not_open", "This ballot is not ready for voting yet.",
                       "See where it stands: walkout ballot show " + id.text()};
    wire::VotingMaterial out{id,
                             ballot->plan.title,
                             services.rehearsal,
                             *ballot->paper,
                             std::string(name(ballot->plan.second_factor_or_default())),
                             hex(services.board_key.public_key()),
                             ballot->closes,
                             {}};
    for (const auto& constituency : store::constituencies(tx, id))
        for (const auto& board : boards)
            if (board.constituency == constituency.id)
                out.constituencies.push_back({constituency.id, constituency.name, board.election, constituency.fingerprint.value()});
    return out;
}

Result<Reply> show_head(const Services& services, const store::ReadTx& tx, const ConstituencyId& id)
{
    const auto head = service::published_head(tx, id);
    if (!head) return head.error();
    return reply_json(200, wire::BoardHead{id, head->election, static_cast<std::int64_t>(head->height), head->event, head->register_hash,
                                           head->audit_hash, head->batch, hex(head->signature), hex(services.board_key.public_key())});
}

Result<Reply> show_archive(service::PublishedBoards& boards, const store::ReadTx& tx, const ConstituencyId& id)
{
    auto archive = boards.archive(tx, id);
    if (!archive) return archive.error();
    return Reply{.content_type = "application/x-tar",
                 .headers = {{"ETag", "\"" + archive->tag + "\""},
                             {"Content-Disposition", "attachment; filename=\"" + id.text() + ".bel\""},
                             {"Cache-Control", "public, no-cache"}}, // beside its head, which is never kept
                 .shared_body = std::move(archive->content)};
}

Result<Reply> show_credentials(service::PublishedBoards& boards, const store::ReadTx& tx, const ConstituencyId& id)
{
    auto credentials = boards.credentials(tx, id);
    if (!credentials) return credentials.error();
    return Reply{.headers = {{"ETag", "\"" + credentials->tag + "\""}, {"Cache-Control", "public, max-age=3600"}},
                 .shared_body = std::move(credentials->content)};
}

void add_ceremony_routes(std::vector<Route>& routes)
{
    routes.push_back(
        {.method = Method::get,
         .pattern = "/api/v1/ballots/{ballot}/ceremony",
         .access = any_of(Role::trustee, Role::scrutineer, Role::general_secretary),
         .handle = read_ballot([](const Call&, const store::ReadTx& tx, const BallotId& id) { return reply(service::ceremony_state(tx, id)); }),
         .summary = "Where the trustees' key ceremony stands",
         .response_schema = wire::schema_json<wire::CeremonyState>()});
    for (const auto& [step, step_name] : enum_names(store::CeremonyStep{}))
        routes.push_back({.method = Method::post,
                          .pattern = "/api/v1/ballots/{ballot}/ceremony/" + std::string(step_name),
                          .access = any_of(Role::trustee),
                          .handle = prepare_ballot([step](const Call& call, const store::ReadTx& tx, const BallotId& id) -> Result<Work> {
                              const auto body = body_as<wire::CeremonyMessage>(call);
                              if (!body) return body.error();
                              auto checked = service::check_ceremony_message(tx, call.context, id, step, body->message);
                              if (!checked) return checked.error();
                              return Work([context = call.context, id, checked = *std::move(checked)](store::WriteTx& write) {
                                  return reply(service::take_ceremony_message(write, context, id, checked));
                              });
                          }),
                          .summary = "A trustee's message of the step " + std::string(step_name),
                          .request_schema = wire::schema_json<wire::CeremonyMessage>(),
                          .response_schema = wire::schema_json<wire::CeremonyState>(),
                          .body_limit = 1U << 20U});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/ballots/{ballot}/ceremony/restart",
                      .access = any_of(Role::trustee),
                      .handle = write_ballot([](const Call& call, store::WriteTx& tx, const BallotId& id) -> Result<Reply> {
                          const auto body = body_as<wire::NewRestart>(call);
                          if (!body) return body.error();
                          return reply(service::restart_ceremony(tx, call.context, id, body->reason));
                      }),
                      .summary = "A trustee starts the ceremony again, with a reason for the others",
                      .request_schema = wire::schema_json<wire::NewRestart>(),
                      .response_schema = wire::schema_json<wire::CeremonyState>()});
}

void add_code_routes(std::vector<Route>& routes, Services& services)
{
    const auto scrutineer = any_of(Role::scrutineer);
    routes.push_back({.method = Method::get,
                      .pattern = "/api/v1/ballots/{ballot}/setup",
                      .access = scrutineer,
                      .handle = read_ballot([&services](const Call&, const store::ReadTx& tx, const BallotId& id) {
                          return reply(service::setup_material(tx, services.rehearsal, id));
                      }),
                      .summary = "What the scrutineer makes the voting codes from",
                      .response_schema = wire::schema_json<wire::SetupMaterial>()});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/ballots/{ballot}/setup",
                      .access = scrutineer,
                      .handle = prepare_ballot([&services](const Call& call, const store::ReadTx& tx, const BallotId& id) -> Result<Work> {
                          auto setup = body_as<wire::Setup>(call);
                          if (!setup) return setup.error();
                          if (const auto checked = service::check_setup(tx, call.context, services.rehearsal, id, *setup); !checked)
                              return checked.error();
                          return Work([context = call.context, id, setup = *std::move(setup)](store::WriteTx& write) {
                              return reply(service::take_setup(write, context, id, setup));
                          });
                      }),
                      .summary = "The public credentials and election records",
                      .request_schema = wire::schema_json<wire::Setup>(),
                      .body_limit = setup_limit});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/ballots/{ballot}/vault-verified",
                      .access = scrutineer,
                      .handle = write_ballot([](const Call& call, store::WriteTx& tx, const BallotId& id) {
                          return reply(service::vault_verified(tx, call.context, id));
                      }),
                      .summary = "The second copy of the voting codes has been read back",
                      .request_schema = wire::schema_json<wire::Nothing>()});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/ballots/{ballot}/sendings",
                      .access = scrutineer,
                      .handle = write_ballot([](const Call& call, store::WriteTx& tx, const BallotId& id) -> Result<Reply> {
                          const auto body = body_as<wire::Sending>(call);
                          if (!body) return body.error();
                          return reply(service::record_sending(tx, call.context, id, body->sent));
                      }),
                      .summary = "How many voting codes have left",
                      .request_schema = wire::schema_json<wire::Sending>()});
}

void add_board_routes(std::vector<Route>& routes, Services& services)
{
    const auto boards = std::make_shared<service::PublishedBoards>();
    routes.push_back({.method = Method::get,
                      .pattern = "/api/v1/ballots/{ballot}/voting",
                      .handle = read_ballot(
                          [&services](const Call&, const store::ReadTx& tx, const BallotId& id) { return reply(voting_material(tx, services, id)); }),
                      .summary = "The voting paper and elections a voter's machine needs",
                      .response_schema = wire::schema_json<wire::VotingMaterial>()});
    routes.push_back(
        {.method = Method::get,
         .pattern = "/api/v1/constituencies/{constituency}/credentials",
         .handle = read_board([boards](const Call&, const store::ReadTx& tx, const ConstituencyId& id) { return show_credentials(*boards, tx, id); }),
         .summary = "The public credentials of a constituency (protocol.md 2.3)"});
    routes.push_back(
        {.method = Method::get,
         .pattern = "/api/v1/constituencies/{constituency}/archive",
         .handle = read_board([boards](const Call&, const store::ReadTx& tx, const ConstituencyId& id) { return show_archive(*boards, tx, id); }),
         .summary = "The published archive; its ETag is the hash of the last event that the newest head covers"});
    routes.push_back(
        {.method = Method::get,
         .pattern = "/api/v1/constituencies/{constituency}/head",
         .handle = read_board([&services](const Call&, const store::ReadTx& tx, const ConstituencyId& id) { return show_head(services, tx, id); }),
         .summary = "The newest signed head of the board",
         .response_schema = wire::schema_json<wire::BoardHead>()});
}

void add_casting_route(std::vector<Route>& routes, Services& services, service::CastingChecks checks)
{
    const auto casting = std::make_shared<service::Casting>(std::move(checks));
    const auto cast = [&services, casting](const Call& call, const store::ReadTx& tx, const ConstituencyId& id) -> Result<Work> {
        auto body = body_as<wire::Vote>(call);
        if (!body) return body.error();
        auto checked = service::check_vote(tx, call.context, *casting, id,
                                           {std::move(body->ballot), std::move(body->member_number), http::network_of(call.request.peer)});
        if (!checked) return checked.error();
        return Work([&services, context = call.context, vote = *std::move(checked)](store::WriteTx& write) {
            return reply(service::record_vote(write, context, vote, services.board_key));
        });
    };
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/constituencies/{constituency}/votes",
                      .handle = Prepare{with_id<ConstituencyId, const store::ReadTx>("constituency", cast)},
                      .summary = "Cast an encrypted ballot; the reply is a signed receipt",
                      .request_schema = wire::schema_json<wire::Vote>(),
                      .response_schema = wire::schema_json<wire::VoteReceipt>(),
                      .body_limit = ballot_limit,
                      .traceless = true});
}

void add_count_routes(std::vector<Route>& routes, Services& services)
{
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/ballots/{ballot}/count",
                      .access = any_of(Role::scrutineer),
                      .handle = prepare_ballot([&services](const Call& call, const store::ReadTx& tx, const BallotId& id) -> Result<Work> {
                          auto tallies = service::tally_boards(tx, call.context, id);
                          if (!tallies) return tallies.error();
                          return Work([&services, context = call.context, id, tallies = *std::move(tallies)](store::WriteTx& write) {
                              return reply(service::start_count(write, context, id, tallies, services.board_key));
                          });
                      }),
                      .summary = "Publish the encrypted tallies for the trustees",
                      .request_schema = wire::schema_json<wire::Nothing>(),
                      .response_schema = wire::schema_json<wire::CountStarted>()});
    routes.push_back(
        {.method = Method::get,
         .pattern = "/api/v1/ballots/{ballot}/decryptions",
         .access = any_of(Role::trustee, Role::scrutineer, Role::general_secretary),
         .handle = read_ballot([](const Call&, const store::ReadTx& tx, const BallotId& id) { return reply(service::count_state(tx, id)); }),
         .summary = "Who has decrypted, and the signatures that justify the count",
         .response_schema = wire::schema_json<wire::CountState>()});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/ballots/{ballot}/decryptions",
                      .access = any_of(Role::trustee),
                      .handle = prepare_ballot([](const Call& call, const store::ReadTx& tx, const BallotId& id) -> Result<Work> {
                          auto body = body_as<wire::Decryptions>(call);
                          if (!body) return body.error();
                          auto checked = service::check_decryptions(tx, call.context, id, *std::move(body));
                          if (!checked) return checked.error();
                          return Work([context = call.context, id, checked = *std::move(checked)](store::WriteTx& write) {
                              return reply(service::take_decryptions(write, context, id, checked));
                          });
                      }),
                      .summary = "A trustee's partial decryptions",
                      .request_schema = wire::schema_json<wire::Decryptions>(),
                      .response_schema = wire::schema_json<wire::CountState>(),
                      .body_limit = 16U << 20U});
}

} // namespace

void add_vote_routes(std::vector<Route>& routes, Services& services, service::CastingChecks checks)
{
    add_ceremony_routes(routes);
    add_code_routes(routes, services);
    add_board_routes(routes, services);
    add_casting_route(routes, services, std::move(checks));
    add_count_routes(routes, services);
}

} // namespace walkout::api
