#pragma once

#include "server/service/context.hpp"
#include "server/store/picket_store.hpp"
#include "server/store/strike_day_store.hpp"
#include "shared/base/secret.hpp"

namespace walkout::service {

/// Puts the caller on a post, decided and stored in one transaction, so the last place goes to one of sixty.
/// Refusals: no_such_post, members_only, and those of strike::sign_up.
Result<strike::SignUp> join_picket(store::WriteTx& tx, const Context& context, strike::PostNumber post);

/// Takes the caller off it, before the cut-off. Refusals: no_such_post, not_signed_up, cancel_too_late.
Result<strike::SignUp> leave_picket(store::WriteTx& tx, const Context& context, strike::PostNumber post);

// ---- swaps: one offers their place, for nothing or for another's; whoever may stand there accepts, and both places change hands at once ----

/// Offering the same place twice is one offer. Refusals: no_such_post, not_signed_up, post_over, same_post.
Result<store::Swap> offer_swap(store::WriteTx& tx, const Context& context, strike::PostNumber post, std::optional<strike::PostNumber> wants);
/// Refusals: no_such_swap, own_swap, swap_gone, swap_needs_post (the caller is not on what is wanted), and of either side those of sign_up.
Result<store::Swap> accept_swap(store::WriteTx& tx, const Context& context, std::int64_t swap);
Result<void> withdraw_swap(store::WriteTx& tx, const Context& context, std::int64_t swap);

// ---- reserves ----

/// Refusals: no_such_walkout, members_only, walkout_suspended, walkout_ended.
Result<void> stand_in_reserve(store::WriteTx& tx, const Context& context, const WalkoutId& walkout);
Result<void> leave_reserve(store::WriteTx& tx, const Context& context, const WalkoutId& walkout); ///< refuses not_in_reserve

// ---- the caller's calendar under a secret address ----

/// A new secret. Refusals: members_only; calendar_exists where there is one, unless it is renewed: then the older one stops working.
Result<Secret> make_feed(store::WriteTx& tx, const Context& context, bool renew = false);
Result<void> revoke_feed(store::WriteTx& tx, const Context& context); ///< refuses no_feed
/// Whose calendar it is; nobody's where the secret is unknown or revoked, or its owner has left the union.
std::optional<std::string> feed_owner(const store::ReadTx& tx, std::string_view secret);

} // namespace walkout::service
