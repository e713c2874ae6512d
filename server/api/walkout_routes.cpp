#include "server/api/walkout_routes.hpp"

#include "server/api/reply.hpp"
#include "server/api/strike_views.hpp"
#include "server/service/call_walkout.hpp"
#include "server/service/change_walkout.hpp"
#include "server/store/walkout_store.hpp"
#include "shared/strike/icalendar.hpp"
#include "shared/wire/geojson.hpp"

namespace walkout::api {
namespace {

using http::Method;

/// Public, and asked again each time: a suspension must be seen at once.
Reply fresh(Reply reply) { return with(std::move(reply), "Cache-Control", "public, no-cache"); }

Result<Reply> call(const Call& call, store::WriteTx& tx, const Services& services)
{
    const auto body = body_as<wire::CallWalkout>(call);
    if (!body) return body.error();
    const auto window =
        strike::Window::make(body->start, body->end, body->zone.value_or("Europe/London"), body->semantics.value_or(strike::Semantics::clock));
    if (!window) return window.error();
    const auto called = service::call_walkout(tx, call.context,
                                              {.id = body->id,
                                               .ballot = body->ballot,
                                               .action = body->kind,
                                               .constituencies = body->constituencies.value_or(std::vector<ConstituencyId>{}),
                                               .window = *window,
                                               .leave_out_unready = body->leave_out_unready.value_or(false)});
    if (!called) return called.error();
    auto view = walkout_view(called->walkout, services.rehearsal);
    view.left_out = left_out_view(called->left_out);
    return with(reply_json(201, view), "Location", "/api/v1/walkouts/" + called->walkout.id.text());
}

Result<strike::Walkout> named(const Call& call, const store::ReadTx& tx)
{
    const auto id = call.id<WalkoutId>("walkout");
    if (!id) return id.error();
    return service::require_walkout(tx, *id);
}

Result<Reply> list(const store::ReadTx& tx, const Services& services)
{
    wire::WalkoutList message;
    for (const auto& walkout : store::walkouts(tx)) message.walkouts.push_back(walkout_view(walkout, services.rehearsal));
    return fresh(reply_json(200, message));
}

Result<Reply> show(const Call& call, const store::ReadTx& tx, const Services& services)
{
    const auto walkout = named(call, tx);
    if (!walkout) return walkout.error();
    return fresh(reply_json(200, walkout_view(*walkout, services.rehearsal)));
}

Result<Reply> calendar(const Call& call, const store::ReadTx& tx, const Services& services)
{
    const auto walkout = named(call, tx);
    if (!walkout) return walkout.error();
    const strike::CalendarSource source{.domain = store::calendar_domain(tx), .stamp = call.context.machine_now, .rehearsal = services.rehearsal};
    return fresh(Reply{.content_type = "text/calendar; charset=utf-8",
                       .body = strike::walkout_calendar(source, *walkout, store::public_sites(tx, walkout->id))});
}

Result<Reply> map(const Call& call, const store::ReadTx& tx, const Services& services)
{
    const auto walkout = named(call, tx);
    if (!walkout) return walkout.error();
    std::vector<wire::PublicSite> sites;
    const auto posts = store::public_posts(tx, walkout->id);
    for (auto& site : store::public_sites(tx, walkout->id)) {
        sites.push_back({std::move(site), {}});
        for (const auto& place : posts)
            if (place.site.number == sites.back().site.number) sites.back().posts.push_back(place.post);
    }
    return fresh(Reply{.content_type = "application/geo+json", .body = wire::geojson(*walkout, sites, services.rehearsal)});
}

Result<Reply> change(const Call& call, store::WriteTx& tx, service::WalkoutChange change, const Services& services)
{
    const auto id = call.id<WalkoutId>("walkout");
    if (!id) return id.error();
    const auto body = body_as<wire::Reason>(call);
    if (!body) return body.error();
    const auto changed = service::change_walkout(tx, call.context, *id, change, body->reason);
    if (!changed) return changed.error();
    return reply_json(200, walkout_view(*changed, services.rehearsal));
}

Route change_route(service::WalkoutChange what, std::string summary, Services& services)
{
    return {.method = Method::post,
            .pattern = "/api/v1/walkouts/{walkout}/" + std::string(name(what)),
            .access = signed_in,
            .handle = Write{[&services, what](const Call& c, store::WriteTx& tx) { return change(c, tx, what, services); }},
            .summary = std::move(summary),
            .request_schema = wire::schema_json<wire::Reason>(),
            .response_schema = wire::schema_json<wire::WalkoutView>()};
}

} // namespace

void add_walkout_routes(std::vector<Route>& routes, Services& services)
{
    using service::WalkoutChange;
    const std::string all = "/api/v1/walkouts";
    const std::string one = all + "/{walkout}";
    const auto view = wire::schema_json<wire::WalkoutView>();
    routes.push_back({.method = Method::post,
                      .pattern = all,
                      .access = signed_in,
                      .handle = Write{[&services](const Call& c, store::WriteTx& tx) { return call(c, tx, services); }},
                      .summary = "Call a walkout inside a mandate",
                      .request_schema = wire::schema_json<wire::CallWalkout>(),
                      .response_schema = view});
    routes.push_back({.pattern = all,
                      .access = anyone,
                      .handle = Read{[&services](const Call&, const store::ReadTx& tx) { return list(tx, services); }},
                      .summary = "Every walkout, soonest first",
                      .response_schema = wire::schema_json<wire::WalkoutList>()});
    routes.push_back({.pattern = one,
                      .access = anyone,
                      .handle = Read{[&services](const Call& c, const store::ReadTx& tx) { return show(c, tx, services); }},
                      .summary = "One walkout",
                      .response_schema = view});
    routes.push_back({.pattern = one + "/ics",
                      .access = anyone,
                      .handle = Read{[&services](const Call& c, const store::ReadTx& tx) { return calendar(c, tx, services); }},
                      .summary = "The walkout as iCalendar (RFC 5545)"});
    routes.push_back({.pattern = one + "/sites.geojson",
                      .access = anyone,
                      .handle = Read{[&services](const Call& c, const store::ReadTx& tx) { return map(c, tx, services); }},
                      .summary = "Its public picket sites as GeoJSON (RFC 7946)"});
    routes.push_back(change_route(WalkoutChange::suspend, "Suspend a walkout; its calendars cancel it", services));
    routes.push_back(change_route(WalkoutChange::resume, "Resume a suspended walkout", services));
    routes.push_back(change_route(WalkoutChange::end, "End a walkout for good", services));
}

} // namespace walkout::api
