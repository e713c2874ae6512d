#include "server/service/copy_picket_plan.hpp"
#include "server/service/fill_rota.hpp"
#include "server/service/look_up_branch.hpp"
#include "server/service/name_organiser.hpp"
#include "server/store/strike_day_store.hpp"
#include "tests/store/strike_service_fixture.hpp"

using namespace walkout;
using namespace walkout::test;

namespace {

struct Planning : StrikeService {
    Planning() : StrikeService(8) {}

    std::string put_in_charge(strike::Post post, const std::string& who)
    {
        post.organiser = who;
        return code([&](WriteTx& tx) {
            return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), {post.number, post});
        });
    }
    Result<service::NamedOrganiser> name_at_entrance(strike::EntranceNumber entrance, const std::string& who)
    {
        return store->write(
            [&](WriteTx& tx) { return service::name_organiser(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), entrance, who); });
    }
    std::vector<strike::Gap> organiser_gaps()
    {
        auto gaps = store->read([&](const ReadTx& tx) { return service::picket_gaps(tx, co_chair(), walkout.id, hampshire); }).value();
        std::erase_if(gaps, [](const strike::Gap& gap) { return gap.what != strike::Gap::What::organiser; });
        return gaps;
    }
    strike::Post post_needing_two(const strike::Post& beside, const char* from, const char* to)
    {
        auto post = strike::post(from, to, 6, {});
        post.entrance = beside.entrance;
        post.needed = 2;
        return add(store::add_post, post);
    }
    void in_reserve(const std::string& number)
    {
        CHECK(code([&](WriteTx& tx) { return service::stand_in_reserve(tx, as(number), walkout.id); }) == "done");
    }
};

} // namespace

TEST_SUITE_BEGIN("strike");

TEST_CASE_FIXTURE(Planning, "whoever is in charge of a post can be there: at their own place of work, on no other post, rested; and is told")
{
    const auto noon = add_walkout_post(3);
    const auto overlapping = post_beside(noon, "2013-11-05T12:30", "2013-11-05T13:30", 3);
    const auto night = post_needing_two(noon, "2013-11-05T20:00", "2013-11-05T23:00");
    CHECK(put_in_charge(noon, "1003") == "done");
    CHECK(mails_to("1003") == 1);
    CHECK(put_in_charge(noon, "1003") == "done"); // again: nothing new to tell
    CHECK(mails_to("1003") == 1);
    CHECK(put_in_charge(overlapping, "1003") == "double_booked");
    CHECK(put_in_charge(night, "1003") == "rest_too_short");
    CHECK(join("1003", overlapping.number) == "double_booked"); // in charge is as good as there
    CHECK(join("1003", noon.number) == "joined");
    CHECK(join("1004", overlapping.number) == "joined");
    CHECK(put_in_charge(noon, "1004") == "double_booked");
    CHECK(put_in_charge(noon, "9999") == "no_such_organiser");

    auto site = strike::plan_2013().sites[0];
    site.workplace = strike::Workplace{"London", "Dean Ryle Street"};
    const auto far = add(store::add_site, site);
    auto at_far = strike::post("2013-11-06T08:00", "2013-11-06T10:00", 6, {});
    at_far.entrance = add(store::add_entrance, strike::Entrance{.number = {}, .site = far.number, .name = "Door"}).number;
    at_far = add(store::add_post, at_far);
    CHECK(put_in_charge(at_far, "1005") == "not_your_workplace");
    auto with_reason = far;
    with_reason.elsewhere_reason = "They work there on Wednesdays";
    add([](WriteTx& tx, const strike::Plan& plan, const strike::Site& changed) { return change_site(tx, plan, changed), changed; }, with_reason);
    CHECK(put_in_charge(at_far, "1005") == "done");

    CHECK(put_in_charge(noon, "1006") == "done"); // and the one before is told
    CHECK(mails_to("1003") == 2);
    CHECK(mails_to("1006") == 1);
}

TEST_CASE_FIXTURE(Planning, "an organiser who can no longer be there is a gap, with the reason; publishing tells those in charge what of")
{
    const auto noon = add_walkout_post(6);
    CHECK(put_in_charge(noon, "1003") == "done");
    CHECK(organiser_gaps().empty());
    const auto published =
        store->write([&](WriteTx& tx) { return service::publish_rota(tx, co_chair(), walkout.id, hampshire, if_version(plan().version)); }).value();
    CHECK(published.told == 1);
    CHECK(mails_to("1003") == 2);
    CHECK(code([&](WriteTx& tx) -> Result<void> {
              store::mark_left(tx, "1003");
              return {};
          }) == "done");
    const auto gaps = organiser_gaps();
    REQUIRE(gaps.size() == 1);
    CHECK(
        gaps[0].words.find("Headquarters (Main gate), 11:45am to 1pm on Tuesday 5 November 2013, is in the charge of Member 3, who cannot be there: "
                           "they are no longer a member of the branch.") != std::string::npos);
}

