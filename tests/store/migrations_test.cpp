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

TEST_CASE("notices of action recorded as a first and a last day become lists of days, and walkouts get their history from the audit log")
{
    auto database = Database::in_memory();
    std::vector<Migration> before(migrations().begin(), migrations().end());
    std::erase_if(before, [](const Migration& migration) { return migration.number >= 130; });
    REQUIRE(migrate(database, Purpose::normal, before).has_value());
    (void)database.write([](WriteTx& tx) -> Result<void> {
        tx.script(
            "INSERT INTO ballot (id, plan, planned_at, planned_by, closes) VALUES ('b', '{}', 0, 'gs', 0);"
            "INSERT INTO employer VALUES ('Trust', NULL);"
            "INSERT INTO notice_receipt (ballot, kind, employer, received_on, how, evidence, action_first, action_last, recorded_at, recorded_by)"
            " VALUES ('b', 'action', 'Trust', 100, '', 'slip', 110, 112, 0, 'gs'), ('b', 'result', 'Trust', 99, '', 'slip', NULL, NULL, 0, 'gs');"
            "INSERT INTO notice_served VALUES"
            " ('n1', 'b', 'action', 'Trust', 'post', '{\"continuous_from\":\"Monday\"}', zeroblob(32), 1, 110, 120, NULL, 0, 'gs', NULL, NULL),"
            " ('n2', 'b', 'action', 'Trust', 'post', '{\"action_dates\":[\"Monday\"]}', zeroblob(32), 1, 110, 111, NULL, 0, 'gs', 5, 'hr'),"
            " ('n3', 'b', 'sample', 'Trust', 'post', '{}', zeroblob(32), 1, NULL, NULL, NULL, 0, 'gs', NULL, NULL);"
            "INSERT INTO walkout (id, ballot, title, action, starts, ends, zone, semantics, called_by, office, state, reason, changed_at, sequence)"
            " VALUES ('w', 'b', 't', 'strike', '2013-11-05T12:00', '2013-11-06T12:00', 'Europe/London', 'clock', 'gs', 'general_secretary',"
            " 'ended', 'r', 30, 2);"
            "INSERT INTO audit VALUES (1, 10, 10, 'gs', '', 'walkout_called', 'w', '{}', zeroblob(32), randomblob(32)),"
            " (2, 20, 20, 'gs', '', 'walkout_suspend', 'w', '{}', zeroblob(32), randomblob(32)),"
            " (3, 30, 30, 'gs', '', 'walkout_end', 'w', '{}', zeroblob(32), randomblob(32))");
        return {};
    });
    REQUIRE(migrate(database, Purpose::normal).has_value());
    CHECK(number(database, "SELECT count(*) FROM notice_receipt WHERE action_course = 'discontinuous' AND action_kind IS NULL AND kind = 'action'") ==
          1);
    CHECK(number(database, "SELECT group_concat(day, '') FROM notice_receipt_day") == 110111112);
    CHECK(number(database, "SELECT group_concat(day, '') FROM notice_served_day WHERE notice = 'n1'") == 110);
    CHECK(number(database, "SELECT group_concat(day, '') FROM notice_served_day WHERE notice = 'n2'") == 110111);
    CHECK(number(database, "SELECT count(*) FROM notice_served WHERE id = 'n1' AND action_course = 'continuous'") == 1);
    CHECK(number(database, "SELECT count(*) FROM notice_served WHERE id = 'n2' AND action_course = 'discontinuous' AND acknowledged_at = 5") == 1);
    CHECK(number(database, "SELECT count(*) FROM notice_served WHERE id = 'n3' AND action_course IS NULL") == 1);
    CHECK(number(database, "SELECT group_concat(at, '') FROM (SELECT at FROM walkout_state ORDER BY sequence)") == 102030);
    CHECK(number(database, "SELECT count(*) FROM walkout_state WHERE state = 'suspended' AND sequence = 1") == 1);
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
