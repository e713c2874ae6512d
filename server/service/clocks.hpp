#pragma once

#include "shared/base/time.hpp"

#include <atomic>
#include <utility>

namespace walkout::service {

/// The server's two clocks (design.md section 2): the ballot clock is the machine's plus an offset, which only a rehearsal may give.
class Clocks {
public:
    explicit Clocks(Clock machine) : machine_(std::move(machine)) {}
    Instant machine_now() const { return machine_(); }
    Instant ballot_now() const { return machine_() + offset(); }
    std::chrono::seconds offset() const { return std::chrono::seconds(offset_.load()); }
    void set_offset(std::chrono::seconds offset) { offset_.store(offset.count()); } ///< that it only grows is the caller's to check

private:
    Clock machine_;
    std::atomic<std::chrono::seconds::rep> offset_{0};
};

} // namespace walkout::service
