#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/strike/resumption.hpp"

namespace walkout::service {

enum class WalkoutChange { suspend, resume, end };
constexpr auto enum_names(WalkoutChange)
{
    return std::to_array<std::pair<WalkoutChange, std::string_view>>(
        {{WalkoutChange::suspend, "suspend"}, {WalkoutChange::resume, "resume"}, {WalkoutChange::end, "end"}});
}

/// Suspends, resumes or ends a walkout, by the office that called it. Its calendars change with it, and everyone whom it concerns gets a mail
/// (tell_walkout.hpp).
/// Refusals: no_such_walkout, wrong_office, and those of strike::suspend, resume and end. A walkout resumes only as
/// strike::resume allows: each employer agreed to it before, or has had a fresh notice.
Result<strike::Walkout> change_walkout(store::WriteTx& tx, const Context& context, const WalkoutId& id, WalkoutChange change, std::string reason);

/// Refuses wrong_office unless the caller holds the office that called it. what: "resume it".
Result<void> by_its_office(const Context& context, const strike::Walkout& walkout, const std::string& what);

/// The walkout, or "no_such_walkout".
Result<strike::Walkout> require_walkout(const store::ReadTx& tx, const WalkoutId& id);

} // namespace walkout::service
