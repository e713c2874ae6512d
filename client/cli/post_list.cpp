#include "client/cli/post_list.hpp"

#include "shared/strike/attendance.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace walkout::cli {
namespace {

/// As strike::attendance orders and undoes them; the server decides about hours.
std::optional<strike::CheckIn> latest_of(const std::string& member, std::int64_t post, const wire::WaitingLines& waiting)
{
    std::vector<strike::CheckIn> lines;
    const auto add = [&](const auto& line) {
        if (line.member == member && line.post == post) lines.push_back({line.id, strike::PostNumber{line.post}, line.member, line.kind, line.at});
    };
    for (const auto& line : waiting.taken) add(line);
    for (const auto& waits : waiting.lines)
        if (!waits.code) add(waits.line);
    return strike::latest(std::move(lines));
}

} // namespace

Result<void> hear_lines(Session& session, const OpenRoster& roster, const Journal& journal)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto path = "/api/v1/walkouts/" + segment(roster.roster.walkout.text()) + "/plans/" + segment(roster.roster.branch) + "/check-ins";
    auto heard = (*api)->get<wire::TakenLines>(path);
    if (!heard) return heard.error();
    return journal.change([&](wire::WaitingLines& waiting) {
        waiting.taken = std::move(heard->lines);
        waiting.heard_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    });
}

std::string local_words(Instant at, const wire::Roster& roster, const wire::RosterPost& post)
{
    const auto zone = Zone::find(roster.zone);
    if (!zone) return text(at);
    const auto wall = date::floor<std::chrono::minutes>(zone->wall(at));
    if (zone->date(at) != zone->date(post.from) && zone->date(at) != zone->date(post.to)) return strike::words(wall);
    return strike::clock_words(wall) + (strike::is_repeated(wall, *zone) ? " (" + zone->abbreviation(at) + ")" : "");
}

wire::PostList post_list(const wire::Roster& roster, const wire::RosterPost& post, const wire::WaitingLines& waiting)
{
    wire::PostList list{post.number, post.words, waiting.heard_at, {}, roster.rehearsal};
    std::set<std::string> on_it;
    const auto add = [&](const std::string& number, const std::string& name) {
        if (!on_it.insert(number).second) return;
        wire::OnPost one{number, name, "expected", std::nullopt, {}, false, false};
        if (const auto last = latest_of(number, post.number, waiting)) {
            one.state = std::string(walkout::name(last->kind));
            one.at = last->at;
            one.words = one.state + " " + local_words(last->at, roster, post);
        }
        for (const auto& [line, under, code, detail] : waiting.lines) {
            if (line.member != number || line.post != post.number) continue;
            one.waits = one.waits || !code;
            one.refused = one.refused || code;
        }
        list.people.push_back(std::move(one));
    };
    for (const auto& person : roster.people)
        if (person.post == post.number) add(person.number, person.name);
    for (const auto& line : waiting.taken) // who signed up or walked up since
        if (line.post == post.number && latest_of(line.member, post.number, waiting)) add(line.member, line.name);
    for (const auto& waits : waiting.lines)
        if (waits.line.post == post.number) add(waits.line.member, "");
    return list;
}

} // namespace walkout::cli
