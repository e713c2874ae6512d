#include "server/service/exempt_work.hpp"
#include "server/service/forget_pickets.hpp"
#include "server/service/remind_pickets.hpp"
#include "server/service/strike_day.hpp"
#include "server/store/official_store.hpp"
#include "server/store/strike_day_store.hpp"
#include "tests/store/mandated_fixture.hpp"

using namespace walkout;
using namespace walkout::store;
using ballot::Role;
using test::hampshire;
using World = test::StrikeService;
using test::Mandated;

TEST_SUITE_BEGIN("service");

TEST_CASE_FIXTURE(World, "check-ins come in any order and twice over: one state; names stay with co-chairs and the post's organiser")
{
    auto post = add_walkout_post(6);
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("1002", post.number) == "joined");
    post.organiser = "1003";
    CHECK(code([&](WriteTx& tx) { return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), post); }) ==
          "done");
    const auto line = [&](int id, const char* member, strike::CheckKind kind, const char* at) {
        return strike::CheckIn{std::string(31, '0') + std::to_string(id), post.number, member, kind, strike::utc(at)};
    };
    const std::vector lines{
        line(2, "1001", strike::CheckKind::left, "2013-11-05T12:30:00Z"), line(1, "1001", strike::CheckKind::arrived, "2013-11-05T11:50:00Z"),
        line(3, "1003", strike::CheckKind::arrived, "2013-11-05T11:50:00Z"), line(4, "9999", strike::CheckKind::arrived, "2013-11-05T11:50:00Z"),
        line(5, "1002", strike::CheckKind::arrived, "2013-11-07T11:50:00Z")};
    const auto send = [&](const service::Context& who) {
        return store->write([&](WriteTx& tx) { return service::check_in(tx, who, walkout.id, hampshire, lines); });
    };
    CHECK(send(as("1002")).error().code == "not_your_branch");
    CHECK(send(as("2001", {{Role::co_chair, "London"}}, "London")).error().code == "not_your_branch");
    const auto first = send(as("1003")).value(); // the organiser
    CHECK(first[0].stored);
    CHECK(first[3].refused->code == "no_such_colleague");
    CHECK(first[4].refused->code == "bad_time");
    const auto again = send(co_chair()).value();
    CHECK_FALSE(again[0].stored);
    CHECK_FALSE(again[0].refused);

    auto after = co_chair();
    after.ballot_now = strike::utc("2013-11-05T13:00:00Z");
    const auto people = store->read([&](const ReadTx& tx) { return service::attended(tx, after, walkout.id, hampshire); }).value();
    using State = service::Attended::State;
    REQUIRE(people.size() == 3);
    CHECK(people[0].state == State::came);
    CHECK(people[1].state == State::no_show);
    CHECK(people[2].state == State::walked_up);
    const auto counts = [&](const service::Context& who) {
        return store->read([&](const ReadTx& tx) { return service::headcounts(tx, who, walkout.id); });
    };
    CHECK(counts(general_secretary())->at(0).hours.at(0).people == 2);
    CHECK(counts(as("1002")).error().code == "not_your_branch");
    CHECK(store->read([&](const ReadTx& tx) { return service::attended(tx, general_secretary(), walkout.id, hampshire); }).error().code ==
          "not_your_branch");

    const auto before = audited();
    CHECK(code([&](WriteTx& tx) { return service::export_attendance(tx, co_chair(), walkout.id, hampshire, ""); }) == "missing_purpose");
    const auto csv = store->write([&](WriteTx& tx) { return service::export_attendance(tx, after, walkout.id, hampshire, "strike pay"); }).value();
    CHECK(csv.find("1001,Member 1,1,walkout,2013-11-05T11:45,2013-11-05T13:00,came,40\r\n") != csv.npos);
    CHECK(audited() == before + 1);
}

