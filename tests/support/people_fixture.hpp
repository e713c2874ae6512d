#pragma once

#include "server/service/context.hpp"
#include "server/service/enrol_official.hpp"
#include "server/store/migrations.hpp"
#include "server/store/register_store.hpp"
#include "shared/crypto/totp.hpp"
#include "tests/support/random.hpp"

namespace walkout::test {

/// A database in memory with one branch and two members, and a moment that tests move.
struct People {
    template <class Work> auto write(Work work) { return database.write(work); }
    template <class Work> auto read(Work work) { return database.read(work); }

    People()
    {
        if (!store::migrate(database, store::Purpose::normal)) throw std::logic_error("migrate");
        (void)write([](store::WriteTx& tx) -> Result<void> {
            store::put_branch(tx, "Hampshire");
            store::put_member(tx, {.number = "1001", .name = "Ann", .email = "ann@example.org", .branch = "Hampshire"});
            store::put_member(tx, {.number = "1002", .name = "Bob", .email = "bob@example.org", .branch = "Hampshire"});
            return {};
        });
    }

    service::Context context(std::string caller = {})
    {
        return {.ballot_now = now,
                .machine_now = now,
                .random = random,
                .caller = {.number = std::move(caller), .name = {}, .member = false, .branch = {}, .offices = {}}};
    }

    /// Enrols and returns the authenticator's secret.
    Bytes enrol(const std::string& number, ballot::Office office)
    {
        const auto enrolled = write([&](store::WriteTx& tx) {
            return service::enrol_official(
                tx, context(), {.number = number, .name = "Olu", .email = "olu@example.org", .office = std::move(office), .signing_key = {1}}, false);
        });
        const std::string uri(enrolled.value().totp_uri.reveal());
        const auto from = uri.find("secret=") + 7;
        return from_base32(uri.substr(from, uri.find('&', from) - from)).value();
    }

    store::Database database = store::Database::in_memory();
    SeededRandom random{1};
    Instant now = parse_instant("2026-11-22T09:00:00Z").value();
};

} // namespace walkout::test
