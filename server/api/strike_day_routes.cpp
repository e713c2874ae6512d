#include "server/api/plain_words.hpp"
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
    const auto& [walkout, plan, posts, co_chair, holder] = *organising;
    wire::Roster message{.walkout = id,
                         .title = walkout.title,
                         .branch = branch,
                         .holder = holder,
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
                                 place.entrance.name, hours.from, hours.to, static_cast<std::int64_t>(place.site.number)});
    }
    for (const auto& person : store::people_on_posts(tx, id, branch))
        if (posts.contains(person.post)) message.people.push_back({static_cast<std::int64_t>(person.post), person.number, person.name});
    const auto text = wire::to_json(message);
    return reply_json(200, wire::SignedRoster{text, hex(services.board_key.sign("walkout-roster|" + text)), hex(services.board_key.public_key())});
}

/// What a roster allowed that this server signed for this plan.
Result<service::WrittenUnder> written_under(const wire::SignedRoster& sealed, const WalkoutId& id, const std::string& branch,
                                            const SigningPublicKey& board_key)
{
    const auto signature = parse_signature(sealed.signature);
    const auto roster = signature && verify_signature(board_key, "walkout-roster|" + sealed.roster, *signature)
                            ? wire::from_json<wire::Roster>(sealed.roster)
                            : Result<wire::Roster>(Refusal{});
    if (!roster || roster->walkout != id || roster->branch != branch)
        return Refusal{.kind = Kind::invalid,
                       .code = "roster_not_genuine",
                       .detail = "These lines came with a roster that this server did not sign for this plan.",
                       .next = "Send them to the server that the roster is from."};
    service::WrittenUnder under{.holder = roster->holder, .posts = {}, .listed = {}};
    for (const auto& post : roster->posts) under.posts[strike::PostNumber{post.number}] = {post.from, post.to};
    for (const auto& person : roster->people) under.listed.insert({strike::PostNumber{person.post}, person.number});
    return under;
}

Result<Reply> check_in(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch, const SigningPublicKey& board_key)
{
    const auto body = body_as<wire::CheckInList>(call);
    if (!body) return body.error();
    if (body->lines.size() > 2000)
        return Refusal{.kind = Kind::too_large, .code = "too_many_lines", .detail = "At most 2000 lines at once.", .next = "Send them in parts."};
    std::vector<strike::CheckIn> lines;
    for (const auto& line : body->lines) lines.push_back({line.id, strike::PostNumber{line.post}, line.member, line.kind, line.at});
    std::optional<service::WrittenUnder> under;
    if (body->roster) {
        const auto read = written_under(*body->roster, id, branch, board_key);
        if (!read) return read.error();
        under = *read;
    }
    const auto taken = service::check_in(tx, call.context, id, branch, lines, under);
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

Result<Reply> taken(const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch, bool rehearsal)
{
    const auto lines = service::taken_lines(tx, call.context, id, branch);
    if (!lines) return lines.error();
    wire::TakenLines message{.lines = {}, .rehearsal = rehearsal};
    for (const auto& [line, name] : *lines)
        message.lines.push_back({line.id, static_cast<std::int64_t>(line.post), line.member, name, line.kind, line.at});
    return reply_json(200, message);
}

/// Which of two, in the hour that autumn repeats.
std::optional<std::string> label_of(WallTime wall, Instant at, const Zone& zone)
{
    return strike::is_repeated(wall, zone) ? std::optional(zone.abbreviation(at)) : std::nullopt;
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
        for (const auto& hour : site.hours) {
            const auto wall = walkout->window.zone().wall(hour.from);
            message.sites.back().hours.push_back({wall, label_of(wall, hour.from, walkout->window.zone()), hour.from, hour.people});
        }
    }
    return reply_json(200, message);
}

Result<Reply> note(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch, const SigningPublicKey& board_key)
{
    const auto body = body_as<wire::NewIncident>(call);
    if (!body) return body.error();
    auto said = *body;
    said.roster.reset(); // signed, and no words of the organiser's
    PlainWords words;
    describe(words, said);
    if (words.unclean())
        return Refusal{.kind = Kind::invalid,
                       .code = "not_plain_text",
                       .detail = "The text of \"" + *words.unclean() + "\" is not one plain line.",
                       .next = "Write it in one line, as it is to be read."};
    if (auto refusal = refuse_blank(words)) return *std::move(refusal);
    std::optional<service::WrittenUnder> under;
    if (body->roster) {
        const auto read = written_under(*body->roster, id, branch, board_key);
        if (!read) return read.error();
        under = *read;
    }
    const auto repeated = body->at_second.value_or(false) ? Zone::Repeated::later : Zone::Repeated::earlier;
    const auto number = service::note_incident(tx, call.context, id, branch,
                                               {.site = strike::SiteNumber{body->site},
                                                .at = {body->at, repeated},
                                                .words = body->words,
                                                .police = body->police.value_or(""),
                                                .recorded_by = {},
                                                .id = body->id},
                                               under);
    if (!number) return number.error();
    return reply_json(201, wire::Numbered{*number});
}

Result<Reply> incidents(const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto noted = service::noted_incidents(tx, call.context, id, branch);
    if (!noted) return noted.error();
    wire::IncidentList message;
    const auto zone = service::require_walkout(tx, id)->window.zone();
    for (const auto& incident : *noted)
        message.incidents.push_back({incident.number, static_cast<std::int64_t>(incident.site), incident.at.wall,
                                     label_of(incident.at.wall, strike::instant(incident.at, zone), zone), incident.words, incident.police,
                                     incident.recorded_by, incident.recorded_at});
    return reply_json(200, message);
}

Result<Reply> export_csv(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto body = plain_body_as<wire::ExportAsked>(call);
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
                      .handle = writing_plan([&services](const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch) {
                          return check_in(call, tx, id, branch, services.board_key.public_key());
                      }),
                      .summary = "Lines of organisers' lists, in any order, as often as they are sent",
                      .request_schema = wire::schema_json<wire::CheckInList>(),
                      .response_schema = wire::schema_json<wire::CheckInVerdicts>(),
                      .body_limit = 2 << 20});
    routes.push_back({.pattern = plan_pattern + "/check-ins",
                      .access = signed_in,
                      .handle = reading_plan([rehearsal](const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch) {
                          return taken(call, tx, id, branch, rehearsal);
                      }),
                      .summary = "The lines that were taken, of the posts that the caller keeps lists of",
                      .response_schema = wire::schema_json<wire::TakenLines>()});
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
                      .handle = writing_plan([&services](const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch) {
                          return note(call, tx, id, branch, services.board_key.public_key());
                      }),
                      .summary = "Note an incident; with an id, as often as it is sent",
                      .request_schema = wire::schema_json<wire::NewIncident>(),
                      .response_schema = wire::schema_json<wire::Numbered>(),
                      .body_limit = 2 << 20}); // the roster that the note was kept with
    routes.push_back({.pattern = plan_pattern + "/incidents",
                      .access = any_of(ballot::Role::co_chair),
                      .handle = reading_plan(incidents),
                      .summary = "Incidents noted at a branch's pickets",
                      .response_schema = wire::schema_json<wire::IncidentList>()});
}

} // namespace walkout::api
