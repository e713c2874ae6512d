#include "shared/strike/cover.hpp"

namespace walkout::strike {
namespace {

Cover decide(Semantics semantics, const Span& walkout, const Span& shift)
{
    if (!overlap(walkout, shift)) return Cover::not_called;
    const bool begun_before = shift.from < walkout.from;
    const bool goes_on_after = shift.to > walkout.to;
    if (semantics != Semantics::clock) return begun_before ? Cover::finish_shift : Cover::whole_shift;
    if (begun_before && goes_on_after) return Cover::strike_between;
    if (begun_before) return Cover::strike_from;
    return goes_on_after ? Cover::strike_until : Cover::whole_shift;
}

std::string sentence(Cover cover, const Window& window, const Shift& shift)
{
    const auto x = words(window.start());
    const auto y = words(window.end());
    switch (cover) {
    case Cover::not_called:
        return "You are not called out for this shift, so work it as normal: the walkout " +
               (shift.start < window.start() ? "starts at " + x : "ends at " + y) + ".";
    case Cover::whole_shift:
        if (shift.end <= window.end()) return "Strike for the whole of this shift: do not start work at " + words(shift.start) + ".";
        return "Strike for the whole of this shift: do not start work at " + words(shift.start) +
               ", nor go in when the walkout ends, because it covers every shift that starts before then.";
    case Cover::strike_from: return "Start work as normal, then walk out at " + x + " and do not go back during this shift.";
    case Cover::strike_until: return "Strike until " + y + ", then report for work for the rest of this shift.";
    case Cover::strike_between: return "Start work as normal, walk out at " + x + ", and go back to work at " + y + ".";
    case Cover::finish_shift:
        return "Finish the shift you started: this walkout covers shifts that start at or after " + x +
               (window.semantics() == Semantics::hybrid ? ", so hand over safely before you leave." : ".");
    }
    throw std::logic_error("a cover without a sentence");
}

} // namespace

Shift shift_on(Date day, std::chrono::minutes start, std::chrono::minutes end)
{
    return {.start = day + start, .end = (end > start ? day : day + Days(1)) + end};
}

Result<CoverAnswer> cover(const Window& window, const Shift& shift, State state)
{
    // A walkout never starts or ends inside the repeated hour, so which of the two a shift means cannot change the answer.
    const Span hours{window.zone().instant(shift.start), window.zone().instant(shift.end, Zone::Repeated::later)};
    if (shift.start >= shift.end) {
        return Refusal{.kind = Kind::invalid,
                       .code = "shift_backwards",
                       .detail = "The shift would end at " + words(shift.end) + ", which is not after it starts.",
                       .next = "Check the dates and times."};
    }
    if (shift.end - shift.start > std::chrono::hours(48)) {
        return Refusal{.kind = Kind::invalid,
                       .code = "shift_too_long",
                       .detail = "The shift would last over 48 hours.",
                       .next = "Ask about one shift at a time."};
    }
    if (state != State::called) {
        return CoverAnswer{Cover::not_called, "You are not called out for this shift, so work it as normal: the walkout " +
                                                  std::string(state == State::suspended ? "is suspended." : "has ended.")};
    }
    const auto answer = decide(window.semantics(), window.span(), hours);
    return CoverAnswer{answer, sentence(answer, window, shift)};
}

} // namespace walkout::strike
