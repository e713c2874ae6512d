#include "server/api/dispatcher.hpp"

#include "server/api/idempotency.hpp"
#include "server/api/problem.hpp"
#include "server/api/reply.hpp"
#include "server/store/readers.hpp"
#include "server/store/writer.hpp"
#include "shared/base/encoding.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace walkout::api {
namespace {

using std::chrono::steady_clock;

std::vector<http::Router::Pattern> patterns(const std::vector<Route>& routes)
{
    std::vector<http::Router::Pattern> out;
    for (const auto& route : routes) out.push_back({route.method, route.pattern});
    return out;
}

Refusal too_busy()
{
    return {.kind = Kind::unavailable, .code = "too_busy", .detail = "The server has too much to do at the moment.", .next = "Try again shortly."};
}

struct FaultReply {
    Refusal refusal;
    std::optional<int> status{};
};

FaultReply reply_to(http::Fault fault)
{
    using http::Fault;
    switch (fault) {
    case Fault::malformed: return {{.kind = Kind::malformed, .code = "malformed_request", .detail = "This is not an acceptable HTTP request."}};
    case Fault::unknown_method: return {{.kind = Kind::malformed, .code = "unknown_method", .detail = "This HTTP method is not known here."}, 501};
    case Fault::length_required:
        return {{.kind = Kind::malformed,
                 .code = "length_required",
                 .detail = "A request's body must come with its length, not in chunks.",
                 .next = "Send it with a Content-Length."},
                411};
    case Fault::headers_too_large:
        return {{.kind = Kind::too_large, .code = "headers_too_large", .detail = "The request's headers are too large."}, 431};
    case Fault::body_too_large:
        return {{.kind = Kind::too_large, .code = "body_too_large", .detail = "The request's body is too large for this address."}};
    case Fault::too_busy: return {too_busy()};
    }
    throw std::logic_error("a fault outside the enumeration");
}

bool holds_any(const ballot::Caller& caller, const std::vector<ballot::Role>& roles)
{
    return roles.empty() || std::ranges::any_of(roles, [&](auto role) { return caller.holds(role); });
}

const std::string* header(const Reply& reply, std::string_view name)
{
    const auto found = std::ranges::find(reply.headers, name, &http::Header::name);
    return found == reply.headers.end() ? nullptr : &found->value;
}

/// RFC 9110 section 13.1.2, for the one tag our own clients send.
void omit_body_if_known(const http::Request& request, Reply& reply)
{
    const auto* tag = header(reply, "ETag");
    if (tag == nullptr || request.if_none_match != *tag || reply.status != 200) return;
    reply.status = 304;
    reply.content_type.clear();
    reply.body.clear();
    reply.shared_body.reset();
}

template <class... Cases> struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases> Overloaded(Cases...) -> Overloaded<Cases...>;

} // namespace

/// One request on its way. Moves between threads, but is used by one at a time.
struct Dispatcher::Exchange {
    const Route* route;
    Call call;
    http::Respond respond;
    steady_clock::time_point began = steady_clock::now();
    std::optional<Result<Reply>> result{}; ///< of the job on the writer thread, until its group is on disk
};

Dispatcher::Dispatcher(std::vector<Route> routes, Services& services, Pool& pool, Settings settings)
    : routes_(std::move(routes)), router_(patterns(routes_)), services_(services), pool_(pool), settings_(std::move(settings))
{
    if (settings_.per_address) limiter_.emplace(*settings_.per_address);
}

std::uint64_t Dispatcher::body_limit(http::Method method, std::string_view path) const
{
    const auto match = router_.find(method, path);
    return match.pattern ? routes_[*match.pattern].body_limit : http::default_body_limit;
}

http::Response Dispatcher::refuse(http::Fault fault)
{
    const auto id = new_id();
    const auto [refusal, status] = reply_to(fault);
    auto reply = problem(refusal, id, {.status = status});
    wire::LogLine line{.at = services_.clocks.machine_now(), .event = "request"};
    line.request = id;
    line.status = reply.status;
    line.code = refusal.code;
    settings_.log(line);
    return reply;
}

