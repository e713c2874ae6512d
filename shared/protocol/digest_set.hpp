#pragma once

#include "shared/crypto/hash.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace walkout::protocol {

/// The first 24 bytes of a SHA-256: two things with the same one take 2^96 work to find, and a verifier keeps millions of them.
using ShortDigest = std::array<std::uint8_t, 24>;
ShortDigest short_digest(std::string_view bytes);
ShortDigest shortened(const Digest& digest);

/// What has been seen before, at 24 bytes and a half-empty slot each (on average 40 bytes). In 256 parts, so that growing never needs twice the memory.
class DigestSet {
public:
    bool insert(const ShortDigest& digest); ///< false where it was there already
    bool contains(const ShortDigest& digest) const;
    bool erase(const ShortDigest& digest); ///< false where it was not there
    std::size_t size() const { return size_; }

private:
    struct Part {
        std::vector<ShortDigest> slots; ///< open addressing; an empty slot is all zeros
        std::size_t used = 0;
    };
    static std::size_t find(const Part& part, const ShortDigest& digest); ///< its slot, or the empty one where it belongs
    static void grow(Part& part);
    std::array<Part, 256> parts_;
    std::size_t size_ = 0;
};

} // namespace walkout::protocol
