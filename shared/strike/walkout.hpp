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

/// The notice of action (TULRCA s.234A) that covers one employer's part: the day it was received, and the days it names.
struct CoveringNotice {
    Date received{};
    Date first{};
    Date last{};
    friend bool operator==(const CoveringNotice&, const CoveringNotice&) = default;
};

/// One employer in one constituency. Notices, and so calls, are per employer.
struct Called {
    ConstituencyId constituency;
    std::string employer;
    std::optional<CoveringNotice> notice{}; ///< none in walkouts called before notices were kept beside the call
    friend bool operator==(const Called&, const Called&) = default;
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
    std::string reason{};      ///< of the last suspension, resumption or end
    Instant changed_at{};      ///< ballot clock: when it was called, or when its state last changed
    std::int64_t sequence = 0; ///< goes up with each change, for calendars
};

/// As words(Window), or the days of action that is on some days only.
std::string words(const Walkout& walkout);
std::string_view action_words(Action action); ///< "strike", "action short of a strike"

} // namespace walkout::strike
