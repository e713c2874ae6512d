#include "server/api/strike_calls.hpp"
#include "server/api/strike_views.hpp"
#include "server/api/walkout_routes.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/strike_day.hpp"
#include "server/store/register_store.hpp"
#include "shared/wire/strike_day_messages.hpp"

#include <algorithm>

namespace walkout::api {
namespace {

using http::Method;

/// The roster, and the board's signature over its text: it will be trusted on a pavement, where nobody can be asked.
Result<Reply> roster(const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch, const Services& services)
{
    const auto organising = service::as_organiser(tx, call.context, id, branch);
    if (!organising) return organising.error();
    const auto& [walkout, plan, posts, co_chair] = *organising;
    wire::Roster message{.walkout = id,
                         .title = walkout.title,
                         .branch = branch,
                         .zone = walkout.window.zone().name(),
                         .rehearsal = services.rehearsal,
                         .made_at = call.context.machine_now,
                         .clock_offset = (call.context.ballot_now - call.context.machine_now).count(),
                         .posts = {},
                         .people = {}};
    for (const auto& post : plan.posts) {
        if (!posts.contains(post.number)) continue;
        const auto place = store::find_post(tx, post.number).value();
        const auto hours = strike::span(post, walkout.window.zone());
        message.posts.push_back({static_cast<std::int64_t>(post.number), strike::words(post.from, post.to, walkout.window.zone()), place.site.name,
                                 place.entrance.name, hours.from, hours.to});
    }
    for (const auto& person : store::people_on_posts(tx, id, branch))
        if (posts.contains(person.post)) message.people.push_back({static_cast<std::int64_t>(person.post), person.number, person.name});
    const auto text = wire::to_json(message);
    return reply_json(200, wire::SignedRoster{text, hex(services.board_key.sign("walkout-roster|" + text)), hex(services.board_key.public_key())});
}

Result<Reply> check_in(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto body = body_as<wire::CheckInList>(call);
    if (!body) return body.error();
    if (body->lines.size() > 2000)
        return Refusal{.kind = Kind::too_large, .code = "too_many_lines", .detail = "At most 2000 lines at once.", .next = "Send them in parts."};
    std::vector<strike::CheckIn> lines;
    for (const auto& line : body->lines) lines.push_back({line.id, strike::PostNumber{line.post}, line.member, line.kind, line.at});
    const auto taken = service::check_in(tx, call.context, id, branch, lines);
    if (!taken) return taken.error();
    wire::CheckInVerdicts message;
    for (const auto& line : *taken) {
        message.lines.push_back({line.id, line.stored, std::nullopt, std::nullopt});
        if (!line.refused) continue;
        message.lines.back().code = line.refused->code;
        message.lines.back().detail = line.refused->detail;
    }
    return reply_json(200, message);
}

Result<Reply> attendance(const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch, bool rehearsal)
{
    const auto people = service::attended(tx, call.context, id, branch);
    if (!people) return people.error();
    wire::AttendedList message{.people = {}, .rehearsal = rehearsal};
    for (const auto& person : *people) {
        std::chrono::seconds stayed{0};
        for (const auto& stay : person.stayed) stayed += stay.to - stay.from;
        message.people.push_back({static_cast<std::int64_t>(person.post), person.number, person.name, std::string(name(person.state)),
                                  std::chrono::duration_cast<std::chrono::minutes>(stayed).count()});
    }
    return reply_json(200, message);
}

Result<Reply> headcount(const Call& call, const store::ReadTx& tx, bool rehearsal)
{
    const auto id = call.id<WalkoutId>("walkout");
    if (!id) return id.error();
    const auto counts = service::headcounts(tx, call.context, *id);
    if (!counts) return counts.error();
    const auto walkout = service::require_walkout(tx, *id);
    wire::HeadcountView message{.sites = {}, .rehearsal = rehearsal};
    for (const auto& site : *counts) {
        message.sites.push_back({site.branch, static_cast<std::int64_t>(site.site), site.name, {}});
        for (const auto& hour : site.hours) message.sites.back().hours.push_back({walkout->window.zone().wall(hour.from), hour.from, hour.people});
    }
    return reply_json(200, message);
}

Result<Reply> note(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto body = body_as<wire::NewIncident>(call);
    if (!body) return body.error();
    const auto number = service::note_incident(
        tx, call.context, id, branch,
        {.site = strike::SiteNumber{body->site}, .at = body->at, .words = body->words, .police = body->police.value_or(""), .recorded_by = {}});
    if (!number) return number.error();
    return reply_json(201, wire::Numbered{*number});
}

Result<Reply> incidents(const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto noted = service::noted_incidents(tx, call.context, id, branch);
    if (!noted) return noted.error();
    wire::IncidentList message;
    for (const auto& incident : *noted)
        message.incidents.push_back({incident.number, static_cast<std::int64_t>(incident.site), incident.at, incident.words, incident.police,
                                     incident.recorded_by, incident.recorded_at});
    return reply_json(200, message);
}

Result<Reply> export_csv(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto body = body_as<wire::ExportAsked>(call);
    if (!body) return body.error();
    const auto csv = service::export_attendance(tx, call.context, id, branch, body->purpose);
    if (!csv) return csv.error();
    return Reply{.content_type = "text/csv; charset=utf-8", .body = *csv};
}

} // namespace

void add_strike_day_routes(std::vector<Route>& routes, Services& services)
{
    const bool rehearsal = services.rehearsal;
    routes.push_back({.pattern = plan_pattern + "/roster",
                      .access = signed_in,
                      .handle = reading_plan([&services](const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch) {
                          return roster(call, tx, id, branch, services);
                      }),
                      .summary = "The signed roster that an organiser takes along",
                      .response_schema = wire::schema_json<wire::SignedRoster>()});
    routes.push_back({.method = Method::post,
                      .pattern = plan_pattern + "/check-ins",
                      .access = signed_in,
                      .handle = writing_plan(check_in),
                      .summary = "Lines of organisers' lists, in any order, as often as they are sent",
                      .request_schema = wire::schema_json<wire::CheckInList>(),
                      .response_schema = wire::schema_json<wire::CheckInVerdicts>(),
                      .body_limit = 1 << 20});
    routes.push_back({.pattern = plan_pattern + "/attendance",
                      .access = signed_in,
                      .handle = reading_plan([rehearsal](const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch) {
                          return attendance(call, tx, id, branch, rehearsal);
                      }),
                      .summary = "Who came, who walked up, who did not: for the branch's co-chairs and organisers",
                      .response_schema = wire::schema_json<wire::AttendedList>()});
    routes.push_back({.method = Method::post,
                      .pattern = plan_pattern + "/attendance-export",
                      .access = any_of(ballot::Role::co_chair),
                      .handle = writing_plan(export_csv),
                      .summary = "The attendance as CSV, for a stated purpose that is recorded",
                      .request_schema = wire::schema_json<wire::ExportAsked>(),
                      .private_reply = true});
    routes.push_back({.pattern = "/api/v1/walkouts/{walkout}/headcount",
                      .access = signed_in,
                      .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) { return headcount(call, tx, rehearsal); }},
                      .summary = "How many people are at each site, hour by hour: numbers only",
                      .response_schema = wire::schema_json<wire::HeadcountView>()});
    routes.push_back({.method = Method::post,
                      .pattern = plan_pattern + "/incidents",
                      .access = signed_in,
                      .handle = writing_plan(note),
                      .summary = "Note an incident",
                      .request_schema = wire::schema_json<wire::NewIncident>(),
                      .response_schema = wire::schema_json<wire::Numbered>()});
    routes.push_back({.pattern = plan_pattern + "/incidents",
                      .access = any_of(ballot::Role::co_chair),
                      .handle = reading_plan(incidents),
                      .summary = "Incidents noted at a branch's pickets",
                      .response_schema = wire::schema_json<wire::IncidentList>()});
}

} // namespace walkout::api
