#pragma once

#include "shared/ballot/office.hpp"
#include "shared/ballot/plan.hpp"
#include "shared/base/id.hpp"
#include "shared/strike/window.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace walkout::strike {

/// A mandate is for the kind of action that the question asked about.
using Action = ballot::QuestionKind;

enum class State { called, suspended, ended };

constexpr auto enum_names(State)
{
    return std::to_array<std::pair<State, std::string_view>>({{State::called, "called"}, {State::suspended, "suspended"}, {State::ended, "ended"}});
}

/// The notice of action (TULRCA s.234A) that covers one employer's part: the day it was received, and the first and last of the days it names.
struct CoveringNotice {
    Date received{};
    Date first{};
    std::optional<Date> last{}; ///< none where the action it notifies is continuous: it has no end
    friend bool operator==(const CoveringNotice&, const CoveringNotice&) = default;
};

/// One employer in one constituency. Notices, and so calls, are per employer.
struct Called {
    ConstituencyId constituency;
    std::string employer;
    std::optional<CoveringNotice> notice{}; ///< none in walkouts called before notices were kept beside the call
    friend bool operator==(const Called&, const Called&) = default;
};

/// A walkout is in a state from an instant (ballot clock) until the next change.
struct StateChange {
    State state = State::called;
    Instant at{};
    friend bool operator==(const StateChange&, const StateChange&) = default;
};

struct Walkout {
    WalkoutId id;
    BallotId ballot;
    std::string title; ///< of the dispute
    Action action;
    std::vector<Called> called;
    Window window;
    std::vector<Date> dates{}; ///< action short of a strike on some days only: those, each whole; empty: the whole window
    std::string called_by;     ///< the office, as the voting paper names it (TULRCA s.229(3))
    ballot::Role office;       ///< whoever holds it here may suspend, resume and end the walkout too
    State state = State::called;
    std::string reason{};               ///< of the last suspension, resumption or end
    Instant changed_at{};               ///< ballot clock: when it was called, or when its state last changed
    std::int64_t sequence = 0;          ///< goes up with each change, for calendars
    bool continuous = false;            ///< it goes on through the window without a day off, and was notified so (TULRCA s.234A(6)(b))
    std::vector<StateChange> history{}; ///< oldest first, the call included; the last is `state` and `changed_at`
};

/// When the action is on: the window, or each of its days.
std::vector<Span> times(const Window& window, const std::vector<Date>& dates);

/// As words(Window), or the days of action that is on some days only.
std::string words(const Walkout& walkout);
std::string_view action_words(Action action); ///< "strike", "action short of a strike"

} // namespace walkout::strike
