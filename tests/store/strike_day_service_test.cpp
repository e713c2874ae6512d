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
    CHECK(code([&](WriteTx& tx) {
              return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), {post.number, post});
          }) == "done");
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
    CHECK(counts(general_secretary())->at(0).hours.empty()); // by the clock of days before nothing of it has come
    auto on_the_day = general_secretary();
    on_the_day.ballot_now = after.ballot_now;
    CHECK(counts(on_the_day)->at(0).hours.at(0).people == 2);
    CHECK(counts(as("1002")).error().code == "not_your_branch");
    CHECK(store->read([&](const ReadTx& tx) { return service::attended(tx, general_secretary(), walkout.id, hampshire); }).error().code ==
          "not_your_branch");

    const auto before = audited();
    CHECK(code([&](WriteTx& tx) { return service::export_attendance(tx, co_chair(), walkout.id, hampshire, ""); }) == "missing_purpose");
    const auto csv = store->write([&](WriteTx& tx) { return service::export_attendance(tx, after, walkout.id, hampshire, "strike pay"); }).value();
    CHECK(csv.find("1001,Member 1,1,walkout,2013-11-05T11:45,2013-11-05T13:00,came,40\r\n") != csv.npos);
    CHECK(audited() == before + 1);
}

TEST_CASE_FIXTURE(World,
                  "a line is judged by the roster it was written under: who is no organiser since, a post that was moved or removed since, lose none")
{
    auto post = add_walkout_post(6);
    post.organiser = "1003";
    const auto change_post = [&] {
        return code([&](WriteTx& tx) {
            return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), {post.number, post});
        });
    };
    CHECK(change_post() == "done");
    CHECK(join("1001", post.number) == "joined");
    const auto hours = strike::span(post, walkout.window.zone());
    const service::WrittenUnder roster{.holder = "1003", .posts = {{post.number, hours}}, .listed = {{post.number, "1001"}}};
    const auto line = [&](int id, const char* member, const char* at) {
        return strike::CheckIn{std::string(31, '0') + std::to_string(id), post.number, member, strike::CheckKind::arrived, strike::utc(at)};
    };
    const auto send = [&](const service::Context& who, const strike::CheckIn& noted,
                          const std::optional<service::WrittenUnder>& under) -> std::string {
        const auto taken = store->write([&](WriteTx& tx) { return service::check_in(tx, who, walkout.id, hampshire, std::vector{noted}, under); });
        if (!taken) return taken.error().code;
        return taken->at(0).refused ? taken->at(0).refused->code : taken->at(0).stored ? "stored" : "there";
    };
    post.organiser = "1002";
    post.from = strike::moment("2013-11-06T09:00"); // another day
    post.to = strike::moment("2013-11-06T10:00");
    CHECK(change_post() == "done");
    const auto before = audited();
    CHECK(send(as("1003"), line(1, "1001", "2013-11-05T11:50:00Z"), std::nullopt) == "not_your_branch");
    CHECK(send(as("1003"), line(1, "1001", "2013-11-05T11:50:00Z"), roster) == "stored");
    CHECK(audited() == before + 1);
    CHECK(send(as("1003"), line(1, "1001", "2013-11-05T11:50:00Z"), roster) == "there");
    CHECK(send(as("1003"), line(2, "1001", "2013-11-07T11:50:00Z"), roster) == "bad_time");
    CHECK(send(as("1003"), line(3, "9999", "2013-11-05T11:50:00Z"), roster) == "no_such_colleague");
    CHECK(send(as("1001"), line(4, "1001", "2013-11-05T11:50:00Z"), roster) == "not_your_branch"); // somebody else's roster gives no right
    auto others = roster;
    others.posts = {{strike::PostNumber{999}, hours}}; // of a server that was set back to a backup
    auto nowhere = line(5, "1001", "2013-11-05T11:50:00Z");
    nowhere.post = strike::PostNumber{999};
    CHECK(send(as("1003"), nowhere, others) == "not_your_post");

    auto after = co_chair();
    after.ballot_now = strike::utc("2013-11-06T12:00:00Z");
    const auto minutes = [&] {
        std::string out;
        const auto csv = store->write([&](WriteTx& tx) { return service::export_attendance(tx, after, walkout.id, hampshire, "strike pay"); });
        return csv->substr(csv->find("\r\n") + 2);
    };
    CHECK(minutes() == "1001,Member 1,1,walkout,2013-11-06T09:00,2013-11-06T10:00,came,70\r\n"); // 11:50 to 13:00, when the post was

    // Removed while another list was out; this line is on its way still.
    (void)store->write([&](WriteTx& tx) -> Result<void> {
        remove_site(tx, picket_plan(tx, walkout.id, hampshire), plan().sites.at(0).number);
        return {};
    });
    CHECK(send(as("1003"), line(6, "1002", "2013-11-05T12:00:00Z"), roster) == "stored");
    CHECK(minutes() == "1001,Member 1,1,walkout,2013-11-06T09:00,2013-11-06T10:00,came,70\r\n"
                       "1002,Member 2,1,walkout,2013-11-06T09:00,2013-11-06T10:00,walked_up,60\r\n");
    auto later = general_secretary();
    later.ballot_now = after.ballot_now;
    const auto counts = store->read([&](const ReadTx& tx) { return service::headcounts(tx, later, walkout.id); }).value();
    REQUIRE(counts.size() == 1);
    CHECK(counts[0].hours.at(1).people == 2);
    CHECK(plan().posts.empty());

    (void)store->write([&](WriteTx& tx) -> Result<void> {
        put_forgotten(tx, walkout.id, strike::utc("2014-06-01T00:00:00Z"), 0);
        return {};
    });
    CHECK(send(as("1003"), line(7, "1002", "2013-11-05T12:00:00Z"), roster) == "names_deleted");
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