TEST_CASE_FIXTURE(World, "an exemption takes the member off the picket in its hours, keeps them off, and is seen by the branch and the member alone")
{
    enrol_co_chair("1001");
    enrol_co_chair("1002");
    const auto post = add_walkout_post(6);
    CHECK(join("1003", post.number) == "joined");
    const strike::Exemption asked{.walkout = walkout.id,
                                  .branch = {},
                                  .member = "1003",
                                  .member_name = {},
                                  .work = "duty desk",
                                  .requested_by = "the Trust",
                                  .reason = "life and limb",
                                  .hours = {strike::at("2013-11-05T12:00"), strike::at("2013-11-05T20:00")}};
    const auto requested = store->write([&](WriteTx& tx) { return service::request_exemption(tx, co_chair(), asked); }).value();
    CHECK(code([&](WriteTx& tx) { return service::request_exemption(tx, as("1002"), asked); }) == "no_such_colleague");
    const auto decide = [&](const service::Context& who, bool grants) {
        return code([&](WriteTx& tx) { return service::decide_exemption(tx, who, requested.number, grants, "agreed"); });
    };
    CHECK(decide(general_secretary(), true) == "no_such_exemption");
    CHECK(decide(as("2001", {{Role::co_chair, "London"}}, "London"), true) == "no_such_exemption");
    CHECK(decide(co_chair("1001"), true) == "done");
    CHECK(taken(post.number) == 1);
    CHECK(decide(co_chair("1001"), true) == "decided_by_you");
    CHECK(decide(co_chair("1002"), true) == "done");
    CHECK(taken(post.number) == 0);
    CHECK(mails_to("1003") == 1);
    CHECK(join("1003", post.number) == "exempt");
    store->read([&](const ReadTx& tx) {
        CHECK(service::my_exemptions(tx, as("1003"), walkout.id)->size() == 1);
        CHECK(service::my_exemptions(tx, as("1001"), walkout.id)->empty());
        CHECK(service::branch_exemptions(tx, general_secretary(), walkout.id, hampshire)->empty());
        CHECK(service::branch_exemptions(tx, as("1003"), walkout.id, hampshire).error().code == "not_your_branch");
        CHECK(service::find_exemption_for(tx, as("1002"), requested.number).error().code == "no_such_exemption");
        return 0;
    });
}

TEST_CASE_FIXTURE(World, "where a branch has not two co-chairs who may decide, the general secretary decides with the one it has")
{
    enrol_co_chair("1001");
    enrol_co_chair("1002");
    const auto request = [&](const char* member) {
        const strike::Exemption asked{.walkout = walkout.id,
                                      .branch = {},
                                      .member = member,
                                      .member_name = {},
                                      .work = "duty desk",
                                      .requested_by = "the Trust",
                                      .reason = "life and limb",
                                      .hours = {strike::at("2013-11-05T12:00"), strike::at("2013-11-05T20:00")}};
        return store->write([&](WriteTx& tx) { return service::request_exemption(tx, co_chair(), asked); }).value().number;
    };
    const auto decide = [&](const service::Context& who, strike::ExemptionNumber number) {
        return code([&](WriteTx& tx) { return service::decide_exemption(tx, who, number, true, "agreed"); });
    };
    const auto own = request("1002"); // of a co-chair
    const auto other = request("1003");
    CHECK(decide(co_chair("1002"), own) == "own_exemption");
    CHECK(decide(co_chair("1001"), own) == "done");
    CHECK(decide(general_secretary(), other) == "no_such_exemption");
    CHECK(store->read([&](const ReadTx& tx) { return service::branch_exemptions(tx, general_secretary(), walkout.id, hampshire); })->size() == 1);
    CHECK(decide(general_secretary(), own) == "done");
    CHECK(mails_to("1002") == 1);
    CHECK(store->read([&](const ReadTx& tx) { return find_exemption(tx, own)->state() == strike::Exemption::State::granted; }));
}

TEST_CASE_FIXTURE(World, "everyone on a post is reminded of it once, the day before, by daylight; not who cancelled, nor of a walkout that is off")
{
    const auto post = add_walkout_post(6);
    CHECK(join("1001", post.number) == "joined");
    CHECK(join("1002", post.number) == "joined");
    CHECK(join("1003", post.number) == "joined");
    CHECK(code([&](WriteTx& tx) { return service::leave_picket(tx, as("1003"), post.number); }) == "done");
    const auto remind = [&](const char* instant) {
        auto context = as("nobody");
        context.ballot_now = strike::utc(instant);
        return store->write([&](WriteTx& tx) -> Result<std::int64_t> { return service::remind_pickets(tx, context); }).value();
    };
    const auto next = [&](const char* after) {
        return store->read([&](const ReadTx& tx) { return service::next_reminder(tx, strike::utc(after)); });
    };
    CHECK(next("2013-11-01T09:00:00Z") == strike::utc("2013-11-04T10:00:00Z"));
    CHECK(remind("2013-11-04T09:59:59Z") == 0);
    CHECK(change(general_secretary(), service::WalkoutChange::suspend, "Talks") == "changed to 1");
    CHECK(remind("2013-11-04T10:00:00Z") == 0);
    CHECK(change(general_secretary(), service::WalkoutChange::resume, "No talks") == "changed to 2");
    const auto before = mails_to("1001");
    CHECK(remind("2013-11-04T22:00:00Z") == 0); // at night
    CHECK(remind("2013-11-05T07:00:00Z") == 2);
    CHECK(remind("2013-11-05T07:00:01Z") == 0);
    CHECK(mails_to("1001") == before + 1);
    CHECK_FALSE(next("2013-11-01T09:00:00Z"));

    auto moved = post; // at another hour it is another thing to come to
    moved.from = strike::moment("2013-11-05T12:00");
    CHECK(code([&](WriteTx& tx) { return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), moved); }) ==
          "done");
    CHECK(remind("2013-11-05T08:00:00Z") == 2);
    CHECK(join("1003", post.number) == "joined");
    CHECK(remind("2013-11-05T12:00:00Z") == 0); // it has begun
}

