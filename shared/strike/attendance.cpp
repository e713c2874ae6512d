#include "shared/strike/attendance.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace walkout::strike {
namespace {

/// A total order of lines that depends on nothing but the lines.
auto order(const CheckIn& line) { return std::tie(line.at, line.kind, line.id); }

/// When the post of a line was held: as on its roster, and longer where it was lengthened since. A post that was moved to another time is, for the
/// lines of its old one, where it was.
std::optional<Span> held(const CheckIn& line, const std::vector<Post>& posts, const Zone& zone)
{
    const auto post = std::ranges::find(posts, line.post, &Post::number);
    const auto now = post == posts.end() ? std::nullopt : std::optional(span(*post, zone));
    if (!line.hours || !now) return line.hours ? line.hours : now;
    if (!overlap(*line.hours, *now)) return line.hours;
    return Span{std::min(line.hours->from, now->from), std::max(line.hours->to, now->to)};
}

/// Nobody counts before the people gather or after the post has dissolved; an hour's grace at each end is no other post.
Instant counted(Instant at, const Span& hours) { return std::clamp(at, hours.from - std::chrono::hours(1), hours.to + std::chrono::hours(1)); }

/// Two lists that note one arrival note it within the minute; the second is no second arrival, and no second mistake.
bool again(const std::vector<CheckIn>& of_person, const CheckIn& line)
{
    return !of_person.empty() && of_person.back().kind == line.kind && line.at - of_person.back().at < std::chrono::minutes(1);
}

/// What no later line takes back.
std::vector<CheckIn> standing_of(const std::vector<CheckIn>& lines)
{
    std::vector<CheckIn> standing;
    for (const auto& line : lines) {
        if (line.kind != CheckKind::mistake) standing.push_back(line);
        else if (!standing.empty()) standing.pop_back();
    }
    return standing;
}

/// Each line has its hours.
std::vector<Span> stays(const std::vector<CheckIn>& lines)
{
    const auto standing = standing_of(lines);
    std::vector<Span> out;
    std::optional<Span> hours; // of the arrival that no departure has ended
    for (const auto& line : standing) {
        if (line.kind == CheckKind::arrived && !hours) {
            auto at = counted(line.at, *line.hours);
            if (!out.empty()) at = std::max(at, out.back().to);
            out.push_back({at, std::max(at, line.hours->to)});
        }
        if (line.kind == CheckKind::left && hours) out.back().to = std::max(counted(line.at, *hours), out.back().from);
        if (line.kind == CheckKind::left) hours.reset();
        else if (!hours) hours = line.hours;
    }
    return out;
}

} // namespace

bool operator==(const Attendance& a, const Attendance& b)
{
    const auto same = [](const Span& x, const Span& y) { return x.from == y.from && x.to == y.to; };
    return a.post == b.post && a.member == b.member && a.listed == b.listed && std::ranges::equal(a.stayed, b.stayed, same);
}

std::vector<Attendance> attendance(std::vector<CheckIn> lines, const std::vector<Post>& posts, const Zone& zone)
{
    std::ranges::sort(lines, {}, order);
    std::map<std::pair<PostNumber, std::string>, std::vector<CheckIn>> by_person;
    std::set<std::string> seen;
    for (auto& line : lines) {
        if (!seen.insert(line.id).second) continue;
        line.hours = held(line, posts, zone);
        if (!line.hours) continue;
        auto& of_person = by_person[{line.post, line.member}];
        if (!again(of_person, line)) of_person.push_back(std::move(line));
        else of_person.back().listed = of_person.back().listed || line.listed;
    }
    std::vector<Attendance> out;
    for (const auto& [who, of_person] : by_person) {
        auto stayed = stays(of_person);
        const bool listed = std::ranges::any_of(of_person, &CheckIn::listed);
        if (!stayed.empty()) out.push_back({who.first, who.second, std::move(stayed), listed});
    }
    return out;
}

std::optional<CheckIn> latest(std::vector<CheckIn> lines)
{
    std::ranges::sort(lines, {}, order);
    std::set<std::string> seen;
    std::vector<CheckIn> distinct;
    for (auto& line : lines)
        if (seen.insert(line.id).second && !again(distinct, line)) distinct.push_back(std::move(line));
    auto standing = standing_of(distinct);
    return standing.empty() ? std::nullopt : std::optional(std::move(standing.back()));
}

std::vector<Span> until(std::vector<Span> stayed, Instant now)
{
    std::erase_if(stayed, [&](const Span& stay) { return stay.from > now; });
    for (auto& stay : stayed) stay.to = std::min(stay.to, now);
    return stayed;
}

std::vector<HourCount> headcount(const std::vector<Attendance>& attended, const std::vector<PostNumber>& posts)
{
    using std::chrono::hours;
    std::map<Instant, std::set<std::string>> there;
    for (const auto& one : attended) {
        if (std::ranges::find(posts, one.post) == posts.end()) continue;
        for (const auto& stay : one.stayed)
            for (auto hour = std::chrono::floor<hours>(stay.from); hour < stay.to || hour == stay.from; hour += hours(1))
                there[hour].insert(one.member);
    }
    std::vector<HourCount> out;
    for (const auto& [hour, people] : there) out.push_back({hour, static_cast<std::int64_t>(people.size())});
    return out;
}

} // namespace walkout::strike
