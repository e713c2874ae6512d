#include "server/service/join_picket.hpp"

#include "server/service/change_walkout.hpp"
#include "server/service/mail.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/walkout_store.hpp"

namespace walkout::service {
namespace {

Refusal no_such_swap()
{
    return {.kind = Kind::not_found,
            .code = "no_such_swap",
            .detail = "There is no offer of this number.",
            .next = "Ask whoever offered for its number."};
}

Digest hash_of_feed(std::string_view secret) { return sha256("walkout-calendar-feed|" + std::string(secret)); }

/// Moves one person from a post to another as facts were decided; either may be absent.
void move(store::WriteTx& tx, const std::string& member, std::optional<strike::PostNumber> from)
{
    if (!from) return;
    store::put_sign_up(tx, strike::take_off(*from, store::find_sign_up(tx, *from, member)).value());
    store::withdraw_swaps(tx, *from, member);
}

} // namespace

Result<strike::SignUp> join_picket(store::WriteTx& tx, const Context& context, strike::PostNumber number)
{
    const auto place = require_post(tx, number);
    if (!place) return place.error();
    const auto member = require_member(tx, context.caller.number);
    if (!member) return member.error();
    auto decided = may_stand(tx, context, *member, *place);
    if (decided) store::put_sign_up(tx, *decided);
    return decided;
}

Result<strike::SignUp> leave_picket(store::WriteTx& tx, const Context& context, strike::PostNumber number)
{
    const auto place = require_post(tx, number);
    if (!place) return place.error();
    const auto walkout = require_walkout(tx, place->walkout);
    auto decided =
        strike::cancel(*walkout, place->post, store::find_sign_up(tx, number, context.caller.number), context.ballot_now, store::picket_settings(tx));
    if (!decided) return decided;
    store::put_sign_up(tx, *decided);
    store::withdraw_swaps(tx, number, context.caller.number);
    return decided;
}

Result<store::Swap> offer_swap(store::WriteTx& tx, const Context& context, strike::PostNumber number, std::optional<strike::PostNumber> wants)
{
    const auto place = require_post(tx, number);
    if (!place) return place.error();
    const auto& member = context.caller.number;
    if (const auto on_it = strike::take_off(number, store::find_sign_up(tx, number, member)); !on_it) return on_it.error();
    const auto walkout = require_walkout(tx, place->walkout);
    if (context.ballot_now >= strike::span(place->post, walkout->window.zone()).from)
        return Refusal{.kind = Kind::not_open, .code = "post_over", .detail = "This post has begun.", .next = "Tell its organiser."};
    if (wants == number)
        return Refusal{.kind = Kind::invalid, .code = "same_post", .detail = "That is the same post.", .next = "Name another in return, or none."};
    if (wants)
        if (const auto wanted = require_post(tx, *wants); !wanted) return wanted.error();
    if (auto before = store::open_swap(tx, number, member)) {
        if (before->wants == wants) return *std::move(before);
        store::withdraw_swaps(tx, number, member);
    }
    store::Swap swap{.post = number, .member = member, .wants = wants};
    swap.number = store::add_swap(tx, swap);
    return swap;
}

Result<store::Swap> accept_swap(store::WriteTx& tx, const Context& context, std::int64_t number)
{
    const auto swap = store::find_swap(tx, number);
    if (!swap) return no_such_swap();
    const auto taker = require_member(tx, context.caller.number);
    if (!taker) return taker.error();
    if (swap->member == taker->number)
        return Refusal{.kind = Kind::invalid, .code = "own_swap", .detail = "This is your own offer.", .next = "Somebody else accepts it."};
    const auto place = store::find_post(tx, swap->post);
    const auto giver = require_member(tx, swap->member);
    const auto given = place ? store::find_sign_up(tx, swap->post, swap->member) : std::nullopt;
    if (swap->state != store::SwapState::open || !given || given->cancelled || !giver)
        return Refusal{.kind = Kind::conflict,
                       .code = "swap_gone",
                       .detail = "This offer no longer stands.",
                       .next = "See what is free with: walkout picket list"};
    if (const auto there = store::find_sign_up(tx, swap->post, taker->number); there && !there->cancelled)
        return Refusal{
            .kind = Kind::conflict, .code = "double_booked", .detail = "You are on this post yourself.", .next = "Somebody else accepts it."};

    // Both decide on what the other leaves; only then does anything change.
    const auto taken = may_stand(tx, context, *taker, *place, {.leaving = swap->wants, .freed = 1});
    if (!taken) return taken.error();
    std::optional<strike::SignUp> returned;
    if (swap->wants) {
        const auto wanted = store::find_post(tx, *swap->wants);
        const auto on_it = store::find_sign_up(tx, *swap->wants, taker->number);
        if (!wanted || !on_it || on_it->cancelled)
            return Refusal{.kind = Kind::conflict,
                           .code = "swap_needs_post",
                           .detail =
                               "They want your place on post " + std::to_string(static_cast<std::int64_t>(*swap->wants)) + ", and you are not on it.",
                           .next = "Sign up for that post first, or choose another."};
        const auto theirs = may_stand(tx, context, *giver, *wanted, {.leaving = swap->post, .freed = 1});
        if (!theirs) {
            auto refusal = theirs.error();
            refusal.detail = "The one who offers could not take your place: the rota's rules do not allow it for them.";
            return refusal;
        }
        returned = *theirs;
    }
    store::put_swap_taken(tx, number, taker->number);
    move(tx, giver->number, swap->post);
    move(tx, taker->number, swap->wants);
    store::put_sign_up(tx, *taken);
    if (returned) store::put_sign_up(tx, *returned);

    const auto walkout = require_walkout(tx, place->walkout);
    auto body = "Somebody has taken over your place:\n  " + place_words(*walkout, *place) + "\n";
    if (returned) body += "\nIn return you are now on:\n  " + place_words(*walkout, store::find_post(tx, *swap->wants).value()) + "\n";
    queue_mail(tx, context, {.to = giver->email, .subject = "Your swap was accepted", .body = std::move(body)});
    return store::find_swap(tx, number).value();
}

Result<void> withdraw_swap(store::WriteTx& tx, const Context& context, std::int64_t number)
{
    const auto swap = store::find_swap(tx, number);
    if (!swap || swap->member != context.caller.number || swap->state != store::SwapState::open) return no_such_swap();
    store::withdraw_swaps(tx, swap->post, swap->member);
    return {};
}

Result<void> stand_in_reserve(store::WriteTx& tx, const Context& context, const WalkoutId& id)
{
    const auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout.error();
    const auto member = require_member(tx, context.caller.number);
    if (!member) return member.error();
    if (walkout->state == strike::State::ended)
        return Refusal{.kind = Kind::not_open, .code = "walkout_ended", .detail = "This walkout has ended.", .next = ""};
    store::add_reserve(tx, id, member->branch, member->number);
    return {};
}

Result<void> leave_reserve(store::WriteTx& tx, const Context& context, const WalkoutId& id)
{
    if (store::remove_reserve(tx, id, context.caller.number)) return {};
    return Refusal{.kind = Kind::not_found, .code = "not_in_reserve", .detail = "You are not in reserve for this walkout.", .next = ""};
}

Result<Secret> make_feed(store::WriteTx& tx, const Context& context, bool renew)
{
    if (const auto member = require_member(tx, context.caller.number); !member) return member.error();
    if (!renew && store::has_feed(tx, context.caller.number))
        return Refusal{.kind = Kind::conflict,
                       .code = "calendar_exists",
                       .detail = "You have a calendar address already; it works, and cannot be shown again, for it is kept nowhere.",
                       .next = "Make a new one, which ends the old one, with: walkout picket calendar --renew"};
    std::array<std::uint8_t, 32> raw{};
    context.random.fill(raw);
    Secret secret(hex(raw));
    wipe(raw.data(), raw.size());
    store::put_feed(tx, hash_of_feed(secret.reveal()), context.caller.number);
    return secret;
}

Result<void> revoke_feed(store::WriteTx& tx, const Context& context)
{
    if (store::remove_feed(tx, context.caller.number)) return {};
    return Refusal{
        .kind = Kind::not_found, .code = "no_feed", .detail = "You have no calendar address.", .next = "Make one with: walkout picket calendar"};
}

std::optional<std::string> feed_owner(const store::ReadTx& tx, std::string_view secret) { return store::feed_member(tx, hash_of_feed(secret)); }

} // namespace walkout::service