TEST_CASE_FIXTURE(World, "a list does not tell a member of another branch from a stranger, not even at the other's place of work")
{
    auto post = add_walkout_post(6);
    auto site = plan().sites.at(0);
    site.workplace = strike::Workplace{"London", "Dean Ryle Street"}; // where 2001 works
    CHECK(code([&](WriteTx& tx) { return service::change_picket_site(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), site); }) ==
          "done");
    const auto refusal = [&](const std::string& member) {
        const std::vector lines{
            strike::CheckIn{std::string(32, 'a'), post.number, member, strike::CheckKind::arrived, strike::utc("2013-11-05T11:50:00Z")}};
        auto taken = store->write([&](WriteTx& tx) { return service::check_in(tx, co_chair(), walkout.id, hampshire, lines); }).value();
        auto detail = taken.at(0).refused.value().detail;
        return detail.replace(detail.find(member), member.size(), "N");
    };
    CHECK(refusal("2001") == refusal("9999"));
    CHECK(code([&](WriteTx& tx) { return service::join_picket(tx, as("2001", {}, "London"), post.number); }) == "done"); // by themselves
    const std::vector lines{
        strike::CheckIn{std::string(32, 'b'), post.number, "2001", strike::CheckKind::arrived, strike::utc("2013-11-05T11:50:00Z")}};
    CHECK(store->write([&](WriteTx& tx) { return service::check_in(tx, co_chair(), walkout.id, hampshire, lines); }).value().at(0).stored);
}

TEST_CASE_FIXTURE(World, "a calendar's secret address works until it is revoked or made anew, and only its hash is stored")
{
    const auto made = store->write([&](WriteTx& tx) { return service::make_feed(tx, as("1001")); });
    const std::string secret(made->reveal());
    const auto owner = [&](const std::string& of) { return store->read([&](const ReadTx& tx) { return service::feed_owner(tx, of); }); };
    CHECK(secret.size() == 64);
    CHECK(owner(secret) == "1001");
    CHECK_FALSE(owner(secret.substr(1) + "0"));
    const std::string fresh(store->write([&](WriteTx& tx) { return service::make_feed(tx, as("1001")); })->reveal());
    CHECK_FALSE(owner(secret));
    CHECK(owner(fresh) == "1001");
    CHECK(code([&](WriteTx& tx) { return service::revoke_feed(tx, as("1001")); }) == "done");
    CHECK(code([&](WriteTx& tx) { return service::revoke_feed(tx, as("1001")); }) == "no_feed");
    CHECK_FALSE(owner(fresh));
}

TEST_CASE_FIXTURE(Mandated, "who picketed is deleted six months after the dispute, once, and the log says how much")
{
    const auto post = add_walkout_post(6);
    CHECK(join("1001", post.number) == "joined");
    auto context = general_secretary();
    const auto forget_at = [&](const char* when) {
        context.ballot_now = strike::utc(when);
        return store->write([&](WriteTx& tx) -> Result<std::int64_t> { return service::forget_pickets(tx, context); }).value();
    };
    CHECK(store->read([&](const ReadTx& tx) { return service::picket_people_kept_until(tx, walkout.id); }) == strike::utc("2014-05-06T23:00:00Z"));
    CHECK(forget_at("2014-05-06T22:59:59Z") == 0);
    CHECK(taken(post.number) == 1);
    const auto before = audited();
    CHECK(forget_at("2014-05-06T23:00:00Z") == 1);
    CHECK(taken(post.number) == 0);
    CHECK(audited() == before + 1);
    CHECK(forget_at("2015-01-01T00:00:00Z") == 0);
    CHECK(audited() == before + 1);
}

TEST_CASE_FIXTURE(World, "forgetting the people of a walkout leaves no row of them")
{
    const auto post = add_walkout_post(6);
    CHECK(join("1001", post.number) == "joined");
    CHECK(code([&](WriteTx& tx) { return service::stand_in_reserve(tx, as("1002"), walkout.id); }) == "done");
    CHECK(store->write([&](WriteTx& tx) -> Result<std::int64_t> { return forget_people(tx, walkout.id); }).value() == 2);
    CHECK(taken(post.number) == 0);
    CHECK(store->read([&](const ReadTx& tx) { return reserves(tx, walkout.id, hampshire); }).empty());
    CHECK(plan().posts.size() == 1); // that pickets stood, and where, is the union's history
}

TEST_SUITE_END();
