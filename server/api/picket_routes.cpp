#include "server/api/plain_words.hpp"
#include "server/api/reply.hpp"
#include "server/api/strike_calls.hpp"
#include "server/api/strike_views.hpp"
#include "server/api/walkout_routes.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/edit_picket_plan.hpp"
#include "server/service/join_picket.hpp"
#include "server/store/walkout_store.hpp"
#include "shared/strike/icalendar.hpp"
#include "shared/wire/picket_messages.hpp"

namespace walkout::api {
namespace {

using http::Method;

Refusal malformed(std::string code, std::string detail) { return {.kind = Kind::malformed, .code = std::move(code), .detail = std::move(detail)}; }

Result<strike::PostNumber> post_number(const Call& call) { return number_in<strike::PostNumber>(call, "post"); }

Result<strike::Site> site_of(const wire::NewSite& body)
{
    if (body.latitude.has_value() != body.longitude.has_value())
        return malformed("bad_coordinates", "Give latitude and longitude together, or neither.");
    if (body.employer.has_value() != body.workplace.has_value())
        return malformed("bad_workplace", "Give employer and workplace together, or neither.");
    strike::Site site{.number = {},
                      .name = body.name,
                      .address = body.address,
                      .workplace = std::nullopt,
                      .coordinates = std::nullopt,
                      .is_public = body.is_public.value_or(false),
                      .notes = body.notes.value_or("")};
    if (body.latitude) site.coordinates = strike::Coordinates{*body.latitude, *body.longitude};
    if (body.employer) site.workplace = strike::Workplace{*body.employer, *body.workplace};
    site.elsewhere_reason = body.elsewhere_reason.value_or("");
    if (const auto& who = body.supervisor) site.supervisor = strike::Supervisor{who->name, who->contact, who->letter, who->police_told};
    return site;
}

Result<strike::Entrance> entrance_of(const wire::NewEntrance& body)
{
    strike::Entrance entrance{.number = {}, .site = strike::SiteNumber{body.site}, .name = body.name};
    if (body.opens.has_value() != body.closes.has_value())
        return malformed("bad_hours", "Give when an entrance opens and closes together, or neither.");
    if (!body.opens && body.days) return malformed("bad_hours", "Give the hours too when you name the days of the week on which an entrance opens.");
    if (!body.opens) return entrance;
    const auto opens = clock_of(*body.opens);
    const auto closes = clock_of(*body.closes);
    if (!opens || !closes) return malformed("bad_hours", "Opening hours are times of day such as 07:30, and 24:00 at the latest.");
    if (body.days && body.days->empty())
        return malformed("bad_hours", "Name the days of the week on which the entrance opens, or none for every day.");
    entrance.hours =
        strike::OpeningHours{*opens, *closes <= *opens ? *closes + Days(1) : *closes, body.days.value_or(std::vector<strike::Weekday>{})};
    return entrance;
}

Result<service::AskedPost> post_of(const wire::NewPost& body)
{
    const auto moment = [](WallTime wall, std::optional<bool> second) {
        return strike::Moment{wall, second.value_or(false) ? Zone::Repeated::later : Zone::Repeated::earlier};
    };
    strike::Post post{.number = {},
                      .entrance = strike::EntranceNumber{body.entrance},
                      .role = body.role.value_or(strike::PostRole::walkout),
                      .from = moment(body.from, body.from_second),
                      .to = moment(body.to, body.to_second),
                      .needed = body.needed,
                      .places = body.places.value_or(std::max(strike::pickets_per_entrance, body.needed)),
                      .over_six_reason = body.over_six_reason.value_or(""),
                      .organiser = body.organiser.value_or(""),
                      .lone_risk = body.lone_risk.value_or("")};
    return service::AskedPost{.number = {}, .post = std::move(post), .role_by_hours = !body.role};
}

template <class Make, class Body> auto make_with(const Make& make, const Body& body, const Call& call)
{
    if constexpr (std::is_invocable_v<Make, const Body&, const Call&>) return make(body, call);
    else return make(body);
}

/// The three kinds of addition to a plan: read the body, make the thing, add it under If-Match.
template <class Body, class Make, class Add> Write adding(Make make, Add add, int status = 201)
{
    return {[make, add, status](const Call& call, store::WriteTx& tx) -> Result<Reply> {
        const auto id = call.id<WalkoutId>("walkout");
        if (!id) return id.error();
        const auto body = plain_body_as<Body>(call);
        if (!body) return body.error();
        auto thing = make_with(make, *body, call);
        if (!thing) return thing.error();
        const auto added = add(tx, call.context, *id, call.arg("branch"), if_current(call), *std::move(thing));
        if (!added) return added.error();
        const wire::Added message{.number = static_cast<std::int64_t>(added->thing.number), .version = added->version};
        return with(reply_json(status, message), "ETag", etag(added->version));
    }};
}

/// Makes the thing that replaces the one whose number is in the address.
template <class Number, class Make> auto numbered(Make make, const char* placeholder)
{
    return [make, placeholder](const auto& body, const Call& call) {
        auto thing = make(body);
        const auto number = number_in<Number>(call, placeholder);
        if (!number) return decltype(thing)(number.error());
        if (thing) thing->number = *number;
        return thing;
    };
}

template <class Number, class Remove> Write removing(const char* placeholder, Remove remove)
{
    return {[placeholder, remove](const Call& call, store::WriteTx& tx) -> Result<Reply> {
        const auto id = call.id<WalkoutId>("walkout");
        if (!id) return id.error();
        const auto number = number_in<Number>(call, placeholder);
        if (!number) return number.error();
        const auto version = remove(tx, call.context, *id, call.arg("branch"), if_current(call), *number);
        if (!version) return version.error();
        return with(reply_json(200, wire::EditedPlan{*version}), "ETag", etag(*version));
    }};
}

Result<Reply> show_plan(const Call& call, const store::ReadTx& tx, const std::string& branch, bool rehearsal)
{
    const auto id = call.id<WalkoutId>("walkout");
    if (!id) return id.error();
    if (const auto allowed = service::may_see_plan(call.context.caller, branch); !allowed) return allowed.error();
    const auto walkout = service::require_walkout(tx, *id);
    if (!walkout) return walkout.error();
    const auto plan = store::picket_plan(tx, *id, branch);
    const auto view = plan_view(tx, *walkout, plan, store::people_on_posts(tx, *id, branch), call.context.caller, rehearsal);
    return versioned(reply_json(200, view), plan.version);
}

Result<Reply> show_own_plan(const Call& call, const store::ReadTx& tx, bool rehearsal)
{
    const auto branch = service::own_branch(call.context.caller);
    if (!branch) return branch.error();
    return show_plan(call, tx, *branch, rehearsal);
}

Result<Reply> join(const Call& call, store::WriteTx& tx, bool rehearsal)
{
    const auto post = post_number(call);
    if (!post) return post.error();
    const auto joined = service::join_picket(tx, call.context, *post);
    if (!joined) return joined.error();
    const auto place = store::find_post(tx, *post).value();
    return reply_json(201, my_post_view(store::find_walkout(tx, place.walkout).value(), place, rehearsal));
}

Result<Reply> leave(const Call& call, store::WriteTx& tx)
{
    const auto post = post_number(call);
    if (!post) return post.error();
    const auto left = service::leave_picket(tx, call.context, *post);
    if (!left) return left.error();
    return no_content();
}

Result<Reply> my_posts(const Call& call, const store::ReadTx& tx, bool rehearsal)
{
    wire::MyPostList message{.rehearsal = rehearsal, .posts = {}, .in_charge = {}};
    for (const auto& [sign_up, place] : store::sign_ups_of(tx, call.context.caller.number))
        if (!sign_up.cancelled) message.posts.push_back(my_post_view(store::find_walkout(tx, place.walkout).value(), place, rehearsal));
    for (const auto& place : store::organised_by(tx, call.context.caller.number)) {
        const auto walkout = store::find_walkout(tx, place.walkout).value();
        if (walkout.state != strike::State::ended) message.in_charge.push_back(my_post_view(walkout, place, rehearsal));
    }
    return reply_json(200, message);
}

} // namespace

Reply calendar_of(const store::ReadTx& tx, const std::string& member, Instant machine_now, bool rehearsal)
{
    const auto sign_ups = store::sign_ups_of(tx, member);
    std::vector<strike::Walkout> walkouts; // beside sign_ups, and alive as long as what refers to them
    for (const auto& mine : sign_ups) walkouts.push_back(store::find_walkout(tx, mine.place.walkout).value());
    std::vector<strike::MyPost> posts;
    for (std::size_t i = 0; i < sign_ups.size(); ++i) {
        const auto& [sign_up, place] = sign_ups[i];
        posts.push_back({walkouts[i], place.site, place.entrance, place.post, sign_up});
    }
    const strike::CalendarSource source{.domain = store::calendar_domain(tx), .stamp = machine_now, .rehearsal = rehearsal};
    return Reply{.content_type = "text/calendar; charset=utf-8", .body = strike::my_calendar(source, posts)};
}

void add_picket_routes(std::vector<Route>& routes, Services& services)
{
    const std::string plan = "/api/v1/walkouts/{walkout}/plans/{branch}";
    const bool rehearsal = services.rehearsal;
    const auto co_chairs = any_of(ballot::Role::co_chair);
    const auto added = wire::schema_json<wire::Added>();
    routes.push_back(
        {.pattern = plan,
         .access = signed_in,
         .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) { return show_plan(call, tx, call.arg("branch"), rehearsal); }},
         .summary = "A branch's picket plan; its ETag is what edits name in If-Match",
         .response_schema = wire::schema_json<wire::PlanView>()});
    routes.push_back({.pattern = "/api/v1/walkouts/{walkout}/plan",
                      .access = signed_in,
                      .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) { return show_own_plan(call, tx, rehearsal); }},
                      .summary = "The plan of the caller's own branch",
                      .response_schema = wire::schema_json<wire::PlanView>()});
    routes.push_back({.method = Method::post,
                      .pattern = plan + "/sites",
                      .access = co_chairs,
                      .handle = adding<wire::NewSite>(site_of, service::add_picket_site),
                      .summary = "Add a picket site",
                      .request_schema = wire::schema_json<wire::NewSite>(),
                      .response_schema = added,
                      .if_match = true});
    routes.push_back({.method = Method::post,
                      .pattern = plan + "/entrances",
                      .access = co_chairs,
                      .handle = adding<wire::NewEntrance>(entrance_of, service::add_picket_entrance),
                      .summary = "Add an entrance to a site",
                      .request_schema = wire::schema_json<wire::NewEntrance>(),
                      .response_schema = added,
                      .if_match = true});
    routes.push_back({.method = Method::post,
                      .pattern = plan + "/posts",
                      .access = co_chairs,
                      .handle = adding<wire::NewPost>(post_of, service::add_picket_post),
                      .summary = "Add a post to an entrance",
                      .request_schema = wire::schema_json<wire::NewPost>(),
                      .response_schema = added,
                      .if_match = true});
    const auto changes = [&](const std::string& collection, const std::string& what, Write handle, std::string schema) {
        routes.push_back({.method = Method::put,
                          .pattern = plan + collection,
                          .access = co_chairs,
                          .handle = std::move(handle),
                          .summary = "Change " + what + ", whole",
                          .request_schema = std::move(schema),
                          .response_schema = added,
                          .if_match = true});
    };
    changes("/sites/{site}", "a picket site", adding<wire::NewSite>(numbered<strike::SiteNumber>(site_of, "site"), service::change_picket_site, 200),
            wire::schema_json<wire::NewSite>());
    changes("/entrances/{entrance}", "an entrance",
            adding<wire::NewEntrance>(numbered<strike::EntranceNumber>(entrance_of, "entrance"), service::change_picket_entrance, 200),
            wire::schema_json<wire::NewEntrance>());
    changes("/posts/{post}", "a post", adding<wire::NewPost>(numbered<strike::PostNumber>(post_of, "post"), service::change_picket_post, 200),
            wire::schema_json<wire::NewPost>());
    const auto removes = [&](const std::string& collection, const std::string& what, Write handle) {
        routes.push_back({.method = Method::del,
                          .pattern = plan + collection,
                          .access = co_chairs,
                          .handle = std::move(handle),
                          .summary = "Remove " + what + "; whoever is on its posts is told",
                          .response_schema = wire::schema_json<wire::EditedPlan>(),
                          .if_match = true});
    };
    removes("/sites/{site}", "a picket site", removing<strike::SiteNumber>("site", service::remove_picket_site));
    removes("/entrances/{entrance}", "an entrance", removing<strike::EntranceNumber>("entrance", service::remove_picket_entrance));
    removes("/posts/{post}", "a post", removing<strike::PostNumber>("post", service::remove_picket_post));
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/posts/{post}/sign-ups",
                      .access = signed_in,
                      .handle = Write{[rehearsal](const Call& call, store::WriteTx& tx) { return join(call, tx, rehearsal); }},
                      .summary = "Sign up for a post",
                      .response_schema = wire::schema_json<wire::MyPostView>()});
    routes.push_back({.method = Method::del,
                      .pattern = "/api/v1/posts/{post}/sign-ups",
                      .access = signed_in,
                      .handle = Write{leave},
                      .summary = "Give up a place on a post"});
    routes.push_back({.pattern = "/api/v1/me/posts",
                      .access = signed_in,
                      .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) { return my_posts(call, tx, rehearsal); }},
                      .summary = "My picket posts",
                      .response_schema = wire::schema_json<wire::MyPostList>()});
    routes.push_back({.pattern = "/api/v1/me/posts.ics",
                      .access = signed_in,
                      .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) {
                          return Result<Reply>(calendar_of(tx, call.context.caller.number, call.context.machine_now, rehearsal));
                      }},
                      .summary = "My picket posts as iCalendar, cancelled ones too"});
}

} // namespace walkout::api
