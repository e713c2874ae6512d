#pragma once

#include "server/service/context.hpp"
#include "server/store/picket_store.hpp"

namespace walkout::service {

/// Puts the caller on a post, decided and stored in one transaction, so the last place goes to one of sixty.
/// Refusals: no_such_post, members_only, and those of strike::sign_up.
Result<strike::SignUp> join_picket(store::WriteTx& tx, const Context& context, strike::PostNumber post);

/// Takes the caller off it. Refusals: no_such_post, not_signed_up.
Result<strike::SignUp> leave_picket(store::WriteTx& tx, const Context& context, strike::PostNumber post);

} // namespace walkout::service
