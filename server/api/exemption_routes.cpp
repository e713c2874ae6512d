#include "server/api/plain_words.hpp"
#include "server/api/strike_calls.hpp"
#include "server/api/walkout_routes.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/exempt_work.hpp"
#include "shared/wire/strike_day_messages.hpp"
#include "shared/wire/strike_messages.hpp"

namespace walkout::api {
namespace {

using http::Method;

wire::ExemptionView view_of(const store::ReadTx& tx, const strike::Exemption& exemption, bool rehearsal)
{
    const auto walkout = service::require_walkout(tx, exemption.walkout).value();
    wire::ExemptionView view{.number = static_cast<std::int64_t>(exemption.number),
                             .walkout = exemption.walkout,
                             .member = exemption.member,
                             .name = exemption.member_name,
                             .work = exemption.work,
                             .requested_by = exemption.requested_by,
                             .reason = exemption.reason,
                             .start = exemption.hours.start,
                             .end = exemption.hours.end,
                             .words = strike::words(exemption.from(), exemption.to(), walkout.window.zone()),
                             .state = exemption.state(),
                             .decisions = {},
                             .withdrawn = std::nullopt,
                             .rehearsal = rehearsal};
    for (const auto& decision : exemption.decisions) view.decisions.push_back({decision.name, decision.grants, decision.reason, decision.at});
    if (const auto& by = exemption.withdrawn) view.withdrawn = wire::DecisionView{by->name, false, by->reason, by->at};
    return view;
}

Reply list_of(const store::ReadTx& tx, const std::vector<strike::Exemption>& exemptions, bool rehearsal)
{
    wire::ExemptionList message{.exemptions = {}, .rehearsal = rehearsal};
    for (const auto& exemption : exemptions) message.exemptions.push_back(view_of(tx, exemption, rehearsal));
    return reply_json(200, message);
}

Result<Reply> request(const Call& call, store::WriteTx& tx, bool rehearsal)
{
    const auto which = [](std::optional<bool> second) { return second.value_or(false) ? Zone::Repeated::later : Zone::Repeated::earlier; };
    const auto id = call.id<WalkoutId>("walkout");
    if (!id) return id.error();
    const auto body = plain_body_as<wire::NewExemption>(call);
    if (!body) return body.error();
    const auto asked = service::request_exemption(tx, call.context,
                                                  {.walkout = *id,
                                                   .branch = {},
                                                   .member = body->member.value_or(call.context.caller.number),
                                                   .member_name = {},
                                                   .work = body->work,
                                                   .requested_by = body->requested_by.value_or(""),
                                                   .reason = body->reason,
                                                   .hours = {body->start, body->end},
                                                   .from_repeated = which(body->start_second),
                                                   .to_repeated = which(body->end_second)});
    if (!asked) return asked.error();
    return reply_json(201, view_of(tx, *asked, rehearsal));
}

Result<Reply> decide(const Call& call, store::WriteTx& tx, bool rehearsal)
{
    const auto number = number_in<strike::ExemptionNumber>(call, "exemption");
    if (!number) return number.error();
    const auto body = plain_body_as<wire::NewDecision>(call);
    if (!body) return body.error();
    const auto decided = service::decide_exemption(tx, call.context, *number, body->grants, body->reason);
    if (!decided) return decided.error();
    return reply_json(200, view_of(tx, *decided, rehearsal));
}

Result<Reply> withdraw(const Call& call, store::WriteTx& tx, bool rehearsal)
{
    const auto number = number_in<strike::ExemptionNumber>(call, "exemption");
    if (!number) return number.error();
    const auto body = plain_body_as<wire::Reason>(call);
    if (!body) return body.error();
    const auto withdrawn = service::withdraw_exemption(tx, call.context, *number, body->reason);
    if (!withdrawn) return withdrawn.error();
    return reply_json(200, view_of(tx, *withdrawn, rehearsal));
}

Result<Reply> mine(const Call& call, const store::ReadTx& tx, bool rehearsal)
{
    const auto id = call.id<WalkoutId>("walkout");
    if (!id) return id.error();
    const auto exemptions = service::my_exemptions(tx, call.context, *id);
    if (!exemptions) return exemptions.error();
    return list_of(tx, *exemptions, rehearsal);
}

} // namespace

void add_exemption_routes(std::vector<Route>& routes, Services& services)
{
    const bool rehearsal = services.rehearsal;
    const auto view = wire::schema_json<wire::ExemptionView>();
    const auto list = wire::schema_json<wire::ExemptionList>();
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/walkouts/{walkout}/exemptions",
                      .access = signed_in,
                      .handle = Write{[rehearsal](const Call& call, store::WriteTx& tx) { return request(call, tx, rehearsal); }},
                      .summary = "Ask for some work to be exempt from a walkout",
                      .request_schema = wire::schema_json<wire::NewExemption>(),
                      .response_schema = view,
                      .private_reply = true});
    routes.push_back({.pattern = "/api/v1/walkouts/{walkout}/exemptions",
                      .access = signed_in,
                      .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) { return mine(call, tx, rehearsal); }},
                      .summary = "Whether the caller is exempt, and what became of what they asked",
                      .response_schema = list});
    routes.push_back({.pattern = plan_pattern + "/exemptions",
                      .access = any_of(ballot::Role::co_chair, ballot::Role::general_secretary),
                      .handle = reading_plan(
                          [rehearsal](const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch) -> Result<Reply> {
                              const auto exemptions = service::branch_exemptions(tx, call.context, id, branch);
                              if (!exemptions) return exemptions.error();
                              return list_of(tx, *exemptions, rehearsal);
                          }),
                      .summary = "A branch's exemptions, for its co-chairs; to the general secretary those which the branch cannot decide alone",
                      .response_schema = list});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/exemptions/{exemption}/decisions",
                      .access = any_of(ballot::Role::co_chair, ballot::Role::general_secretary),
                      .handle = Write{[rehearsal](const Call& call, store::WriteTx& tx) { return decide(call, tx, rehearsal); }},
                      .summary = "Decide about an exemption: it takes two people to grant one",
                      .request_schema = wire::schema_json<wire::NewDecision>(),
                      .response_schema = view,
                      .private_reply = true});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/exemptions/{exemption}/withdrawal",
                      .access = any_of(ballot::Role::co_chair, ballot::Role::general_secretary),
                      .handle = Write{[rehearsal](const Call& call, store::WriteTx& tx) { return withdraw(call, tx, rehearsal); }},
                      .summary = "Take back an exemption that was granted, with a reason: the member is told, and the letter is no longer given out",
                      .request_schema = wire::schema_json<wire::Reason>(),
                      .response_schema = view,
                      .private_reply = true});
}

} // namespace walkout::api
