#pragma once

#include "shared/strike/walkout.hpp"

namespace walkout::strike {

/// Someone's hours of work, half-open [start, end), in the zone of the walkout that it is held against.
struct Shift {
    WallTime start{};
    WallTime end{};
    friend bool operator==(const Shift&, const Shift&) = default;
};

/// What a walkout asks of one shift (field.md 5.3). X and Y are the start and end of the walkout.
enum class Cover {
    not_called,     ///< work as normal
    whole_shift,    ///< do not report for work
    strike_from,    ///< start as normal, walk out at X
    strike_until,   ///< strike until Y, then report
    strike_between, ///< start as normal, walk out at X, return at Y
    finish_shift,   ///< begun before X, and finished under commencing and hybrid calls
    not_at_work,    ///< no shift that day, so nothing to strike from
    exempt,         ///< called, but the union has exempted this work
};

constexpr auto enum_names(Cover)
{
    return std::to_array<std::pair<Cover, std::string_view>>({{Cover::not_called, "not_called"},
                                                              {Cover::whole_shift, "whole_shift"},
                                                              {Cover::strike_from, "strike_from"},
                                                              {Cover::strike_until, "strike_until"},
                                                              {Cover::strike_between, "strike_between"},
                                                              {Cover::finish_shift, "finish_shift"},
                                                              {Cover::not_at_work, "not_at_work"},
                                                              {Cover::exempt, "exempt"}});
}

struct CoverAnswer {
    Cover cover = Cover::not_called;
    std::string sentence;    ///< for the member
    std::string for_manager; ///< the same, as the member may say it at work
};

/// Hours as a person gives them: a day, and two times of day. An end that is not after the start is on the next day, so
/// 22:00 to 06:00 is a night and 08:00 to 08:00 a day and a night.
Shift shift_on(Date day, std::chrono::minutes start, std::chrono::minutes end);

/// Two times of day, as a person gives them: since midnight, read as in shift_on.
struct Hours {
    std::chrono::minutes start{};
    std::chrono::minutes end{};
};

/// The parts of a split shift that begins on `day`. A part that begins before the part before it has ended is after midnight, if the shift as a
/// whole then lasts 16 hours at the most; refuses "shift_parts_overlap" otherwise, since the day would be a guess.
Result<std::vector<Shift>> split_shift(Date day, const std::vector<Hours>& parts);

/// Hours that come round again: one entry a day, none for a rest day, beginning on `first`.
struct RotaPattern {
    Date first{};
    std::vector<std::optional<Hours>> cycle;
};

/// "07:00-19:00,07:00-19:00,19:00-07:00,off,off". Refuses "bad_pattern".
Result<RotaPattern> parse_pattern(Date first, std::string_view text);

/// Its shifts that begin on the days the walkout touches or on the day before (a night may reach in), and the touched days that have none.
struct RotaDays {
    std::vector<Shift> shifts;
    std::vector<Date> off;
};
RotaDays shifts_near(const RotaPattern& pattern, const Window& window);

/// What is known of whoever asks. Nothing, where nobody is signed in.
struct Asker {
    std::optional<bool> called{};    ///< whether their employer and constituency are
    std::vector<Span> exemptions{}; ///< granted
};

/// Does this walkout cover my shift? A split shift is one duty in several parts, and each part gets its answer: by the clock part by part,
/// and under commencing and hybrid calls by when the duty began. Without `called` the answer is for a member who is called.
/// `types`: what the action short of a strike is, in the words of the voting paper (s.229(2C)), where it says.
/// A suspended or ended walkout covers none. Refuses "no_shift", "shift_backwards", "shift_too_long" (over 48 hours from the first start to
/// the last end: a mistyped date) and "shift_parts_overlap".
Result<std::vector<CoverAnswer>> cover(const Walkout& walkout, const std::vector<Shift>& parts, const Asker& asker = {},
                                       const std::vector<std::string>& types = {});

/// "I'm not at work that day."
CoverAnswer not_at_work(const Walkout& walkout, Date day);

} // namespace walkout::strike
