#include "server/api/problem.hpp"

#include "server/api/reply.hpp"
#include "shared/wire/problem.hpp"

#include <stdexcept>

namespace walkout::api {
namespace {

struct Rendering {
    int status;
    const char* title;
};

// No default: a new Kind does not compile until someone decides its status.
Rendering rendering(Kind kind)
{
    switch (kind) {
    case Kind::malformed: return {400, "The request is not in the documented form"};
    case Kind::sign_in_needed: return {401, "Sign in first"};
    case Kind::not_allowed: return {403, "Not for you to do"};
    case Kind::not_entitled: return {403, "Not entitled"};
    case Kind::not_found: return {404, "Not found"};
    case Kind::not_open: return {409, "Not open"};
    case Kind::conflict: return {409, "In conflict with what is already there"};
    case Kind::changed_by_other: return {412, "Changed by someone else"};
    case Kind::precondition_required: return {428, "Say which version you are changing"};
    case Kind::too_large: return {413, "Too large"};
    case Kind::invalid: return {422, "Not acceptable"};
    case Kind::unlawful: return {422, "Not lawful"};
    case Kind::too_many: return {429, "Too many requests"};
    case Kind::unavailable: return {503, "Not available at the moment"};
    }
    throw std::logic_error("a kind of refusal outside the enumeration");
}

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

Reply rendered(const wire::Problem& problem)
{
    auto reply = reply_json(static_cast<int>(problem.status), problem);
    reply.content_type = "application/problem+json";
    return reply;
}

} // namespace

int status_of(Kind kind) { return rendering(kind).status; }

Reply problem(const Refusal& refusal, const std::string& request_id, const Precisely& precisely)
{
    const auto [usual_status, title] = rendering(refusal.kind);
    const int status = precisely.status.value_or(usual_status);
    auto reply = rendered({.type = "/problems/" + refusal.code,
                           .title = title,
                           .status = status,
                           .detail = refusal.detail,
                           .instance = request_id,
                           .kind = refusal.kind,
                           .next = unless_empty(refusal.next),
                           .rule = unless_empty(refusal.rule),
                           .source = unless_empty(refusal.source),
                           .earliest_lawful = unless_empty(refusal.earliest_lawful)});
    if (status == 401) return with(std::move(reply), "WWW-Authenticate", "Bearer");
    if (status != 429 && status != 503) return reply;
    const auto wait = precisely.retry_after.value_or(std::chrono::seconds(status == 429 ? 30 : 5));
    return with(std::move(reply), "Retry-After", std::to_string(wait.count()));
}

Reply server_error(const std::string& request_id)
{
    return rendered({.type = "/problems/server_error",
                     .title = "The server failed",
                     .status = 500,
                     .detail = "Something broke on the server; nothing was recorded.",
                     .instance = request_id,
                     .kind = std::nullopt,
                     .next = "Try again; if it stays broken, give the operator the request id " + request_id + ".",
                     .rule = {},
                     .source = {},
                     .earliest_lawful = {}});
}

} // namespace walkout::api
