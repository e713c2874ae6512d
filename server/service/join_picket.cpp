#include "server/service/join_picket.hpp"

#include "server/service/change_walkout.hpp"
#include "server/store/register_store.hpp"
#include "server/store/walkout_store.hpp"

namespace walkout::service {
namespace {

Result<store::PostPlace> require_post(const store::ReadTx& tx, strike::PostNumber number)
{
    if (auto place = store::find_post(tx, number)) return *std::move(place);
    return Refusal{.kind = Kind::not_found,
                   .code = "no_such_post",
                   .detail = "There is no picket post of this number.",
                   .next = "See them with: walkout picket list"};
}

/// Hours of the member's other posts; a suspended walkout may yet resume.
std::vector<strike::Span> elsewhere(const store::ReadTx& tx, const std::string& member, strike::PostNumber wanted)
{
    std::vector<strike::Span> hours;
    for (const auto& [sign_up, place] : store::sign_ups_of(tx, member)) {
        if (sign_up.cancelled || sign_up.post == wanted) continue;
        const auto walkout = store::find_walkout(tx, place.walkout).value();
        if (walkout.state != strike::State::ended) hours.push_back(strike::span(place.post, walkout.window.zone()));
    }
    return hours;
}

} // namespace

Result<strike::SignUp> join_picket(store::WriteTx& tx, const Context& context, strike::PostNumber number)
{
    const auto place = require_post(tx, number);
    if (!place) return place.error();
    const auto member = store::find_member(tx, context.caller.number);
    if (!member || !member->active)
        return Refusal{.kind = Kind::not_allowed,
                       .code = "members_only",
                       .detail = "Only members sign up for pickets.",
                       .next = "Sign in with your member number."};
    const auto walkout = require_walkout(tx, place->walkout);
    std::optional<strike::Workplace> workplace;
    if (!member->workplace.empty()) workplace = strike::Workplace{member->employer, member->workplace};

    auto decided = strike::sign_up({.walkout = *walkout,
                                    .post = place->post,
                                    .plan_branch = place->branch,
                                    .site_workplace = place->site.workplace,
                                    .taken = store::places_taken(tx, number),
                                    .member = member->number,
                                    .member_branch = member->branch,
                                    .member_workplace = workplace,
                                    .elsewhere = elsewhere(tx, member->number, number),
                                    .before = store::find_sign_up(tx, number, member->number),
                                    .now = context.ballot_now});
    if (decided) store::put_sign_up(tx, *decided);
    return decided;
}

Result<strike::SignUp> leave_picket(store::WriteTx& tx, const Context& context, strike::PostNumber number)
{
    const auto place = require_post(tx, number);
    if (!place) return place.error();
    auto decided = strike::cancel(number, store::find_sign_up(tx, number, context.caller.number));
    if (decided) store::put_sign_up(tx, *decided);
    return decided;
}

} // namespace walkout::service
