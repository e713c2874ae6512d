#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"

namespace walkout::service {

/// When who picketed in a walkout must be gone: the rota, lists, incidents and exemptions, six months after the end of the dispute (law.md
/// section 5). A dispute is over when its last walkout has ended and no mandate of its ballot would carry another.
Instant picket_people_kept_until(const store::ReadTx& tx, const WalkoutId& walkout);

/// Deletes what is due, and records how much in the audit log. Returns how many walkouts were forgotten.
std::int64_t forget_pickets(store::WriteTx& tx, const Context& context);

} // namespace walkout::service
