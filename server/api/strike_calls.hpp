#pragma once

#include "server/api/reply.hpp"
#include "server/service/edit_picket_plan.hpp"

#include <charconv>

namespace walkout::api {

// What the routes of walkouts and pickets have in common.

/// A number in the address, such as that of a post.
template <class Number> Result<Number> number_in(const Call& call, const char* placeholder)
{
    const auto& text = call.arg(placeholder);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return Refusal{.kind = Kind::malformed,
                       .code = "bad_" + std::string(placeholder) + "_number",
                       .detail = std::string("The ") + placeholder + " in the address is a number, such as 17."};
    return Number{number};
}

/// The version an edit was made against, from If-Match. `call` must outlive it.
inline service::StillCurrent if_current(const Call& call)
{
    return [&call](std::int64_t version) { return check_if_match(call, etag(version)); };
}

/// A member's posts as iCalendar, cancelled ones too.
Reply calendar_of(const store::ReadTx& tx, const std::string& member, Instant machine_now, bool rehearsal);

/// A handler of a route under .../walkouts/{walkout}/plans/{branch}.
template <class Tx, class Use> auto in_plan(Use use)
{
    return [use](const Call& call, Tx& tx) -> Result<Reply> {
        const auto id = call.id<WalkoutId>("walkout");
        if (!id) return id.error();
        return use(call, tx, *id, call.arg("branch"));
    };
}
template <class Use> Read reading_plan(Use use) { return {in_plan<const store::ReadTx>(std::move(use))}; }
template <class Use> Write writing_plan(Use use) { return {in_plan<store::WriteTx>(std::move(use))}; }

inline const std::string plan_pattern = "/api/v1/walkouts/{walkout}/plans/{branch}";

} // namespace walkout::api
