#include "server/api/law_routes.hpp"

#include "server/api/ballot_calls.hpp"
#include "server/api/plain_words.hpp"
#include "server/service/commence_law.hpp"
#include "server/service/extend_mandate.hpp"
#include "server/store/law_store.hpp"
#include "server/store/walkout_store.hpp"
#include "shared/strike/timetable_calendar.hpp"
#include "shared/wire/law_messages.hpp"
#include "shared/wire/mandate_messages.hpp"

namespace walkout::api {
namespace {

using ballot::Role;
using http::Method;

Reply recorded(std::string words, const service::LawReach& reached)
{
    wire::LawRecorded message{.words = std::move(words), .reaches = {}, .samples = {}, .keeps = {}};
    for (const auto& id : reached.follows) message.reaches.push_back(id.text());
    for (const auto& id : reached.samples) message.samples.push_back(id.text());
    for (const auto& id : reached.bound) message.keeps.push_back(id.text());
    return reply_json(201, message);
}

Result<Reply> commence(const Call& call, store::WriteTx& tx)
{
    const auto body = body_as<wire::NewCommencement>(call);
    if (!body) return body.error();
    const auto reached = service::commence_law(tx, call.context, {body->provision, body->from, body->instrument});
    if (!reached) return reached.error();
    return recorded(std::string(name(body->provision)) + " from " + words(body->from) + " by " + body->instrument, *reached);
}

Result<Reply> set(const Call& call, store::WriteTx& tx)
{
    const auto body = body_as<wire::NewSetting>(call);
    if (!body) return body.error();
    auto value = law::parse_value(body->rule, body->value);
    if (!value) return value.error();
    const auto reached = service::set_law(tx, call.context, {body->jurisdiction, body->rule, body->from, *value, body->source});
    if (!reached) return reached.error();
    return recorded(law::in_words(body->rule, *value) + ", in " + std::string(law::country(body->jurisdiction)) + " from " + words(body->from) +
                        ", by " + body->source,
                    *reached);
}

Reply records(const store::ReadTx& tx, bool rehearsal)
{
    wire::LawRecords message{.rehearsal = rehearsal, .commencements = {}, .settings = {}};
    for (const auto& [amendment, at, by] : store::commencements(tx))
        message.commencements.push_back({amendment.provision, amendment.from, amendment.instrument, at});
    for (const auto& [setting, at, by] : store::law_settings(tx))
        message.settings.push_back({setting.jurisdiction, setting.topic, setting.from, law::value_text(setting.value), setting.source, at});
    return fresh(reply_json(200, message));
}

Result<Reply> calendar(const store::ReadTx& tx, const store::Ballot& ballot, bool rehearsal)
{
    const auto planned = service::timetable_of(tx, ballot, rehearsal);
    if (!planned) return planned.error();
    const strike::CalendarSource source{.domain = store::calendar_domain(tx), .stamp = ballot.planned_at, .rehearsal = rehearsal};
    return fresh(Reply{.content_type = "text/calendar; charset=utf-8", .body = strike::timetable_calendar(source, *planned)});
}

/// What the union must do next towards this employer, and by when.
std::string next_step(const service::EmployerMandate& whose, const law::ActionWindow* window, Date today)
{
    if (whose.mandate.limit == law::Limit::expires_end_of && today > whose.mandate.day) return "The mandate has ended.";
    if (window == nullptr) return "Tell the employer the result: until then no notice of action counts, and action is not protected against it.";
    if (!window->possible)
        return "Too late for a new notice of action: received today, it would allow action from " + words(window->earliest) +
               ", and the mandate's day is " + words(window->last) +
               (whose.mandate.extendable_to ? "; union and employer may agree a later one." : ".");
    return "A notice of action received today allows action from " + words(window->earliest) + "; the last day to receive one is " +
           words(window->notice_by) + ".";
}

wire::EmployerClock clock_of(const law::Rulebook& book, law::Jurisdiction jurisdiction, const service::EmployerMandate& whose, Date today)
{
    wire::EmployerClock clock{.constituency = whose.constituency,
                              .constituency_name = whose.constituency_name,
                              .kind = whose.kind,
                              .employer = whose.employer,
                              .limit = whose.mandate.limit,
                              .last_day = whose.mandate.day,
                              .extendable_to = whose.mandate.extendable_to,
                              .extensions = {},
                              .result_told = whose.result_told,
                              .notice_by = {},
                              .earliest_action = {},
                              .words = {}};
    for (const auto& recorded : whose.extensions)
        clock.extensions.push_back({recorded.extension.ground, recorded.extension.until, recorded.made_on, recorded.evidence,
                                    recorded.extension.forbidden_from, recorded.extension.forbidden_to});
    std::optional<law::ActionWindow> window;
    if (whose.result_told) window = law::action_window(book, jurisdiction, whose.mandate, *whose.result_told, today);
    if (window) clock.notice_by = window->notice_by;
    if (window && window->possible) clock.earliest_action = window->earliest;
    clock.words = next_step(whose, window ? &*window : nullptr, today);
    return clock;
}

Reply clocks(const store::ReadTx& tx, const store::Ballot& ballot, Instant now)
{
    const auto book = service::rulebook_of(tx, ballot);
    const auto today = law::zone_of(ballot.plan.jurisdiction).date(now);
    wire::EmployerClocks message{.rehearsal = service::is_rehearsal(tx), .clocks = {}};
    for (const auto& whose : service::employer_mandates(tx, ballot)) message.clocks.push_back(clock_of(book, ballot.plan.jurisdiction, whose, today));
    return reply_json(200, message);
}

Result<Reply> extend(const Call& call, store::WriteTx& tx)
{
    const auto id = call.id<BallotId>("ballot");
    const auto body = worded_body_as<wire::NewExtension>(call);
    if (!id) return id.error();
    if (!body) return body.error();
    const auto extended = service::extend_mandate(tx, call.context, *id,
                                                  {.employer = body->employer,
                                                   .kind = body->kind,
                                                   .extension = {body->ground, body->until, body->forbidden_from, body->forbidden_to},
                                                   .made_on = body->made_on,
                                                   .evidence = body->evidence});
    if (!extended) return extended.error();
    return with(clocks(tx, service::require_ballot(tx, *id).value(), call.context.ballot_now), "Cache-Control", "no-store");
}

} // namespace

void add_law_routes(std::vector<Route>& routes, Services& services)
{
    const auto officials = any_of(Role::general_secretary, Role::scrutineer, Role::official);
    const bool rehearsal = services.rehearsal;
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/law/commencements",
                      .access = officials,
                      .handle = Write{commence},
                      .summary = "Record that a provision is in force, by the instrument that says so; ballots already opened keep their law",
                      .request_schema = wire::schema_json<wire::NewCommencement>(),
                      .response_schema = wire::schema_json<wire::LawRecorded>()});
    routes.push_back(
        {.method = Method::post,
         .pattern = "/api/v1/law/settings",
         .access = officials,
         .handle = Write{set},
         .summary = "Record a rule that was not verified, or has changed, as read in the enactment; ballots already opened keep their law",
         .request_schema = wire::schema_json<wire::NewSetting>(),
         .response_schema = wire::schema_json<wire::LawRecorded>()});
    routes.push_back({.pattern = "/api/v1/law/records",
                      .handle = Read{[rehearsal](const Call&, const store::ReadTx& tx) -> Result<Reply> { return records(tx, rehearsal); }},
                      .summary = "What officials have recorded of the law, with instruments and sources",
                      .response_schema = wire::schema_json<wire::LawRecords>()});
    routes.push_back(
        {.pattern = ballot_path + "/timetable.ics",
         .handle = shows([rehearsal](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) { return calendar(tx, ballot, rehearsal); }),
         .summary = "Every date of the ballot as a calendar"});
    routes.push_back({.pattern = ballot_path + "/mandates/employers",
                      .access = officials,
                      .handle = shows([](const store::ReadTx& tx, const store::Ballot& ballot, const Call& call) -> Result<Reply> {
                          return clocks(tx, ballot, call.context.ballot_now);
                      }),
                      .summary = "Each mandate towards each employer: told when, notice by when, action from when until when",
                      .response_schema = wire::schema_json<wire::EmployerClocks>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/mandates/extensions",
                      .access = any_of(Role::general_secretary),
                      .handle = Write{extend},
                      .summary = "Record that a mandate was lengthened towards one employer, by agreement or by a court, with the evidence",
                      .request_schema = wire::schema_json<wire::NewExtension>(),
                      .response_schema = wire::schema_json<wire::EmployerClocks>()});
}

} // namespace walkout::api
