#include "tests/store/strike_fixture.hpp"

using namespace walkout;
using namespace walkout::store;
using test::StrikeWorld;

TEST_SUITE_BEGIN("store");

TEST_CASE_FIXTURE(StrikeWorld, "a walkout comes back as it was called")
{
    const auto found = store->read([&](const ReadTx& tx) { return find_walkout(tx, walkout.id); }).value();
    CHECK(found.window.start() == walkout.window.start());
    CHECK(found.window.end() == walkout.window.end());
    CHECK(found.window.zone().name() == "Europe/London");
    CHECK(found.window.semantics() == strike::Semantics::clock);
    CHECK(found.called == walkout.called);
    CHECK(found.title == walkout.title);
    CHECK(found.called_by == walkout.called_by);
    CHECK(found.office == walkout.office);
    CHECK(found.state == strike::State::called);
    CHECK(store->read([](const ReadTx& tx) { return walkouts(tx); }).size() == 1);
    CHECK(store->read([&](const ReadTx& tx) { return walkouts_of(tx, walkout.ballot); }).size() == 1);
    CHECK(store->read([](const ReadTx& tx) { return walkouts_of(tx, *BallotId::parse("other")); }).empty());
    CHECK_FALSE(store->read([](const ReadTx& tx) { return find_walkout(tx, *WalkoutId::parse("other")); }));
}

TEST_CASE_FIXTURE(StrikeWorld, "a state is stored only over the one it was decided on")
{
    const auto put = [&](const strike::Walkout& changed) {
        return store->write([&](WriteTx& tx) -> Result<void> {
            put_walkout_state(tx, changed);
            return {};
        });
    };
    auto changed = walkout;
    changed.state = strike::State::suspended;
    changed.reason = "Talks";
    changed.sequence = 1;
    REQUIRE(put(changed).has_value());
    CHECK_THROWS((void)put(changed)); // decided on sequence 0, which is gone
    const auto found = store->read([&](const ReadTx& tx) { return find_walkout(tx, walkout.id); }).value();
    CHECK(found.state == strike::State::suspended);
    CHECK(found.reason == "Talks");
    CHECK(found.sequence == 1);
}

TEST_CASE_FIXTURE(StrikeWorld, "the schema itself keeps a window from moving and an ended walkout from coming back")
{
    const auto run = [&](std::string_view sql) {
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            tx.script(sql);
            return {};
        });
    };
    CHECK_THROWS_AS(run("UPDATE walkout SET starts = '2013-11-05T11:00'"), Failure);
    run("UPDATE walkout SET state = 'ended'");
    CHECK_THROWS_AS(run("UPDATE walkout SET state = 'called'"), Failure);
}

TEST_SUITE_END();
