#pragma once

#include "server/store/picket_store.hpp"
#include "shared/ballot/office.hpp"
#include "shared/wire/strike_messages.hpp"

#include <span>

namespace walkout::api {

wire::WalkoutView walkout_view(const strike::Walkout& walkout, bool rehearsal);
std::vector<wire::LeftOutPart> left_out_view(const std::vector<strike::LeftOut>& left_out);

/// A plan as this caller may see it: names for its co-chairs only, to everyone else counts and which posts are their own.
wire::PlanView plan_view(const strike::Walkout& walkout, const strike::Plan& plan, std::span<const store::SignedUp> people,
                         const ballot::Caller& caller, bool rehearsal);

wire::MyPostView my_post_view(const strike::Walkout& walkout, const store::PostPlace& place, bool rehearsal);

} // namespace walkout::api
