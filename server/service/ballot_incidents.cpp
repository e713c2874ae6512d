#include "server/service/ballot_incidents.hpp"

#include "server/service/announce.hpp"
#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/report_store.hpp"
#include "shared/ballot/postal.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

using ballot::IncidentKind;

bool is_corrected(const std::vector<store::BallotIncident>& all, std::int64_t number)
{
    return std::ranges::any_of(all, [&](const store::BallotIncident& later) { return later.corrects == number; });
}

Result<void> may_correct(const std::vector<store::BallotIncident>& all, std::int64_t number)
{
    const auto earlier = std::ranges::find(all, number, &store::BallotIncident::number);
    if (earlier == all.end())
        return Refusal{Kind::not_found, "no_such_incident", "There is no incident " + std::to_string(number) + " of this ballot.",
                       "See them with: walkout ballot incidents"};
    if (earlier->happening.kind == IncidentKind::suspension)
        return Refusal{Kind::conflict, "incident_of_the_server", "The server itself recorded when voting was suspended.",
                       "Record an incident of its own beside it."};
    if (is_corrected(all, number))
        return Refusal{Kind::conflict, "incident_corrected", "Entry " + std::to_string(number) + " has been corrected already.",
                       "Correct the entry that took its place."};
    return {};
}

Result<Instant> moment(const Zone& zone, const std::optional<WallTime>& wall, Instant otherwise)
{
    if (!wall) return otherwise;
    if (zone.exists(*wall)) return zone.instant(*wall);
    return Refusal{Kind::invalid, "no_such_moment", "The clocks go forward past " + words(*wall) + ": that moment does not exist.",
                   "Correct the time."};
}

/// An outage kept people from voting: in a way of voting that this ballot has, while it could be voted in.
Result<void> check_outage(const store::ReadTx& tx, const store::Ballot& ballot, const ballot::Happening& happening)
{
    if (happening.kind != IncidentKind::outage) return {};
    const bool by_post = ballot.plan.uses(law::Method::post) || ballot.plan.uses(law::Method::hybrid) || store::papers_issued(tx, ballot.plan.id);
    if ((happening.channel == ballot::Channel::online && !ballot::takes_votes_online(ballot.plan)) ||
        (happening.channel == ballot::Channel::post && !by_post))
        return Refusal{Kind::invalid, "outage_channel",
                       "Nobody votes " + std::string(happening.channel == ballot::Channel::online ? "online" : "by post") + " in this ballot.",
                       "Name the channel that was out, or record an incident, not an outage."};
    const auto zone = Zone::find(ballot.plan.zone).value();
    if (!ballot.opened_at || happening.from < *ballot.opened_at || happening.from >= closing_of(ballot))
        return Refusal{Kind::invalid, "outage_outside_voting",
                       ballot.opened_at ? "Voting lasted from " + words(zone.wall(*ballot.opened_at)) + " until " +
                                              words(zone.wall(closing_of(ballot))) + ": an outage at another time kept nobody from it."
                                        : std::string("Voting has not opened: an outage can keep nobody from it yet."),
                       "Correct the time, or record an incident, not an outage."};
    if (happening.until && *happening.until > closing_of(ballot))
        return Refusal{Kind::invalid, "outage_outside_voting",
                       "Voting ended at " + words(zone.wall(closing_of(ballot))) + ": only until then did the outage keep anybody from it.",
                       "Give that as its end."};
    return {};
}

/// While voting goes on: what happened may touch whoever has still to vote. Afterwards the report tells it.
Announcement announcement_of(const store::Ballot& ballot, const store::BallotIncident& incident)
{
    const auto& happening = incident.happening;
    const auto zone = Zone::find(ballot.plan.zone).value();
    const bool outage = happening.kind == IncidentKind::outage;
    auto told = std::string(outage ? "An outage" : "An incident") + " in the ballot \"" + ballot.plan.title + "\" is on record" +
                (incident.corrects ? ", in the place of entry " + std::to_string(*incident.corrects) + " that you may have been told of" : "") +
                ": " + happening.what + "\n\nFrom " + words(zone.wall(happening.from)) +
                (happening.until ? " until " + words(zone.wall(*happening.until))
                 : outage        ? "; it lasts"
                                 : "") +
                ".\n" +
                (happening.channel == ballot::Channel::all
                     ? ""
                     : "It concerns voting " + std::string(happening.channel == ballot::Channel::post ? "by post" : "online") + ".\n");
    return {.subject = std::string(outage ? "Outage" : "Incident") + " in the ballot: " + ballot.plan.title,
            .told = told + "\n",
            .to_members = outage ? "If you could not vote, please try again. A vote whose receipt you have is recorded.\n" : "",
            .foot = "\nIt will stand in the independent scrutineer's report as entry " + std::to_string(incident.number) + ". Voting closes at " +
                    words(zone.wall(ballot.closes)) + ":\n  walkout ballot show " + ballot.plan.id.text() + "\n"};
}

} // namespace

