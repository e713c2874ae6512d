#include "shared/strike/cover.hpp"

#include "shared/strike/moment.hpp"

#include <algorithm>

namespace walkout::strike {
namespace {

/// A shift in the repeated hour may mean either of two instants. Windows never start or end inside that hour (Window::make), so which of them
/// is meant cannot change an answer.
Span hours_of(const Zone& zone, const Shift& shift) { return {zone.instant(shift.start), zone.instant(shift.end, Zone::Repeated::later)}; }

/// When the action is on: once, or on each of its days.
std::vector<Window> windows_of(const Walkout& walkout)
{
    if (walkout.dates.empty()) return {walkout.window};
    std::vector<Window> out;
    for (const auto day : walkout.dates) {
        // A day whose midnight the clocks skip or repeat does not occur in the zones of this law; the whole window then stands for it.
        const auto whole = Window::make(WallTime(day), WallTime(day + Days(1)), walkout.window.zone().name(), walkout.window.semantics());
        out.push_back(whole ? *whole : walkout.window);
    }
    return out;
}

Cover decide(const Window& window, const Span& duty, const Span& part)
{
    const auto walkout = window.span();
    if (!overlap(walkout, part)) {
        // The later part of a duty that began inside the window belongs to that duty.
        const bool of_called_duty = window.semantics() != Semantics::clock && walkout.from <= duty.from && duty.from < walkout.to;
        return of_called_duty ? Cover::whole_shift : Cover::not_called;
    }
    if (window.semantics() != Semantics::clock) return duty.from < walkout.from ? Cover::finish_shift : Cover::whole_shift;
    const bool begun_before = part.from < walkout.from;
    const bool goes_on_after = part.to > walkout.to;
    if (begun_before && goes_on_after) return Cover::strike_between;
    if (begun_before) return Cover::strike_from;
    return goes_on_after ? Cover::strike_until : Cover::whole_shift;
}

std::string hours_words(const Shift& shift, const Zone& zone) { return words(Moment{shift.start}, Moment{shift.end}, zone); }

std::string off_words(State state) { return state == State::suspended ? "is suspended" : "has ended"; }

CoverAnswer as_normal(const std::string& because)
{
    return {Cover::not_called, "You are not called out for this shift, so work it as normal: " + because + ".",
            "I am not called out for this shift and will work it as normal."};
}

CoverAnswer strike_answer(Cover cover, const Walkout& walkout, const Window& window, const Shift& shift)
{
    const auto x = words(window.start());
    const auto y = words(window.end());
    const std::string taking_part = "I am taking part in the strike called by " + walkout.called_by + " ";
    switch (cover) {
    case Cover::not_called: return as_normal("the walkout " + (shift.start < window.start() ? "starts at " + x : "ends at " + y));
    case Cover::whole_shift:
        return {cover,
                "Strike for the whole of this shift: do not start work at " + words(shift.start) +
                    (shift.end <= window.end() ? "." : ", nor go in when the walkout ends, because it covers every shift that starts before then."),
                taking_part + "and will not work my shift from " + hours_words(shift, window.zone()) + "."};
    case Cover::strike_from:
        return {cover, "Start work as normal, then walk out at " + x + " and do not go back during this shift.",
                taking_part + "and will stop work at " + x + " for the rest of my shift."};
    case Cover::strike_until:
        return {cover, "Strike until " + y + ", then report for work for the rest of this shift.",
                taking_part + "until " + y + ", and will report for work then."};
    case Cover::strike_between:
        return {cover, "Start work as normal, walk out at " + x + ", and go back to work at " + y + ".",
                taking_part + "and will stop work at " + x + " and return at " + y + "."};
    case Cover::finish_shift:
        return {cover,
                "Finish the shift you started: this walkout covers shifts that start at or after " + x +
                    (window.semantics() == Semantics::hybrid ? ", so hand over safely before you leave." : "."),
                std::string("I will work this shift to its end") + (window.semantics() == Semantics::hybrid ? " and hand over safely" : "") +
                    ": the strike covers shifts that start at or after " + x + "."};
    case Cover::not_at_work:
    case Cover::exempt: break;
    }
    throw std::logic_error("a strike's answer for somebody who does not strike");
}

using Types = std::vector<std::string>;

/// "the action short of a strike (a ban on overtime, working to rule)"
std::string short_action(const Types& types)
{
    std::string out;
    for (const auto& type : types) out += (out.empty() ? " (" : ", ") + type;
    return "the action short of a strike" + out + (out.empty() ? "" : ")");
}

/// Action short of a strike is taken at work: the shift is worked, and the action is on for some or all of it.
CoverAnswer short_answer(Cover cover, const Walkout& walkout, const Window& window, const Shift& shift, const Types& types)
{
    if (cover == Cover::not_called)
        return as_normal("the action short of a strike " +
                         (shift.start < window.start() ? "starts at " + words(window.start()) : "ends at " + words(window.end())));
    if (cover == Cover::finish_shift) return as_normal("the action short of a strike covers shifts that start at or after " + words(window.start()));
    const std::string when = cover == Cover::strike_from      ? "from " + words(window.start())
                             : cover == Cover::strike_until   ? "until " + words(window.end())
                             : cover == Cover::strike_between ? "from " + words(window.start()) + " to " + words(window.end())
                                                              : "for the whole of this shift";
    return {cover, "Go to work, and take part in " + short_action(types) + " " + when + ".",
            "I am taking part in " + short_action(types) + " called by " + walkout.called_by + " " + when + ", and am at work."};
}

CoverAnswer called_answer(Cover cover, const Walkout& walkout, const Window& window, const Shift& shift, const Types& types)
{
    return walkout.action == Action::strike ? strike_answer(cover, walkout, window, shift) : short_answer(cover, walkout, window, shift, types);
}

/// What of the shift the walkout asks somebody not to work (or to work otherwise).
Span asked_for(Cover cover, const Window& window, const Span& part)
{
    const auto walkout = window.span();
    if (cover == Cover::whole_shift) return part;
    return {std::max(part.from, walkout.from), std::min(part.to, walkout.to)};
}

/// What is left of some hours without others.
std::vector<Span> without(const Span& hours, std::vector<Span> others)
{
    std::ranges::sort(others, {}, &Span::from);
    std::vector<Span> out;
    auto from = hours.from;
    for (const auto& other : others) {
        if (from < other.from) out.push_back({from, std::min(other.from, hours.to)});
        from = std::max(from, other.to);
        if (from >= hours.to) return out;
    }
    out.push_back({from, hours.to});
    return out;
}

/// "from 6pm to 10pm on ..., and from ..."
std::string spans_words(const std::vector<Span>& spans, const Zone& zone)
{
    const auto moment = [&](Instant at) {
        const auto wall = zone.wall(at);
        return Moment{wall, zone.instant(wall) == at ? Zone::Repeated::earlier : Zone::Repeated::later};
    };
    std::string out;
    for (const auto& span : spans) out += (out.empty() ? "from " : ", and from ") + words(moment(span.from), moment(span.to), zone);
    return out;
}

/// Exempt work is done in spite of the call: by all of the shift that the call asks for, or by a part of it.
CoverAnswer with_exemptions(CoverAnswer answer, const Walkout& walkout, const Asker& asker, const Span& asked, const Types& types)
{
    if (answer.cover == Cover::not_called || answer.cover == Cover::finish_shift) return answer;
    const auto& zone = walkout.window.zone();
    std::vector<Span> exempt;
    std::ranges::copy_if(asker.exemptions, std::back_inserter(exempt), [&](const Span& hours) { return overlap(hours, asked); });
    if (exempt.empty()) return answer;
    const auto exempted = "exempt " + spans_words(exempt, zone);
    const auto rest = without(asked, exempt);
    if (rest.empty())
        return {Cover::exempt, "You are " + exempted + ", so work this shift: you are not breaking the strike.",
                "The union has made me " + exempted + ", and I will work this shift."};
    const auto when = spans_words(rest, zone);
    const bool strike = walkout.action == Action::strike;
    answer.sentence = (strike ? "Strike " : "Take part in " + short_action(types) + " ") + when +
                      ", and work the rest of this shift as normal: you are " + exempted + ".";
    answer.for_manager = "I am taking part in " + (strike ? "the strike" : short_action(types)) + " called by " + walkout.called_by + " " + when +
                         ", and will work the rest of this shift as normal: the union has made me " + exempted + ".";
    return answer;
}

/// Of several windows (the days of action short of a strike) the one that asks something of this part.
CoverAnswer answer_part(const Walkout& walkout, const std::vector<Window>& windows, const Span& duty, const Shift& part, const Asker& asker,
                        const Types& types)
{
    const auto& zone = walkout.window.zone();
    const auto hours = hours_of(zone, part);
    const auto asking = std::ranges::find_if(windows, [&](const Window& window) { return decide(window, duty, hours) != Cover::not_called; });
    if (asking == windows.end()) {
        const bool between = windows.size() > 1 && overlap(walkout.window.span(), hours);
        if (between) return as_normal("it is on none of the days of the action");
        return called_answer(Cover::not_called, walkout, hours.from < walkout.window.span().from ? windows.front() : windows.back(), part, types);
    }
    // A night over two days of the action is covered from the first to the end of the second.
    auto last = asking;
    while (std::next(last) != windows.end() && std::next(last)->start() == last->end() && overlap(std::next(last)->span(), hours)) ++last;
    const auto joined = asking == last ? *asking : Window::make(asking->start(), last->end(), zone.name(), asking->semantics()).value();
    const auto cover = decide(joined, duty, hours);
    return with_exemptions(called_answer(cover, walkout, joined, part, types), walkout, asker, asked_for(cover, joined, hours), types);
}

Refusal bad_shift(std::string code, std::string detail, std::string next = "Check the dates and times.")
{
    return {.kind = Kind::invalid, .code = std::move(code), .detail = std::move(detail), .next = std::move(next)};
}

std::optional<Refusal> wrong(const std::vector<Shift>& parts)
{
    if (parts.empty()) return bad_shift("no_shift", "A shift has a start and an end.");
    for (const auto& part : parts)
        if (part.start >= part.end)
            return bad_shift("shift_backwards", "The shift would end at " + words(part.end) + ", which is not after it starts.");
    for (std::size_t i = 1; i < parts.size(); ++i)
        if (parts[i].start < parts[i - 1].end)
            return bad_shift("shift_parts_overlap",
                             "A part of the shift starts at " + words(parts[i].start) + ", before the part before it has ended.",
                             "Give the parts in order.");
    if (parts.back().end - parts.front().start > std::chrono::hours(48))
        return bad_shift("shift_too_long", "The shift would last over 48 hours.", "Ask about one shift at a time.");
    return std::nullopt;
}

std::optional<std::chrono::minutes> clock(std::string_view text)
{
    if (text == "24:00") return std::chrono::hours(24);
    const auto wall = text.size() == 5 ? parse_wall("2000-01-01T" + std::string(text)) : std::nullopt;
    if (!wall) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::minutes>(*wall - date::floor<Days>(*wall));
}

} // namespace

Shift shift_on(Date day, std::chrono::minutes start, std::chrono::minutes end)
{
    return {.start = day + start, .end = (end > start ? day : day + Days(1)) + end};
}

Result<std::vector<Shift>> split_shift(Date day, const std::vector<Hours>& parts)
{
    std::vector<Shift> out;
    for (const auto& hours : parts) {
        auto part = shift_on(day, hours.start, hours.end);
        if (!out.empty() && part.start < out.back().end) {
            part = {part.start + Days(1), part.end + Days(1)};
            if (part.end - out.front().start > std::chrono::hours(16))
                return bad_shift("shift_parts_overlap",
                                 "The part that starts at " + clock_words(WallTime(day) + hours.start) +
                                     " would start before the part before it has ended.",
                                 "Give the parts in the order in which you work them; ask about another day on its own, with its --date.");
            day += Days(1);
        }
        out.push_back(part);
    }
    return out;
}

Result<RotaPattern> parse_pattern(Date first, std::string_view text)
{
    RotaPattern pattern{.first = first, .cycle = {}};
    for (;;) {
        const auto entry = text.substr(0, text.find(','));
        if (entry == "off") pattern.cycle.emplace_back();
        else {
            const auto start = entry.size() == 11 && entry[5] == '-' ? clock(entry.substr(0, 5)) : std::nullopt;
            const auto end = start ? clock(entry.substr(6)) : std::nullopt;
            if (!end)
                return bad_shift("bad_pattern", "\"" + std::string(entry) + "\" is neither hours nor off.",
                                 "One entry a day, such as: 07:00-19:00,07:00-19:00,19:00-07:00,off,off");
            pattern.cycle.push_back(Hours{*start, *end});
        }
        if (entry.size() == text.size()) break;
        text.remove_prefix(entry.size() + 1);
    }
    if (pattern.cycle.size() > 366) return bad_shift("bad_pattern", "A rota pattern has at most 366 days.", "Give one cycle of it.");
    return pattern;
}

RotaDays shifts_near(const RotaPattern& pattern, const Window& window)
{
    RotaDays out;
    const auto length = static_cast<int>(pattern.cycle.size());
    for (auto day = window.first_date() - Days(1); day <= window.last_date(); day += Days(1)) {
        const auto place = ((day - pattern.first).count() % length + length) % length;
        if (const auto& hours = pattern.cycle[static_cast<std::size_t>(place)]) out.shifts.push_back(shift_on(day, hours->start, hours->end));
        else if (day >= window.first_date()) out.off.push_back(day);
    }
    return out;
}

Result<std::vector<CoverAnswer>> cover(const Walkout& walkout, const std::vector<Shift>& parts, const Asker& asker,
                                       const std::vector<std::string>& types)
{
    if (auto refusal = wrong(parts)) return *refusal;
    std::vector<CoverAnswer> answers;
    if (walkout.state != State::called) {
        answers.assign(parts.size(), as_normal("the walkout " + off_words(walkout.state)));
        return answers;
    }
    if (asker.called == false) {
        answers.assign(parts.size(), as_normal("members of your employer or constituency are not called"));
        return answers;
    }
    const auto windows = windows_of(walkout);
    const Span duty{hours_of(walkout.window.zone(), parts.front()).from, hours_of(walkout.window.zone(), parts.back()).to};
    for (const auto& part : parts) answers.push_back(answer_part(walkout, windows, duty, part, asker, types));
    return answers;
}

CoverAnswer not_at_work(const Walkout& walkout, Date day)
{
    const auto on = words(day);
    const auto off = "You are not at work on " + on;
    const auto for_manager = "I am not at work on " + on + ".";
    const bool among = walkout.dates.empty() ? day >= walkout.window.first_date() && day <= walkout.window.last_date()
                                             : std::ranges::find(walkout.dates, day) != walkout.dates.end();
    if (walkout.state != State::called || !among) return {Cover::not_at_work, off + ", and the walkout is not on that day.", for_manager};
    if (walkout.action == Action::action_short) return {Cover::not_at_work, off + ", so there is nothing to do differently that day.", for_manager};
    return {Cover::not_at_work, off + ", so there is no shift to strike from; you are welcome on the picket.", for_manager};
}

} // namespace walkout::strike
