#include "tests/store/strike_fixture.hpp"

using namespace walkout;
using namespace walkout::store;
using strike::PostNumber;
using test::hampshire;
using test::StrikeWorld;

TEST_SUITE_BEGIN("store");

TEST_CASE_FIXTURE(StrikeWorld, "a plan comes back with what was added, one version for each addition")
{
    CHECK(plan().version == 0);
    const auto post = add_walkout_post(6);
    const auto now = plan();
    CHECK(now.version == 3);
    REQUIRE(now.sites.size() == 1);
    CHECK(now.sites[0].name == "Headquarters");
    CHECK(now.sites[0].workplace == strike::Workplace{"Hampshire", "Winchester HQ"});
    CHECK(now.sites[0].coordinates->latitude == doctest::Approx(51.068));
    CHECK(now.sites[0].is_public);
    CHECK(now.sites[0].notes == "Toilets in the library");
    REQUIRE(now.entrances.size() == 1);
    CHECK(now.entrances[0].site == now.sites[0].number);
    REQUIRE(now.posts.size() == 1);
    CHECK(now.posts[0].number == post.number);
    CHECK(now.posts[0].from == post.from);
    CHECK(now.posts[0].to == post.to);
    CHECK(now.posts[0].places == 6);
}

TEST_CASE_FIXTURE(StrikeWorld, "a site may have neither workplace nor coordinates, and a post may be in the second of two equal hours")
{
    auto site = strike::plan_2013().sites[0];
    site.workplace.reset();
    site.coordinates.reset();
    site = add(store::add_site, site);
    const auto entrance = add(store::add_entrance, strike::Entrance{.number = {}, .site = site.number, .name = "Gate"});
    auto post = strike::post("2013-11-05T01:00", "2013-11-05T01:30");
    post.entrance = entrance.number;
    post.to.repeated = Zone::Repeated::later;
    add(store::add_post, post);
    CHECK_FALSE(plan().sites[0].workplace);
    CHECK_FALSE(plan().sites[0].coordinates);
    CHECK(plan().posts[0].from.repeated == Zone::Repeated::earlier);
    CHECK(plan().posts[0].to.repeated == Zone::Repeated::later);
}

TEST_CASE_FIXTURE(StrikeWorld, "an edit of a plan that has moved on is not stored")
{
    const auto before = plan();
    const auto added = [&] {
        return store->write([&](WriteTx& tx) -> Result<strike::Site> { return store::add_site(tx, before, strike::plan_2013().sites[0]); });
    };
    CHECK(added().has_value());
    CHECK_THROWS((void)added());
    CHECK(plan().sites.size() == 1);
    CHECK(plan().version == 1);
}

TEST_CASE_FIXTURE(StrikeWorld, "sign-ups are counted, listed for the branch and for the member, and kept when cancelled")
{
    const auto post = add_walkout_post(6);
    const auto put = [&](const char* member, bool cancelled, std::int64_t sequence) {
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            put_sign_up(tx, {.post = post.number, .member = member, .cancelled = cancelled, .sequence = sequence});
            return {};
        });
    };
    put("1001", false, 0);
    put("1002", false, 0);
    put("1002", true, 1);
    store->read([&](const ReadTx& tx) {
        CHECK(places_taken(tx, post.number) == 1);
        const auto people = people_on_posts(tx, walkout.id, hampshire);
        REQUIRE(people.size() == 1);
        CHECK(people[0].name == "Member 1");
        CHECK(people_on_posts(tx, walkout.id, "London").empty());
        CHECK(find_sign_up(tx, post.number, "1002")->sequence == 1);
        CHECK_FALSE(find_sign_up(tx, post.number, "1003"));
        const auto mine = sign_ups_of(tx, "1002");
        REQUIRE(mine.size() == 1);
        CHECK(mine[0].sign_up.cancelled);
        CHECK(mine[0].place.entrance.name == "Main gate");
        CHECK(mine[0].place.post.number == post.number);
        return 0;
    });
}

TEST_CASE_FIXTURE(StrikeWorld, "only public sites are public, and their posts once the plan is published")
{
    auto post = add_walkout_post(6);
    auto hidden = strike::plan_2013().sites[0];
    hidden.is_public = false;
    hidden = add(store::add_site, hidden);
    const auto entrance = add(store::add_entrance, strike::Entrance{.number = {}, .site = hidden.number, .name = "Back"});
    post.entrance = entrance.number;
    add(store::add_post, post);
    store->read([&](const ReadTx& tx) {
        CHECK(plan().posts.size() == 2);
        CHECK(public_sites(tx, walkout.id).size() == 1);
        CHECK(public_posts(tx, walkout.id).empty());
        return 0;
    });
    (void)store->write([&](WriteTx& tx) -> Result<void> {
        put_published(tx, store::picket_plan(tx, walkout.id, hampshire), strike::utc("2013-11-01T09:00:00Z"));
        return {};
    });
    store->read([&](const ReadTx& tx) {
        REQUIRE(public_posts(tx, walkout.id).size() == 1);
        CHECK(public_posts(tx, walkout.id)[0].site.is_public);
        return 0;
    });
}

TEST_CASE_FIXTURE(StrikeWorld, "the schema itself keeps a post from holding more than its places")
{
    const auto post = add_walkout_post(1);
    const auto put = [&](const char* member, bool cancelled) {
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            put_sign_up(tx, {.post = post.number, .member = member, .cancelled = cancelled, .sequence = 0});
            return {};
        });
    };
    put("1001", false);
    CHECK_THROWS_AS(put("1002", false), Failure);
    put("1001", true);
    put("1002", false);
    CHECK_THROWS_AS(put("1001", false), Failure);
}

TEST_SUITE_END();
