#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/strike/call.hpp"

namespace walkout::service {

enum class WalkoutChange { suspend, resume, end };
constexpr auto enum_names(WalkoutChange)
{
    return std::to_array<std::pair<WalkoutChange, std::string_view>>(
        {{WalkoutChange::suspend, "suspend"}, {WalkoutChange::resume, "resume"}, {WalkoutChange::end, "end"}});
}

/// Suspends, resumes or ends a walkout, by the office that called it. Its calendars change with it, and everyone who is signed up for one of its
/// pickets, or stands in reserve, gets a mail.
/// Refusals: no_such_walkout, wrong_office, and those of strike::suspend, resume and end.
Result<strike::Walkout> change_walkout(store::WriteTx& tx, const Context& context, const WalkoutId& id, WalkoutChange change, std::string reason);

/// The walkout, or "no_such_walkout".
Result<strike::Walkout> require_walkout(const store::ReadTx& tx, const WalkoutId& id);

} // namespace walkout::service
