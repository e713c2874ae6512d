#pragma once

#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace walkout::wire {

/// GET /api/v1/clock. The two clocks differ only in a rehearsal whose ballot clock was moved.
struct ClockReading {
    Instant ballot{};
    Instant machine{};
    bool rehearsal = false;
};
template <class V> void describe(V& v, ClockReading& m)
{
    v("ballot", m.ballot);
    v("machine", m.machine);
    v("rehearsal", m.rehearsal);
}

/// POST /api/v1/clock, in a rehearsal.
struct SetClock {
    Instant to{};
};
template <class V> void describe(V& v, SetClock& m) { v("to", m.to); }
struct ClockMoved {
    Instant ballot_now{};
    std::int64_t ballots_changed = 0; ///< by the jobs that fell due on the way
};
template <class V> void describe(V& v, ClockMoved& m)
{
    v("ballot_now", m.ballot_now);
    v("ballots_changed", m.ballots_changed);
}

/// GET /healthz and /readyz.
struct Health {
    std::string status; ///< "ok"
    std::string version;
};
template <class V> void describe(V& v, Health& m)
{
    v("status", m.status);
    v("version", m.version);
}

/// One line of walkoutd's log: a request, or an event of the server itself. Never a path value, a body, a token or an address.
struct LogLine {
    Instant at{};
    std::string event;                    ///< "request", "started", "stopped", "failure"
    std::optional<std::string> request{}; ///< its id
    std::optional<std::string> method{};
    std::optional<std::string> route{}; ///< the pattern, "/api/v1/ballots/{ballot}"
    std::optional<std::int64_t> status{};
    std::optional<std::int64_t> ms{};
    std::optional<std::string> code{};   ///< of the refusal
    std::optional<std::string> detail{}; ///< what broke; for the operator only
};
template <class V> void describe(V& v, LogLine& m)
{
    v("at", m.at);
    v("event", m.event);
    v("request", m.request);
    v("method", m.method);
    v("route", m.route);
    v("status", m.status);
    v("ms", m.ms);
    v("code", m.code);
    v("detail", m.detail);
}

} // namespace walkout::wire
