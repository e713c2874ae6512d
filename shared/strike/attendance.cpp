#include "shared/strike/attendance.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace walkout::strike {
namespace {

/// A total order of lines that depends on nothing but the lines.
auto order(const CheckIn& line) { return std::tie(line.at, line.kind, line.id); }

/// Nobody counts before the people gather or after the post has dissolved; an hour's grace at each end is no other post.
Span countable(const Post& post, const Zone& zone)
{
    const auto hours = span(post, zone);
    return {hours.from - std::chrono::hours(1), hours.to + std::chrono::hours(1)};
}

std::vector<Span> stays(const std::vector<CheckIn>& lines, const Post& post, const Zone& zone)
{
    std::vector<CheckIn> standing; // what no later line takes back
    for (const auto& line : lines) {
        if (line.kind != CheckKind::mistake) standing.push_back(line);
        else if (!standing.empty()) standing.pop_back();
    }
    const auto limits = countable(post, zone);
    const auto ends = span(post, zone).to;
    std::vector<Span> out;
    bool there = false;
    for (const auto& line : standing) {
        const auto at = std::clamp(line.at, limits.from, limits.to);
        if (line.kind == CheckKind::arrived && !there) out.push_back({at, std::max(at, ends)});
        if (line.kind == CheckKind::left && there) out.back().to = std::max(at, out.back().from);
        there = line.kind == CheckKind::arrived;
    }
    return out;
}

} // namespace

bool operator==(const Attendance& a, const Attendance& b)
{
    const auto same = [](const Span& x, const Span& y) { return x.from == y.from && x.to == y.to; };
    return a.post == b.post && a.member == b.member && std::ranges::equal(a.stayed, b.stayed, same);
}

std::vector<Attendance> attendance(std::vector<CheckIn> lines, const std::vector<Post>& posts, const Zone& zone)
{
    std::ranges::sort(lines, {}, order);
    std::map<std::pair<PostNumber, std::string>, std::vector<CheckIn>> by_person;
    std::set<std::string> seen;
    for (auto& line : lines) {
        if (!seen.insert(line.id).second) continue;
        auto& of_person = by_person[{line.post, line.member}];
        // Two lists that note one arrival note it within the minute; the second is no second arrival, and no second mistake.
        const bool again = !of_person.empty() && of_person.back().kind == line.kind && line.at - of_person.back().at < std::chrono::minutes(1);
        if (!again) of_person.push_back(std::move(line));
    }
    std::vector<Attendance> out;
    for (const auto& [who, of_person] : by_person) {
        const auto post = std::ranges::find(posts, who.first, &Post::number);
        if (post == posts.end()) continue;
        auto stayed = stays(of_person, *post, zone);
        if (!stayed.empty()) out.push_back({who.first, who.second, std::move(stayed)});
    }
    return out;
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
