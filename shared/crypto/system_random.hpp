#pragma once

#include "shared/base/random.hpp"

namespace walkout {

/// The operating system's generator (RAND_priv_bytes of OpenSSL, seeded by the kernel). Safe to share between threads.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

} // namespace walkout
