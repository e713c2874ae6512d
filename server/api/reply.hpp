#pragma once

#include "server/api/route.hpp"
#include "shared/wire/codec.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace walkout::api {

/// A JSON reply from a described message.
template <class T> Reply reply_json(int status, const T& message) { return Reply{.status = status, .body = wire::to_json(message)}; }

inline Reply no_content() { return Reply{.status = 204, .content_type = {}}; }

/// Chainable: with(reply_json(201, plan), "Location", "/api/v1/ballots/" + id).
Reply with(Reply reply, std::string name, std::string value);

/// The request's JSON body as a described message; refused as malformed_json otherwise. Content-Type must be application/json.
template <class T> Result<T> body_as(const Call& call);

/// The tag of a version that a change has made, "v17" in quotes, for the next If-Match; and of bytes that are the whole answer.
std::string etag(std::int64_t version);
std::string etag_of(std::string_view bytes);

/// Gives the answer that shows a version its ETag: "v17-" and a hash of all that it holds. An edit goes by the version alone; what may be kept goes by
/// the whole answer, which depends on who asks, who has signed up and more that no version counts.
Reply versioned(Reply reply, std::int64_t version);

/// Refuses changed_by_other unless If-Match names this version, with what the answer then held or without. (That If-Match is there at all is
/// Route::if_match's to see to.)
Result<void> check_if_match(const Call& call, std::string_view current_etag);

/// Opaque positions in lists. What a handler wrote comes back, or a refusal if it was altered into something unreadable.
std::string cursor(std::string_view position);
Result<std::string> position(std::string_view cursor);

/// `limit` of the query: 1 to 200, 50 where absent.
Result<std::size_t> page_limit(const Call& call);

Result<void> require_json(const Call& call);

template <class T> Result<T> body_as(const Call& call)
{
    if (const auto json = require_json(call); !json) return json.error();
    return wire::from_json<T>(call.request.body);
}

} // namespace walkout::api
