#include "server/store/board_store.hpp"

namespace walkout::store {
namespace {

BoardSetup board_row(const Statement& row)
{
    return {row.id<ConstituencyId>(0), row.id<BallotId>(1), row.integer(2), row.text(3), row.text(4), row.text(5)};
}

AcceptedBallot accepted_row(const Statement& row) { return {row.text(0), row.text(1), row.instant(2), row.text(3)}; }

constexpr std::string_view accepted_columns = "SELECT tracker, credential, on_board_by, body FROM accepted_ballot ";

std::int64_t count_in(const ReadTx& tx, std::string_view table, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT count(*) FROM " + std::string(table) + " WHERE constituency = ?").bind(constituency).number();
}

std::vector<std::string> credentials_in(const ReadTx& tx, std::string_view table, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT credential FROM " + std::string(table) + " WHERE constituency = ? ORDER BY credential")
        .bind(constituency)
        .all([](const Statement& row) { return row.text(0); });
}

} // namespace

void add_board(WriteTx& tx, const BoardSetup& setup)
{
    tx.prepare("INSERT INTO board (constituency, ballot, timestamp, election, trustees, credentials) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(setup.constituency, setup.ballot, setup.timestamp, bytes_of(setup.election), bytes_of(setup.trustees), bytes_of(setup.credentials))
        .run();
}

std::optional<BoardSetup> find_board(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT constituency, ballot, timestamp, election, trustees, credentials FROM board WHERE constituency = ?")
        .bind(constituency)
        .first(board_row);
}

std::vector<BoardSetup> boards_of(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT constituency, ballot, timestamp, election, trustees, credentials FROM board WHERE ballot = ? ORDER BY constituency")
        .bind(ballot)
        .all(board_row);
}

void add_credential(WriteTx& tx, const ConstituencyId& constituency, const std::string& credential, bool spare)
{
    tx.prepare("INSERT INTO board_credential (constituency, credential, spare) VALUES (?, ?, ?)").bind(constituency, credential, spare).run();
}

CredentialCounts credential_counts(const ReadTx& tx, const ConstituencyId& constituency)
{
    auto row = tx.prepare("SELECT count(*) - total(spare), total(spare) FROM board_credential WHERE constituency = ?").bind(constituency);
    row.step();
    return {row.integer(0), row.integer(1)};
}

std::optional<AcceptedBallot> find_accepted(const ReadTx& tx, const ConstituencyId& constituency, const std::string& tracker)
{
    return tx.prepare(std::string(accepted_columns) + "WHERE constituency = ? AND tracker = ?").bind(constituency, tracker).first(accepted_row);
}

bool credential_used(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential)
{
    return tx.prepare("SELECT 1 FROM accepted_ballot WHERE constituency = ? AND credential = ?").bind(constituency, credential).step();
}

bool ciphertext_seen(const ReadTx& tx, const ConstituencyId& constituency, const Digest& digest)
{
    return tx.prepare("SELECT 1 FROM accepted_ciphertext WHERE constituency = ? AND digest = ?").bind(constituency, digest).step();
}

void accept_ballot(WriteTx& tx, const ConstituencyId& constituency, const AcceptedBallot& ballot, std::span<const Digest> ciphertexts)
{
    tx.prepare("INSERT INTO waiting_ballot (constituency, tracker, credential, on_board_by, body) VALUES (?, ?, ?, ?, ?)")
        .bind(constituency, ballot.tracker, ballot.credential, ballot.on_board_by, bytes_of(ballot.body))
        .run();
    auto insert = tx.prepare("INSERT INTO waiting_ciphertext (constituency, digest, tracker) VALUES (?, ?, ?)");
    for (const auto& digest : ciphertexts) insert.bind(constituency, digest, ballot.tracker).run();
}

std::vector<AcceptedBallot> accepted_ballots(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare(std::string(accepted_columns) + "WHERE constituency = ? ORDER BY tracker").bind(constituency).all(accepted_row);
}

std::vector<std::string> waiting_credentials(const ReadTx& tx, const ConstituencyId& constituency)
{
    return credentials_in(tx, "waiting_ballot", constituency);
}
std::vector<std::string> published_credentials(const ReadTx& tx, const ConstituencyId& constituency)
{
    return credentials_in(tx, "published_ballot", constituency);
}
std::int64_t waiting_count(const ReadTx& tx, const ConstituencyId& constituency) { return count_in(tx, "waiting_ballot", constituency); }
std::optional<Instant> earliest_promise(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT on_board_by FROM waiting_ballot WHERE constituency = ? ORDER BY on_board_by LIMIT 1")
        .bind(constituency)
        .first([](const Statement& row) { return row.instant(0); });
}
std::int64_t accepted_count(const ReadTx& tx, const ConstituencyId& constituency) { return count_in(tx, "accepted_ballot", constituency); }
std::int64_t ciphertext_count(const ReadTx& tx, const ConstituencyId& constituency) { return count_in(tx, "accepted_ciphertext", constituency); }

protocol::Chain board_chain(const ReadTx& tx, const ConstituencyId& constituency)
{
    const auto last = tx.prepare("SELECT hash, height FROM board_record WHERE constituency = ? AND is_event ORDER BY position DESC LIMIT 1")
                          .bind(constituency)
                          .first([](const Statement& row) {
                              return protocol::Chain{row.text(0), static_cast<std::uint64_t>(row.integer(1)) + 1};
                          });
    return last.value_or(protocol::Chain{});
}

void append_to_board(WriteTx& tx, const ConstituencyId& constituency, protocol::EventType type, std::vector<std::string> data)
{
    auto chain = board_chain(tx, constituency);
    const auto height = static_cast<std::int64_t>(chain.length);
    auto position = tx.prepare("SELECT coalesce(max(position) + 1, 0) FROM board_record WHERE constituency = ?").bind(constituency).number();
    auto insert = tx.prepare("INSERT INTO board_record (constituency, position, height, is_event, hash, body) VALUES (?, ?, ?, ?, ?, ?)");
    for (const auto& record : chain.append(type, std::move(data)))
        insert.bind(constituency, position++, height, record.is_event, record.hash(), bytes_of(record.body)).run();
}

void publish_waiting(WriteTx& tx, const ConstituencyId& constituency)
{
    for (const auto& row : tx.prepare("SELECT body FROM waiting_ballot WHERE constituency = ? ORDER BY tracker").bind(constituency))
        append_to_board(tx, constituency, protocol::EventType::ballot, {row.text(0)});
    tx.prepare("INSERT INTO published_ballot (constituency, tracker, credential, on_board_by) "
               "SELECT constituency, tracker, credential, on_board_by FROM waiting_ballot WHERE constituency = ? ORDER BY tracker")
        .bind(constituency)
        .run();
    const auto digests =
        tx.prepare("SELECT digest FROM waiting_ciphertext WHERE constituency = ? ORDER BY digest").bind(constituency).all([](const Statement& row) {
            return row.bytes(0);
        });
    tx.prepare("DELETE FROM waiting_ciphertext WHERE constituency = ?").bind(constituency).run();
    tx.prepare("DELETE FROM waiting_ballot WHERE constituency = ?").bind(constituency).run();
    auto insert = tx.prepare("INSERT INTO published_ciphertext (constituency, digest) VALUES (?, ?)");
    for (const auto& digest : digests) insert.bind(constituency, digest).run();
}

void for_each_record(const ReadTx& tx, const ConstituencyId& constituency, std::uint64_t from_height, std::uint64_t below_height,
                     const std::function<void(const protocol::Record&)>& visit)
{
    // By position, which the primary key sorts by: heights grow with it.
    auto rows = tx.prepare("SELECT is_event, body, height FROM board_record WHERE constituency = ?1 AND position >= "
                           "(SELECT min(position) FROM board_record WHERE constituency = ?1 AND height = ?2) ORDER BY position")
                    .bind(constituency, from_height);
    for (const auto& row : rows) {
        if (static_cast<std::uint64_t>(row.integer(2)) >= below_height) return;
        visit({row.boolean(0), row.text(1)});
    }
}

std::string event_at(const ReadTx& tx, const ConstituencyId& constituency, std::uint64_t height)
{
    return tx.prepare("SELECT hash FROM board_record WHERE constituency = ? AND height = ? AND is_event")
        .bind(constituency, height)
        .first([](const Statement& row) { return row.text(0); })
        .value_or("");
}

void add_head(WriteTx& tx, const ConstituencyId& constituency, const SignedHead& signed_head)
{
    const auto& head = signed_head.head;
    tx.prepare("INSERT INTO board_head (constituency, height, event, register_hash, audit_hash, batch, signature) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(constituency, head.height, head.event, head.register_hash, head.audit_hash, head.batch, signed_head.signature)
        .run();
}

std::optional<SignedHead> latest_head(const ReadTx& tx, const ConstituencyId& constituency, std::uint64_t below_height)
{
    return tx
        .prepare("SELECT height, event, register_hash, audit_hash, batch, signature FROM board_head WHERE constituency = ? AND height < ? ORDER BY "
                 "height DESC LIMIT 1")
        .bind(constituency, below_height)
        .first([](const Statement& row) {
            return SignedHead{{"", static_cast<std::uint64_t>(row.integer(0)), row.text(1), row.text(2), row.text(3), row.instant(4)},
                              row.array<64>(5)};
        });
}

std::filesystem::path folder_of(const ReadTx& tx)
{
    auto row = tx.prepare("PRAGMA database_list"); // seq, name, file: the first is "main"
    const auto file = row.step() ? row.text(2) : std::string();
    return file.empty() ? std::filesystem::temp_directory_path() : std::filesystem::path(file).parent_path();
}

std::int64_t heads_signed(const ReadTx& tx) { return tx.prepare("SELECT coalesce(max(rowid), 0) FROM board_head").number(); }

} // namespace walkout::store
