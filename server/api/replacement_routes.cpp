#include "server/api/replacement_routes.hpp"

#include "server/api/plain_words.hpp"
#include "server/api/reply.hpp"
#include "server/service/ballots.hpp"
#include "server/service/code_reports.hpp"
#include "server/service/credential_register.hpp"
#include "server/service/replace_codes.hpp"
#include "shared/wire/replacement_messages.hpp"
#include "shared/wire/vote_messages.hpp"

namespace walkout::api {
namespace {

using ballot::Role;
using http::Method;

const std::string ballot_path = "/api/v1/ballots/{ballot}";

template <class T> Result<Reply> reply(const Result<T>& message)
{
    if (!message) return message.error();
    return reply_json(200, *message);
}
Result<Reply> reply(const Result<void>& done)
{
    if (!done) return done.error();
    return reply_json(200, wire::Nothing{});
}

/// A change that its body describes: change(tx, call, ballot, body).
template <class Body, class Change> Write changes(Change change)
{
    return {[change](const Call& call, store::WriteTx& tx) -> Result<Reply> {
        const auto id = call.id<BallotId>("ballot");
        const auto body = worded_body_as<Body>(call);
        if (!id) return id.error();
        if (!body) return body.error();
        return change(tx, call, *id, *body);
    }};
}

Result<Reply> propose(store::WriteTx& tx, const Call& call, const BallotId& id, const wire::ProposedChanges& body)
{
    const auto batch = service::propose_replacements(tx, call.context, id, body.changes);
    if (!batch) return batch.error();
    return reply_json(200, service::batch_view(tx, service::require_ballot(tx, id).value(), *batch));
}

Result<Reply> show_changes(const Call& call, const store::ReadTx& tx, bool rehearsal)
{
    const auto id = call.id<BallotId>("ballot");
    if (!id) return id.error();
    return reply(service::code_changes(tx, rehearsal, *id));
}

Result<Reply> show_register(const Call& call, const store::ReadTx& tx)
{
    const auto id = call.id<ConstituencyId>("constituency");
    if (!id) return id.error();
    auto json = service::published_register(tx, *id);
    if (!json) return json.error();
    return Reply{.body = *std::move(json), .headers = {{"Cache-Control", "public, no-cache"}}}; // heads are added until the declaration
}

Result<Reply> take_statement(store::WriteTx& tx, const Call& call, const BallotId& id, const wire::VaultDestroyed& body)
{
    if (body.ballot != id) return Refusal{Kind::invalid, "wrong_ballot", "The statement is about another ballot.", "Send it to the ballot it names."};
    return reply(service::record_vault_destroyed(tx, call.context, body));
}

} // namespace

void add_replacement_routes(std::vector<Route>& routes, Services& services)
{
    const auto scrutineer = any_of(Role::scrutineer);
    routes.push_back({.method = Method::get,
                      .pattern = ballot_path + "/replacements",
                      .access = scrutineer,
                      .handle = Read{[&services](const Call& call, const store::ReadTx& tx) { return show_changes(call, tx, services.rehearsal); }},
                      .summary = "Changes of voting codes, proposed and made, and the spares that are left",
                      .response_schema = wire::schema_json<wire::CodeChanges>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/replacements",
                      .access = scrutineer,
                      .handle = changes<wire::ProposedChanges>(propose),
                      .summary = "Propose a batch of replacements; two signatures of the step replace make it",
                      .request_schema = wire::schema_json<wire::ProposedChanges>(),
                      .response_schema = wire::schema_json<wire::ChangeBatch>(),
                      .private_reply = true});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/resendings",
                      .access = scrutineer,
                      .handle = changes<wire::CodeOf>([](store::WriteTx& tx, const Call& call, const BallotId& id, const wire::CodeOf& body) {
                          return reply(service::record_resending(tx, call.context, id, body.number));
                      }),
                      .summary = "One member's voting code has been sent, again or after a change",
                      .request_schema = wire::schema_json<wire::CodeOf>(),
                      .response_schema = wire::schema_json<wire::Nothing>()});
    routes.push_back({.method = Method::get,
                      .pattern = "/api/v1/constituencies/{constituency}/register",
                      .handle = Read{show_register},
                      .summary = "register.json: which credentials were live and when that changed; once the ballot has closed"});
    routes.push_back({.method = Method::get,
                      .pattern = ballot_path + "/vault-destroyed",
                      .handle = Read{[](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
                          const auto id = call.id<BallotId>("ballot");
                          if (!id) return id.error();
                          return reply(service::vault_destroyed(tx, *id));
                      }},
                      .summary = "The scrutineer's signed statement that the voting codes are destroyed",
                      .response_schema = wire::schema_json<wire::VaultDestroyed>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/vault-destroyed",
                      .access = scrutineer,
                      .handle = changes<wire::VaultDestroyed>(take_statement),
                      .summary = "State that the voting codes are destroyed, after the declaration",
                      .request_schema = wire::schema_json<wire::VaultDestroyed>(),
                      .response_schema = wire::schema_json<wire::Nothing>()});
}

} // namespace walkout::api
