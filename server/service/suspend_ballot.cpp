#include "server/service/suspend_ballot.hpp"

#include "server/service/announce.hpp"
#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/incident_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

/// The last suspension, as it was recorded when it began.
std::optional<store::BallotIncident> last_suspension(const store::ReadTx& tx, const BallotId& ballot)
{
    std::optional<store::BallotIncident> out;
    for (auto& incident : store::ballot_incidents(tx, ballot))
        if (incident.happening.kind == ballot::IncidentKind::suspension && !incident.corrects) out = std::move(incident);
    return out;
}

bool has_ended(const store::ReadTx& tx, const BallotId& ballot, const store::BallotIncident& suspension)
{
    return std::ranges::any_of(store::ballot_incidents(tx, ballot),
                               [&](const store::BallotIncident& later) { return later.corrects == suspension.number; });
}

} // namespace

Result<void> suspend_ballot(store::WriteTx& tx, const Context& context, const BallotId& id, const std::string& reason)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto next = ballot::after(ballot->phase, ballot::Step::suspend);
    if (!next) return next.error();
    const ballot::Happening happening{.kind = ballot::IncidentKind::suspension,
                                      .channel = ballot::Channel::all,
                                      .from = context.ballot_now,
                                      .until = {},
                                      .what = reason,
                                      .affected = {}};
    if (const auto told = ballot::may_record(happening, context.ballot_now); !told) return told;
    const auto number = store::add_ballot_incident(tx, id, {0, happening, {}, context.ballot_now, context.caller.number});
    store::put_phase(tx, id, ballot->phase, *next);
    const auto zone = Zone::find(ballot->plan.zone).value();
    announce(tx, context, *ballot,
             {.subject = "Voting is suspended: " + ballot->plan.title,
              .told = "Voting in the ballot \"" + ballot->plan.title + "\" has been suspended by the independent scrutineer since " +
                      words(zone.wall(context.ballot_now)) + ".\n\nWhy: " + reason + "\n\n",
              .to_members =
                  "Votes that were recorded before are kept and count. Nobody can vote online until voting goes on; keep your voting code. You "
                  "will be told.\n",
              .foot = "\nVoting closes at " + words(zone.wall(ballot->closes)) +
                      ", unless it is extended before. Where the ballot stands:\n  walkout ballot show " + id.text() + "\n"});
    record_audit(tx, context, ballot::Role::scrutineer, "ballot_suspended", id.text(), {{"incident", std::to_string(number)}, {"reason", reason}});
    return {};
}

Result<ApprovalObject> resumption_object(const store::ReadTx& tx, const store::Ballot& ballot)
{
    if (const auto next = ballot::after(ballot.phase, ballot::Step::resume); !next) return next.error();
    const auto zone = Zone::find(ballot.plan.zone).value();
    const auto suspension = last_suspension(tx, ballot.plan.id).value();
    const auto closes = words(zone.wall(ballot.closes));
    ApprovalObject out{{"Let voting go on in " + ballot.plan.title + " (" + ballot.plan.id.text() + ")",
                        "Suspended since " + words(zone.wall(suspension.happening.from)) + ": " + suspension.happening.what,
                        "Voting closes: " + closes + ", " + zone.name()},
                       object_title(ballot::ApprovalStep::resume, ballot.plan.id) + "\nsuspended|" + std::to_string(suspension.number) + "|" +
                           text(suspension.happening.from) + "|" + suspension.happening.what + "\ncloses|" + text(ballot.closes) + "\n",
                       {}};
    out.hash = sha256(out.canonical);
    return out;
}

Result<void> resume_ballot(store::WriteTx& tx, const Context& context, const store::Ballot& ballot)
{
    const auto next = ballot::after(ballot.phase, ballot::Step::resume);
    if (!next) return next.error();
    if (context.ballot_now >= ballot.closes)
        return Refusal{Kind::not_open, "closing_passed", "The closing has passed while voting was suspended, and a ballot is never opened again.",
                       "Count it, or abandon it and ballot again."};
    end_suspension(tx, context, ballot.plan.id);
    store::put_phase(tx, ballot.plan.id, ballot.phase, *next);
    const auto zone = Zone::find(ballot.plan.zone).value();
    announce(tx, context, ballot,
             {.subject = "Voting goes on: " + ballot.plan.title,
              .told = "Voting in the ballot \"" + ballot.plan.title + "\" goes on since " + words(zone.wall(context.ballot_now)) +
                      ". Two people signed that it may, one of them the independent scrutineer.\n\n",
              .to_members = "If you have voted, nothing changes for you. If you have not, your voting code works as before.\n",
              .foot = "\nVoting closes at " + words(zone.wall(ballot.closes)) + ":\n  walkout ballot show " + ballot.plan.id.text() + "\n"});
    record_audit(tx, context, std::nullopt, "ballot_resumed", ballot.plan.id.text());
    return {};
}

void end_suspension(store::WriteTx& tx, const Context& context, const BallotId& ballot)
{
    auto suspension = last_suspension(tx, ballot);
    if (!suspension || has_ended(tx, ballot, *suspension)) return;
    suspension->happening.until = context.ballot_now;
    const auto by = context.caller.number.empty() ? std::string("job") : context.caller.number;
    store::add_ballot_incident(tx, ballot, {0, suspension->happening, suspension->number, context.ballot_now, by});
}

} // namespace walkout::service
