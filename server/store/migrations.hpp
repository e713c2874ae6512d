#pragma once

#include "server/store/sqlite.hpp"

#include <span>

namespace walkout::store {

/// What a database is for, fixed when it is made (design.md section 2). Kept in SQLite's application_id.
enum class Purpose { normal, rehearsal };

/// One numbered file of server/store/migrations, embedded at build time: 001_people.sql is {1, "people", ...}.
/// Numbers need not be consecutive: each room of work has its own range.
struct Migration {
    int number;
    std::string_view name;
    std::string_view sql;
};
std::span<const Migration> migrations(); ///< ascending

/// Brings the database up to date, all in one transaction: either every missing migration ran or none did.
/// A new, empty file gets `purpose`; an older one must already have it.
/// Refuses with wrong_purpose, not_a_walkout_database or newer_database.
Result<void> migrate(Database& database, Purpose purpose, std::span<const Migration> known = migrations());

/// The purpose written in a database; nullopt for a file that is not ours.
std::optional<Purpose> purpose_of(const ReadTx& tx);

} // namespace walkout::store
