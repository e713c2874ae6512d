#pragma once

#include "server/store/sqlite.hpp"

#include <array>

namespace walkout::store {

/// A POST as its Idempotency-Key knows it, and how it was answered.
struct AnsweredPost {
    std::string caller; ///< member number or sign-in name
    std::string key;
    std::array<std::uint8_t, 32> request_hash{}; ///< of method, path and body
    Instant recorded_at{};                       ///< machine clock
    int status = 0;
    std::string content_type;
    std::string headers; ///< "Name: value" lines
    std::string body;
};

inline constexpr std::chrono::hours idempotency_kept{24};

/// Nothing where there is none, or it is older than 24 hours.
std::optional<AnsweredPost> find_answered_post(const ReadTx& tx, const std::string& caller, const std::string& key, Instant machine_now);

void add_answered_post(WriteTx& tx, const AnsweredPost& post); ///< in place of one of that key that has grown too old
void forget_answered_posts(WriteTx& tx, Instant machine_now);  ///< those that have grown too old

} // namespace walkout::store
