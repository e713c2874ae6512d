#include "server/api/ballot_routes.hpp"

#include "server/api/ballot_calls.hpp"
#include "server/api/ballot_views.hpp"
#include "server/api/plain_words.hpp"
#include "server/jobs/ballot_jobs.hpp"
#include "server/service/abandon_ballot.hpp"
#include "server/service/freeze_roll.hpp"
#include "server/service/plan_ballot.hpp"
#include "server/service/record_receipt.hpp"
#include "server/service/withdraw_receipt.hpp"

namespace walkout::api {
namespace {

using ballot::Role;
using http::Method;

template <class T> Result<Reply> reply(const Result<T>& message)
{
    if (!message) return message.error();
    return reply_json(200, *message);
}

Result<Reply> plan(const Call& call, store::WriteTx& tx, const Services& services)
{
    const auto body = body_as<ballot::BallotPlan>(call);
    if (!body) return body.error();
    const auto planned = service::plan_ballot(tx, call.context, *body);
    if (!planned) return planned.error();
    return with(reply_json(201, timetable_view(*planned, services.rehearsal)), "Location", "/api/v1/ballots/" + planned->plan.id.text());
}

Result<Reply> list(const store::ReadTx& tx, const Services& services)
{
    wire::BallotList message;
    for (const auto& ballot : store::ballots(tx)) message.ballots.push_back(ballot_line(ballot, services.rehearsal));
    return fresh(reply_json(200, message));
}

Result<Reply> timetable(const store::ReadTx& tx, const store::Ballot& ballot, const Services& services)
{
    const auto planned = service::timetable_of(tx, ballot, services.rehearsal);
    if (!planned) return planned.error();
    return fresh(reply_json(200, timetable_view(*planned, services.rehearsal)));
}

Result<Reply> freeze(const Call& call, store::WriteTx& tx, const Services& services)
{
    const auto id = call.id<BallotId>("ballot");
    if (!id) return id.error();
    const auto frozen = service::freeze_roll(tx, call.context, *id, services.board_key.public_key());
    if (!frozen) return frozen.error();
    return reply_json(200, frozen_roll_view(tx, *id));
}

Result<Reply> correct(const Call& call, store::WriteTx& tx)
{
    const auto id = call.id<BallotId>("ballot");
    const auto body = worded_body_as<wire::RollCorrections>(call);
    if (!id) return id.error();
    if (!body) return body.error();
    std::vector<service::RollChange> changes;
    for (const auto& correction : body->corrections) changes.push_back({correction.kind, correction.number, correction.reason});
    if (const auto corrected = service::correct_roll(tx, call.context, *id, changes); !corrected) return corrected.error();
    return reply_json(200, frozen_roll_view(tx, *id));
}

Result<Reply> roll(const store::ReadTx& tx, const store::Ballot& ballot, const Call& call)
{
    const auto after = position(call.query("cursor"));
    const auto limit = page_limit(call);
    if (!after) return after.error();
    if (!limit) return limit.error();
    return reply_json(200, roll_page(tx, ballot.plan.id, *after, *limit));
}

Result<Reply> add_receipt(const Call& call, store::WriteTx& tx, const Services& services)
{
    const auto id = call.id<BallotId>("ballot");
    const auto body = body_as<wire::NewReceipt>(call);
    if (!id) return id.error();
    if (!body) return body.error();
    const auto recorded = service::record_receipt(tx, call.context, *id,
                                                  {.kind = body->kind,
                                                   .employer = body->employer,
                                                   .received_on = body->received_on,
                                                   .how = body->how,
                                                   .evidence = body->evidence,
                                                   .action = body->action,
                                                   .shorter_agreed = body->shorter_agreed.value_or(false)},
                                                  services.board_key.public_key());
    if (!recorded) return recorded.error();
    return reply_json(201, notice_list(tx, call.context, service::require_ballot(tx, *id).value()));
}

Result<Reply> withdraw_receipt(const Call& call, store::WriteTx& tx)
{
    const auto id = call.id<BallotId>("ballot");
    const auto body = worded_body_as<wire::NewWithdrawal>(call);
    if (!id) return id.error();
    if (!body) return body.error();
    if (const auto done = service::withdraw_receipt(tx, call.context, *id, body->receipt, body->reason); !done) return done.error();
    return reply_json(200, notice_list(tx, call.context, service::require_ballot(tx, *id).value()));
}

Result<ballot::ApprovalStep> step_of(const Call& call)
{
    if (const auto step = from_name<ballot::ApprovalStep>(call.arg("step"))) return *step;
    std::string known;
    for (const auto& [step, text] : enum_names(ballot::ApprovalStep{})) known += (known.empty() ? "" : ", ") + std::string(text);
    return Refusal{.kind = Kind::not_found,
                   .code = "no_such_step",
                   .detail = "\"" + call.arg("step") + "\" is not a step that is approved.",
                   .next = "The steps are: " + known + "."};
}

Result<Reply> show_approval(const store::ReadTx& tx, const store::Ballot& ballot, const Call& call)
{
    const auto step = step_of(call);
    if (!step) return step.error();
    return reply(approval_view(tx, ballot, *step, call.context.ballot_now));
}

Result<service::GivenSignature> given_signature(const Call& call)
{
    const auto step = step_of(call);
    const auto body = body_as<wire::NewApproval>(call);
    if (!step) return step.error();
    if (!body) return body.error();
    const auto object = from_hex(body->object);
    const auto signature = parse_signature(body->signature);
    service::GivenSignature given{.step = *step, .role = body->role, .object = {}, .expires = body->expires, .signature = {}};
    if (!object || object->size() != given.object.size() || !signature)
        return Refusal{.kind = Kind::malformed, .code = "malformed_json", .detail = "object must be 64 and signature 128 lower-case hex digits."};
    std::ranges::copy(*object, given.object.begin());
    given.signature = *signature;
    return given;
}

Result<Reply> add_approval(const Call& call, store::WriteTx& tx, const Services& services)
{
    const auto id = call.id<BallotId>("ballot");
    const auto given = given_signature(call);
    if (!id) return id.error();
    if (!given) return given.error();
    // Shown as it was signed: a declaration ends the phase in which its object can be made.
    const auto before = service::require_ballot(tx, *id);
    if (!before) return before.error();
    const auto complete = service::approve(tx, call.context, *id, *given);
    if (!complete) return complete.error();
    if (*complete) jobs::after_approval(tx, call.context, *id, services.board_key);
    return reply(approval_view(tx, *before, given->step, call.context.ballot_now));
}

Result<Reply> abandon(const Call& call, store::WriteTx& tx, const Services& services)
{
    const auto id = call.id<BallotId>("ballot");
    const auto body = worded_body_as<wire::Abandon>(call);
    if (!id) return id.error();
    if (!body) return body.error();
    if (const auto abandoned = service::abandon_ballot(tx, call.context, *id, body->reason); !abandoned) return abandoned.error();
    return reply_json(200, ballot_line(service::require_ballot(tx, *id).value(), services.rehearsal));
}

void add_life_cycle(std::vector<Route>& routes, Services& services)
{
    const auto planner = any_of(Role::general_secretary);
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/ballots",
                      .access = planner,
                      .handle = Write{[&services](const Call& call, store::WriteTx& tx) { return plan(call, tx, services); }},
                      .summary = "Plan a ballot; an unlawful timetable is refused with the rule and the earliest lawful date",
                      .request_schema = wire::schema_json<ballot::BallotPlan>(),
                      .response_schema = wire::schema_json<wire::BallotTimetable>()});
    routes.push_back({.pattern = "/api/v1/ballots",
                      .handle = Read{[&services](const Call&, const store::ReadTx& tx) { return list(tx, services); }},
                      .summary = "All ballots",
                      .response_schema = wire::schema_json<wire::BallotList>()});
    routes.push_back({.pattern = ballot_path,
                      .handle = shows([&services](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<Reply> {
                          const auto view = ballot_view(tx, ballot, services.board_key.public_key());
                          if (!view) return view.error();
                          return fresh(reply_json(200, *view));
                      }),
                      .summary = "A ballot's public voting paper, dates, rules and constituencies",
                      .response_schema = wire::schema_json<wire::BallotView>()});
    routes.push_back({.pattern = ballot_path + "/paper",
                      .handle = shows([&services](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<Reply> {
                          const auto bound = service::paper_of(tx, ballot, services.board_key.public_key());
                          if (!bound) return bound.error();
                          return fresh(Reply{.body = bound->record});
                      }),
                      .summary = "The voting-paper record, byte for byte as every election description binds it"});
    routes.push_back(
        {.pattern = ballot_path + "/timetable",
         .handle = shows([&services](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) { return timetable(tx, ballot, services); }),
         .summary = "Every date of the ballot with its rule",
         .response_schema = wire::schema_json<wire::BallotTimetable>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/freeze",
                      .access = planner,
                      .handle = Write{[&services](const Call& call, store::WriteTx& tx) { return freeze(call, tx, services); }},
                      .summary = "Freeze the roll by the plan's rule",
                      .response_schema = wire::schema_json<wire::FrozenRoll>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/abandon",
                      .access = any_of(Role::general_secretary, Role::scrutineer),
                      .handle = Write{[&services](const Call& call, store::WriteTx& tx) { return abandon(call, tx, services); }},
                      .summary = "End a ballot for good, with a reason everybody can read",
                      .request_schema = wire::schema_json<wire::Abandon>(),
                      .response_schema = wire::schema_json<wire::BallotLine>()});
}

void add_roll(std::vector<Route>& routes)
{
    routes.push_back({.pattern = ballot_path + "/roll",
                      .access = any_of(Role::scrutineer),
                      .handle = shows(roll),
                      .summary = "Who is entitled, in pages (?cursor, ?limit); for the scrutineer",
                      .response_schema = wire::schema_json<wire::RollPage>()});
    routes.push_back({.pattern = ballot_path + "/roll/figures",
                      .access = any_of(Role::general_secretary, Role::scrutineer),
                      .handle = shows([](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<Reply> {
                          if (ballot.phase == ballot::Phase::planned)
                              return Refusal{Kind::conflict, "wrong_phase", "The roll is not frozen yet.", "Freeze it with walkout ballot freeze."};
                          return reply_json(200, frozen_roll_view(tx, ballot.plan.id));
                      }),
                      .summary = "The figures notices are drafted from",
                      .response_schema = wire::schema_json<wire::FrozenRoll>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/roll/corrections",
                      .access = any_of(Role::general_secretary),
                      .handle = Write{correct},
                      .summary = "Correct the frozen roll: its next revision, with reasons",
                      .request_schema = wire::schema_json<wire::RollCorrections>(),
                      .response_schema = wire::schema_json<wire::FrozenRoll>()});
    routes.push_back({.pattern = ballot_path + "/entitlement",
                      .access = signed_in,
                      .handle = shows([](const store::ReadTx& tx, const store::Ballot& ballot, const Call& call) -> Result<Reply> {
                          return reply_json(200, my_entitlement(tx, ballot, call.context.caller.number));
                      }),
                      .summary = "Whether the caller is on the roll, and where",
                      .response_schema = wire::schema_json<wire::MyEntitlement>()});
}

void add_notices_and_approvals(std::vector<Route>& routes, Services& services)
{
    const auto officials = any_of(Role::general_secretary, Role::scrutineer, Role::official);
    routes.push_back({.pattern = ballot_path + "/notices",
                      .access = officials,
                      .handle = shows([](const store::ReadTx& tx, const store::Ballot& ballot, const Call& call) -> Result<Reply> {
                          return reply_json(200, notice_list(tx, call.context, ballot));
                      }),
                      .summary = "Notices received by employers, and those awaited",
                      .response_schema = wire::schema_json<wire::NoticeList>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/notices",
                      .access = any_of(Role::general_secretary, Role::scrutineer),
                      .handle = Write{[&services](const Call& call, store::WriteTx& tx) { return add_receipt(call, tx, services); }},
                      .summary = "Record by hand that an employer received a notice",
                      .request_schema = wire::schema_json<wire::NewReceipt>(),
                      .response_schema = wire::schema_json<wire::NoticeList>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/notices/withdrawals",
                      .access = any_of(Role::general_secretary, Role::scrutineer),
                      .handle = Write{withdraw_receipt},
                      .summary = "Withdraw a receipt that was recorded by hand and is wrong; it stays listed, and counts no more",
                      .request_schema = wire::schema_json<wire::NewWithdrawal>(),
                      .response_schema = wire::schema_json<wire::NoticeList>()});
    routes.push_back({.pattern = ballot_path + "/approvals/{step}",
                      .access = officials,
                      .handle = shows(show_approval),
                      .summary = "What a step's two signatures approve, in words and as signed",
                      .response_schema = wire::schema_json<wire::ApprovalObject>()});
    routes.push_back({.method = Method::post,
                      .pattern = ballot_path + "/approvals/{step}",
                      .access = officials,
                      .handle = Write{[&services](const Call& call, store::WriteTx& tx) { return add_approval(call, tx, services); }},
                      .summary = "Add a signature, verified against the signer's pinned key",
                      .request_schema = wire::schema_json<wire::NewApproval>(),
                      .response_schema = wire::schema_json<wire::ApprovalObject>()});
}

void add_results(std::vector<Route>& routes)
{
    routes.push_back({.pattern = ballot_path + "/turnout",
                      .access = signed_in,
                      .handle = shows([](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<Reply> {
                          return reply_json(200, turnout_view(tx, ballot));
                      }),
                      .summary = "Turnout as last published; small cells are hidden",
                      .response_schema = wire::schema_json<wire::TurnoutView>()});
    routes.push_back({.pattern = ballot_path + "/result",
                      .handle = shows([](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<Reply> {
                          const auto view = result_view(tx, ballot);
                          if (!view) return view.error();
                          return fresh(reply_json(200, *view));
                      }),
                      .summary = "The declared result",
                      .response_schema = wire::schema_json<wire::ResultView>()});
    routes.push_back({.pattern = ballot_path + "/mandates",
                      .handle = shows([](const store::ReadTx& tx, const store::Ballot& ballot, const Call&) -> Result<Reply> {
                          return fresh(reply_json(200, mandate_list(tx, ballot)));
                      }),
                      .summary = "The mandates the declared result gave",
                      .response_schema = wire::schema_json<wire::MandateList>()});
}

} // namespace

void add_ballot_routes(std::vector<Route>& routes, Services& services)
{
    add_life_cycle(routes, services);
    add_roll(routes);
    add_notices_and_approvals(routes, services);
    add_results(routes);
}

} // namespace walkout::api
