#include "server/api/walkout_routes.hpp"

#include "server/api/plain_words.hpp"
#include "server/api/reply.hpp"
#include "server/api/strike_views.hpp"
#include "server/service/agree_suspension.hpp"
#include "server/service/call_walkout.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/picket_rules.hpp"
#include "server/service/tell_walkout.hpp"
#include "server/store/walkout_store.hpp"
#include "shared/strike/icalendar.hpp"
#include "shared/wire/action_messages.hpp"
#include "shared/wire/geojson.hpp"

namespace walkout::api {
namespace {

using http::Method;

/// Public, and asked again each time: a suspension must be seen at once.
Reply fresh(Reply reply) { return with(std::move(reply), "Cache-Control", "public, no-cache"); }

Refusal window_missing(std::string detail, std::string next)
{
    return {.kind = Kind::malformed, .code = "window_missing", .detail = std::move(detail), .next = std::move(next)};
}

/// On every day until it ends: said so, or action short of a strike that has no end but its mandate's.
bool goes_on(const wire::CallWalkout& body)
{
    return body.continuous.value_or(body.kind == strike::Action::action_short && !body.dates && !body.end);
}

/// From start to end; or over the days of action short of a strike; or, where it is continuous, from start for as long as the mandate lasts.
Result<strike::Window> window_of(const wire::CallWalkout& body, const store::ReadTx& tx)
{
    const auto zone = body.zone.value_or("Europe/London");
    const auto semantics = body.semantics.value_or(strike::Semantics::clock);
    if (body.dates) {
        if (body.dates->empty() || body.start || body.end)
            return window_missing("The days of the action stand instead of a start and an end.", "Give dates, or start and end.");
        return strike::Window::make(WallTime(body.dates->front()), WallTime(body.dates->back() + Days(1)), zone, semantics);
    }
    if (!body.start) return window_missing("There is no start.", "Say when it starts.");
    if (body.end) return strike::Window::make(*body.start, *body.end, zone, semantics);
    if (!goes_on(body)) return window_missing("There is no end.", "Say when it ends, or that it is continuous.");
    const auto end = service::latest_end(tx, body.ballot, body.kind, body.constituencies.value_or(std::vector<ConstituencyId>{}), zone);
    if (!end) return end.error();
    return strike::Window::make(*body.start, *end, zone, semantics);
}

Result<Reply> call(const Call& call, store::WriteTx& tx, const Services& services)
{
    const auto body = plain_body_as<wire::CallWalkout>(call);
    if (!body) return body.error();
    const auto window = window_of(*body, tx);
    if (!window) return window.error();
    const auto called = service::call_walkout(tx, call.context,
                                              {.id = body->id,
                                               .ballot = body->ballot,
                                               .action = body->kind,
                                               .constituencies = body->constituencies.value_or(std::vector<ConstituencyId>{}),
                                               .window = *window,
                                               .dates = body->dates.value_or(std::vector<Date>{}),
                                               .leave_out_unready = body->leave_out_unready.value_or(false),
                                               .continuous = goes_on(*body)});
    if (!called) return called.error();
    auto view = walkout_view(tx, called->walkout, services.rehearsal);
    view.left_out = left_out_view(called->left_out);
    const auto told = service::tell_call(tx, call.context, called->walkout);
    view.told = wire::CallTold{told.mailed, told.without_address};
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
    for (const auto& walkout : store::walkouts(tx)) message.walkouts.push_back(walkout_view(tx, walkout, services.rehearsal));
    return fresh(reply_json(200, message));
}

Result<Reply> show(const Call& call, const store::ReadTx& tx, const Services& services)
{
    const auto walkout = named(call, tx);
    if (!walkout) return walkout.error();
    return fresh(reply_json(200, walkout_view(tx, *walkout, services.rehearsal)));
}

strike::Asker asker_of(const Call& call, const store::ReadTx& tx, const strike::Walkout& walkout)
{
    strike::Asker asker;
    const auto member = store::find_member(tx, call.context.caller.number);
    if (!member || !call.context.caller.member) return asker;
    asker.called = service::is_called(tx, walkout, *member);
    for (const auto& exemption : service::granted_exemptions(tx, walkout.id, member->number)) asker.exemptions.push_back(strike::span(exemption, walkout.window.zone()));
    return asker;
}

Result<Reply> cover(const Call& call, const store::ReadTx& tx, const Services& services)
{
    const auto walkout = named(call, tx);
    if (!walkout) return walkout.error();
    const auto body = plain_body_as<wire::CoverAsked>(call);
    if (!body) return body.error();
    const auto off = body->off.value_or(std::vector<Date>{});
    if (body->shifts.size() + off.size() == 0 || body->shifts.size() + off.size() > 400)
        return Refusal{.kind = Kind::malformed, .code = "no_shift", .detail = "Ask about at least one shift or day, and at most 400."};
    const auto asker = asker_of(call, tx, *walkout);
    const auto types = service::types_of_action(tx, *walkout);
    wire::CoverReplies message{.answers = {}, .called = asker.called, .exempt = std::nullopt, .rehearsal = services.rehearsal};
    if (asker.called) message.exempt = !asker.exemptions.empty();
    for (const auto& shift : body->shifts) {
        std::vector<strike::Shift> parts;
        for (const auto& part : shift.parts) parts.push_back({part.start, part.end});
        const auto answers = strike::cover(*walkout, parts, asker, types);
        if (!answers) return answers.error();
        for (std::size_t i = 0; i < parts.size(); ++i)
            message.answers.push_back({(*answers)[i].cover, (*answers)[i].sentence, (*answers)[i].for_manager, parts[i].start, parts[i].end});
    }
    for (const auto day : off) {
        const auto answer = strike::not_at_work(*walkout, day);
        message.answers.push_back({answer.cover, answer.sentence, answer.for_manager, WallTime(day), WallTime(day + Days(1))});
    }
    return reply_json(200, message);
}

Result<Reply> calendar(const Call& call, const store::ReadTx& tx, const Services& services)
{
    const auto walkout = named(call, tx);
    if (!walkout) return walkout.error();
    const strike::CalendarSource source{.domain = store::calendar_domain(tx), .stamp = call.context.machine_now, .rehearsal = services.rehearsal};
    return fresh(
        Reply{.content_type = "text/calendar; charset=utf-8",
              .body = strike::walkout_calendar(source, *walkout, store::public_sites(tx, walkout->id), service::called_words(tx, *walkout))});
}

Result<Reply> map(const Call& call, const store::ReadTx& tx, const Services& services)
{
    const auto walkout = named(call, tx);
    if (!walkout) return walkout.error();
    return fresh(Reply{.content_type = "application/geo+json",
                       .body = wire::geojson(*walkout, public_sites_of(tx, walkout->id), services.rehearsal, service::called_words(tx, *walkout))});
}

Result<Reply> change(const Call& call, store::WriteTx& tx, service::WalkoutChange change, const Services& services)
{
    const auto id = call.id<WalkoutId>("walkout");
    if (!id) return id.error();
    const auto body = plain_body_as<wire::Reason>(call);
    if (!body) return body.error();
    const auto changed = service::change_walkout(tx, call.context, *id, change, body->reason);
    if (!changed) return changed.error();
    return reply_json(200, walkout_view(tx, *changed, services.rehearsal));
}

Result<Reply> agreements_reply(const store::ReadTx& tx, const Call& call, const WalkoutId& id, bool rehearsal, int status)
{
    const auto recorded = service::suspension_agreements(tx, call.context, id);
    if (!recorded) return recorded.error();
    wire::AgreementList list{.rehearsal = rehearsal, .agreements = {}};
    for (const auto& [agreed, at, by] : *recorded)
        list.agreements.push_back(
            {agreed.employer, agreed.agreed_by, agreed.made_on, agreed.suspended_from, agreed.resumes_on, agreed.evidence, at, by});
    return reply_json(status, list);
}

Result<Reply> agree(const Call& call, store::WriteTx& tx, const Services& services)
{
    const auto id = call.id<WalkoutId>("walkout");
    if (!id) return id.error();
    const auto body = worded_body_as<wire::NewAgreement>(call);
    if (!body) return body.error();
    const auto agreed = service::agree_suspension(
        tx, call.context, *id, {body->employer, body->agreed_by, body->made_on, body->suspended_from, body->resumes_on, body->evidence});
    if (!agreed) return agreed.error();
    return agreements_reply(tx, call, *id, services.rehearsal, 201);
}

void add_agreement_routes(std::vector<Route>& routes, Services& services, const std::string& one)
{
    const auto list = wire::schema_json<wire::AgreementList>();
    routes.push_back({.pattern = one + "/agreements",
                      .access = signed_in,
                      .handle = Read{[&services](const Call& c, const store::ReadTx& tx) -> Result<Reply> {
                          const auto id = c.id<WalkoutId>("walkout");
                          if (!id) return id.error();
                          return agreements_reply(tx, c, *id, services.rehearsal, 200);
                      }},
                      .summary = "What was agreed with employers about suspending and resuming a walkout (the office that called it)",
                      .response_schema = list});
    routes.push_back({.method = Method::post,
                      .pattern = one + "/agreements",
                      .access = signed_in,
                      .handle = Write{[&services](const Call& c, store::WriteTx& tx) { return agree(c, tx, services); }},
                      .summary = "Record that an employer agreed when a walkout is suspended and may resume",
                      .request_schema = wire::schema_json<wire::NewAgreement>(),
                      .response_schema = list});
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
                      .summary = "Call a walkout inside a mandate; members called and their co-chairs are told by mail",
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
    routes.push_back({.method = Method::post,
                      .pattern = one + "/cover",
                      .access = anyone,
                      .handle = Read{[&services](const Call& c, const store::ReadTx& tx) { return cover(c, tx, services); }},
                      .summary = "Whether it covers a shift; with a session, whether it covers the caller's",
                      .request_schema = wire::schema_json<wire::CoverAsked>(),
                      .response_schema = wire::schema_json<wire::CoverReplies>()});
    routes.push_back({.pattern = one + "/ics",
                      .access = anyone,
                      .handle = Read{[&services](const Call& c, const store::ReadTx& tx) { return calendar(c, tx, services); }},
                      .summary = "The walkout as iCalendar (RFC 5545)"});
    routes.push_back({.pattern = one + "/sites.geojson",
                      .access = anyone,
                      .handle = Read{[&services](const Call& c, const store::ReadTx& tx) { return map(c, tx, services); }},
                      .summary = "Its public picket sites as GeoJSON (RFC 7946)"});
    routes.push_back(change_route(WalkoutChange::suspend, "Suspend a walkout; its calendars cancel it", services));
    routes.push_back(change_route(WalkoutChange::resume, "Resume a suspended walkout, as every employer agreed or has had a fresh notice", services));
    routes.push_back(change_route(WalkoutChange::end, "End a walkout for good", services));
    add_agreement_routes(routes, services, one);
}

} // namespace walkout::api
