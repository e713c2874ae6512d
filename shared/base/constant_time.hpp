#pragma once

#include <cstddef>
#include <cstdint>

namespace walkout {

// Choices that show in no branch and no address, made by masks: all ones for yes, 0 for no.

/// The same value, of which the compiler knows nothing any more. Without it clang 16 sees that a mask is all or nothing, and turns masking two
/// values into loading from one of two addresses.
inline std::uint64_t opaque(std::uint64_t value)
{
    asm("" : "+r"(value));
    return value;
}

inline std::uint64_t mask_if_equal(std::uint64_t a, std::uint64_t b)
{
    const auto difference = a ^ b;
    return opaque(((difference | (0 - difference)) >> 63) - 1);
}

/// For a and b below 2^63.
inline std::uint64_t mask_if_less(std::uint64_t a, std::uint64_t b) { return opaque(0 - ((a - b) >> 63)); }

/// a where the mask is all ones, b where it is 0; of anything made of limbs.
template <class T> T select(std::uint64_t mask, const T& a, const T& b)
{
    T out;
    for (std::size_t i = 0; i < out.limbs.size(); ++i) out.limbs[i] = b.limbs[i] ^ (opaque(mask) & (a.limbs[i] ^ b.limbs[i]));
    return out;
}

} // namespace walkout
