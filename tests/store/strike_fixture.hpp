#pragma once

#include "server/store/ballot_store.hpp"
#include "server/store/picket_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/walkout_store.hpp"
#include "tests/support/store_fixture.hpp"
#include "tests/unit/strike/fixtures.hpp"

namespace walkout::test {

inline const std::string hampshire = "Hampshire and Isle of Wight";

/// A called walkout, and `members` members of one branch numbered from 1001.
struct StrikeWorld : OpenStore {
    explicit StrikeWorld(int members = 3)
    {
        (void)store->write([&](store::WriteTx& tx) -> Result<void> {
            store::add_ballot(tx, ballot_plan(), strike::utc("2013-10-18T11:00:00Z"), strike::utc("2013-09-01T09:00:00Z"), "gs");
            tx.script("INSERT INTO constituency (id, ballot, name) VALUES ('national', 'probation-2013', 'Privatisation');"
                      "INSERT INTO branch VALUES ('Hampshire and Isle of Wight'), ('London');"
                      "INSERT INTO employer VALUES ('Hampshire', NULL), ('London', NULL), ('Hampshire Probation Trust', NULL);"
                      "INSERT INTO workplace VALUES ('Hampshire', 'Winchester HQ', NULL, NULL, NULL, NULL), ('London', 'Dean Ryle Street', "
                      "NULL, NULL, NULL, NULL);");
            auto member =
                tx.prepare("INSERT INTO member (number, name, email, branch, employer, workplace) VALUES (?, ?, ?, ?, 'Hampshire', 'Winchester HQ')");
            for (int i = 1; i <= members; ++i)
                member.bind(std::to_string(1000 + i), "Member " + std::to_string(i), std::to_string(1000 + i) + "@members.example", hampshire)
                    .change_one_row();
            tx.script("INSERT INTO member (number, name, branch, employer, workplace) VALUES ('2001', 'Lon Don', 'London', 'London', 'Dean "
                      "Ryle Street')");
            store::add_walkout(tx, walkout);
            return {};
        });
    }

    static ballot::BallotPlan ballot_plan()
    {
        ballot::BallotPlan plan;
        plan.id = *BallotId::parse("probation-2013");
        plan.title = "Privatisation";
        plan.dispute = {.title = "Privatisation of probation", .matters = ""};
        plan.called_by.office = "the General Secretary";
        plan.opens = strike::at("2013-09-30T09:00");
        plan.closes = strike::at("2013-10-18T12:00");
        return plan;
    }

    template <class Put, class Thing> Thing add(Put put, Thing thing)
    {
        return store->write([&](store::WriteTx& tx) -> Result<Thing> { return put(tx, store::picket_plan(tx, walkout.id, hampshire), thing); })
            .value();
    }
    strike::Plan plan()
    {
        return store->read([&](const store::ReadTx& tx) { return store::picket_plan(tx, walkout.id, hampshire); });
    }

    /// Headquarters, its main gate, and the walkout post with that many places.
    strike::Post add_walkout_post(std::int64_t places)
    {
        const auto site = add(store::add_site, strike::plan_2013().sites[0]);
        const auto entrance = add(store::add_entrance, strike::Entrance{.number = {}, .site = site.number, .name = "Main gate"});
        auto post = strike::post("2013-11-05T11:45", "2013-11-05T13:00", places);
        post.entrance = entrance.number;
        return add(store::add_post, post);
    }

    strike::Walkout walkout = strike::walkout_2013();
};

} // namespace walkout::test
