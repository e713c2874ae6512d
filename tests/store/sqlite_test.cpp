#include "server/store/sqlite.hpp"
#include "tests/support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace walkout;
using namespace walkout::store;

TEST_SUITE_BEGIN("store");

namespace {

enum class Colour { red, green };
constexpr auto enum_names(Colour) { return std::to_array<std::pair<Colour, std::string_view>>({{Colour::red, "red"}, {Colour::green, "green"}}); }

struct Notes {
    Database database = Database::in_memory();
    Notes()
    {
        (void)database.write([](WriteTx& tx) -> Result<void> {
            tx.script("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, weight REAL, data BLOB, at INTEGER, colour TEXT) STRICT;");
            return {};
        });
    }
    Result<void> add(std::string_view text)
    {
        return database.write([&](WriteTx& tx) -> Result<void> {
            tx.prepare("INSERT INTO note (text) VALUES (?)").bind(text).change_one_row();
            return {};
        });
    }
    std::int64_t count()
    {
        return database.read([](const ReadTx& tx) { return tx.prepare("SELECT count(*) FROM note").number(); });
    }
};

} // namespace

TEST_CASE_FIXTURE(Notes, "what is bound comes back, empty and absent values told apart")
{
    const auto at = parse_instant("2013-11-05T12:00:00Z").value();
    const Bytes data{0, 1, 255};
    (void)database.write([&](WriteTx& tx) -> Result<void> {
        auto insert = tx.prepare("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?)");
        insert.bind(1, "noon", 51.06, data, at, Colour::green).run();
        insert.bind(2, "", std::optional<double>{}, Bytes{}, std::optional<Instant>{at}, nullptr).run();
        return {};
    });
    database.read([&](const ReadTx& tx) {
        auto row = tx.prepare("SELECT * FROM note ORDER BY id");
        REQUIRE(row.step());
        CHECK(row.text(1) == "noon");
        CHECK(row.real(2) == 51.06);
        CHECK(row.bytes(3) == data);
        CHECK(row.array<3>(3) == std::array<std::uint8_t, 3>{0, 1, 255});
        CHECK_THROWS_AS(row.array<2>(3), std::logic_error);
        CHECK(row.instant(4) == at);
        CHECK((row.named<Colour>(5) == Colour::green));
        REQUIRE(row.step());
        CHECK(row.optional_text(1) == "");
        CHECK(row.optional_real(2) == std::nullopt);
        CHECK_FALSE(row.null(3));
        CHECK(row.blob(3).empty());
        CHECK(row.optional_instant(4) == at);
        CHECK(row.optional_text(5) == std::nullopt);
        CHECK_FALSE(row.step());
        return 0;
    });
}

TEST_CASE_FIXTURE(Notes, "a refusal or an exception leaves nothing behind")
{
    SUBCASE("refusal after a write")
    {
        const auto result = database.write([](WriteTx& tx) -> Result<void> {
            tx.prepare("INSERT INTO note (text) VALUES ('x')").run();
            return Refusal{Kind::conflict, "no", "No."};
        });
        CHECK(result.has_error());
    }
    SUBCASE("exception after a write")
    {
        CHECK_THROWS_AS((void)database.write([](WriteTx& tx) -> Result<void> {
            tx.prepare("INSERT INTO note (text) VALUES ('x')").run();
            throw std::runtime_error("power cut");
        }),
                        std::runtime_error);
    }
    CHECK(count() == 0);
}

TEST_CASE_FIXTURE(Notes, "rows can be walked, collected, or asked for one by one")
{
    for (const auto* text : {"a", "b", "c"}) REQUIRE(add(text).has_value());
    const auto joined = database.read([](const ReadTx& tx) {
        std::string all;
        for (const auto& row : tx.prepare("SELECT text FROM note WHERE text > ? ORDER BY id").bind("a")) all += row.text(0);
        return all;
    });
    CHECK(joined == "bc");
    const auto text = [](const Statement& row) { return row.text(0); };
    database.read([&](const ReadTx& tx) {
        CHECK(tx.prepare("SELECT text FROM note ORDER BY id").all(text) == std::vector<std::string>{"a", "b", "c"});
        CHECK(tx.prepare("SELECT text FROM note WHERE id = ?").bind(2).first(text) == "b");
        CHECK(tx.prepare("SELECT text FROM note WHERE id = ?").bind(9).first(text) == std::nullopt);
        return 0;
    });
}

TEST_CASE_FIXTURE(Notes, "one statement text may be in use twice at once, and forgets what was bound to it before")
{
    REQUIRE(add("a").has_value());
    REQUIRE(add("b").has_value());
    database.read([](const ReadTx& tx) {
        constexpr auto sql = "SELECT text FROM note WHERE id = ?";
        auto first = tx.prepare(sql).bind(1);
        auto second = tx.prepare(sql).bind(2);
        REQUIRE(first.step());
        REQUIRE(second.step());
        CHECK(first.text(0) + second.text(0) == "ab");
        return 0;
    });
    database.read([](const ReadTx& tx) {
        CHECK_FALSE(tx.prepare("SELECT text FROM note WHERE id = ?").step()); // nothing bound: NULL equals nothing
        return 0;
    });
}

TEST_CASE_FIXTURE(Notes, "changing no row where one was meant is a bug that shows")
{
    CHECK_THROWS_AS((void)database.write([](WriteTx& tx) -> Result<void> {
        tx.prepare("UPDATE note SET text = 'x' WHERE id = 7").change_one_row();
        return {};
    }),
                    std::logic_error);
}

TEST_CASE("a database file is readable by its owner only, and is never made over another")
{
    const test::TemporaryFolder folder;
    const auto file = folder.path / "walkout.db";
    {
        const Database database(file, Database::Mode::create);
    }
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK_THROWS_AS(Database(file, Database::Mode::create), std::filesystem::filesystem_error);
    CHECK_THROWS_AS(Database(folder.path / "absent.db"), Failure);
}

TEST_SUITE_END();
