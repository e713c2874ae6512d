#pragma once

#include "shared/strike/walkout.hpp"

namespace walkout::strike {

/// Someone's hours of work, half-open [start, end), in the zone of the walkout that it is held against.
struct Shift {
    WallTime start{};
    WallTime end{};
};

/// What a walkout asks of one shift (field.md 5.3). X and Y are the start and end of the walkout.
enum class Cover {
    not_called,     ///< work as normal
    whole_shift,    ///< do not report for work
    strike_from,    ///< start as normal, walk out at X
    strike_until,   ///< strike until Y, then report
    strike_between, ///< start as normal, walk out at X, return at Y
    finish_shift,   ///< begun before X, and finished under commencing and hybrid calls
};

constexpr auto enum_names(Cover)
{
    return std::to_array<std::pair<Cover, std::string_view>>({{Cover::not_called, "not_called"},
                                                              {Cover::whole_shift, "whole_shift"},
                                                              {Cover::strike_from, "strike_from"},
                                                              {Cover::strike_until, "strike_until"},
                                                              {Cover::strike_between, "strike_between"},
                                                              {Cover::finish_shift, "finish_shift"}});
}

struct CoverAnswer {
    Cover cover;
    std::string sentence; ///< for the member
};

/// Hours as a person gives them: a day, and two times of day. An end that is not after the start is on the next day, so
/// 22:00 to 06:00 is a night and 08:00 to 08:00 a day and a night.
Shift shift_on(Date day, std::chrono::minutes start, std::chrono::minutes end);

/// Does this walkout cover my shift? For a member who is called; whether they are depends on their constituency and employer.
/// A suspended or ended walkout covers none. Refuses "shift_backwards" and "shift_too_long" (over 48 hours: a mistyped date).
Result<CoverAnswer> cover(const Window& window, const Shift& shift, State state = State::called);

} // namespace walkout::strike
