#pragma once

#include "shared/base/time.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace walkout::http {

/// The part of a numeric address that one household or host controls: an IPv4 address, the /64 of an IPv6 one.
std::string network_of(std::string_view peer);
/// The part that one provider hands out to one customer or a few: the /24 of an IPv4 address, the /48 of an IPv6 one.
std::string neighbourhood_of(std::string_view peer);

/// Token buckets by key (an address, a member number). Thread-safe; forgets keys whose bucket is full again.
class RateLimiter {
public:
    struct Rate {
        double per_second = 1;
        double burst = 10;
    };
    explicit RateLimiter(Rate rate) : rate_(rate) {}

    /// Takes one token and returns nothing, or takes none and returns how long to wait (at least a second).
    std::optional<std::chrono::seconds> take(const std::string& key, Instant machine_now);

private:
    struct Bucket {
        double tokens;
        Instant filled;
    };
    double level(const Bucket& bucket, Instant now) const;
    void sweep(Instant now);

    const Rate rate_;
    std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;
    std::size_t sweep_at_ = 1024;
};

} // namespace walkout::http
