#pragma once

#include "server/store/picket_store.hpp"
#include "shared/ballot/office.hpp"
#include "shared/wire/strike_messages.hpp"

#include <span>

namespace walkout::api {

wire::WalkoutView walkout_view(const store::ReadTx& tx, const strike::Walkout& walkout, bool rehearsal);
std::vector<wire::LeftOutPart> left_out_view(const std::vector<strike::LeftOut>& left_out);

/// A plan as this caller may see it: names for its co-chairs, and of their own posts for organisers; to everyone else counts, and which posts are
/// their own. Sites at the caller's place of work come first, then the nearest.
wire::PlanView plan_view(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Plan& plan, std::span<const store::SignedUp> people,
                         const ballot::Caller& caller, bool rehearsal);

/// Without posts at night: who stands at a gate at three in the morning need not be announced.
std::vector<strike::PublicSite> public_sites_of(const store::ReadTx& tx, const WalkoutId& walkout);

/// "24:00" for the end of a day.
std::string clock_text(std::chrono::minutes since_midnight);
std::optional<std::chrono::minutes> clock_of(const std::string& text);

wire::MyPostView my_post_view(const strike::Walkout& walkout, const store::PostPlace& place, bool rehearsal);

} // namespace walkout::api
