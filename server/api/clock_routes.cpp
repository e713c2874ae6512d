#include "server/api/ballot_routes.hpp"
#include "server/api/reply.hpp"
#include "server/jobs/ballot_jobs.hpp"
#include "server/service/commence_law.hpp"
#include "server/store/writer.hpp"
#include "shared/wire/server.hpp"

namespace walkout::api {
namespace {

/// Everything due on the way, then the clock, in one transaction.
Result<std::int64_t> move(store::WriteTx& tx, const service::Context& context, const Services& services, Instant to)
{
    if (const auto allowed = service::may_move_clock(tx, context.ballot_now, to); !allowed) return allowed.error();
    const auto changed = jobs::run_due_until(tx, context, services.board_key, to);
    if (const auto moved = service::move_clock(tx, context, to); !moved) return moved.error();
    return changed;
}

/// Runs off the writer thread and waits for it, so that the clock everybody reads moves only once the move is on disk.
Result<Work> set_clock(const Call& call, Services& services)
{
    const auto body = body_as<wire::SetClock>(call);
    if (!body) return body.error();
    const auto changed = services.writer.write([&](store::WriteTx& tx) { return move(tx, call.context, services, body->to); });
    if (!changed) return changed.error();
    services.clocks.set_offset(body->to - call.context.machine_now);
    return Work([moved = wire::ClockMoved{body->to, *changed}](store::WriteTx&) -> Result<Reply> { return reply_json(200, moved); });
}

} // namespace

void add_clock_routes(std::vector<Route>& routes, Services& services)
{
    if (!services.rehearsal) return;
    routes.push_back({.method = http::Method::post,
                      .pattern = "/api/v1/clock",
                      .access = any_of(ballot::Role::general_secretary, ballot::Role::scrutineer, ballot::Role::official),
                      .handle = Prepare{[&services](const Call& call, const store::ReadTx&) { return set_clock(call, services); }},
                      .summary = "Move the rehearsal's ballot clock forward; what falls due on the way happens in order",
                      .request_schema = wire::schema_json<wire::SetClock>(),
                      .response_schema = wire::schema_json<wire::ClockMoved>()});
}

} // namespace walkout::api
