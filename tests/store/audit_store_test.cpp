#include "server/store/audit_store.hpp"
#include "server/store/migrations.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::store;

TEST_SUITE_BEGIN("store");

namespace {

AuditRecord record(std::string subject)
{
    return {.as_at = parse_instant("2013-10-01T09:00:00Z").value(),
            .recorded_at = parse_instant("2026-11-22T09:00:00Z").value(),
            .actor = "1001",
            .role = "general_secretary",
            .action = "ballot_planned",
            .subject = std::move(subject),
            .details = R"({"questions":"2"})"};
}

struct Log {
    Database database = Database::in_memory();
    Log()
    {
        REQUIRE(migrate(database, Purpose::normal).has_value());
        for (const auto* subject : {"a", "b", "c", "d"}) REQUIRE(append(record(subject)).has_value());
    }
    Result<AuditHead> append(const AuditRecord& entry)
    {
        return database.write([&](WriteTx& tx) -> Result<AuditHead> { return append_audit(tx, entry); });
    }
    void tamper(std::string_view sql)
    {
        (void)database.write([&](WriteTx& tx) -> Result<void> {
            tx.script("DROP TRIGGER audit_keeps_every_entry; DROP TRIGGER audit_changes_no_entry;");
            tx.script(sql);
            return {};
        });
    }
    std::optional<std::int64_t> broken()
    {
        return database.read([](const ReadTx& tx) { return broken_audit_entry(tx); });
    }
};

} // namespace

TEST_CASE_FIXTURE(Log, "each entry names its predecessor, and the head is the last")
{
    const auto entries = database.read([](const ReadTx& tx) { return audit_entries(tx, 0, 100); });
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].prev == AuditHash{});
    CHECK(entries[3].prev == entries[2].hash);
    CHECK(entries[3].record.subject == "d");
    CHECK(entries[3].record.as_at == record("d").as_at);
    CHECK((database.read([](const ReadTx& tx) { return audit_head(tx); }) == AuditHead{4, entries[3].hash}));
    CHECK(database.read([](const ReadTx& tx) { return audit_entries(tx, 2, 1); }).at(0).record.subject == "c");
    CHECK(broken() == std::nullopt);
}

TEST_CASE_FIXTURE(Log, "the database itself refuses to change or drop an entry")
{
    for (const auto* sql : {"UPDATE audit SET actor = 'x' WHERE seq = 2", "DELETE FROM audit WHERE seq = 4"})
        CHECK_THROWS_AS((void)database.write([&](WriteTx& tx) -> Result<void> {
            tx.script(sql);
            return {};
        }),
                        Failure);
}

TEST_CASE_FIXTURE(Log, "any edit behind the database's back is found at the first entry it touches")
{
    SUBCASE("a changed field")
    {
        tamper("UPDATE audit SET subject = 'B' WHERE seq = 2");
        CHECK(broken() == 2);
    }
    SUBCASE("a moved time")
    {
        tamper("UPDATE audit SET recorded_at = recorded_at + 1 WHERE seq = 4");
        CHECK(broken() == 4);
    }
    SUBCASE("text moved between fields")
    {
        tamper("UPDATE audit SET action = 'ballot_plannedc', subject = '' WHERE seq = 3");
        CHECK(broken() == 3);
    }
    SUBCASE("a missing entry")
    {
        tamper("DELETE FROM audit WHERE seq = 2");
        CHECK(broken() == 3);
    }
    SUBCASE("entries renumbered to hide a missing one")
    {
        tamper("DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = seq - 1 WHERE seq > 2");
        CHECK(broken() == 2);
    }
    SUBCASE("a rewritten hash")
    {
        tamper("UPDATE audit SET hash = zeroblob(32) WHERE seq = 1");
        CHECK(broken() == 1);
    }
}

TEST_CASE_FIXTURE(Log, "an entry's hash can be recomputed with any SHA-256")
{
    // python3: f = lambda b: len(b).to_bytes(8, 'big') + b; n = lambda i: i.to_bytes(8, 'big', signed=True)
    // sha256(f(b'walkout-audit') + n(1) + f(bytes(32)) + n(0) + n(1) + f(b'a') + f(b'') + f(b'b') + f(b'c') + f(b'{}'))
    AuditRecord plain{
        .as_at = Instant{}, .recorded_at = Instant{} + std::chrono::seconds(1), .actor = "a", .role = "", .action = "b", .subject = "c"};
    CHECK(hex(audit_hash(1, AuditHash{}, plain)) == "bcee10501541522c478d7a96956f5f49fb1419b861fe21fd540f55325bbc7678");
}

TEST_SUITE_END();
