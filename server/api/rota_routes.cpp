#include "server/api/plain_words.hpp"
#include "server/api/strike_calls.hpp"
#include "server/api/strike_views.hpp"
#include "server/api/walkout_routes.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/fill_rota.hpp"
#include "server/service/join_picket.hpp"
#include "shared/wire/picket_messages.hpp"

namespace walkout::api {
namespace {

using http::Method;

std::vector<wire::GapView> gap_views(const std::vector<strike::Gap>& gaps)
{
    std::vector<wire::GapView> views;
    for (const auto& gap : gaps)
        views.push_back({gap.what, gap.post ? std::optional(static_cast<std::int64_t>(*gap.post)) : std::nullopt, gap.missing, gap.words});
    return views;
}

// ---- co-chairs ----

Result<Reply> lay_template(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto body = body_as<wire::TemplateAsked>(call);
    if (!body) return body.error();
    if (body->template_name != "noon-to-noon")
        return Refusal{.kind = Kind::not_found,
                       .code = "no_such_template",
                       .detail = "There is no template called \"" + body->template_name + "\".",
                       .next = "Use noon-to-noon."};
    const auto laid = service::lay_template(tx, call.context, id, branch, if_current(call));
    if (!laid) return laid.error();
    wire::TemplateLaid message{.posts = {}, .version = laid->version};
    for (const auto& post : laid->posts) message.posts.push_back(static_cast<std::int64_t>(post.number));
    return with(reply_json(201, message), "ETag", etag(laid->version));
}

Result<Reply> show_gaps(const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch, bool rehearsal)
{
    const auto gaps = service::picket_gaps(tx, call.context, id, branch);
    if (!gaps) return gaps.error();
    const auto walkout = service::require_walkout(tx, id).value();
    wire::GapList message{gap_views(*gaps), static_cast<std::int64_t>(store::reserves(tx, id, branch).size()), walkout.state, std::nullopt,
                          rehearsal};
    if (!walkout.reason.empty()) message.reason = walkout.reason;
    return reply_json(200, message);
}

Result<Reply> fill(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto filled = service::fill_from_reserves(tx, call.context, id, branch);
    if (!filled) return filled.error();
    wire::FilledView message{.placed = {}, .still_missing = filled->still_missing};
    for (const auto& [number, name, post] : filled->placed) message.placed.push_back({number, name, static_cast<std::int64_t>(post)});
    return reply_json(200, message);
}

Result<Reply> publish(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto published = service::publish_rota(tx, call.context, id, branch, if_current(call));
    if (!published) return published.error();
    return reply_json(200, wire::PublishedView{published->version, published->told, gap_views(published->gaps)});
}

Result<Reply> assign(const Call& call, store::WriteTx& tx)
{
    const auto post = number_in<strike::PostNumber>(call, "post");
    if (!post) return post.error();
    const auto body = plain_body_as<wire::NewAssignment>(call);
    if (!body) return body.error();
    const auto assigned = service::assign(tx, call.context, *post, body->member, body->elsewhere_reason.value_or(""));
    if (!assigned) return assigned.error();
    return no_content();
}

Result<Reply> take_off(const Call& call, store::WriteTx& tx)
{
    const auto post = number_in<strike::PostNumber>(call, "post");
    if (!post) return post.error();
    const auto off = service::take_off_post(tx, call.context, *post, call.arg("member"));
    if (!off) return off.error();
    return no_content();
}

// ---- settings ----

wire::PicketSettingsMessage settings_view(const strike::PicketSettings& settings)
{
    return {.cap = settings.cap,
            .night_from = clock_text(settings.night_from),
            .night_to = clock_text(settings.night_to),
            .least_at_night = settings.least_at_night,
            .longest_stint = settings.longest_stint.count(),
            .stint_break = settings.stint_break.count(),
            .rest = settings.rest.count(),
            .cancel_cut_off = settings.cancel_cut_off.count(),
            .own_workplace = settings.own_workplace};
}

Result<Reply> show_settings(const Call&, const store::ReadTx& tx)
{
    const auto settings = store::picket_settings(tx);
    return versioned(reply_json(200, settings_view(settings)), settings.version);
}

Result<Reply> change_settings(const Call& call, store::WriteTx& tx)
{
    const auto body = body_as<wire::PicketSettingsMessage>(call);
    if (!body) return body.error();
    const auto night_from = clock_of(body->night_from);
    const auto night_to = clock_of(body->night_to);
    constexpr std::int64_t longest = 14 * 24 * 60; // far beyond what any check accepts, and far from overflowing
    for (const auto length : {body->longest_stint, body->stint_break, body->rest, body->cancel_cut_off})
        if (length < 0 || length > longest)
            return Refusal{.kind = Kind::malformed, .code = "bad_settings", .detail = "Lengths are minutes, at most two weeks."};
    if (!night_from || !night_to)
        return Refusal{.kind = Kind::malformed, .code = "bad_settings", .detail = "The night begins and ends at times of day such as 22:00."};
    const auto set = service::set_picket_settings(tx, call.context,
                                                  {.cap = body->cap,
                                                   .night_from = *night_from,
                                                   .night_to = *night_to,
                                                   .least_at_night = body->least_at_night,
                                                   .longest_stint = std::chrono::minutes(body->longest_stint),
                                                   .stint_break = std::chrono::minutes(body->stint_break),
                                                   .rest = std::chrono::minutes(body->rest),
                                                   .cancel_cut_off = std::chrono::minutes(body->cancel_cut_off),
                                                   .own_workplace = body->own_workplace},
                                                  if_current(call));
    if (!set) return set.error();
    return versioned(reply_json(200, settings_view(*set)), set->version);
}

// ---- members ----

wire::SwapView swap_view(const store::Swap& swap)
{
    return {swap.number, static_cast<std::int64_t>(swap.post), swap.wants ? std::optional(static_cast<std::int64_t>(*swap.wants)) : std::nullopt,
            std::string(name(swap.state))};
}

Result<Reply> offer(const Call& call, store::WriteTx& tx)
{
    const auto post = number_in<strike::PostNumber>(call, "post");
    if (!post) return post.error();
    const auto body = body_as<wire::NewSwap>(call);
    if (!body) return body.error();
    const auto wants = body->wants ? std::optional(strike::PostNumber{*body->wants}) : std::nullopt;
    const auto swap = service::offer_swap(tx, call.context, *post, wants);
    if (!swap) return swap.error();
    return reply_json(201, swap_view(*swap));
}

Result<Reply> accept(const Call& call, store::WriteTx& tx)
{
    const auto number = number_in<std::int64_t>(call, "swap");
    if (!number) return number.error();
    const auto swap = service::accept_swap(tx, call.context, *number);
    if (!swap) return swap.error();
    return reply_json(200, swap_view(*swap));
}

Result<Reply> withdraw(const Call& call, store::WriteTx& tx)
{
    const auto number = number_in<std::int64_t>(call, "swap");
    if (!number) return number.error();
    const auto withdrawn = service::withdraw_swap(tx, call.context, *number);
    if (!withdrawn) return withdrawn.error();
    return no_content();
}

using OfWalkout = Result<void> (*)(store::WriteTx&, const service::Context&, const WalkoutId&);
Write of_walkout(OfWalkout act)
{
    return {[act](const Call& call, store::WriteTx& tx) -> Result<Reply> {
        const auto id = call.id<WalkoutId>("walkout");
        if (!id) return id.error();
        const auto done = act(tx, call.context, *id);
        if (!done) return done.error();
        return no_content();
    }};
}

Result<Reply> make_feed(const Call& call, store::WriteTx& tx)
{
    const auto secret = service::make_feed(tx, call.context, call.query("renew") == "true");
    if (!secret) return secret.error();
    return reply_json(201, wire::FeedAddress{"/calendar/" + std::string(secret->reveal()) + ".ics"});
}

Result<Reply> revoke_feed(const Call& call, store::WriteTx& tx)
{
    const auto revoked = service::revoke_feed(tx, call.context);
    if (!revoked) return revoked.error();
    return no_content();
}

/// Calendar programs sign in nowhere: the address is the secret. Nothing in the answer tells an unknown one from a revoked one.
Result<Reply> show_feed(const Call& call, const store::ReadTx& tx, bool rehearsal)
{
    std::string_view secret = call.arg("feed");
    if (secret.ends_with(".ics")) secret.remove_suffix(4);
    const auto member = service::feed_owner(tx, secret);
    if (!member)
        return Refusal{
            .kind = Kind::not_found, .code = "not_found", .detail = "There is nothing at this address.", .next = "Make a new calendar address."};
    return with(calendar_of(tx, *member, call.context.machine_now, rehearsal), "Cache-Control", "private, no-cache");
}

void add_member_routes(std::vector<Route>& routes, bool rehearsal)
{
    const auto swap = wire::schema_json<wire::SwapView>();
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/posts/{post}/swaps",
                      .access = signed_in,
                      .handle = Write{offer},
                      .summary = "Offer the caller's place on a post, for nothing or for another place",
                      .request_schema = wire::schema_json<wire::NewSwap>(),
                      .response_schema = swap});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/swaps/{swap}/accept",
                      .access = signed_in,
                      .handle = Write{accept},
                      .summary = "Accept an offer: both places change hands at once",
                      .response_schema = swap});
    routes.push_back(
        {.method = Method::del, .pattern = "/api/v1/swaps/{swap}", .access = signed_in, .handle = Write{withdraw}, .summary = "Withdraw an offer"});
    const std::string reserve = "/api/v1/walkouts/{walkout}/reserve";
    routes.push_back({.method = Method::put,
                      .pattern = reserve,
                      .access = signed_in,
                      .handle = of_walkout(service::stand_in_reserve),
                      .summary = "Stand in reserve: where the branch needs the caller"});
    routes.push_back({.method = Method::del,
                      .pattern = reserve,
                      .access = signed_in,
                      .handle = of_walkout(service::leave_reserve),
                      .summary = "No longer in reserve"});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/me/calendar",
                      .access = signed_in,
                      .handle = Write{make_feed},
                      .summary = "A secret address for the caller's calendar; ?renew=true ends an older one",
                      .response_schema = wire::schema_json<wire::FeedAddress>(),
                      .traceless = true}); // no idempotency record: it would keep the secret
    routes.push_back({.method = Method::del,
                      .pattern = "/api/v1/me/calendar",
                      .access = signed_in,
                      .handle = Write{revoke_feed},
                      .summary = "Revoke the secret address of the caller's calendar"});
    routes.push_back({.pattern = "/calendar/{feed}",
                      .access = anyone,
                      .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) { return show_feed(call, tx, rehearsal); }},
                      .summary = "Somebody's picket posts as iCalendar, for whoever knows the secret address"});
}

} // namespace