TEST_CASE_FIXTURE(Planning, "one command puts somebody in charge of an entrance: by day first, at night where rest allows it, and says what is left")
{
    const auto noon = add_walkout_post(6);
    const auto first_night = post_beside(noon, "2013-11-05T22:00", "2013-11-06T02:00");
    const auto second_night = post_beside(noon, "2013-11-06T02:00", "2013-11-06T06:00");
    const auto arrivals = post_beside(noon, "2013-11-06T07:00", "2013-11-06T10:00");
    const auto before = plan().version;
    const auto named = name_at_entrance(noon.entrance, "1003").value();
    CHECK(named.posts == std::vector{noon.number, arrivals.number});
    REQUIRE(named.not_there.size() == 2);
    CHECK(named.not_there[0].post == first_night.number);
    CHECK(named.not_there[0].why == "they would not have 8 hours of rest between two posts with a night in or between them.");
    CHECK(named.version == before + 1);
    CHECK(plan().version == before + 1);
    CHECK(mails_to("1003") == 1);                                                    // one for both
    CHECK(name_at_entrance(noon.entrance, "1003").error().code == "rest_too_short"); // at none of the rest
    CHECK(name_at_entrance(noon.entrance, "1004")->posts == std::vector{first_night.number});
    CHECK(name_at_entrance(noon.entrance, "1005")->posts == std::vector{second_night.number});
    CHECK(name_at_entrance(noon.entrance, "1006").error().code == "nothing_to_organise");
    CHECK(name_at_entrance(strike::EntranceNumber{99}, "1006").error().code == "no_such_entrance");
    CHECK(name_at_entrance(noon.entrance, "2001").error().code == "no_such_organiser");
}

TEST_CASE_FIXTURE(Planning, "reserves go first to whoever stands alone at night, then in order of time, and nobody is sent into the night alone")
{
    const auto noon = post_needing_two(add_walkout_post(6), "2013-11-05T13:00", "2013-11-05T14:00");
    const auto lone = post_needing_two(noon, "2013-11-05T22:00", "2013-11-06T02:00");
    const auto empty = post_needing_two(noon, "2013-11-06T02:00", "2013-11-06T06:00");
    CHECK(join("1004", lone.number) == "joined");
    CHECK(join("1005", noon.number) == "joined");
    const auto fill = [&] {
        return store->write([&](WriteTx& tx) { return service::fill_from_reserves(tx, co_chair(), walkout.id, hampshire); }).value();
    };
    in_reserve("1006");
    const auto first = fill();
    REQUIRE(first.placed.size() == 1);
    CHECK(first.placed[0].post == lone.number);
    in_reserve("1007");
    in_reserve("1008");
    const auto second = fill(); // the walkout post needs one, and the post at 1pm one
    REQUIRE(second.placed.size() == 2);
    CHECK(second.placed[1].post == noon.number);
    CHECK(second.still_missing == 2);
    CHECK(taken(empty.number) == 0);
    in_reserve("1003");
    CHECK(fill().placed.empty()); // one would stand alone
    in_reserve("1002");
    const auto third = fill();
    CHECK(third.placed.size() == 2);
    CHECK(third.still_missing == 0);
    CHECK(taken(empty.number) == 2);
}

TEST_CASE_FIXTURE(Planning, "a plan's sites and entrances are copied to another walkout once, without posts and people")
{
    const auto post = add_walkout_post(6);
    CHECK(put_in_charge(post, "1003") == "done");
    auto later = strike::walkout_2013();
    later.id = *WalkoutId::parse("dec-2013");
    later.called[0].employer = "Hampshire"; // where the site is
    later.window = strike::window("2013-12-05T12:00", "2013-12-06T12:00");
    const auto copy = [&](const service::Context& context, const WalkoutId& to, const WalkoutId& from, std::int64_t version) {
        return store->write([&](WriteTx& tx) { return service::copy_picket_plan(tx, context, to, hampshire, if_version(version), from); });
    };
    CHECK(copy(co_chair(), later.id, walkout.id, 0).error().code == "no_such_walkout");
    CHECK(code([&](WriteTx& tx) -> Result<void> {
              store::add_walkout(tx, later);
              return {};
          }) == "done");
    CHECK(copy(co_chair(), later.id, walkout.id, 1).error().code == "changed_by_other");
    CHECK(copy(as("1001"), later.id, walkout.id, 0).error().code == "not_your_branch");
    const auto copied = copy(co_chair(), later.id, walkout.id, 0).value();
    CHECK(copied.sites == 1);
    CHECK(copied.entrances == 1);
    const auto plan = store->read([&](const ReadTx& tx) { return picket_plan(tx, later.id, hampshire); });
    CHECK(plan.version == copied.version);
    CHECK(plan.sites.at(0).address == "Andover Road, Winchester");
    CHECK(plan.sites.at(0).is_public);
    CHECK(plan.entrances.at(0).name == "Main gate");
    CHECK(plan.posts.empty());
    const auto again = copy(co_chair(), later.id, walkout.id, copied.version).value();
    CHECK(again.sites + again.entrances == 0);
    CHECK(copy(co_chair(), walkout.id, walkout.id, this->plan().version).error().code == "same_walkout");
}