void Dispatcher::answer(http::Request request, http::Respond respond)
{
    request.id = new_id();
    auto match = router_.find(request.method, request.path);
    const auto machine_now = services_.clocks.machine_now();
    const service::Context context{.ballot_now = machine_now + services_.clocks.offset(), .machine_now = machine_now, .random = services_.random};
    const auto exchange = std::make_shared<Exchange>(Exchange{.route = match.pattern ? &routes_[*match.pattern] : nullptr,
                                                              .call = {std::move(request), std::move(match.args), context},
                                                              .respond = std::move(respond)});
    if (turn_away(*exchange)) return;
    if (exchange->route == nullptr) return send_no_route(*exchange, match.allowed);
    if (!pool_.run([this, exchange] { serve(exchange); })) finish(*exchange, too_busy());
}

bool Dispatcher::turn_away(Exchange& exchange)
{
    if (!limiter_) return false;
    const auto& [request, args, context] = exchange.call;
    const auto wait = limiter_->take(http::network_of(request.peer), context.machine_now);
    if (!wait) return false;
    const Refusal refusal{.kind = Kind::too_many,
                          .code = "too_many_requests",
                          .detail = "Too many requests came from your address.",
                          .next = "Wait " + std::to_string(wait->count()) + (wait->count() == 1 ? " second" : " seconds") + " and try again."};
    send(exchange, problem(refusal, request.id, {.retry_after = wait}), refusal.code, {});
    return true;
}

void Dispatcher::send_no_route(Exchange& exchange, const std::vector<http::Method>& allowed)
{
    if (allowed.empty())
        return finish(exchange, Refusal{.kind = Kind::not_found, .code = "not_found", .detail = "There is nothing at this address."});
    std::string methods;
    for (const auto method : allowed) methods += (methods.empty() ? "" : ", ") + std::string(name(method));
    const auto& request = exchange.call.request;
    const Refusal refusal{
        .kind = Kind::malformed, .code = "method_not_allowed", .detail = "This address does not take " + std::string(name(request.method)) + "."};
    send(exchange, with(problem(refusal, request.id, {.status = 405}), "Allow", methods), refusal.code, {});
}

void Dispatcher::serve(const Shared& exchange) noexcept
try {
    auto step = services_.readers.read([&](const store::ReadTx& tx) { return decide(*exchange, tx); });
    if (!step) return finish(*exchange, step.error());
    std::visit(Overloaded{[&](Reply& reply) { finish(*exchange, std::move(reply)); }, [&](Work& work) { submit(exchange, std::move(work)); }}, *step);
} catch (...) {
    fail(*exchange, std::current_exception());
}

Result<Dispatcher::Step> Dispatcher::decide(Exchange& exchange, const store::ReadTx& tx)
{
    const auto& call = exchange.call;
    if (const auto admitted = admit(exchange, tx); !admitted) return admitted.error();
    if (idempotent(*exchange.route, call)) {
        auto again = replay(call, tx);
        if (!again) return again.error();
        if (*again) return Step(**std::move(again));
    }
    const auto as_step = [](auto result) -> Result<Step> {
        if (!result) return result.error();
        return Step(*std::move(result));
    };
    return std::visit(Overloaded{[&](const Read& handler) { return as_step(handler.run(call, tx)); },
                                 [&](const Write& handler) -> Result<Step> {
                                     return Step(Work([&handler, &call](store::WriteTx& write) { return handler.run(call, write); }));
                                 },
                                 [&](const Prepare& handler) { return as_step(handler.run(call, tx)); }},
                      exchange.route->handle);
}

