#pragma once

#include "shared/strike/picket.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace walkout::strike {

enum class CheckKind {
    arrived,
    left,
    mistake, ///< takes back what was last recorded for this person and post before it
};
constexpr auto enum_names(CheckKind)
{
    return std::to_array<std::pair<CheckKind, std::string_view>>(
        {{CheckKind::arrived, "arrived"}, {CheckKind::left, "left"}, {CheckKind::mistake, "mistake"}});
}

/// One line of an organiser's list, as their device wrote it down, with or without a signal.
struct CheckIn {
    std::string id; ///< random, made by the device: the same line sent twice is one line
    PostNumber post{};
    std::string member; ///< number
    CheckKind kind = CheckKind::arrived;
    Instant at{};                ///< ballot clock of the device: the server's when the roster was downloaded, and time since
    std::optional<Span> hours{}; ///< the post's, on the signed roster the line was written under: a later plan takes nothing from that day
    bool listed = false;         ///< that roster had the member down for the post
};

/// What the lines say of one person on one post. `stayed` are half-open, apart, ascending; one that is still open ends with the post.
struct Attendance {
    PostNumber post{};
    std::string member;
    std::vector<Span> stayed;
    bool listed = false; ///< on some roster under which a line of theirs was written
    friend bool operator==(const Attendance& a, const Attendance& b);
};

/// The one state of a set of lines: their order, repetition and the devices they came from make no difference. Two devices that note the same
/// person's arrival give one arrival. `posts` gives the hours of a line that brings none, and lengthens those that it brings where the post is still
/// at that time; a line without hours for a post that is not among them is left out. Sorted by post and member.
std::vector<Attendance> attendance(std::vector<CheckIn> lines, const std::vector<Post>& posts, const Zone& zone);

/// Stays as they are known at `now`: no time that has not come counts for anybody, whatever a post's hours or a device's clock say.
std::vector<Span> until(std::vector<Span> stayed, Instant now);

/// What stands last of one person's lines on one post, in any order and as often as they come; none where every one was taken back.
std::optional<CheckIn> latest(std::vector<CheckIn> lines);

/// How many different people were there in each hour that begins on the hour, for pickets of some posts. A number, never a name.
struct HourCount {
    Instant from;
    std::int64_t people = 0;
};
std::vector<HourCount> headcount(const std::vector<Attendance>& attended, const std::vector<PostNumber>& posts);

} // namespace walkout::strike
