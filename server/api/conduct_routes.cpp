#include "server/api/conduct_routes.hpp"

#include "server/api/ballot_calls.hpp"
#include "server/api/ballot_views.hpp"
#include "server/api/plain_words.hpp"
#include "server/service/ballot_incidents.hpp"
#include "server/service/choose_method.hpp"
#include "server/service/code_reports.hpp"
#include "server/service/extend_ballot.hpp"
#include "server/service/suspend_ballot.hpp"

namespace walkout::api {
namespace {

using ballot::Role;
using http::Method;

/// make(tx, ballot, call) gives a message or a refusal.
template <class Make> Read message_of(Make make)
{
    return shows([make](const store::ReadTx& tx, const store::Ballot& ballot, const Call& call) -> Result<Reply> {
        const auto message = make(tx, ballot, call);
        if (!message) return message.error();
        return reply_json(200, *message);
    });
}
/// The same, for everybody.
template <class Make> Read public_message_of(Make make)
{
    return shows([make](const store::ReadTx& tx, const store::Ballot& ballot, const Call& call) -> Result<Reply> {
        const auto message = make(tx, ballot, call);
        if (!message) return message.error();
        return fresh(reply_json(200, *message));
    });
}

/// change(tx, call, ballot, body) gives a message or a refusal.
template <class Body, class Change> Write changes(int status, Change change)
{
    return {[status, change](const Call& call, store::WriteTx& tx) -> Result<Reply> {
        const auto id = call.id<BallotId>("ballot");
        const auto body = worded_body_as<Body>(call);
        if (!id) return id.error();
        if (!body) return body.error();
        const auto message = change(tx, call, *id, *body);
        if (!message) return message.error();
        return reply_json(status, *message);
    }};
}

Result<wire::Addendum> extend(store::WriteTx& tx, const Call& call, const BallotId& id, const wire::LaterClosing& wanted)
{
    const auto proposed = service::propose_extension(tx, call.context, id, wanted);
    if (!proposed) return proposed.error();
    return service::addendum_view(tx, id, *proposed);
}

Result<wire::BallotIncidentList> add_incident(store::WriteTx& tx, const Call& call, const BallotId& id, const wire::NewBallotIncident& told)
{
    if (const auto recorded = service::record_ballot_incident(tx, call.context, id, told); !recorded) return recorded.error();
    return service::incident_list(tx, service::require_ballot(tx, id).value());
}

Result<wire::BallotIncidentList> add_code_incident(store::WriteTx& tx, const Call& call, const BallotId& id, const wire::CodeIncident& told)
{
    if (const auto recorded = service::record_incident(tx, call.context, id, told.member); !recorded) return recorded.error();
    return service::incident_list(tx, service::require_ballot(tx, id).value());
}

Result<wire::BallotLine> suspend(store::WriteTx& tx, const Call& call, const BallotId& id, const wire::Suspension& body, bool rehearsal)
{
    if (const auto suspended = service::suspend_ballot(tx, call.context, id, body.reason); !suspended) return suspended.error();
    return ballot_line(service::require_ballot(tx, id).value(), rehearsal);
}

Result<wire::MethodRecordView> record_method(store::WriteTx& tx, const Call& call, const BallotId& id, const wire::NewMethodRecord& record)
{
    if (const auto recorded = service::record_method(tx, call.context, id, record); !recorded) return recorded.error();
    return service::method_record_view(tx, service::require_ballot(tx, id).value());
}

void add_closing_routes(std::vector<Route>& routes, Services& services)
{
    routes.push_back({.pattern = ballot_path + "/addenda",
                      .handle = public_message_of([](const store::ReadTx& tx, const store::Ballot& ballot,
                                                     const Call&) -> Result<wire::AddendumList> { return service::addenda(tx, ballot.plan.id); }),
                      .summary = "Addenda to the bound voting paper: later closings, with the signatures that made them",
                      .response_schema = wire::schema_json<wire::AddendumList>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/addenda",
                      .access = any_of(Role::scrutineer, Role::general_secretary, Role::official),
                      .handle = changes<wire::LaterClosing>(200, extend),
                      .summary = "Propose that voting closes later; two signatures of the step extend make it true",
                      .request_schema = wire::schema_json<wire::LaterClosing>(),
                      .response_schema = wire::schema_json<wire::Addendum>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/suspension",
                      .access = any_of(Role::scrutineer),
                      .handle = changes<wire::Suspension>(
                          200, [&services](store::WriteTx& tx, const Call& call, const BallotId& id,
                                           const wire::Suspension& body) { return suspend(tx, call, id, body, services.rehearsal); }),
                      .summary = "Halt voting at once; two signatures of the step resume let it go on",
                      .request_schema = wire::schema_json<wire::Suspension>(),
                      .response_schema = wire::schema_json<wire::BallotLine>()});
}

} // namespace

void add_conduct_routes(std::vector<Route>& routes, Services& services)
{
    const auto officials = any_of(Role::scrutineer, Role::general_secretary, Role::official);
    add_closing_routes(routes, services);
    routes.push_back({.pattern = ballot_path + "/incidents",
                      .access = officials,
                      .handle = message_of([](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<wire::BallotIncidentList> {
                          return service::incident_list(tx, ballot);
                      }),
                      .summary = "Incidents and outages of the ballot, corrected ones too",
                      .response_schema = wire::schema_json<wire::BallotIncidentList>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/incidents",
                      .access = officials,
                      .handle = changes<wire::NewBallotIncident>(200, add_incident),
                      .summary = "Record an incident or an outage",
                      .request_schema = wire::schema_json<wire::NewBallotIncident>(),
                      .response_schema = wire::schema_json<wire::BallotIncidentList>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/incidents/code",
                      .access = any_of(Role::scrutineer),
                      .handle = changes<wire::CodeIncident>(200, add_code_incident),
                      .summary = "Record that a member says somebody else voted with their code; the same member again is recorded once",
                      .request_schema = wire::schema_json<wire::CodeIncident>(),
                      .response_schema = wire::schema_json<wire::BallotIncidentList>(),
                      .traceless = true}); // a hash of the body would tell which member has returned to whoever tries all numbers
    routes.push_back({.pattern = ballot_path + "/method-record/form",
                      .access = officials,
                      .handle = message_of([](const store::ReadTx& tx, const store::Ballot& ballot, const Call& call) {
                          return service::method_record_form(tx, call.context, ballot);
                      }),
                      .summary = "What the choice-of-method record of this ballot has to say",
                      .response_schema = wire::schema_json<wire::MethodRecordForm>()});
    routes.push_back({.pattern = ballot_path + "/method-record",
                      .handle = public_message_of(
                          [](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) { return service::method_record_view(tx, ballot); }),
                      .summary = "Why the ballot is voted on as it is: the signed choice-of-method record",
                      .response_schema = wire::schema_json<wire::MethodRecordView>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/method-record",
                      .access = any_of(Role::scrutineer, Role::general_secretary),
                      .handle = changes<wire::NewMethodRecord>(201, record_method),
                      .summary = "Sign the choice-of-method record, before the ballot opens",
                      .request_schema = wire::schema_json<wire::NewMethodRecord>(),
                      .response_schema = wire::schema_json<wire::MethodRecordView>(),
                      .body_limit = 1U << 17U});
}

} // namespace walkout::api
