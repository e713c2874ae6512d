#include "tests/support/store_fixture.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>

using namespace walkout;
using namespace walkout::store;

TEST_SUITE_BEGIN("store");

namespace {

/// A writer over one table of unique names, and a second connection that sees only what is committed.
struct Names {
    explicit Names(Writer::BeforeCommit before_commit = {}) : writer(made(file), std::move(before_commit)), readers(file, 2) {}

    static Database made(const std::filesystem::path& file)
    {
        Database database(file, Database::Mode::create);
        (void)database.write([](WriteTx& tx) -> Result<void> {
            tx.script("CREATE TABLE entry (name TEXT PRIMARY KEY, data BLOB) STRICT;");
            return {};
        });
        return database;
    }
    static void insert(WriteTx& tx, const std::string& name, std::size_t bytes = 0)
    {
        tx.prepare("INSERT INTO entry VALUES (?, ?)").bind(name, Bytes(bytes, 7)).run();
    }
    Result<void> add(const std::string& name)
    {
        return writer.write([&](WriteTx& tx) -> Result<void> {
            if (tx.prepare("SELECT count(*) FROM entry WHERE name = ?").bind(name).number() != 0) return Refusal{Kind::conflict, "taken", "Taken."};
            insert(tx, name);
            return {};
        });
    }
    std::int64_t count()
    {
        return readers.read([](const ReadTx& tx) { return tx.prepare("SELECT count(*) FROM entry").number(); });
    }

    /// Submits jobs that are sure to share one group: the writer is held inside a job until all of them wait.
    template <class... Jobs> std::vector<Outcome> in_one_group(Jobs... jobs)
    {
        std::vector<Outcome> outcomes(sizeof...(jobs), Outcome::failed);
        std::latch held(1);
        std::latch go(1);
        std::latch told(sizeof...(jobs) + 1);
        writer.submit(
            [&](WriteTx&) {
                held.count_down();
                go.wait();
                return false;
            },
            [&](Outcome, std::exception_ptr) { told.count_down(); });
        held.wait(); // else the writer could take it together with the first few of them
        std::size_t next = 0;
        (writer.submit(jobs,
                       [&, index = next++](Outcome outcome, std::exception_ptr) {
                           outcomes[index] = outcome;
                           told.count_down();
                       }),
         ...);
        go.count_down();
        told.wait();
        return outcomes;
    }

    test::TemporaryFolder folder;
    std::filesystem::path file = folder.path / "names.db";
    Writer writer;
    Readers readers;
};

} // namespace

TEST_CASE_FIXTURE(Names, "a value commits before it is answered, a refusal and an exception leave nothing behind")
{
    REQUIRE(add("a").has_value());
    CHECK(count() == 1);
    CHECK(add("a").error().code == "taken");
    CHECK_THROWS_AS((void)writer.write([](WriteTx& tx) -> Result<void> {
        insert(tx, "b");
        throw std::domain_error("bug");
    }),
                    std::domain_error);
    CHECK(writer
              .write([](WriteTx& tx) -> Result<int> {
                  insert(tx, "c");
                  return Refusal{Kind::conflict, "no", "No."};
              })
              .has_error());
    CHECK(count() == 1);
    REQUIRE(add("b").has_value());
    CHECK(count() == 2);
}

TEST_CASE_FIXTURE(Names, "in one group a refused or failed job does not disturb its neighbours")
{
    const auto outcomes = in_one_group(
        [](WriteTx& tx) {
            insert(tx, "a");
            return true;
        },
        [](WriteTx& tx) {
            insert(tx, "b");
            return false;
        },
        [](WriteTx& tx) -> bool {
            insert(tx, "c");
            insert(tx, "a");
            return true;
        }, // violates the key
        [](WriteTx& tx) {
            insert(tx, "d");
            return true;
        });
    CHECK((outcomes == std::vector{Outcome::committed, Outcome::rolled_back, Outcome::failed, Outcome::committed}));
    const auto names = readers.read(
        [](const ReadTx& tx) { return tx.prepare("SELECT name FROM entry ORDER BY name").all([](const Statement& row) { return row.text(0); }); });
    CHECK(names == std::vector<std::string>{"a", "d"});
}

TEST_CASE_FIXTURE(Names, "when a job ends the whole transaction nobody in its group is acknowledged, and the next group works")
{
    bool last_ran = false;
    const auto outcomes = in_one_group(
        [](WriteTx& tx) {
            insert(tx, "a");
            return true;
        },
        [](WriteTx& tx) {
            tx.script("INSERT OR ROLLBACK INTO entry VALUES ('a', NULL)");
            return true;
        },
        [&](WriteTx& tx) {
            last_ran = true;
            insert(tx, "b");
            return true;
        });
    CHECK((outcomes == std::vector{Outcome::failed, Outcome::failed, Outcome::failed}));
    CHECK_FALSE(last_ran);
    CHECK(count() == 0);
    REQUIRE(add("a").has_value());
}

