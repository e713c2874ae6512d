#pragma once

#include "shared/base/random.hpp"

#include <mutex>
#include <random>

namespace walkout::test {

/// Repeatable randomness for tests.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint32_t seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t> out) override
    {
        static std::mutex one_at_a_time; // the server asks from several threads, as it may
        const std::lock_guard lock(one_at_a_time);
        for (auto& byte : out) byte = static_cast<std::uint8_t>(engine_());
    }

private:
    std::mt19937 engine_;
};

} // namespace walkout::test