TEST_CASE_FIXTURE(Planning, "no picket is planned at a workplace that nobody is called out of, nor copied to one")
{
    CHECK(add_site_code(co_chair(), 0, hampshire, strike::Workplace{"London", "Dean Ryle Street"}) == "workplace_not_called");
    CHECK(code([&](WriteTx& tx) -> Result<void> {
              put_workplace(tx, {.employer = "Hampshire Probation Trust", .name = "Southampton"});
              auto later = strike::walkout_2013();
              later.id = *WalkoutId::parse("dec-2013");
              later.called[0].employer = "London";
              store::add_walkout(tx, later);
              return {};
          }) == "done");
    CHECK(add_site_code(co_chair(), 0, hampshire, strike::Workplace{"Hampshire Probation Trust", "Southampton"}) == "added");
    const auto copied = store->write(
        [&](WriteTx& tx) { return service::copy_picket_plan(tx, co_chair(), *WalkoutId::parse("dec-2013"), hampshire, if_version(0), walkout.id); });
    CHECK(copied->sites == 0);
    CHECK(copied->left_out == std::vector<std::string>{"Headquarters"});
}

TEST_CASE_FIXTURE(Planning, "a co-chair finds members and workplaces of their own branch; a misspelt workplace is answered with the nearest")
{
    const auto find = [&](const service::Context& context, const std::string& branch, const std::string& letters) {
        return store->read([&](const ReadTx& tx) { return service::find_members(tx, context, branch, letters); });
    };
    const auto found = find(co_chair(), hampshire, "MEMBER 3").value();
    REQUIRE(found.members.size() == 1);
    CHECK(found.members[0].number == "1003");
    CHECK(find(co_chair(), hampshire, "Lon").value().members.empty()); // of another branch
    CHECK(find(co_chair(), hampshire, "M").error().code == "too_short");
    CHECK(find(co_chair(), "London", "Lon").error().code == "not_your_branch");
    CHECK(find(general_secretary(), hampshire, "Member").error().code == "not_your_branch");
    store->read([&](const ReadTx& tx) {
        const auto places = service::workplaces_of(tx, co_chair(), hampshire).value();
        REQUIRE(places.size() == 1);
        CHECK(places[0].name == "Winchester HQ");
        CHECK(service::workplaces_of(tx, co_chair(), "London").error().code == "not_your_branch");
        CHECK(service::nearest_words(service::nearest_workplaces(tx, {"Hampshire", "Winchster HQ"})) == " The nearest: Winchester HQ of Hampshire.");
        CHECK(service::nearest_words(service::nearest_workplaces(tx, {"Hampshire", "winchester"})) == " The nearest: Winchester HQ of Hampshire.");
        CHECK(service::nearest_workplaces(tx, {"Hampshire", "Portsmouth"}).empty());
        return 0;
    });
}

TEST_CASE_FIXTURE(Planning, "a contact and the days of an entrance are kept, an entrance closes after midnight, and the contact goes with the people")
{
    auto gate = add(store::add_entrance,
                    strike::Entrance{
                        .number = {},
                        .site = add(store::add_site, strike::plan_2013().sites[0]).number,
                        .name = "Depot",
                        .hours = strike::OpeningHours{std::chrono::hours(22), std::chrono::hours(30), {strike::Weekday::mon, strike::Weekday::sun}}});
    CHECK(plan().entrances.at(0).hours == gate.hours);
    gate.hours->days.clear();
    add([](WriteTx& tx, const strike::Plan& of, const strike::Entrance& changed) { return change_entrance(tx, of, changed), changed; }, gate);
    CHECK(plan().entrances.at(0).hours == gate.hours);
    const auto set = [&](const std::string& contact) {
        return code(
            [&](WriteTx& tx) { return service::set_picket_contact(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), contact); });
    };
    CHECK(set("Ada Bell, 07700 900123") == "done");
    CHECK(plan().contact == "Ada Bell, 07700 900123");
    CHECK(set(std::string(201, 'x')) == "text_too_long");
    CHECK(code([&](WriteTx& tx) -> Result<void> {
              store::forget_people(tx, walkout.id);
              return {};
          }) == "done");
    CHECK(plan().contact.empty());
}

TEST_SUITE_END();
