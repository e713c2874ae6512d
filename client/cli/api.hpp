#pragma once

#include "client/net/https.hpp"
#include "shared/base/random.hpp"
#include "shared/wire/codec.hpp"

#include <string>
#include <string_view>

namespace walkout::cli {

/// A value and the version it was read at, for If-Match.
template <class T> struct Versioned {
    T value;
    std::string etag;
};

/// Percent-encodes one path segment or query value: "/api/v1/branches/" + segment(name).
std::string segment(std::string_view text);

/// The server's API in wire types. Problems come back as the Refusal they were on the server.
class Api {
public:
    /// `token` may be empty. `random` makes Idempotency-Keys.
    Api(net::HttpsClient client, Secret token, Random& random);

    bool signed_in() const { return !token_.empty(); }
    bool rehearsal() const { return rehearsal_; } ///< the server has said so, in any answer
    void use_token(Secret token) { token_ = std::move(token); }

    template <class Out> Result<Out> get(const std::string& target) { return read<Out>(exchange({.target = target}, Repeat::yes)); }
    template <class Out> Result<Versioned<Out>> get_versioned(const std::string& target);
    Result<std::string> get_text(const std::string& target); ///< archives, .ics, .geojson: the body as it is

    /// With an Idempotency-Key, and one retry with the same key if the connection breaks.
    template <class Out, class In> Result<Out> post(const std::string& target, const In& message);
    template <class In> Result<void> post(const std::string& target, const In& message);
    /// The same bytes again are the key (casting): no Idempotency-Key, one retry.
    template <class Out> Result<Out> post_raw(const std::string& target, std::string json);
    template <class Out, class In> Result<Out> put(const std::string& target, const In& message, const std::string& if_match = {});
    Result<void> del(const std::string& target, const std::string& if_match = {});

    /// Whether sending the same request twice does no more than sending it once.
    enum class Repeat { no, yes };
    /// What all the above rest on: the response of a 2xx, or the problem as a Refusal. The token and the content type of JSON are added.
    Result<net::Response> exchange(net::Request request, Repeat repeat);

private:
    template <class Out> static Result<Out> read(const Result<net::Response>& response);
    Result<net::Response> post_once(const std::string& target, std::string json);
    Result<net::Response> change(net::Verb verb, const std::string& target, std::string json, const std::string& if_match);

    net::HttpsClient client_;
    Secret token_;
    bool rehearsal_ = false;
    Random& random_;
};

template <class Out> Result<Out> Api::read(const Result<net::Response>& response)
{
    if (!response) return response.error();
    return wire::from_json<Out>(response->body);
}

template <class Out> Result<Versioned<Out>> Api::get_versioned(const std::string& target)
{
    const auto response = exchange({.target = target}, Repeat::yes);
    auto value = read<Out>(response);
    if (!value) return value.error();
    const auto etag = response->headers.find("etag");
    return Versioned<Out>{*std::move(value), etag == response->headers.end() ? std::string() : etag->second};
}

template <class Out, class In> Result<Out> Api::post(const std::string& target, const In& message)
{
    return read<Out>(post_once(target, wire::to_json(message)));
}

template <class In> Result<void> Api::post(const std::string& target, const In& message)
{
    const auto response = post_once(target, wire::to_json(message));
    if (!response) return response.error();
    return {};
}

template <class Out> Result<Out> Api::post_raw(const std::string& target, std::string json)
{
    return read<Out>(exchange({.verb = net::Verb::post, .target = target, .body = std::move(json)}, Repeat::yes));
}

template <class Out, class In> Result<Out> Api::put(const std::string& target, const In& message, const std::string& if_match)
{
    return read<Out>(change(net::Verb::put, target, wire::to_json(message), if_match));
}

} // namespace walkout::cli
