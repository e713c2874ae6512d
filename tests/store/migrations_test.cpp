#include "server/store/migrations.hpp"
#include "tests/support/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::store;

TEST_SUITE_BEGIN("store");

namespace {

std::int64_t number(Database& database, std::string_view sql)
{
    return database.read([&](const ReadTx& tx) { return tx.prepare(sql).number(); });
}

constexpr Migration first{1, "first", "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT;"};
constexpr Migration second{2, "second", "CREATE TABLE two (id INTEGER PRIMARY KEY) STRICT;"};
constexpr Migration other_room{10, "other_room", "CREATE TABLE ten (id INTEGER PRIMARY KEY) STRICT;"};

} // namespace

TEST_CASE("the embedded migrations make a sound schema of STRICT tables, once")
{
    auto database = Database::in_memory();
    REQUIRE(migrate(database, Purpose::normal).has_value());
    REQUIRE(migrate(database, Purpose::normal).has_value());
    CHECK(number(database, "SELECT count(*) FROM migration") == static_cast<std::int64_t>(migrations().size()));
    CHECK(number(database, "PRAGMA user_version") == migrations().back().number);
    CHECK(number(database, "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' "
                           "AND NOT strict") == 0);
    CHECK(number(database, "SELECT count(*) FROM pragma_foreign_key_check") == 0);
}

TEST_CASE("a migration of another room with a smaller number still runs on an older database")
{
    auto database = Database::in_memory();
    const std::vector<Migration> before{first, other_room};
    const std::vector<Migration> after{first, second, other_room};
    REQUIRE(migrate(database, Purpose::normal, before).has_value());
    REQUIRE(migrate(database, Purpose::normal, after).has_value());
    CHECK(number(database, "SELECT count(*) FROM two") == 0);
}

TEST_CASE("a database that a newer program used is refused, and says which migration is unknown")
{
    auto database = Database::in_memory();
    const std::vector<Migration> newer{first, second};
    const std::vector<Migration> older{first};
    REQUIRE(migrate(database, Purpose::normal, newer).has_value());
    const auto refused = migrate(database, Purpose::normal, older);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "newer_database");
    CHECK(refused.error().detail.find("2 (second)") != std::string::npos);
}

TEST_CASE("migrations run all or none")
{
    auto database = Database::in_memory();
    const std::vector<Migration> good{first};
    const std::vector<Migration> bad{first, second, {3, "broken", "CREATE TABLE three (id INTEGER PRIMARY KEY) STRICT; nonsense;"}};
    REQUIRE(migrate(database, Purpose::normal, good).has_value());
    CHECK_THROWS_AS((void)migrate(database, Purpose::normal, bad), Failure);
    CHECK(number(database, "SELECT count(*) FROM sqlite_schema WHERE name IN ('two', 'three')") == 0);
    CHECK(number(database, "PRAGMA user_version") == 1);
}

TEST_CASE("a rehearsal's database serves rehearsals only, a real one reality only, another program's neither")
{
    auto real = Database::in_memory();
    auto rehearsal = Database::in_memory();
    REQUIRE(migrate(real, Purpose::normal).has_value());
    REQUIRE(migrate(rehearsal, Purpose::rehearsal).has_value());
    CHECK(number(real, "PRAGMA application_id") == 0x574C4B4F);
    CHECK(number(rehearsal, "PRAGMA application_id") == 0x574C4B52);
    CHECK(migrate(real, Purpose::rehearsal).error().code == "wrong_purpose");
    CHECK(migrate(rehearsal, Purpose::normal).error().code == "wrong_purpose");
    CHECK(migrate(rehearsal, Purpose::rehearsal).has_value());

    auto foreign = Database::in_memory();
    (void)foreign.write([](WriteTx& tx) -> Result<void> {
        tx.script("CREATE TABLE recipe (id INTEGER PRIMARY KEY);");
        return {};
    });
    CHECK(migrate(foreign, Purpose::normal).error().code == "not_a_walkout_database");
}

TEST_SUITE_END();
