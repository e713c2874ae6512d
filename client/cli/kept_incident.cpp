#include "client/cli/kept_incident.hpp"

#include <algorithm>

namespace walkout::cli {

bool is_no_answer(const Refusal& refusal)
{
    return refusal.code == "unreachable" || refusal.kind == Kind::sign_in_needed || refusal.kind == Kind::unavailable ||
           refusal.kind == Kind::too_many;
}

Result<void> keep_incident(Session& session, const std::string& walkout, const std::string& branch, const wire::NewIncident& incident)
{
    for (const auto& opened : kept_rosters(session)) {
        const auto& roster = opened.roster;
        const bool has_site = std::ranges::any_of(roster.posts, [&](const wire::RosterPost& post) { return post.site_number == incident.site; });
        if (roster.walkout.text() != walkout || (!branch.empty() && roster.branch != branch) || !has_site) continue;
        return Journal(session, opened).note(opened, incident);
    }
    return Refusal{.kind = Kind::not_found,
                   .code = "no_roster",
                   .detail = "No roster on this device has site " + std::to_string(incident.site) + " of " + walkout + ", so the note was NOT kept.",
                   .next = "Write it on the incident sheet, and add it when there is a signal. Beforehand: walkout picket roster " + walkout};
}

Result<SentIncidents> send_incidents(Session& session, const Journal& journal)
{
    const auto waiting = journal.read();
    if (!waiting) return waiting.error();
    SentIncidents sent;
    for (auto waits : waiting->incidents) {
        const auto sealed = waiting->rosters.find(waits.roster);
        if (sealed == waiting->rosters.end()) continue;
        const auto roster = journal.open(session, sealed->second);
        if (!roster) continue; // another server's, perhaps: the note waits for it
        const auto api = session.api();
        if (!api) return api.error();
        auto note = waits.note;
        note.roster = sealed->second;
        const auto target = "/api/v1/walkouts/" + segment(roster->roster.walkout.text()) + "/plans/" + segment(roster->roster.branch) + "/incidents";
        const auto taken = (*api)->post_raw<wire::Numbered>(target, wire::to_json(note)); // its id makes twice once
        if (!taken && is_no_answer(taken.error())) return taken.error();
        if (taken) {
            ++sent.taken;
        } else {
            waits.code = taken.error().code;
            waits.detail = taken.error().detail + " " + taken.error().next;
            sent.refused.push_back(waits);
        }
        const auto settled = journal.change([&](wire::WaitingLines& now) {
            const auto same = [&](const wire::WaitingIncident& other) { return other.note.id == waits.note.id; };
            if (taken) std::erase_if(now.incidents, same);
            else if (const auto found = std::ranges::find_if(now.incidents, same); found != now.incidents.end()) *found = waits;
        });
        if (!settled) return settled.error();
    }
    return sent;
}

} // namespace walkout::cli
