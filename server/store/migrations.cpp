#include "server/store/migrations.hpp"

#include <algorithm>

namespace walkout::store {
namespace {

constexpr std::int64_t normal_id = 0x574C4B4F;    // "WLKO"
constexpr std::int64_t rehearsal_id = 0x574C4B52; // "WLKR"

std::int64_t application_id(Purpose purpose) { return purpose == Purpose::rehearsal ? rehearsal_id : normal_id; }

bool empty(const ReadTx& tx) { return tx.prepare("SELECT count(*) FROM sqlite_schema").number() == 0; }

Result<void> claim(WriteTx& tx, Purpose purpose)
{
    if (empty(tx)) {
        tx.script("PRAGMA application_id = " + std::to_string(application_id(purpose)));
        tx.script("CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT");
        return {};
    }
    const auto found = purpose_of(tx);
    if (!found)
        return Refusal{Kind::conflict, "not_a_walkout_database", "This file is not a Walkout database.", "Check the path in the configuration."};
    if (*found == purpose) return {};
    if (purpose == Purpose::normal)
        return Refusal{Kind::conflict, "wrong_purpose", "This is a rehearsal's database, and this server is not a rehearsal.",
                       "Start the server with rehearsal = true, or point it at another database."};
    return Refusal{Kind::conflict, "wrong_purpose", "This is a real database, and this server is a rehearsal.",
                   "Start the server with rehearsal = false, or make a rehearsal database with 'walkoutd init --rehearsal'."};
}

Result<void> refuse_newer(const ReadTx& tx, std::span<const Migration> known)
{
    for (const auto& row : tx.prepare("SELECT number, name FROM migration ORDER BY number"))
        if (std::ranges::find(known, row.integer(0), &Migration::number) == known.end())
            return Refusal{Kind::conflict, "newer_database",
                           "This database was used by a newer walkoutd: it has migration " + row.text(0) + " (" + row.text(1) +
                               "), which this version does not know.",
                           "Install the newer version, or restore a backup made before the upgrade."};
    return {};
}

void run_missing(WriteTx& tx, std::span<const Migration> known)
{
    for (const auto& migration : known) {
        if (tx.prepare("SELECT count(*) FROM migration WHERE number = ?").bind(migration.number).number() != 0) continue;
        tx.script(migration.sql);
        tx.prepare("INSERT INTO migration (number, name) VALUES (?, ?)").bind(migration.number, migration.name).run();
    }
    if (!known.empty()) tx.script("PRAGMA user_version = " + std::to_string(known.back().number));
}

} // namespace

std::optional<Purpose> purpose_of(const ReadTx& tx)
{
    const auto id = tx.prepare("PRAGMA application_id").number();
    if (id == normal_id) return Purpose::normal;
    if (id == rehearsal_id) return Purpose::rehearsal;
    return std::nullopt;
}

Result<void> migrate(Database& database, Purpose purpose, std::span<const Migration> known)
{
    return database.write([&](WriteTx& tx) -> Result<void> {
        if (const auto claimed = claim(tx, purpose); !claimed) return claimed;
        if (const auto older = refuse_newer(tx, known); !older) return older;
        run_missing(tx, known);
        return {};
    });
}

} // namespace walkout::store
