#include "server/store/extension_store.hpp"

namespace walkout::store {
namespace {

constexpr std::string_view columns =
    "SELECT number, closed_before, closes, reason, words, canonical, proposed_at, proposed_by, made_at FROM extension ";

Extension extension(const Statement& row)
{
    return {.number = row.integer(0),
            .closed_before = row.instant(1),
            .closes = row.instant(2),
            .reason = row.text(3),
            .words = row.text(4),
            .canonical = row.text(5),
            .proposed_at = row.instant(6),
            .proposed_by = row.text(7),
            .made_at = row.optional_instant(8)};
}

} // namespace

void propose_extension(WriteTx& tx, const BallotId& ballot, const Extension& proposed)
{
    tx.prepare("UPDATE extension SET state = 'superseded' WHERE ballot = ? AND state = 'proposed'").bind(ballot).run();
    tx.prepare("INSERT INTO extension (ballot, number, closed_before, closes, reason, words, canonical, proposed_at, proposed_by)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(ballot, proposed.number, proposed.closed_before, proposed.closes, proposed.reason, proposed.words, proposed.canonical,
              proposed.proposed_at, proposed.proposed_by)
        .change_one_row();
}

std::int64_t next_extension(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT coalesce(max(number), 0) + 1 FROM extension WHERE ballot = ?").bind(ballot).number();
}

void put_extension_made(WriteTx& tx, const BallotId& ballot, std::int64_t number, Instant at)
{
    tx.prepare("UPDATE extension SET state = 'done', made_at = ? WHERE ballot = ? AND number = ? AND state = 'proposed'")
        .bind(at, ballot, number)
        .change_one_row();
}

std::optional<Extension> latest_extension(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare(std::string(columns) + "WHERE ballot = ? AND state <> 'superseded' ORDER BY number DESC LIMIT 1").bind(ballot).first(extension);
}

std::vector<Extension> extensions(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare(std::string(columns) + "WHERE ballot = ? AND state = 'done' ORDER BY number").bind(ballot).all(extension);
}

} // namespace walkout::store
