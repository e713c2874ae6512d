#include "server/api/route.hpp"

#include "server/api/reply.hpp"
#include "server/store/sqlite.hpp"
#include "shared/wire/openapi.hpp"
#include "shared/wire/server.hpp"

#include <algorithm>
#include <stdexcept>

namespace walkout::api {
namespace {

std::string words(const Access& access)
{
    if (!access.signed_in) return "anyone";
    std::string out = "signed in";
    for (const auto& role : access.any_of) out += (out == "signed in" ? " as " : " or ") + std::string(name(role));
    return out;
}

wire::Operation operation(const Route& route)
{
    std::string method(name(route.method));
    std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    return {.method = method,
            .path = route.pattern,
            .summary = route.summary,
            .access = words(route.access),
            .request_schema = route.request_schema,
            .response_schema = route.response_schema,
            .if_match = route.if_match};
}

const wire::Health healthy{.status = "ok", .version = WALKOUT_VERSION};

} // namespace

const std::string& Call::arg(std::string_view placeholder) const
{
    const auto found = args.find(placeholder);
    if (found == args.end()) throw std::logic_error("this route has no {" + std::string(placeholder) + "}");
    return found->second;
}

std::string Call::query(const std::string& name, std::string otherwise) const
{
    const auto found = request.query.find(name);
    return found == request.query.end() ? otherwise : found->second;
}

void add_base_routes(std::vector<Route>& routes, Services& services)
{
    const auto health = wire::schema_json<wire::Health>();
    routes.push_back({.pattern = "/healthz",
                      .handle = Read{[](const Call&, const store::ReadTx&) -> Result<Reply> { return reply_json(200, healthy); }},
                      .summary = "The process runs and can read its database",
                      .response_schema = health});
    // As a Write it is answered by the writer thread after a COMMIT: a stuck writer or disk makes it wait or fail.
    routes.push_back({.pattern = "/readyz",
                      .handle = Write{[](const Call&, store::WriteTx&) -> Result<Reply> { return reply_json(200, healthy); }},
                      .summary = "The server can record",
                      .response_schema = health});
    routes.push_back({.pattern = "/api/v1/clock",
                      .handle = Read{[&services](const Call& call, const store::ReadTx&) -> Result<Reply> {
                          return reply_json(200, wire::ClockReading{call.context.ballot_now, call.context.machine_now, services.rehearsal});
                      }},
                      .summary = "The server's two clocks, and whether it is a rehearsal",
                      .response_schema = wire::schema_json<wire::ClockReading>()});
}

void add_openapi_route(std::vector<Route>& routes)
{
    const Route self{.pattern = "/api/v1/openapi.json", .summary = "This document", .response_schema = R"({"type":"object"})"};
    std::vector<wire::Operation> operations;
    for (const auto& route : routes) operations.push_back(operation(route));
    operations.push_back(operation(self));
    const auto document = wire::openapi_document(WALKOUT_VERSION, operations);
    auto route = self;
    route.handle = Read{[document, tag = etag_of(document)](const Call&, const store::ReadTx&) -> Result<Reply> {
        return with(with(Reply{.body = document}, "ETag", tag), "Cache-Control", "public, max-age=300");
    }};
    routes.push_back(std::move(route));
}

} // namespace walkout::api