void add_rota_routes(std::vector<Route>& routes, Services& services)
{
    const auto co_chairs = any_of(ballot::Role::co_chair);
    const bool rehearsal = services.rehearsal;
    routes.push_back({.method = Method::post,
                      .pattern = plan_pattern + "/template",
                      .access = co_chairs,
                      .handle = writing_plan(lay_template),
                      .summary = "Lay the posts of a template by the entrances' opening hours",
                      .request_schema = wire::schema_json<wire::TemplateAsked>(),
                      .response_schema = wire::schema_json<wire::TemplateLaid>(),
                      .if_match = true});
    routes.push_back({.pattern = plan_pattern + "/gaps",
                      .access = co_chairs,
                      .handle = reading_plan([rehearsal](const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch) {
                          return show_gaps(call, tx, id, branch, rehearsal);
                      }),
                      .summary = "What is missing in a branch's plan",
                      .response_schema = wire::schema_json<wire::GapList>()});
    routes.push_back({.method = Method::post,
                      .pattern = plan_pattern + "/fill",
                      .access = co_chairs,
                      .handle = writing_plan(fill),
                      .summary = "Put those in reserve where posts need people",
                      .response_schema = wire::schema_json<wire::FilledView>(),
                      .private_reply = true});
    routes.push_back({.method = Method::post,
                      .pattern = plan_pattern + "/publish",
                      .access = co_chairs,
                      .handle = writing_plan(publish),
                      .summary = "Publish the rota: everyone on it is told",
                      .response_schema = wire::schema_json<wire::PublishedView>(),
                      .if_match = true});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/posts/{post}/people",
                      .access = co_chairs,
                      .handle = Write{assign},
                      .summary = "Put a member of the branch on a post",
                      .request_schema = wire::schema_json<wire::NewAssignment>()});
    routes.push_back({.method = Method::del,
                      .pattern = "/api/v1/posts/{post}/people/{member}",
                      .access = co_chairs,
                      .handle = Write{take_off},
                      .summary = "Take somebody off a post"});
    const auto settings = wire::schema_json<wire::PicketSettingsMessage>();
    routes.push_back({.pattern = "/api/v1/picket-settings",
                      .access = anyone,
                      .handle = Read{show_settings},
                      .summary = "What holds for every branch's pickets",
                      .response_schema = settings});
    routes.push_back({.method = Method::put,
                      .pattern = "/api/v1/picket-settings",
                      .access = any_of(ballot::Role::general_secretary),
                      .handle = Write{change_settings},
                      .summary = "Change what holds for every branch's pickets",
                      .request_schema = settings,
                      .response_schema = settings,
                      .if_match = true});
    add_member_routes(routes, rehearsal);
}

} // namespace walkout::api