Result<store::BallotIncident> record_ballot_incident(store::WriteTx& tx, const Context& context, const BallotId& id,
                                                     const wire::NewBallotIncident& told)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    using enum ballot::Phase;
    if (ballot->phase == planned || ballot->phase == frozen || ballot->phase == noticed || ballot->phase == keyed)
        return Refusal{Kind::conflict, "wrong_phase", "The ballot is " + std::string(name(ballot->phase)) + ": its voting has not been prepared yet.",
                       "Incidents are recorded from the making of the voting codes on."};
    if (store::signed_report(tx, id))
        return Refusal{Kind::conflict, "report_stands", "The scrutineer's report is signed, so nothing is added to what it tells.",
                       "The scrutineer may publish a statement of their own."};
    if (told.kind != IncidentKind::incident && told.kind != IncidentKind::outage)
        return Refusal{Kind::malformed, "incident_kind", "What is recorded by hand is an incident or an outage.",
                       "Suspend voting with: walkout ballot suspend; tell of a voting code with: walkout codes incident"};
    const auto zone = Zone::find(ballot->plan.zone).value();
    const auto from = moment(zone, told.from, context.ballot_now);
    if (!from) return from.error();
    ballot::Happening happening{.kind = told.kind,
                                .channel = told.channel.value_or(ballot::Channel::all),
                                .from = *from,
                                .until = {},
                                .what = told.what.value_or(""),
                                .affected = told.affected};
    if (told.until) {
        const auto until = moment(zone, told.until, {});
        if (!until) return until.error();
        happening.until = *until;
    }
    if (const auto allowed = ballot::may_record(happening, context.ballot_now); !allowed) return allowed.error();
    if (const auto outage = check_outage(tx, *ballot, happening); !outage) return outage.error();
    const auto all = store::ballot_incidents(tx, id);
    if (told.corrects)
        if (const auto allowed = may_correct(all, *told.corrects); !allowed) return allowed.error();
    store::BallotIncident incident{0, happening, told.corrects, context.ballot_now, context.caller.number};
    incident.number = store::add_ballot_incident(tx, id, incident);
    const bool voting = ballot->phase == open || ballot->phase == suspended;
    if (voting && !told.only_in_report.value_or(false)) announce(tx, context, *ballot, announcement_of(*ballot, incident));
    record_audit(tx, context, std::nullopt, "incident_recorded", id.text(),
                 {{"incident", std::to_string(incident.number)},
                  {"kind", std::string(name(told.kind))},
                  {"what", happening.what},
                  {"corrects", told.corrects ? std::to_string(*told.corrects) : ""}});
    return incident;
}

wire::BallotIncidentList incident_list(const store::ReadTx& tx, const store::Ballot& ballot)
{
    wire::BallotIncidentList out{
        ballot.plan.id, ballot.plan.title, ballot.plan.zone, is_rehearsal(tx), {}, store::incident_count(tx, ballot.plan.id)};
    const auto all = store::ballot_incidents(tx, ballot.plan.id);
    for (const auto& one : all) {
        const auto& told = one.happening;
        out.entries.push_back({one.number, told.kind, told.channel, told.from, told.until, told.what, told.affected, one.corrects,
                               is_corrected(all, one.number), one.recorded_at, one.recorded_by});
    }
    return out;
}

std::vector<store::BallotIncident> standing_incidents(const store::ReadTx& tx, const BallotId& ballot)
{
    const auto all = store::ballot_incidents(tx, ballot);
    std::vector<store::BallotIncident> out;
    for (const auto& one : all)
        if (!is_corrected(all, one.number)) out.push_back(one);
    std::ranges::stable_sort(out, {}, [](const store::BallotIncident& one) { return one.happening.from; });
    return out;
}

} // namespace walkout::service