TEST_CASE_FIXTURE(World, "who decides is asked by mail; a grant tells the member, the organiser and the co-chairs of the gap, and can be withdrawn")
{
    enrol_co_chair("1001");
    enrol_co_chair("1002");
    auto post = add_walkout_post(6);
    (void)store->write([&](WriteTx& tx) -> Result<void> {
        tx.script("INSERT INTO member (number, name, email, branch, employer, workplace) VALUES ('1004', 'Member 4', '1004@members.example',"
                  " 'Hampshire and Isle of Wight', 'Hampshire', 'Winchester HQ')");
        return {};
    });
    post.organiser = "1004";
    CHECK(code([&](WriteTx& tx) {
              return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), {post.number, post});
          }) == "done");
    CHECK(join("1003", post.number) == "joined");
    const auto mails = [&](const std::string& to, const std::string& words) {
        return store->read([&](const ReadTx& tx) {
            return std::ranges::count_if(mails_due(tx, strike::utc("2026-11-22T09:00:00Z"), 1000), [&](const OutboxMail& mail) {
                return mail.recipient == to && (mail.subject + mail.body).find(words) != std::string::npos;
            });
        });
    };
    const strike::Exemption asked{.walkout = walkout.id,
                                  .branch = {},
                                  .member = "1003",
                                  .member_name = {},
                                  .work = "duty desk",
                                  .requested_by = {},
                                  .reason = "a patient's health",
                                  .hours = {strike::at("2013-11-05T12:00"), strike::at("2013-11-05T20:00")}};
    const auto number = store->write([&](WriteTx& tx) { return service::request_exemption(tx, as("1003"), asked); }).value().number;
    for (const auto* who : {"1001@officials.example", "1002@officials.example"}) {
        CHECK(mails(who, "Please decide") == 1);
        CHECK(mails(who, "a patient's health") == 0);
    }
    const auto withdraw = [&](const service::Context& who, const std::string& reason) {
        return code([&](WriteTx& tx) { return service::withdraw_exemption(tx, who, number, reason); });
    };
    CHECK(withdraw(co_chair("1001"), "Relief was found") == "not_granted");
    for (const auto* who : {"1001", "1002"})
        CHECK(code([&](WriteTx& tx) { return service::decide_exemption(tx, co_chair(who), number, true, "agreed"); }) == "done");
    CHECK(mails("1003@members.example", "no longer on the picket") == 1);
    for (const auto* who : {"1001@officials.example", "1002@officials.example", "1004@members.example"})
        CHECK(mails(who, "Somebody has left the picket") == 1);
    CHECK(join("1003", post.number) == "exempt");

    const auto before = audited();
    CHECK(withdraw(as("2001", {{Role::co_chair, "London"}}, "London"), "x") == "no_such_exemption");
    CHECK(withdraw(as("1003"), "x") == "no_such_exemption");
    CHECK(withdraw(co_chair("1002"), " ") == "missing_reason");
    CHECK(withdraw(co_chair("1002"), "Relief was found") == "done");
    CHECK(withdraw(co_chair("1002"), "Relief was found") == "not_granted");
    CHECK(audited() == before + 1);
    CHECK(mails("1003@members.example", "Relief was found") == 1);
    CHECK(join("1003", post.number) == "joined");
    CHECK(store->read([&](const ReadTx& tx) { return find_exemption(tx, number)->state() == strike::Exemption::State::withdrawn; }));
}

