#pragma once

#include "server/store/sqlite.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/protocol/archive.hpp"
#include "shared/protocol/head.hpp"

#include <filesystem>
#include <functional>
#include <span>

namespace walkout::store {

/// What a constituency's Setup event will hold, as the scrutineer made it.
struct BoardSetup {
    ConstituencyId constituency;
    BallotId ballot;
    std::int64_t timestamp = 0; ///< of the archive: the planned opening instant
    std::string election;
    std::string trustees;
    std::string credentials;
};
void add_board(WriteTx& tx, const BoardSetup& setup);
std::optional<BoardSetup> find_board(const ReadTx& tx, const ConstituencyId& constituency);
std::vector<BoardSetup> boards_of(const ReadTx& tx, const BallotId& ballot); ///< by constituency id

void add_credential(WriteTx& tx, const ConstituencyId& constituency, const std::string& credential, bool spare);
struct CredentialCounts {
    std::int64_t live = 0;
    std::int64_t spare = 0;
};
CredentialCounts credential_counts(const ReadTx& tx, const ConstituencyId& constituency);

// ---- ballots accepted, on the board or waiting for their batch ----

struct AcceptedBallot {
    std::string tracker;
    std::string credential;
    Instant on_board_by{};
    std::string body{}; ///< empty once it is on the board
};
std::optional<AcceptedBallot> find_accepted(const ReadTx& tx, const ConstituencyId& constituency, const std::string& tracker);
bool credential_used(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential);
bool ciphertext_seen(const ReadTx& tx, const ConstituencyId& constituency, const Digest& digest);
void accept_ballot(WriteTx& tx, const ConstituencyId& constituency, const AcceptedBallot& ballot, std::span<const Digest> ciphertexts);
std::vector<AcceptedBallot> accepted_ballots(const ReadTx& tx, const ConstituencyId& constituency); ///< all, by tracker
std::vector<std::string> waiting_credentials(const ReadTx& tx, const ConstituencyId& constituency); ///< of ballots waiting for their batch, sorted
std::int64_t waiting_count(const ReadTx& tx, const ConstituencyId& constituency);
/// The first instant by which a waiting ballot was promised to be on the board; nullopt where none waits.
std::optional<Instant> earliest_promise(const ReadTx& tx, const ConstituencyId& constituency);
std::int64_t accepted_count(const ReadTx& tx, const ConstituencyId& constituency);
std::int64_t ciphertext_count(const ReadTx& tx, const ConstituencyId& constituency);
std::vector<std::string> published_credentials(const ReadTx& tx, const ConstituencyId& constituency); ///< of ballots on the board

// ---- the board itself ----

protocol::Chain board_chain(const ReadTx& tx, const ConstituencyId& constituency);
void append_to_board(WriteTx& tx, const ConstituencyId& constituency, protocol::EventType type, std::vector<std::string> data);
/// Every waiting ballot goes on the board, sorted by tracker; what is kept of them is written in one sorted go, so that the file keeps no order of
/// casting. (The write-ahead log does until Writer::truncate_log.)
void publish_waiting(WriteTx& tx, const ConstituencyId& constituency);
/// Records of events from `from_height` on and below `below_height`, in order.
void for_each_record(const ReadTx& tx, const ConstituencyId& constituency, std::uint64_t from_height, std::uint64_t below_height,
                     const std::function<void(const protocol::Record&)>& visit);
inline void for_each_record(const ReadTx& tx, const ConstituencyId& constituency, std::uint64_t below_height,
                            const std::function<void(const protocol::Record&)>& visit)
{
    for_each_record(tx, constituency, 0, below_height, visit);
}
std::string event_at(const ReadTx& tx, const ConstituencyId& constituency, std::uint64_t height); ///< its hash; empty when there is none

struct SignedHead {
    protocol::Head head; ///< election is filled in by the caller of find, which knows φ
    Signature signature{};
};
void add_head(WriteTx& tx, const ConstituencyId& constituency, const SignedHead& head);
std::optional<SignedHead> latest_head(const ReadTx& tx, const ConstituencyId& constituency, std::uint64_t below_height);
/// Where the database lies, and files that belong to it may; the folder for temporary files where it is in memory.
std::filesystem::path folder_of(const ReadTx& tx);
std::int64_t heads_signed(const ReadTx& tx); ///< over all boards: changes whenever anything is published

} // namespace walkout::store
