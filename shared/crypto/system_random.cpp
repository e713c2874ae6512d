#include "shared/crypto/system_random.hpp"

#include "shared/crypto/openssl.hpp"

#include <openssl/rand.h>

namespace walkout {

void SystemRandom::fill(std::span<std::uint8_t> out)
{
    openssl::require(RAND_priv_bytes(out.data(), static_cast<int>(out.size())), "RAND_priv_bytes");
}

} // namespace walkout
