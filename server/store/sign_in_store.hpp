#pragma once

#include "server/store/sqlite.hpp"

#include <array>

namespace walkout::store {

using CodeHash = std::array<std::uint8_t, 32>;
using TokenHash = std::array<std::uint8_t, 32>;

// One-time codes. All times are the machine clock's.

struct Challenge {
    std::string id;
    std::string number; ///< as typed, perhaps nobody's
    Instant created{};
    std::int64_t tries = 0;
    std::optional<CodeHash> code_hash{}; ///< absent until the code is made
    bool used = false;
    std::optional<std::string> code_of{}; ///< the challenge for which the code was mailed that opens this one too
    const std::string& code_id() const { return code_of ? *code_of : id; }
};

void add_challenge(WriteTx& tx, const Challenge& challenge);
std::optional<Challenge> find_challenge(const ReadTx& tx, const std::string& id);
std::vector<Challenge> challenges_without_code(const ReadTx& tx, std::int64_t limit); ///< oldest first
void set_challenge_code(WriteTx& tx, const std::string& id, const CodeHash& hash);
std::int64_t codes_made_since(const ReadTx& tx, const std::string& number, Instant since); ///< one mail each, where the number is somebody's
std::optional<Challenge> newest_code(const ReadTx& tx, const std::string& number);         ///< a challenge with a code of its own
void share_challenge_code(WriteTx& tx, const std::string& id, const Challenge& mailed);    ///< the code mailed for that one opens this one too
void count_try(WriteTx& tx, const std::string& id);                                        ///< of an unknown id: does nothing, the same way
void mark_challenge_used(WriteTx& tx, const std::string& id);
void delete_challenges_before(WriteTx& tx, Instant created);

// Sessions.

struct SessionRow {
    std::string number;
    bool official = false; ///< signed in with the second factor
    Instant created{};
    Instant last_used{};
};

void add_session(WriteTx& tx, const TokenHash& token, const SessionRow& session);
std::optional<SessionRow> find_session(const ReadTx& tx, const TokenHash& token);
void touch_session(WriteTx& tx, const TokenHash& token, Instant now); ///< of one that has gone: does nothing
void delete_session(WriteTx& tx, const TokenHash& token);
void delete_sessions_before(WriteTx& tx, bool official, Instant created, Instant last_used); ///< created or last used before these

} // namespace walkout::store
