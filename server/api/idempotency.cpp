#include "server/api/idempotency.hpp"

#include "server/store/idempotency_store.hpp"
#include "shared/crypto/hash.hpp"

#include <algorithm>

namespace walkout::api {
namespace {

constexpr int reply_not_kept = 0; ///< instead of a status

/// Method and path are free of line ends, so no two different requests make the same text.
Digest hash_of(const http::Request& request) { return sha256(std::string(name(request.method)) + " " + request.path + "\n" + request.body); }

std::string lines_of(const std::vector<http::Header>& headers)
{
    std::string out;
    for (const auto& [name, value] : headers) out += name + ": " + value + "\n";
    return out;
}

std::vector<http::Header> headers_of(std::string_view lines)
{
    std::vector<http::Header> out;
    while (!lines.empty()) {
        const auto colon = lines.find(": ");
        const auto end = lines.find('\n');
        out.push_back({std::string(lines.substr(0, colon)), std::string(lines.substr(colon + 2, end - colon - 2))});
        lines.remove_prefix(end + 1);
    }
    return out;
}

bool acceptable(std::string_view key)
{
    return key.size() <= 255 && std::ranges::all_of(key, [](char c) { return c > ' ' && c < 127; });
}

} // namespace

bool idempotent(const Route& route, const Call& call)
{
    return route.method == http::Method::post && !route.traceless && !call.context.caller.number.empty() && !call.request.idempotency_key.empty();
}

Result<std::optional<Reply>> replay(const Call& call, const store::ReadTx& tx)
{
    const auto& key = call.request.idempotency_key;
    if (!acceptable(key))
        return Refusal{.kind = Kind::malformed,
                       .code = "bad_idempotency_key",
                       .detail = "An Idempotency-Key is at most 255 printable characters without spaces."};
    const auto answered = store::find_answered_post(tx, call.context.caller.number, key, call.context.machine_now);
    if (!answered) return std::optional<Reply>();
    if (answered->request_hash != hash_of(call.request))
        return Refusal{.kind = Kind::invalid,
                       .code = "idempotency_key_reused",
                       .detail = "This Idempotency-Key was used for another request.",
                       .next = "Use a new key for a new request, and the same key only to send the same one again."};
    if (answered->status == reply_not_kept)
        return Refusal{.kind = Kind::conflict,
                       .code = "already_done",
                       .detail = "This request was carried out already; its reply names people, so it was not kept.",
                       .next = "Look at what there is now, or send it again under a new key."};
    return std::optional<Reply>(
        Reply{.status = answered->status, .content_type = answered->content_type, .body = answered->body, .headers = headers_of(answered->headers)});
}

void remember(const Route& route, const Call& call, const Reply& reply, store::WriteTx& tx)
{
    store::AnsweredPost post{.caller = call.context.caller.number,
                             .key = call.request.idempotency_key,
                             .request_hash = hash_of(call.request),
                             .recorded_at = call.context.machine_now,
                             .status = reply_not_kept,
                             .content_type = {},
                             .headers = {},
                             .body = {}};
    if (!route.private_reply) {
        post.status = reply.status;
        post.content_type = reply.content_type;
        post.headers = lines_of(reply.headers);
        post.body = reply.body;
    }
    store::add_answered_post(tx, post);
}

} // namespace walkout::api