TEST_CASE("a commit that fails acknowledges nobody, not even a refusal that rests on what was lost")
{
    std::atomic<bool> broken = true;
    Names names([&] {
        if (broken) throw Failure("the mirror's disk is gone", 0);
    });
    const auto outcomes = names.in_one_group(
        [](WriteTx& tx) {
            Names::insert(tx, "a");
            return true;
        },
        [](WriteTx&) { return false; });
    CHECK((outcomes == std::vector{Outcome::failed, Outcome::failed}));
    CHECK(names.count() == 0);
    CHECK_THROWS_AS((void)names.add("a"), Failure);
    broken = false;
    REQUIRE(names.add("a").has_value());
    CHECK(names.count() == 1);
}

TEST_CASE("on a full disk everything acknowledged is there, nothing else is, and the writer goes on once there is room")
{
    test::TemporaryFolder folder;
    const auto file = folder.path / "names.db";
    auto database = Names::made(file);
    database.limit_pages(40); // of 4096 bytes
    Writer writer(std::move(database));
    std::map<std::string, Outcome> outcomes;
    std::latch told(64);
    for (int i = 0; i < 64; ++i)
        writer.submit(
            [i](WriteTx& tx) {
                Names::insert(tx, "name" + std::to_string(i), i % 2 == 0 ? 20'000 : 10);
                return true;
            },
            [&, i](Outcome outcome, std::exception_ptr why) {
                CHECK((outcome == Outcome::committed) == (why == nullptr));
                outcomes["name" + std::to_string(i)] = outcome;
                told.count_down();
            });
    told.wait();
    Readers readers(file, 1);
    std::int64_t acknowledged = 0;
    for (const auto& [name, outcome] : outcomes) {
        CAPTURE(name);
        const auto there =
            readers.read([&](const ReadTx& tx) { return tx.prepare("SELECT count(*) FROM entry WHERE name = ?").bind(name).number(); });
        CHECK((there == 1) == (outcome == Outcome::committed));
        acknowledged += there;
    }
    CHECK(acknowledged < 64);
    CHECK(writer.write([](WriteTx& tx) -> Result<std::int64_t> { return tx.prepare("SELECT count(*) FROM entry").number(); }).value() ==
          acknowledged);
    CHECK(writer.write([](WriteTx& tx) -> Result<std::int64_t> { return tx.prepare("DELETE FROM entry").changes(); }).value() == acknowledged);
    CHECK(writer
              .write([](WriteTx& tx) -> Result<int> {
                  Names::insert(tx, "after", 20'000);
                  return 1;
              })
              .has_value());
}

TEST_CASE_FIXTURE(Names, "eight threads race for the same names: each is taken exactly once, and each winner is on disk when told")
{
    constexpr int threads = 8;
    constexpr int names = 150;
    std::atomic<int> won = 0;
    std::atomic<int> lost = 0;
    std::atomic<int> told_too_early = 0;
    {
        std::vector<std::jthread> racers;
        for (int t = 0; t < threads; ++t)
            racers.emplace_back([&] {
                for (int i = 0; i < names; ++i) {
                    const auto name = std::to_string(i);
                    if (!add(name)) {
                        ++lost;
                        continue;
                    }
                    ++won;
                    const auto seen =
                        readers.read([&](const ReadTx& tx) { return tx.prepare("SELECT count(*) FROM entry WHERE name = ?").bind(name).number(); });
                    if (seen != 1) ++told_too_early;
                }
            });
    }
    CHECK(won == names);
    CHECK(lost == names * (threads - 1));
    CHECK(told_too_early == 0);
    CHECK(count() == names);
}

TEST_CASE_FIXTURE(Names, "stopping finishes what was submitted and then takes no more")
{
    std::atomic<int> committed = 0;
    for (int i = 0; i < 100; ++i)
        writer.submit(
            [i](WriteTx& tx) {
                insert(tx, std::to_string(i));
                return true;
            },
            [&](Outcome outcome, std::exception_ptr) { committed += outcome == Outcome::committed ? 1 : 0; });
    writer.stop();
    CHECK(committed == 100);
    CHECK(count() == 100);
    CHECK_THROWS_AS((void)add("late"), std::runtime_error);
}

TEST_SUITE_END();
