#include "server/api/people_routes.hpp"

#include "server/api/problem.hpp"
#include "server/api/reply.hpp"
#include "server/http/rate_limit.hpp"
#include "server/service/import_register.hpp"
#include "server/service/sign_in.hpp"
#include "server/store/register_store.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/wire/people_messages.hpp"

namespace walkout::api {
namespace {

using ballot::RegisterKind;
using http::Method;

/// About 250,000 members; a larger register comes in several files.
constexpr std::uint64_t register_limit = 32 * 1024 * 1024;

/// For one number from one network, known or not: five codes at once, then one every three minutes. From elsewhere the same number is not affected,
/// or whoever knows it could lock its owner out.
constexpr http::RateLimiter::Rate codes_asked{.per_second = 1.0 / 180, .burst = 5};

Result<Reply> sign_in(const Call& call, store::WriteTx& tx, http::RateLimiter& asking)
{
    const auto body = body_as<wire::SignIn>(call);
    if (!body) return body.error();
    if (asking.take(http::neighbourhood_of(call.request.peer) + " " + hex(sha256(body->number)), call.context.machine_now))
        return Refusal{Kind::too_many, "too_many_codes", "Too many sign-in codes were asked for with this number from your network.",
                       "Use the newest one, or wait three minutes."};
    const auto asked = service::request_sign_in(tx, call.context, body->number);
    if (!asked) return asked.error();
    return reply_json(202, wire::SignInChallenge{asked->challenge, asked->expires});
}

/// A refusal is a reply like any other here, because its transaction must be kept: it counts the try.
Result<Reply> verify(const Call& call, store::WriteTx& tx)
{
    const auto body = body_as<wire::VerifySignIn>(call);
    if (!body) return body.error();
    const auto signed_in = service::verify_sign_in(tx, call.context, body->challenge, body->code, body->totp);
    if (!signed_in) return problem(signed_in.error(), call.request.id);
    const auto& caller = signed_in->caller;
    return reply_json(200, wire::SignedIn{.token = std::string(signed_in->token.reveal()),
                                          .expires = signed_in->expires,
                                          .number = caller.number,
                                          .name = caller.name,
                                          .offices = caller.offices});
}

Result<Reply> sign_out(const Call& call, store::WriteTx& tx)
{
    service::sign_out(tx, call.request.bearer->reveal());
    return no_content();
}

std::optional<std::string> unless_empty(std::string text) { return text.empty() ? std::nullopt : std::optional(std::move(text)); }

wire::RegisterRecord record_of(const store::ReadTx& tx, const store::Member& member)
{
    const auto place = store::find_workplace(tx, member.employer, member.workplace);
    return {.email = unless_empty(member.email),
            .phone = unless_empty(member.phone),
            .branch = member.branch,
            .employer = unless_empty(member.employer),
            .workplace = unless_empty(member.workplace),
            .workplace_address = place ? unless_empty(place->address) : std::nullopt,
            .category = unless_empty(member.category),
            .joined = member.joined};
}

Result<Reply> me(const Call& call, const store::ReadTx& tx)
{
    const auto& caller = call.context.caller;
    wire::Me message{.number = caller.number, .name = caller.name, .member = {}, .offices = caller.offices};
    if (const auto member = store::find_member(tx, caller.number); member && member->active) message.member = record_of(tx, *member);
    return reply_json(200, message);
}

Result<Work> import(RegisterKind kind, const Call& call, const store::ReadTx& tx)
{
    auto body = body_as<wire::ImportRegister>(call);
    if (!body) return body.error();
    auto prepared = service::prepare_import(tx, {.kind = kind,
                                                 .csv = std::move(body->csv),
                                                 .mapping = std::move(body->mapping),
                                                 .dry_run = body->dry_run,
                                                 .whole_register = body->whole_register});
    if (!prepared) return prepared.error();
    return Work([context = call.context, import = *std::move(prepared)](store::WriteTx& write) -> Result<Reply> {
        const auto report = service::apply_import(write, context, import);
        if (!report) return report.error();
        return reply_json(200, *report);
    });
}

} // namespace

void add_people_routes(std::vector<Route>& routes, Services&)
{
    const auto asking = std::make_shared<http::RateLimiter>(codes_asked);
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/sign-in",
                      .handle = Write{[asking](const Call& call, store::WriteTx& tx) { return sign_in(call, tx, *asking); }},
                      .summary = "Ask for a one-time code. The answer is the same whether or not the number is known.",
                      .request_schema = wire::schema_json<wire::SignIn>(),
                      .response_schema = wire::schema_json<wire::SignInChallenge>()});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/sign-in/verify",
                      .handle = Write{verify},
                      .summary = "Exchange the code (officials: and an authenticator's) for a session.",
                      .request_schema = wire::schema_json<wire::VerifySignIn>(),
                      .response_schema = wire::schema_json<wire::SignedIn>(),
                      .traceless = true}); // its reply is a token: it must not rest in an idempotency record
    routes.push_back({.method = Method::del, .pattern = "/api/v1/session", .access = signed_in, .handle = Write{sign_out}, .summary = "Sign out."});
    routes.push_back({.pattern = "/api/v1/me",
                      .access = signed_in,
                      .handle = Read{me},
                      .summary = "What the register has of you, and your offices.",
                      .response_schema = wire::schema_json<wire::Me>()});
    for (const auto& [kind, kind_name] : enum_names(RegisterKind{}))
        routes.push_back({.method = Method::post,
                          .pattern = "/api/v1/register/" + std::string(kind_name),
                          .access = any_of(ballot::Role::general_secretary, ballot::Role::official),
                          .handle = Prepare{[kind = kind](const Call& call, const store::ReadTx& tx) { return import(kind, call, tx); }},
                          .summary = "Import a CSV file of " + std::string(kind_name) + " as a difference; or say what it would change.",
                          .request_schema = wire::schema_json<wire::ImportRegister>(),
                          .response_schema = wire::schema_json<ballot::ImportReport>(),
                          .body_limit = register_limit});
}

} // namespace walkout::api