Result<void> Dispatcher::admit(Exchange& exchange, const store::ReadTx& tx)
{
    const auto& [needs_session, roles] = exchange.route->access;
    auto& [request, args, context] = exchange.call;
    if (request.bearer)
        if (auto caller = settings_.authenticate(tx, request.bearer->reveal(), context.machine_now)) {
            context.caller = *std::move(caller);
            // What must leave no trace is a voter's use; a scrutineer who scans papers for an hour is at work and stays signed in.
            const bool at_work = roles.size() == 1 && roles.front() == ballot::Role::scrutineer && context.caller.holds(ballot::Role::scrutineer);
            if (settings_.session_used && (at_work || !exchange.route->traceless))
                settings_.session_used(tx, request.bearer->reveal(), context.machine_now);
        }
    if (needs_session && context.caller.number.empty())
        return Refusal{.kind = Kind::sign_in_needed,
                       .code = request.bearer ? "session_ended" : "sign_in_needed",
                       .detail = request.bearer ? "Your session has ended." : "You need to sign in for this.",
                       .next = "Run `walkout login`."};
    if (!holds_any(context.caller, roles))
        return Refusal{
            .kind = Kind::not_allowed, .code = "not_allowed", .detail = "Your role does not allow this.", .next = "Ask an official who may."};
    if (exchange.route->if_match && request.if_match.empty())
        return Refusal{.kind = Kind::precondition_required,
                       .code = "if_match_needed",
                       .detail = "Say in If-Match which version you are changing.",
                       .next = "Read it first, and send its ETag back."};
    return {};
}

/// Both lambdas run on the writer thread. A key is looked up again there: its twin may have been in flight beside this one.
void Dispatcher::submit(const Shared& exchange, Work work)
{
    const auto job = [exchange, work = std::move(work)](store::WriteTx& tx) {
        const auto& call = exchange->call;
        const auto run = [&]() -> Result<Reply> {
            if (!idempotent(*exchange->route, call)) return work(tx);
            auto again = replay(call, tx);
            if (!again) return again.error();
            if (*again) return **std::move(again);
            auto reply = work(tx);
            if (reply) remember(*exchange->route, call, *reply, tx);
            return reply;
        };
        return exchange->result.emplace(run()).has_value();
    };
    const auto done = [this, exchange](store::Outcome outcome, std::exception_ptr why) {
        if (outcome == store::Outcome::failed) fail(*exchange, why);
        else finish(*exchange, *exchange->result);
    };
    services_.writer.submit(job, done);
}

void Dispatcher::finish(Exchange& exchange, const Result<Reply>& result)
{
    if (!result) return send(exchange, problem(result.error(), exchange.call.request.id), result.error().code, {});
    auto reply = *result;
    omit_body_if_known(exchange.call.request, reply);
    send(exchange, std::move(reply), {}, {});
}

void Dispatcher::fail(Exchange& exchange, std::exception_ptr why) noexcept
try {
    std::rethrow_exception(why);
} catch (const store::Failure& failure) {
    if (!failure.disk_full()) return send(exchange, server_error(exchange.call.request.id), "server_error", failure.what());
    const Refusal full{.kind = Kind::unavailable,
                       .code = "storage_full",
                       .detail = "The server has no room to record this; nothing was recorded.",
                       .next = "Tell the operator, and try again later."};
    send(exchange, problem(full, exchange.call.request.id), full.code, failure.what());
} catch (const std::exception& failure) {
    send(exchange, server_error(exchange.call.request.id), "server_error", failure.what());
} catch (...) {
    send(exchange, server_error(exchange.call.request.id), "server_error", "an exception of unknown type");
}

void Dispatcher::send(Exchange& exchange, Reply reply, std::string code, std::string detail)
{
    const auto& request = exchange.call.request;
    if (services_.rehearsal) reply.headers.push_back({"Walkout-Rehearsal", "practice only"});
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - exchange.began);
    const auto unless_empty = [](std::string text) { return text.empty() ? std::nullopt : std::optional(std::move(text)); };
    if (exchange.route == nullptr || !exchange.route->traceless || reply.status >= 500)
        settings_.log({.at = exchange.call.context.machine_now,
                       .event = reply.status >= 500 ? "failure" : "request",
                       .request = request.id,
                       .method = std::string(name(request.method)),
                       .route = exchange.route == nullptr ? std::nullopt : std::optional(exchange.route->pattern),
                       .status = reply.status,
                       .ms = took.count(),
                       .code = unless_empty(std::move(code)),
                       .detail = unless_empty(std::move(detail))});
    exchange.respond(std::move(reply));
}

std::string Dispatcher::new_id()
{
    std::array<std::uint8_t, 8> raw{};
    services_.random.fill(raw);
    return hex(raw);
}

} // namespace walkout::api
