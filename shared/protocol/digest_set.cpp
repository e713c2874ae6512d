#include "shared/protocol/digest_set.hpp"

#include <algorithm>
#include <cstring>

namespace walkout::protocol {
namespace {

/// All zeros marks an empty slot; a digest that really is all zeros (2^-192) takes the place of its neighbour.
ShortDigest slot_form(ShortDigest digest)
{
    if (digest == ShortDigest{}) digest.back() = 1;
    return digest;
}

std::size_t slot_hash(const ShortDigest& digest)
{
    std::size_t out;
    std::memcpy(&out, digest.data() + 1, sizeof out); // the first byte has chosen the part
    return out;
}

} // namespace

ShortDigest shortened(const Digest& digest)
{
    ShortDigest out;
    std::copy_n(digest.begin(), out.size(), out.begin());
    return out;
}

ShortDigest short_digest(std::string_view bytes) { return shortened(sha256(bytes)); }

std::size_t DigestSet::find(const Part& part, const ShortDigest& digest)
{
    auto slot = slot_hash(digest) % part.slots.size();
    while (part.slots[slot] != ShortDigest{} && part.slots[slot] != digest) slot = (slot + 1) % part.slots.size();
    return slot;
}

void DigestSet::grow(Part& part)
{
    Part larger;
    larger.slots.resize(std::max<std::size_t>(8, part.slots.size() * 3 / 2));
    for (const auto& digest : part.slots)
        if (digest != ShortDigest{}) larger.slots[find(larger, digest)] = digest;
    part.slots = std::move(larger.slots);
}

bool DigestSet::insert(const ShortDigest& given)
{
    const auto digest = slot_form(given);
    auto& part = parts_[digest.front()];
    if (part.used * 4 >= part.slots.size() * 3) grow(part);
    auto& slot = part.slots[find(part, digest)];
    if (slot == digest) return false;
    slot = digest;
    ++part.used;
    ++size_;
    return true;
}

bool DigestSet::contains(const ShortDigest& given) const
{
    const auto digest = slot_form(given);
    const auto& part = parts_[digest.front()];
    return !part.slots.empty() && part.slots[find(part, digest)] == digest;
}

bool DigestSet::erase(const ShortDigest& given)
{
    const auto digest = slot_form(given);
    auto& part = parts_[digest.front()];
    if (part.slots.empty()) return false;
    auto hole = find(part, digest);
    if (part.slots[hole] != digest) return false;
    // Whatever was pushed past the hole moves back, so that no search ends before its slot.
    for (auto next = (hole + 1) % part.slots.size(); part.slots[next] != ShortDigest{}; next = (next + 1) % part.slots.size()) {
        const auto home = slot_hash(part.slots[next]) % part.slots.size();
        const bool stays = hole <= next ? home > hole && home <= next : home > hole || home <= next;
        if (stays) continue;
        part.slots[hole] = part.slots[next];
        hole = next;
    }
    part.slots[hole] = ShortDigest{};
    --part.used;
    --size_;
    return true;
}

} // namespace walkout::protocol
