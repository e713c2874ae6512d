#include "server/store/law_store.hpp"
#include "tests/store/ballot_fixture.hpp"

using namespace walkout;
using namespace walkout::test;
using ballot::Phase;

namespace {

struct Frozen : BallotWorld {
    Frozen()
    {
        plan(ballot::plan_2013());
        now = at("2013-09-11T09:00:00Z");
        freeze();
    }
};

} // namespace

TEST_SUITE("ballot store")
{
    TEST_CASE("a plan is stored whole")
    {
        BallotWorld world;
        auto plan = ballot::plan_2013();
        plan.title_cy = "Preifateiddio";
        plan.spares = 7;
        REQUIRE(world.plan(plan) == "accepted");
        CHECK((world.ballot().plan == plan));
        CHECK(world.ballot().closes == at("2013-10-18T11:00:00Z"));
        CHECK(world.phase() == Phase::planned);
    }

    TEST_CASE("the database lets a ballot go only the way of the domain")
    {
        Frozen world;
        for (const auto& [from, from_name] : enum_names(Phase{}))
            for (const auto& [to, to_name] : enum_names(Phase{})) {
                CAPTURE(from_name);
                CAPTURE(to_name);
                bool lawful = false;
                for (const auto& [step, step_name] : enum_names(ballot::Step{})) {
                    const auto next = ballot::after(from, step);
                    lawful = lawful || (next && *next == to);
                }
                const auto known = world.read([&](const store::ReadTx& tx) {
                    return tx.prepare("SELECT count(*) FROM ballot_move WHERE from_phase = ? AND to_phase = ?").bind(from, to).number() == 1;
                });
                CHECK(known == lawful);
            }
        CHECK_THROWS_AS(world.write([&](store::WriteTx& tx) { store::put_phase(tx, world.id, Phase::frozen, Phase::open); }), store::Failure);
        CHECK(world.phase() == Phase::frozen);
    }

    TEST_CASE("plan and paper stand once written, a return stands, an offset does not go back")
    {
        Frozen world;
        world.now = at("2013-09-24T09:00:00Z");
        world.all_receipts();
        const auto fails = [&](auto work) { CHECK_THROWS_AS(world.write(work), std::exception); };
        fails([&](store::WriteTx& tx) { tx.prepare("UPDATE ballot SET plan = '{}' WHERE id = ?").bind(world.id).run(); });
        fails([&](store::WriteTx& tx) { tx.prepare("UPDATE ballot SET paper = 'x' WHERE id = ?").bind(world.id).run(); });
        world.write([&](store::WriteTx& tx) { store::put_returned(tx, world.id, "1001"); });
        fails([&](store::WriteTx& tx) { store::put_returned(tx, world.id, "1001"); });
        fails([&](store::WriteTx& tx) { tx.prepare("UPDATE roll_entry SET returned = 0").bind().run(); });
        world.write([&](store::WriteTx& tx) { store::put_clock_offset(tx, std::chrono::seconds(5)); });
        fails([&](store::WriteTx& tx) { store::put_clock_offset(tx, std::chrono::seconds(4)); });
        CHECK(world.read([&](const store::ReadTx& tx) { return store::clock_offset(tx); }) == std::chrono::seconds(5));
    }

    TEST_CASE("each revision of the roll can be read back, and credentials stay with the member")
    {
        Frozen world;
        const auto read_roll = [&](std::optional<std::int64_t> revision = std::nullopt) {
            return world.read([&](const store::ReadTx& tx) { return store::roll(tx, world.id, revision); });
        };
        const auto first = read_roll();
        world.write([&](store::WriteTx& tx) {
            store::put_credential(tx, world.id, "1002", "credential of 1002");
            auto next = first;
            next.revision = 2;
            next.entries.erase(next.entries.begin()); // 1001 leaves
            next.entries.front().category = "clerk";  // 1002 changes
            store::put_roll(tx, world.id, next, "corrected", world.now, "gs");
        });
        CHECK(read_roll(1).entries == first.entries);
        const auto second = read_roll();
        CHECK(second.revision == 2);
        CHECK(second.entries.size() == first.entries.size() - 1);
        const auto line = world.read([&](const store::ReadTx& tx) { return store::roll_line(tx, world.id, "1002"); });
        CHECK(line->category == "clerk");
        CHECK(line->credential == "credential of 1002");
        CHECK_FALSE(world.read([&](const store::ReadTx& tx) { return store::roll_line(tx, world.id, "1001").has_value(); }));
        const auto hashes = world.read([&](const store::ReadTx& tx) { return store::revisions(tx, world.id); });
        REQUIRE(hashes.size() == 2);
        CHECK((hashes[1].hash == ballot::roll_hash(world.id, second)));
    }

    TEST_CASE("the roll is read in pages by number")
    {
        Frozen world;
        const auto page = [&](const char* after, std::size_t limit) {
            return world.read([&](const store::ReadTx& tx) { return store::roll_lines(tx, world.id, after, limit); });
        };
        CHECK(page("", 2)[1].number == "1002");
        CHECK(page("1002", 100).size() == 58);
        CHECK(page("1060", 2).empty());
    }

    TEST_CASE("two members cannot hold one credential of a constituency")
    {
        Frozen world;
        world.write([&](store::WriteTx& tx) { store::put_credential(tx, world.id, "1001", "same"); });
        CHECK_THROWS_AS(world.write([&](store::WriteTx& tx) { store::put_credential(tx, world.id, "1002", "same"); }), store::Failure);
    }

    TEST_CASE("turnout is cut from what is returned and published")
    {
        Frozen world;
        world.write([&](store::WriteTx& tx) {
            for (const auto* number : {"1001", "1002", "1003"}) store::put_returned(tx, world.id, number);
        });
        const auto atoms = world.read([&](const store::ReadTx& tx) {
            return store::turnout_atoms(tx, world.id, [](const store::RollLine& line) { return line.number != "1003"; });
        });
        REQUIRE(atoms.size() == 2);
        CHECK(atoms[0].workplace == "Wales Trust, Cathays");
        CHECK(atoms[0].entitled == 20);
        CHECK(atoms[0].returned == 1);
        CHECK(atoms[1].returned == 1);
        const store::PublishedTurnout turnout{world.now, ballot::turnout_tables(atoms)};
        world.write([&](store::WriteTx& tx) { store::put_turnout(tx, world.id, turnout); });
        const auto back = world.read([&](const store::ReadTx& tx) { return store::published_turnout(tx, world.id); });
        REQUIRE(back.size() == 1);
        CHECK((back[0].tables == turnout.tables));
        CHECK(back[0].at == world.now);
    }
}
