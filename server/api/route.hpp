#pragma once

#include "server/api/services.hpp"
#include "server/http/message.hpp"
#include "server/http/router.hpp"
#include "server/http/server.hpp"
#include "server/service/context.hpp"
#include "shared/base/result.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace walkout::store {
class ReadTx;
class WriteTx;
} // namespace walkout::store

namespace walkout::api {

/// What a handler is told.
struct Call {
    http::Request request;
    http::PathArgs args;      ///< {placeholders} of the pattern, percent-decoded
    service::Context context; ///< both clocks as read when the request had arrived, and who is signed in

    /// Throws logic_error if the pattern has no such placeholder.
    const std::string& arg(std::string_view placeholder) const;
    /// A placeholder as an Id<...>; text that cannot be one is refused as not found.
    template <class I> Result<I> id(std::string_view placeholder) const;
    /// One query parameter, or what to take where it is absent.
    std::string query(const std::string& name, std::string otherwise = {}) const;
};

using Reply = http::Response;

/// Shows something. Runs on the CPU pool with a read-only connection, one consistent snapshot per request.
struct Read {
    std::function<Result<Reply>(const Call&, const store::ReadTx&)> run;
};

/// Changes something. Runs on the writer thread in a savepoint that is kept only if a value is returned, and answered only after COMMIT.
/// To keep changes and yet refuse (a failed try that counts), return problem(refusal, call.request.id) of problem.hpp as the reply.
/// Must be quick: every other writer waits.
struct Write {
    std::function<Result<Reply>(const Call&, store::WriteTx&)> run;
};

/// Changes something after expensive checks. The checks run like a Read; what they return then runs like a Write, and must check again
/// whatever can have changed in between.
using Work = std::function<Result<Reply>(store::WriteTx&)>;
struct Prepare {
    std::function<Result<Work>(const Call&, const store::ReadTx&)> run;
};

/// Who may call a route. Scope (which branch, which ballot) is the handler's to check.
struct Access {
    bool signed_in = false;
    std::vector<ballot::Role> any_of{}; ///< holds at least one of these; empty: any signed-in caller
};
inline const Access anyone{};
inline const Access signed_in{.signed_in = true};
template <class... Roles> Access any_of(Roles... roles) { return {.signed_in = true, .any_of = {roles...}}; }

struct Route {
    http::Method method = http::Method::get; ///< GET routes answer HEAD too
    std::string pattern{};                   ///< "/api/v1/ballots/{ballot}"; literal segments win over placeholders
    Access access{};
    std::variant<Read, Write, Prepare> handle{};
    std::string summary{};         ///< for the OpenAPI document, as are:
    std::string request_schema{};  ///< wire::schema_json<T>(), or empty where there is no JSON body
    std::string response_schema{}; ///< wire::schema_json<T>(), or empty where the reply is not JSON
    std::uint64_t body_limit = http::default_body_limit;
    bool if_match = false; ///< the route edits what two people edit: 428 without If-Match
    /// Casting: no log line (but for the server's own failures) and no idempotency record, so that nothing ties a caller to a vote.
    bool traceless = false;
    /// Its reply names people: only that the request was carried out is remembered under its Idempotency-Key, not what was replied.
    bool private_reply = false;
};

// Each area contributes its routes:   void add_<area>_routes(std::vector<Route>& routes, Services& services);
void add_base_routes(std::vector<Route>& routes, Services& services); ///< /healthz, /readyz, GET /api/v1/clock
void add_openapi_route(std::vector<Route>& routes);                   ///< GET /api/v1/openapi.json, made from all routes added before

template <class I> Result<I> Call::id(std::string_view placeholder) const
{
    if (auto parsed = I::parse(arg(placeholder))) return *std::move(parsed);
    return Refusal{.kind = Kind::not_found, .code = "not_found", .detail = "There is nothing at this address."};
}

} // namespace walkout::api
