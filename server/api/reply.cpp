#include "server/api/reply.hpp"

#include "shared/base/encoding.hpp"
#include "shared/crypto/hash.hpp"

#include <charconv>

namespace walkout::api {

Reply with(Reply reply, std::string name, std::string value)
{
    reply.headers.push_back({std::move(name), std::move(value)});
    return reply;
}

std::string etag(std::int64_t version) { return "\"v" + std::to_string(version) + "\""; }
std::string etag_of(std::string_view bytes) { return "\"" + hex(sha256(bytes)).substr(0, 32) + "\""; }

Reply versioned(Reply reply, std::int64_t version)
{
    auto tag = "\"v" + std::to_string(version) + "-" + hex(sha256(reply.body)).substr(0, 32) + "\"";
    return with(std::move(reply), "ETag", std::move(tag));
}

Result<void> check_if_match(const Call& call, std::string_view current_etag)
{
    const std::string_view given = call.request.if_match;
    const auto version = current_etag.substr(0, current_etag.size() - 1); // without the closing quote
    if (given == current_etag || (given.starts_with(version) && given.substr(version.size()).starts_with('-'))) return {};
    return Refusal{.kind = Kind::changed_by_other,
                   .code = "changed_by_other",
                   .detail = "Someone else changed this since you read it.",
                   .next = "Read it again, and make your change to that version."};
}

std::string cursor(std::string_view position) { return hex(bytes_of(position)); }

Result<std::string> position(std::string_view cursor)
{
    if (const auto bytes = from_hex(cursor)) return std::string(text_of(*bytes));
    return Refusal{
        .kind = Kind::malformed, .code = "bad_cursor", .detail = "The cursor is not one this server gave.", .next = "Start from the first page."};
}

Result<std::size_t> page_limit(const Call& call)
{
    const auto text = call.query("limit", "50");
    std::size_t limit = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error == std::errc() && end == text.data() + text.size() && limit >= 1 && limit <= 200) return limit;
    return Refusal{.kind = Kind::malformed, .code = "bad_limit", .detail = "limit must be a number from 1 to 200."};
}

Result<void> require_json(const Call& call)
{
    const auto& type = call.request.content_type;
    if (type == "application/json" || type.starts_with("application/json;")) return {};
    return Refusal{.kind = Kind::malformed, .code = "json_needed", .detail = "The body must be JSON, with Content-Type: application/json."};
}

} // namespace walkout::api
