#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::service {

// The boards of a ballot through its life. What is published is exactly what the newest signed head covers: events appended after it are not
// served yet (partial decryptions before the declaration).

/// Signs where the board stands now and so publishes it. Does nothing if that head exists.
void publish_head(store::WriteTx& tx, const Context& context, const store::Constituency& constituency, const SigningKey& board_key);

/// The Setup event of every constituency.
void open_boards(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key);

/// The hourly batch: at least ten of a constituency, sorted by tracker. Returns whether any board grew.
bool publish_batches(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key);

/// Publishes the rest and ends the ballots.
void seal_boards(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key);

/// Computes and keeps the turnout of what is published now; branches and workplaces at most once a day.
void publish_turnout(store::WriteTx& tx, const Context& context, const store::Ballot& ballot);

/// The published archive, byte for byte as `walkout archive verify` and belenios-tool read it. Refuses unknown_constituency and not_published.
Result<std::string> published_archive(const store::ReadTx& tx, const ConstituencyId& constituency);

/// The newest signed head. Refuses likewise.
struct PublishedHead {
    std::string election; ///< φ
    std::uint64_t height = 0;
    std::string event;
    std::string register_hash;
    std::string audit_hash;
    Instant batch{};
    Signature signature{};
};
Result<PublishedHead> published_head(const store::ReadTx& tx, const ConstituencyId& constituency);

} // namespace walkout::service
