#pragma once

#include <cstdint>
#include <span>

namespace walkout {

/// Randomness is passed in, so that a whole election is byte-reproducible in a test. crypto/system_random.hpp is the real one.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    /// Uniform in [0, bound), without modulo bias.
    std::uint32_t below(std::uint32_t bound)
    {
        const std::uint32_t limit = UINT32_MAX - UINT32_MAX % bound;
        for (;;) {
            std::uint8_t raw[4];
            fill(raw);
            const std::uint32_t value = (std::uint32_t{raw[0]} << 24) | (std::uint32_t{raw[1]} << 16) | (std::uint32_t{raw[2]} << 8) | raw[3];
            if (value < limit) return value % bound;
        }
    }
};

} // namespace walkout
