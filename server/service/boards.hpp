#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/growing_file.hpp"
#include "shared/crypto/ed25519.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace walkout::service {

// The boards of a ballot through its life. What is published is exactly what the newest signed head covers: events appended after it are not
// served yet (partial decryptions before the declaration).

/// Signs where the board stands now and so publishes it. Does nothing if that head exists.
void publish_head(store::WriteTx& tx, const Context& context, const store::Constituency& constituency, const SigningKey& board_key);

/// The Setup event of every constituency.
void open_boards(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key);

/// The hourly batch: at least ten of a constituency, sorted by tracker. Papers count for the turnout in batches of ten as well. Returns whether the
/// turnout has changed.
bool publish_batches(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key);

/// Publishes what waits, once voting has ended. Where voting papers are numbered, so that some may come back, the boards are sealed when the scrutineer
/// says that the post is finished (protocol.md 5.4), but the votes online keep their promise; otherwise they are sealed.
void close_boards(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key);

/// Publishes the rest and ends the ballots.
void seal_boards(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key);

/// Computes and keeps the turnout of what is published now; branches and workplaces at most once a day.
void publish_turnout(store::WriteTx& tx, const Context& context, const store::Ballot& ballot);

/// The newest signed head. Refuses unknown_constituency and not_published.
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

/// What is published of boards, ready to be sent: each board once in a file that grows with it, however many ask and however slowly they read.
/// Thread-safe; lives as long as the server.
class PublishedBoards {
public:
    struct Published {
        std::string tag; ///< changes with the content: of an archive, the hash of the event its newest head covers
        SharedBytes content;
    };
    /// The archive up to the newest head, or one signed since `tx` began; byte for byte as `walkout archive verify` and belenios-tool read it.
    /// Refuses unknown_constituency and not_published.
    Result<Published> archive(const store::ReadTx& tx, const ConstituencyId& constituency);
    /// The credentials record, published before the board opens. Refuses unknown_constituency.
    Result<Published> credentials(const store::ReadTx& tx, const ConstituencyId& constituency);

private:
    struct Board {
        std::mutex mutex; ///< held while the board is extended; everything below
        std::unique_ptr<store::GrowingFile> file;
        std::uint64_t next_height = 0;
        std::optional<Published> archive;
        std::optional<Published> credentials;
    };
    Board& board(const ConstituencyId& constituency);
    static void extend(Board& board, const store::ReadTx& tx, const ConstituencyId& constituency, const PublishedHead& head);

    std::mutex mutex_;
    std::map<ConstituencyId, std::unique_ptr<Board>> boards_;
};

} // namespace walkout::service