TEST_CASE_FIXTURE(World, "hours of a post that have passed stand once somebody was checked in there, and no time that has not come counts")
{
    auto post = add_walkout_post(6); // 11:45 to 13:00
    CHECK(join("1001", post.number) == "joined");
    const std::vector lines{
        strike::CheckIn{std::string(32, 'a'), post.number, "1001", strike::CheckKind::arrived, strike::utc("2013-11-05T11:46:00Z")}};
    auto now = co_chair();
    now.ballot_now = strike::utc("2013-11-05T11:46:00Z");
    CHECK(code([&](WriteTx& tx) { return service::check_in(tx, now, walkout.id, hampshire, lines); }) == "done");
    const auto stayed = [&] {
        const auto people = store->read([&](const ReadTx& tx) { return service::attended(tx, now, walkout.id, hampshire); }).value();
        std::chrono::seconds sum{0};
        for (const auto& stay : people.at(0).stayed) sum += stay.to - stay.from;
        return std::chrono::duration_cast<std::chrono::minutes>(sum).count();
    };
    const auto hours = [&] { return store->read([&](const ReadTx& tx) { return service::headcounts(tx, now, walkout.id); })->at(0).hours.size(); };
    const auto change_to = [&](const char* from, const char* to) {
        auto changed = post;
        changed.from = strike::moment(from);
        changed.to = strike::moment(to);
        return code([&](WriteTx& tx) {
            return service::change_picket_post(tx, now, walkout.id, hampshire, if_version(plan().version), {changed.number, changed});
        });
    };
    CHECK(stayed() == 0);
    CHECK(hours() == 1);
    CHECK(change_to("2013-11-05T17:00", "2013-11-05T18:00") == "post_attended");
    now.ballot_now = strike::utc("2013-11-05T12:30:00Z");
    CHECK(stayed() == 44);
    CHECK(hours() == 2);
    CHECK(change_to("2013-11-05T11:45", "2013-11-05T13:30") == "done"); // what is to come may change
    now.ballot_now = strike::utc("2013-11-05T14:00:00Z");
    CHECK(stayed() == 104);
    CHECK(change_to("2013-11-05T11:45", "2013-11-05T15:00") == "post_attended");
    CHECK(change_to("2013-11-05T11:00", "2013-11-05T13:30") == "post_attended");
}

TEST_CASE_FIXTURE(World, "a note kept on a device is one note however often it is sent, by the roster it was kept under, and not of a time to come")
{
    const auto post = add_walkout_post(6);
    const auto site = plan().sites.at(0).number;
    auto context = as("1003"); // organises nothing by now
    context.ballot_now = strike::utc("2013-11-05T13:00:00Z");
    const service::WrittenUnder roster{.holder = "1003", .posts = {{post.number, strike::span(post, walkout.window.zone())}}, .listed = {}};
    store::Incident note{.site = site, .at = strike::moment("2013-11-05T12:20"), .words = "An arrest", .police = "", .recorded_by = {}};
    note.id = std::string(32, 'b');
    const auto send = [&](const service::Context& who, const store::Incident& incident, const std::optional<service::WrittenUnder>& under) {
        const auto noted = store->write([&](WriteTx& tx) { return service::note_incident(tx, who, walkout.id, hampshire, incident, under); });
        return noted ? std::to_string(*noted) : noted.error().code;
    };
    CHECK(send(context, note, {}) == "not_your_branch");
    CHECK(send(context, note, roster) == "1");
    CHECK(send(context, note, roster) == "1");
    CHECK(send(as("1002"), note, roster) == "not_your_branch");
    auto other = note;
    other.id.reset();
    other.at = strike::moment("2030-01-13T12:20");
    CHECK(send(context, other, roster) == "bad_time");
    other.at = note.at;
    other.words = "  ";
    CHECK(send(context, other, roster) == "missing_words");
    CHECK(store->read([&](const ReadTx& tx) { return incidents(tx, walkout.id, hampshire).size(); }) == 1);
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
    put_on_again("No talks");
    const auto before = mails_to("1001");
    CHECK(remind("2013-11-04T22:00:00Z") == 0); // at night
    CHECK(remind("2013-11-05T07:00:00Z") == 2);
    CHECK(remind("2013-11-05T07:00:01Z") == 0);
    CHECK(mails_to("1001") == before + 1);
    CHECK_FALSE(next("2013-11-01T09:00:00Z"));

    auto moved = post; // at another hour it is another thing to come to
    moved.from = strike::moment("2013-11-05T12:00");
    CHECK(code([&](WriteTx& tx) {
              return service::change_picket_post(tx, co_chair(), walkout.id, hampshire, if_version(plan().version), {moved.number, moved});
          }) == "done");
    CHECK(remind("2013-11-05T08:00:00Z") == 2);
    CHECK(join("1003", post.number) == "joined");
    CHECK(remind("2013-11-05T12:00:00Z") == 0); // it has begun
}

TEST_CASE_FIXTURE(World, "a list does not tell a member of another branch from a stranger, not even at the other's place of work")
{
    call_out("London");
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
    CHECK(store->write([&](WriteTx& tx) { return service::make_feed(tx, as("1001")); }).error().code == "calendar_exists");
    const std::string secret(made->reveal());
    const auto owner = [&](const std::string& of) { return store->read([&](const ReadTx& tx) { return service::feed_owner(tx, of); }); };
    CHECK(secret.size() == 64);
    CHECK(owner(secret) == "1001");
    CHECK_FALSE(owner(secret.substr(1) + "0"));
    const std::string fresh(store->write([&](WriteTx& tx) { return service::make_feed(tx, as("1001"), true); })->reveal());
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
