#include "server/http/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::http {

namespace {

/// Nothing for an IPv6 address. An IPv4 client of a dual-stack socket arrives as ::ffff:192.0.2.1.
std::optional<std::string_view> ipv4_of(std::string_view peer)
{
    if (peer.find(':') == peer.npos) return peer;
    if (peer.starts_with("::ffff:") && peer.find('.') != peer.npos) return peer.substr(7);
    return std::nullopt;
}

/// The numeric form abbreviates one run of zero groups to "::"; this writes the first groups out.
std::string ipv6_groups(std::string_view peer, int wanted)
{
    const auto gap = peer.find("::");
    std::string groups;
    int count = 0;
    const auto take = [&](std::string_view part) {
        for (; count < wanted && !part.empty(); ++count) {
            const auto end = std::min(part.find(':'), part.size());
            groups += std::string(part.substr(0, end)) + ":";
            part.remove_prefix(std::min(end + 1, part.size()));
        }
    };
    take(peer.substr(0, gap));
    if (gap != peer.npos) {
        const auto tail = peer.substr(gap + 2);
        const auto tail_groups = tail.empty() ? 0 : 1 + std::ranges::count(tail, ':');
        for (auto zeros = 8 - count - tail_groups; zeros > 0 && count < wanted; --zeros, ++count) groups += "0:";
        take(tail);
    }
    return groups;
}

} // namespace

std::string network_of(std::string_view peer)
{
    if (const auto ipv4 = ipv4_of(peer)) return std::string(*ipv4);
    return ipv6_groups(peer, 4) + ":/64";
}

std::string neighbourhood_of(std::string_view peer)
{
    if (const auto ipv4 = ipv4_of(peer)) return std::string(ipv4->substr(0, ipv4->rfind('.'))) + ".0/24";
    return ipv6_groups(peer, 3) + ":/48";
}

double RateLimiter::level(const Bucket& bucket, Instant now) const
{
    const auto seconds = std::max<std::chrono::seconds>(now - bucket.filled, std::chrono::seconds(0)); // the clock may have been set back
    return std::min(rate_.burst, bucket.tokens + static_cast<double>(seconds.count()) * rate_.per_second);
}

std::optional<std::chrono::seconds> RateLimiter::take(const std::string& key, Instant machine_now)
{
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= sweep_at_) sweep(machine_now);
    auto& bucket = buckets_.try_emplace(key, Bucket{rate_.burst, machine_now}).first->second;
    bucket = {level(bucket, machine_now), machine_now};
    if (bucket.tokens < 1)
        return std::max(std::chrono::seconds(1), std::chrono::seconds(std::llround(std::ceil((1 - bucket.tokens) / rate_.per_second))));
    bucket.tokens -= 1;
    return std::nullopt;
}

/// Doubling the threshold keeps the cost of sweeping constant per request, however many keys are live.
void RateLimiter::sweep(Instant now)
{
    std::erase_if(buckets_, [&](const auto& entry) { return level(entry.second, now) >= rate_.burst; });
    sweep_at_ = std::max<std::size_t>(1024, 2 * buckets_.size());
}

} // namespace walkout::http
