#include "client/cli/api.hpp"

#include "shared/base/encoding.hpp"
#include "shared/wire/problem.hpp"

#include <array>

namespace walkout::cli {
namespace {

/// For an answer that is no problem document: another server, or something between us and ours.
Refusal unexplained(int status)
{
    const auto kind = status == 401   ? Kind::sign_in_needed
                      : status == 403 ? Kind::not_allowed
                      : status == 404 ? Kind::not_found
                      : status >= 500 ? Kind::unavailable
                                      : Kind::invalid;
    return {.kind = kind,
            .code = "unexpected_answer",
            .detail = "The server answered with HTTP status " + std::to_string(status) + " and no explanation.",
            .next = "Check that --server names a Walkout server."};
}

Refusal explained(const net::Response& response)
{
    const auto type = response.headers.find("content-type");
    if (type == response.headers.end() || !type->second.starts_with("application/problem+json")) return unexplained(response.status);
    const auto problem = wire::from_json<wire::Problem>(response.body);
    return problem ? wire::refusal_of(*problem) : unexplained(response.status);
}

} // namespace

std::string segment(std::string_view text)
{
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (plain.find(c) != plain.npos) out += c;
        else out += "%" + hex(bytes_of({&c, 1}));
    }
    return out;
}

Api::Api(net::HttpsClient client, Secret token, Random& random) : client_(std::move(client)), token_(std::move(token)), random_(random) {}

Result<net::Response> Api::exchange(net::Request request, Repeat repeat)
{
    request.bearer = &token_;
    if (!request.body.empty()) request.headers.emplace("Content-Type", "application/json");
    auto response = client_.send(request);
    if (!response && response.error().code == "unreachable" && repeat == Repeat::yes) response = client_.send(request);
    if (!response) return response.error();
    if (response->headers.contains("walkout-rehearsal")) rehearsal_ = true;
    if (response->status < 200 || response->status > 299) return explained(*response);
    return response;
}

Result<std::string> Api::get_text(const std::string& target)
{
    auto response = exchange({.target = target}, Repeat::yes);
    if (!response) return response.error();
    return std::move(response->body);
}

/// The server keeps keys for signed-in callers only, so only then may the same request go out twice.
Result<net::Response> Api::post_once(const std::string& target, std::string json)
{
    std::array<std::uint8_t, 16> key{};
    random_.fill(key);
    return exchange({.verb = net::Verb::post, .target = target, .headers = {{"Idempotency-Key", hex(key)}}, .body = std::move(json)},
                    signed_in() ? Repeat::yes : Repeat::no);
}

Result<net::Response> Api::change(net::Verb verb, const std::string& target, std::string json, const std::string& if_match)
{
    net::Request request{.verb = verb, .target = target, .body = std::move(json)};
    if (!if_match.empty()) request.headers.emplace("If-Match", if_match);
    return exchange(std::move(request), Repeat::no);
}

Result<void> Api::del(const std::string& target, const std::string& if_match)
{
    const auto response = change(net::Verb::del, target, {}, if_match);
    if (!response) return response.error();
    return {};
}

} // namespace walkout::cli
