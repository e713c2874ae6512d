#pragma once

#include "server/store/board_store.hpp"
#include "server/store/sqlite.hpp"
#include "shared/ballot/office.hpp"
#include "shared/ballot/replacement.hpp"
#include "shared/protocol/register.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace walkout::store {

// ---- the register of live credentials, one chain a constituency (protocol.md 5.1) ----

/// With the first record of nothing: who has a code is what the Setup said. `blind`: 64 hex digits.
void start_register(WriteTx& tx, const ConstituencyId& constituency, const std::string& genesis, const std::string& blind);

struct RegisterState {
    std::string blind;
    std::string last; ///< hash of the last record, or the genesis
    std::uint64_t length = 0;
};
std::optional<RegisterState> register_state(const ReadTx& tx, const ConstituencyId& constituency);
std::vector<protocol::RegisterRecord> register_records(const ReadTx& tx, const ConstituencyId& constituency);
/// Appends a change; its seq and prev are filled in here.
void append_register(WriteTx& tx, const ConstituencyId& constituency, protocol::RegisterRecord record);

std::vector<std::string> spares_at_setup(const ReadTx& tx, const ConstituencyId& constituency); ///< in byte order
/// Spares that no record has activated, in byte order; at most `limit`.
std::vector<std::string> unused_spares(const ReadTx& tx, const ConstituencyId& constituency, std::int64_t limit);
bool is_revoked(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential);

/// Every published head, by height; φ is the caller's to fill in.
std::vector<SignedHead> heads(const ReadTx& tx, const ConstituencyId& constituency);

// ---- batches of changes ----

struct ReplacementBatch {
    std::int64_t batch = 0;
    bool done = false;
    std::string salt;
    Instant proposed_at{};
    std::vector<ballot::MemberChange> changes; ///< in the order of the proposal
};
/// Adds a proposed batch in the place of one still waiting, and returns its number.
std::int64_t propose_batch(WriteTx& tx, const BallotId& ballot, const ReplacementBatch& batch, const std::string& proposed_by);
void put_batch_done(WriteTx& tx, const BallotId& ballot, std::int64_t batch);
std::vector<ReplacementBatch> batches(const ReadTx& tx, const BallotId& ballot); ///< proposed and done, by number
std::optional<ReplacementBatch> latest_batch(const ReadTx& tx, const BallotId& ballot);

struct BatchSignature {
    std::string by;
    ballot::Role role = ballot::Role::official;
    Instant expires{};
    Signature signature{};
};
std::vector<BatchSignature> batch_signatures(const ReadTx& tx, const BallotId& ballot, const Digest& object);

/// From this revision on the member holds this credential; the line before keeps the old one.
void replace_credential(WriteTx& tx, const BallotId& ballot, const std::string& number, std::int64_t revision, const std::string& credential);

/// Sets when a changed member's new code left, and returns why it was changed; nothing where it had left before or is the first one.
std::optional<ballot::ChangeReason> put_change_sent(WriteTx& tx, const BallotId& ballot, const std::string& number, Instant at);
void add_late_codes(WriteTx& tx, const BallotId& ballot, std::int64_t codes); ///< more members to send a code to

// ---- the vault ----

void put_vault_statement(WriteTx& tx, const BallotId& ballot, const std::string& statement);
std::optional<std::string> vault_statement(const ReadTx& tx, const BallotId& ballot);

} // namespace walkout::store
