#pragma once

#include "server/service/change_walkout.hpp"
#include "server/service/edit_picket_plan.hpp"
#include "server/service/join_picket.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/official_store.hpp"
#include "server/store/outbox_store.hpp"
#include "tests/store/strike_fixture.hpp"
#include "tests/support/random.hpp"

namespace walkout::test {

using namespace walkout::store;
using ballot::Role;

/// People who act on a called walkout.
struct StrikeService : StrikeWorld {
    using StrikeWorld::StrikeWorld;

    service::Context as(const std::string& number, std::vector<ballot::Office> offices = {}, std::string branch = hampshire)
    {
        return {.ballot_now = strike::utc("2013-11-01T09:00:00Z"),
                .machine_now = strike::utc("2026-11-22T09:00:00Z"),
                .random = random,
                .caller = {.number = number, .name = number, .member = true, .branch = std::move(branch), .offices = std::move(offices)}};
    }
    service::Context co_chair(const std::string& number = "1001") { return as(number, {{Role::co_chair, hampshire}}); }
    service::Context general_secretary() { return as("gs", {{Role::general_secretary, ""}}); }

    /// Among the officials too, so that the branch is known to have them.
    void enrol_co_chair(const std::string& number)
    {
        const auto key = SigningKey::make(random).public_key();
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            add_official(tx, {number, number, number + "@officials.example", key, {{Role::co_chair, hampshire}}}, Secret(std::string(20, 't')),
                         strike::utc("2013-10-01T09:00:00Z"));
            return {};
        });
    }

    static service::StillCurrent if_version(std::int64_t expected)
    {
        return [expected](std::int64_t version) -> Result<void> {
            if (version == expected) return {};
            return Refusal{.kind = Kind::changed_by_other, .code = "changed_by_other", .detail = "Changed."};
        };
    }
    std::string add_site_code(const service::Context& context, std::int64_t version, const std::string& branch = hampshire,
                              std::optional<strike::Workplace> workplace = std::nullopt)
    {
        auto site = strike::plan_2013().sites[0];
        site.number = {};
        site.workplace = std::move(workplace);
        const auto added =
            store->write([&](WriteTx& tx) { return service::add_picket_site(tx, context, walkout.id, branch, if_version(version), site); });
        return added ? "added" : added.error().code;
    }
    std::string join(const std::string& number, strike::PostNumber post)
    {
        const auto joined = store->write([&](WriteTx& tx) { return service::join_picket(tx, as(number), post); });
        return joined ? "joined" : joined.error().code;
    }
    std::string change(const service::Context& context, service::WalkoutChange change, const std::string& reason)
    {
        const auto changed = store->write([&](WriteTx& tx) { return service::change_walkout(tx, context, walkout.id, change, reason); });
        return changed ? "changed to " + std::to_string(changed->sequence) : changed.error().code;
    }
    /// As a resumption leaves it, in this world where nobody was balloted and so none would be lawful.
    void put_on_again(const std::string& reason)
    {
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            put_walkout_state(
                tx, strike::changed(find_walkout(tx, walkout.id).value(), strike::State::called, reason, general_secretary().ballot_now).value());
            return {};
        });
    }
    std::int64_t mails_to(const std::string& number)
    {
        return store->read([&](const ReadTx& tx) {
            return std::ranges::count(mails_due(tx, strike::utc("2026-11-22T09:00:00Z"), 1000), number + "@members.example", &OutboxMail::recipient);
        });
    }
    template <class Use> std::string code(Use use)
    {
        const auto done = store->write([&](WriteTx& tx) { return use(tx); });
        return done ? "done" : done.error().code;
    }
    /// The walkout calls out an employer's members too.
    void call_out(const std::string& employer)
    {
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            tx.prepare("INSERT INTO walkout_called (walkout, constituency, employer) VALUES (?, 'national', ?)")
                .bind(walkout.id, employer)
                .change_one_row();
            return {};
        });
    }
    /// A post at the same gate as another.
    strike::Post post_beside(const strike::Post& other, const char* from, const char* to, std::int64_t places = 6)
    {
        auto post = strike::post(from, to, places, {});
        post.entrance = other.entrance;
        return add(store::add_post, post);
    }
    std::int64_t taken(strike::PostNumber post)
    {
        return store->read([&](const ReadTx& tx) { return places_taken(tx, post); });
    }
    std::int64_t audited()
    {
        return store->read([](const ReadTx& tx) { return audit_head(tx).seq; });
    }

    test::SeededRandom random{1};
};

} // namespace walkout::test
