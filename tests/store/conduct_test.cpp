#include "server/jobs/ballot_jobs.hpp"
#include "server/service/ballot_incidents.hpp"
#include "server/service/ballots.hpp"
#include "server/service/choose_method.hpp"
#include "server/service/code_reports.hpp"
#include "server/service/extend_ballot.hpp"
#include "server/service/first_sending.hpp"
#include "server/service/suspend_ballot.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/official_store.hpp"
#include "server/store/outbox_store.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/report_store.hpp"
#include "shared/ballot/publication.hpp"
#include "tests/store/open_ballot.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::test;
using ballot::ApprovalStep;
using ballot::IncidentKind;
using ballot::Phase;
using ballot::Role;

namespace {

struct Course : OpenBallot {
    explicit Course(ballot::BallotPlan planned = ballot::plan_2013()) : OpenBallot(std::move(planned)) {}

    std::string propose_closing(const char* until, const char* reason = "The line was cut.")
    {
        return code(write([&](store::WriteTx& tx) { return service::propose_extension(tx, scrutineer(), id, {ballot::wall(until), reason}); }));
    }
    std::string tell(const wire::NewBallotIncident& told)
    {
        return code(write([&](store::WriteTx& tx) { return service::record_ballot_incident(tx, gs(), id, told); }));
    }
    std::string suspend()
    {
        return code(write([&](store::WriteTx& tx) { return service::suspend_ballot(tx, scrutineer(), id, "The disk failed."); }));
    }
    std::vector<store::BallotIncident> told()
    {
        return read([&](const store::ReadTx& tx) { return store::ballot_incidents(tx, id); });
    }
    void run_due()
    {
        write([&](store::WriteTx& tx) { jobs::run_due(tx, {.ballot_now = now, .machine_now = now, .random = random}, board_key); });
    }
    std::string last_mail()
    {
        return read([](const store::ReadTx& tx) { return store::mails_due(tx, at("2030-01-01T00:00:00Z"), 10'000); }).back().body;
    }
    std::int64_t mails()
    {
        return read([](const store::ReadTx& tx) { return store::outbox_counts(tx).waiting; });
    }
};

wire::NewBallotIncident outage(const char* what)
{
    wire::NewBallotIncident out;
    out.kind = IncidentKind::outage;
    out.what = what;
    return out;
}

ballot::BallotPlan online_2026()
{
    auto plan = ballot::plan_2026();
    plan.methods = {law::Method::post, law::Method::online};
    plan.as_if_lawful = {law::Method::online};
    return plan;
}

} // namespace

TEST_SUITE("the course of a ballot")
{
    TEST_CASE("two signatures of two people move the closing and everything that hangs on it; everybody is told once")
    {
        Course world;
        const auto paper = world.ballot().paper;
        CHECK(code(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::extend)) == "nothing_proposed");
        CHECK(world.propose_closing("2013-10-25T12:00") == "accepted");
        CHECK(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::extend).value() == false);
        CHECK(world.sign(world.as("union", Role::official), Role::official, world.union_key, ApprovalStep::extend).value() == false); // no scrutineer
        CHECK(world.ballot().closes == at("2013-10-18T11:00:00Z"));
        CHECK(world.mails() == 0);
        CHECK(world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::extend).value() == true);
        CHECK(world.ballot().closes == at("2013-10-25T11:00:00Z"));
        CHECK(world.ballot().paper == paper);
        CHECK(service::date_of_ballot_of(world.ballot()) == day("2013-10-25"));
        CHECK(world.mails() == 63); // everybody on the roll, and the officials who sign
        world.read([&](const store::ReadTx& tx) {
            const auto dates = service::timetable_of(tx, world.ballot(), false).value().timetable;
            CHECK(dates.report_due == day("2013-11-21"));
            CHECK(dates.mandate.day == day("2013-11-21"));
            const auto addenda = service::addenda(tx, world.id).addenda;
            REQUIRE(addenda.size() == 1);
            CHECK(addenda[0].signatures.size() == 3);
            CHECK(addenda[0].employers_to_tell == std::vector<std::string>{"Hampshire Trust", "Wales Trust"});
            CHECK(addenda[0].signatures[1].role == Role::scrutineer);
            CHECK(code(wire::verify_addendum(world.id, addenda[0])) == "accepted");
        });
        CHECK(code(world.sign(world.as("union", Role::official), Role::official, world.union_key, ApprovalStep::extend)) == "nothing_proposed");
        CHECK(world.propose_closing("2013-10-24T12:00") == "extension_not_later");
        CHECK(world.propose_closing("2013-10-28T12:00") == "accepted"); // once more
    }

    TEST_CASE("an addendum is verified as approved only if what it says was signed in time by two keys, one of them the scrutineer's")
    {
        Course world;
        world.propose_closing("2013-10-25T12:00");
        REQUIRE(world.approve_by_both(ApprovalStep::extend) == "accepted");
        const auto made = world.read([&](const store::ReadTx& tx) { return service::addenda(tx, world.id).addenda.at(0); });
        const auto verified = [&](auto change) {
            auto addendum = made;
            change(addendum);
            return code(wire::verify_addendum(world.id, addendum));
        };
        const std::string failed = "verification_failed";
        CHECK(verified([](auto&) {}) == "accepted");
        CHECK(code(wire::verify_addendum(*BallotId::parse("other"), made)) == failed);
        CHECK(verified([](auto& a) { a.closes += std::chrono::hours(1); }) == failed);
        CHECK(verified([](auto& a) { a.closed_before += std::chrono::hours(1); }) == failed);
        CHECK(verified([](auto& a) { a.reason = "The line"; }) == failed);
        CHECK(verified([](auto& a) { a.number = 2; }) == failed);
        CHECK(verified([](auto& a) { a.canonical += "more\n"; }) == failed);
        CHECK(verified([](auto& a) { a.made_at.reset(); }) == failed);
        CHECK(verified([](auto& a) { a.made_at = a.signatures[0].expires; }) == failed);
        CHECK(verified([](auto& a) { a.signatures.clear(); }) == failed);
        for (const std::size_t left_out : {0U, 1U})
            CHECK(verified([&](auto& a) { a.signatures.erase(a.signatures.begin() + static_cast<std::ptrdiff_t>(left_out)); }) == failed);
        CHECK(verified([](auto& a) { a.signatures[0] = a.signatures[1]; }) == failed); // one of them twice
        CHECK(verified([](auto& a) {
                  a.signatures[0] = a.signatures[1];
                  a.signatures[0].by = "another"; // one key under two names
              }) == failed);
        CHECK(verified([](auto& a) {
                  for (auto& one : a.signatures) one.role = Role::official;
              }) == failed);
        CHECK(verified([](auto& a) { std::swap(a.signatures[0].signature, a.signatures[1].signature); }) == failed);
    }

    TEST_CASE("extensions do not add up to more than sixty days after the planned closing")
    {
        Course world;
        world.propose_closing("2013-12-17T11:00"); // winter time: the sixtieth day at the planned instant
        REQUIRE(world.approve_by_both(ApprovalStep::extend) == "accepted");
        CHECK(world.propose_closing("2013-12-17T11:01") == "extension_too_long");
    }

    TEST_CASE("votes returned online are those on the board that no paper stands behind")
    {
        Course world;
        const auto online = [&] { return world.read([&](const store::ReadTx& tx) { return store::votes_returned_online(tx, world.id); }); };
        world.vote("code of 1001", "1001");
        world.vote("code of 1002", "1002");
        CHECK(online() == 0); // not on the board yet
        world.write([&](store::WriteTx& tx) { store::publish_waiting(tx, world.place_); });
        CHECK(online() == 2);
        world.write([&](store::WriteTx& tx) {
            store::PaperReturn paper;
            paper.serial = store::serial_of(tx, world.place_, "code of 1002").value();
            paper.received_at = paper.recorded_at = world.now;
            paper.recorded_by = "scrutineer";
            paper.batch = "b";
            store::add_return(tx, world.id, paper);
        });
        CHECK(online() == 1);
    }

    TEST_CASE("what two people sign to count says what became of the voting papers")
    {
        Course world;
        world.write([&](store::WriteTx& tx) { store::put_papers_issued(tx, world.id, world.now, "scrutineer"); });
        world.close();
        const auto count = [&] {
            return world.read([&](const store::ReadTx& tx) { return service::object_as_approved(tx, world.ballot(), ApprovalStep::count); });
        };
        world.write([&](store::WriteTx& tx) { store::put_post_finished(tx, world.id, world.now, "scrutineer"); });
        CHECK(count().canonical.find("\npapers|0|0|0|0|0|0\n") != std::string::npos);
        CHECK(ballot::sealed_boards(world.id, count().canonical).value().size() == 1);
        Course without;
        without.close();
        const auto plain =
            without.read([&](const store::ReadTx& tx) { return service::object_as_approved(tx, without.ballot(), ApprovalStep::count); });
        CHECK(plain.canonical.find("papers") == std::string::npos);
    }

    TEST_CASE("an extension is refused without a reason, for a moment that is none, and when the closing has passed meanwhile")
    {
        Course world;
        CHECK(world.propose_closing("2013-10-25T12:00", "") == "reason_missing");
        CHECK(world.propose_closing("2013-10-25T12:00", "two\nlines") == "reason_missing");
        CHECK(world.propose_closing("2014-03-30T01:30") == "closing_skipped");
        CHECK(world.propose_closing("2013-12-25T12:00") == "extension_too_long");
        CHECK(world.propose_closing("2013-10-25T12:00") == "accepted");
        CHECK(world.propose_closing("2013-10-25T12:00") == "accepted");
        CHECK(world.read([&](const store::ReadTx& tx) { return store::next_extension(tx, world.id); }) == 2); // the same again is no other
        world.now = at("2013-10-18T10:59:59Z");
        REQUIRE(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::extend).has_value());
        world.now = at("2013-10-18T11:00:00Z");
        CHECK(code(world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::extend)) == "closing_passed");
        CHECK(world.ballot().closes == at("2013-10-18T11:00:00Z"));
        CHECK(world.mails() == 0);
    }

    TEST_CASE("a signature over an earlier proposal is none over the one that took its place")
    {
        Course world;
        world.propose_closing("2013-10-24T12:00");
        REQUIRE(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::extend).has_value());
        world.propose_closing("2013-10-25T12:00");
        CHECK(world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::extend).value() == false);
        CHECK(world.ballot().closes == at("2013-10-18T11:00:00Z"));
    }

    TEST_CASE("every official is warned when an hour after the opening nothing was sent, once and then once a day, until something is")
    {
        Course world;
        const auto officials = static_cast<std::int64_t>(world.read([](const store::ReadTx& tx) { return store::officials(tx); }).size());
        const auto opened = world.now;
        const auto mails_at = [&](std::chrono::hours later) {
            world.now = opened + later;
            const auto before = world.mails();
            world.run_due();
            return world.mails() - before;
        };
        REQUIRE(officials > 1);
        CHECK(mails_at(std::chrono::hours(0)) == 0);
        CHECK(mails_at(std::chrono::hours(1)) == officials);
        CHECK(world.last_mail().find("0 of 60") != std::string::npos);
        CHECK(mails_at(std::chrono::hours(2)) == 0);
        CHECK(mails_at(std::chrono::hours(25)) == officials);
        CHECK(mails_at(std::chrono::hours(80)) == officials); // a server that was down sends the last, and no pile
        world.write([&](store::WriteTx& tx) { return service::first_sent(tx, world.scrutineer(), world.ballot(), world.now); });
        CHECK(mails_at(std::chrono::hours(97)) == 0);
    }

    TEST_CASE("votes that were promised the board by the old closing go there at the old closing, however few")
    {
        Course world;
        world.write([&](store::WriteTx& tx) {
            store::accept_ballot(tx, world.place_, {"t", "code of 1001", at("2013-10-18T11:00:00Z") + ballot::sealing_time, "{}"}, {});
        });
        world.propose_closing("2013-10-25T12:00");
        REQUIRE(world.approve_by_both(ApprovalStep::extend) == "accepted");
        const auto waiting = [&] { return world.read([&](const store::ReadTx& tx) { return store::waiting_count(tx, world.place_); }); };
        world.now = at("2013-10-18T10:59:59Z");
        world.run_due();
        CHECK(waiting() == 1);
        world.now = at("2013-10-18T11:00:00Z");
        world.run_due();
        CHECK(waiting() == 0);
        CHECK(world.phase() == Phase::open);
        world.now = at("2013-10-25T11:00:00Z");
        world.run_due();
        CHECK(world.phase() == Phase::closed);
    }

    TEST_CASE("the scrutineer halts voting alone, two people let it go on, and both moments are kept")
    {
        Course world;
        CHECK(code(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::resume)) == "wrong_phase");
        CHECK(world.suspend() == "accepted");
        CHECK(world.suspend() == "wrong_phase");
        CHECK(world.phase() == Phase::suspended);
        CHECK(world.mails() == 63); // everybody is told, once
        CHECK(world.last_mail().find("Why: The disk failed.") != std::string::npos);
        const auto halted = world.now;
        world.now += std::chrono::hours(2);
        CHECK(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::resume).value() == false);
        CHECK(world.phase() == Phase::suspended);
        CHECK(world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::resume).value() == true);
        CHECK(world.phase() == Phase::open);
        CHECK(world.mails() == 126);
        CHECK(world.last_mail().find("goes on since 12 noon on Monday 30 September 2013") != std::string::npos);
        const auto standing = world.read([&](const store::ReadTx& tx) { return service::standing_incidents(tx, world.id); });
        REQUIRE(standing.size() == 1);
        CHECK(standing[0].happening.from == halted);
        CHECK(standing[0].happening.until == world.now);
        world.now += std::chrono::hours(1);
        CHECK(world.suspend() == "accepted"); // an old pair of signatures resumes nothing
        CHECK(world.phase() == Phase::suspended);
        CHECK(world.propose_closing("2013-10-25T12:00") == "accepted");
    }

    TEST_CASE("a suspended ballot still closes at its time, which ends the suspension; nobody resumes it then")
    {
        Course world;
        world.suspend();
        world.now = at("2013-10-18T11:00:00Z");
        REQUIRE(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::resume).has_value());
        CHECK(code(world.sign(world.scrutineer(), Role::scrutineer, world.scrutineer_key, ApprovalStep::resume)) == "closing_passed");
        world.run_due();
        CHECK(world.phase() == Phase::closed);
        REQUIRE(world.told().size() == 2);
        CHECK(world.told()[1].happening.until == world.now);
    }

    TEST_CASE("while voting goes on everybody is told of an incident or an outage, unless it is for the report only; afterwards the report tells it")
    {
        Course world;
        auto told = outage("The storage failed.");
        told.channel = ballot::Channel::post;
        CHECK(world.tell(told) == "accepted");
        CHECK(world.mails() == 63);
        CHECK(world.last_mail().find("An outage in the ballot") != std::string::npos);
        CHECK(world.last_mail().find("It concerns voting by post.") != std::string::npos);
        told.only_in_report = true;
        CHECK(world.tell(told) == "accepted");
        CHECK(world.tell(outage("")) != "accepted");
        CHECK(world.mails() == 63);
        world.now = at("2013-10-18T11:00:00Z");
        world.run_due();
        REQUIRE(world.phase() == Phase::closed);
        auto later = outage("Found out later.");
        later.from = ballot::wall("2013-10-17T20:00");
        CHECK(world.tell(later) == "accepted");
        CHECK(world.mails() == 63);
    }

    TEST_CASE("an outage is of a way of voting that the ballot has, and lies within its voting; an incident may be of any time")
    {
        Course world;
        auto told = outage("The line was cut.");
        told.from = ballot::wall("2013-09-20T09:00");
        CHECK(world.tell(told) == "outage_outside_voting");
        told.kind = IncidentKind::incident;
        CHECK(world.tell(told) == "accepted");
        world.now = at("2013-10-18T12:00:00Z");
        world.run_due();
        REQUIRE(world.phase() == Phase::closed);
        told.kind = IncidentKind::outage;
        told.from = ballot::wall("2013-10-18T12:00");
        CHECK(world.tell(told) == "outage_outside_voting");
        told.from = ballot::wall("2013-10-18T11:00");
        told.until = ballot::wall("2013-10-18T12:30");
        CHECK(world.tell(told) == "outage_outside_voting");
        told.until = ballot::wall("2013-10-18T12:00");
        CHECK(world.tell(told) == "accepted");

        auto by_post = ballot::plan_2013();
        by_post.methods = {law::Method::post};
        by_post.as_if_lawful.reset();
        Course posted(by_post);
        told = outage("The line was cut.");
        told.channel = ballot::Channel::online;
        CHECK(posted.tell(told) == "outage_channel");
        told.channel = ballot::Channel::post;
        CHECK(posted.tell(told) == "accepted");
    }

    TEST_CASE("the count rests on exactly the addenda it names, each signed by people whose keys are known and continuing the one before")
    {
        Course world;
        const auto bound = world.ballot().closes;
        world.propose_closing("2013-10-21T12:00");
        REQUIRE(world.approve_by_both(ApprovalStep::extend) == "accepted");
        world.propose_closing("2013-10-25T12:00");
        REQUIRE(world.approve_by_both(ApprovalStep::extend) == "accepted");
        const auto made = world.read([&](const store::ReadTx& tx) { return service::addenda(tx, world.id).addenda; });
        std::string counted = "walkout count\n";
        for (const auto& one : made) counted += "extended|" + std::to_string(one.number) + "|" + one.object + "\n";
        const std::vector<ballot::Approver> people{{"gs", Role::general_secretary, world.gs_key.public_key()},
                                                   {"scrutineer", Role::scrutineer, world.scrutineer_key.public_key()}};
        const auto verified = [&](const std::vector<wire::Addendum>& addenda, const std::string& count, const std::vector<ballot::Approver>& known) {
            return wire::verify_addenda(world.id, addenda, count, bound, known);
        };
        const std::string failed = "verification_failed";
        CHECK(verified(made, counted, people).value() == at("2013-10-25T11:00:00Z"));
        CHECK(verified({}, "walkout count\n", people).value() == bound);
        CHECK(code(verified({}, counted, people)) == failed);             // withheld
        CHECK(code(verified({made[0]}, counted, people)) == failed);      // one of them
        CHECK(code(verified(made, "walkout count\n", people)) == failed); // added
        CHECK(code(verified({made[1], made[0]}, counted, people)) == failed);
        CHECK(code(verified(made, counted, {people[0]})) == failed); // a key that is not known
        CHECK(code(verified(made, counted,
                            {{"gs", Role::scrutineer, world.gs_key.public_key()}, {"scrutineer", Role::scrutineer, world.union_key.public_key()}})) ==
              failed);
        auto longer = made;
        longer[1].closes += std::chrono::hours(1);
        CHECK(code(verified(longer, counted, people)) == failed);
        auto unsigned_ = made;
        unsigned_[1].signatures.pop_back();
        CHECK(code(verified(unsigned_, counted, people)) == failed);
        CHECK(code(wire::verify_addenda(world.id, made, counted, bound - std::chrono::hours(1), people)) == failed); // not from the bound instant
    }

    TEST_CASE("incidents stand; a correction is an entry of its own and takes the place of one earlier entry once")
    {
        Course world;
        CHECK(world.tell(outage("")) == "incident_what_missing");
        CHECK(world.tell(outage("The line was cut.")) == "accepted");
        auto correction = outage("The line was cut for an hour.");
        correction.corrects = 1;
        CHECK(world.tell(correction) == "accepted");
        CHECK(world.tell(correction) == "incident_corrected");
        correction.corrects = 9;
        CHECK(world.tell(correction) == "no_such_incident");
        world.suspend();
        correction.corrects = 3;
        CHECK(world.tell(correction) == "incident_of_the_server");
        auto coded = outage("x");
        coded.kind = IncidentKind::code;
        CHECK(world.tell(coded) == "incident_kind");
        CHECK(world.told().size() == 3);
        const auto list = world.read([&](const store::ReadTx& tx) { return service::incident_list(tx, world.ballot()); });
        CHECK(list.entries[0].corrected);
        CHECK_FALSE(list.entries[1].corrected);
        CHECK_THROWS_AS(world.write([](store::WriteTx& tx) { tx.script("UPDATE incident SET what = 'nothing happened'"); }), store::Failure);
        CHECK_THROWS_AS(world.write([](store::WriteTx& tx) { tx.script("DELETE FROM incident"); }), store::Failure);
    }

    TEST_CASE("an incident with a voting code is one of the same list, counted and without its member's name")
    {
        Course world;
        world.vote("code of 1001", "1001");
        world.tell(outage("The line was cut."));
        const auto recorded = world.write([&](store::WriteTx& tx) { return service::record_incident(tx, world.scrutineer(), world.id, "1001"); });
        CHECK(recorded.value().incidents == 1);
        const auto list = world.read([&](const store::ReadTx& tx) { return service::incident_list(tx, world.ballot()); });
        CHECK(list.codes == 1);
        CHECK(list.entries.size() == 1);
        CHECK(wire::to_json(list).find("1001") == std::string::npos);
        world.write([&](store::WriteTx& tx) { store::put_report(tx, world.id, {"{}", world.now, "scrutineer", {}, {}}); });
        CHECK(code(world.write([&](store::WriteTx& tx) { return service::record_incident(tx, world.scrutineer(), world.id, "1001"); })) ==
              "report_stands");
    }

    TEST_CASE("incidents belong to a ballot whose voting is prepared")
    {
        BallotWorld world;
        world.plan(ballot::plan_2013());
        CHECK(code(world.write([&](store::WriteTx& tx) { return service::record_ballot_incident(tx, world.gs(), world.id, outage("Early.")); })) ==
              "wrong_phase");
    }
}

TEST_SUITE("the choice-of-method record")
{
    struct ToOpen : BallotWorld {
        ToOpen() : BallotWorld(store::Purpose::rehearsal)
        {
            now = at("2026-02-18T09:00:00Z");
            REQUIRE(plan(online_2026()) == "accepted");
            now = at("2026-02-25T09:00:00Z");
            freeze();
            for (const auto* employer : {"Hampshire Trust", "Wales Trust"}) {
                receipt(ballot::NoticeKind::ballot, employer, "2026-02-25");
                receipt(ballot::NoticeKind::sample, employer, "2026-02-25");
            }
            key_and_code();
        }
        wire::NewMethodRecord record()
        {
            const auto form = read([&](const store::ReadTx& tx) { return service::method_record_form(tx, gs(), ballot()).value(); });
            wire::NewMethodRecord out;
            out.made_at = form.now;
            for (const auto& field : form.fields) out.answers.push_back({field.field, "Said."});
            sign(out, gs_key);
            return out;
        }
        void sign(wire::NewMethodRecord& record, const SigningKey& key)
        {
            record.signature = hex(
                key.sign(ballot::canonical_method_record(id, online_2026().methods, ballot::SecondFactor::sign_in, record.made_at, record.answers)));
        }
        using BallotWorld::sign;
        std::string give(const wire::NewMethodRecord& record)
        {
            return code(write([&](store::WriteTx& tx) { return service::record_method(tx, gs(), id, record); }));
        }
    };

    TEST_CASE("without one an online ballot is not signed to open; with one, what is signed names it")
    {
        ToOpen world;
        CHECK(code(world.sign(world.gs(), Role::general_secretary, world.gs_key, ApprovalStep::open)) == "method_record_missing");
        CHECK(world.give(world.record()) == "accepted");
        const auto view = world.read([&](const store::ReadTx& tx) { return service::method_record_view(tx, world.ballot()).value(); });
        const auto object =
            world.read([&](const store::ReadTx& tx) { return service::approval_object(tx, world.ballot(), ApprovalStep::open).value(); });
        CHECK(object.canonical.find("method_record|" + view.hash + "\n") != std::string::npos);
        CHECK(view.methods == "by post and online");
        CHECK(world.approve_by_both(ApprovalStep::open) == "accepted");
        world.now += std::chrono::hours(1);
        CHECK(world.give(world.record()) == "accepted"); // another before the opening: it must be signed again
        CHECK(code(world.read([&](const store::ReadTx& tx) { return service::step_approved(tx, world.ballot(), ApprovalStep::open, world.now); })) ==
              "approval_missing");
        world.write([&](store::WriteTx& tx) {
            store::put_phase(tx, world.id, Phase::coded, Phase::open);
            store::put_opened(tx, world.id, world.now);
        });
        CHECK(world.give(world.record()) == "record_stands");
    }

    TEST_CASE("a record is whole, of today, and signed with the key of whoever gives it")
    {
        ToOpen world;
        auto record = world.record();
        record.answers.pop_back();
        CHECK(world.give(record) == "method_record_incomplete");
        record = world.record();
        record.answers.back().text = "Said otherwise.";
        CHECK(world.give(record) == "wrong_signature");
        world.sign(record, world.scrutineer_key);
        CHECK(world.give(record) == "wrong_signature");
        record = world.record();
        record.role = Role::scrutineer;
        CHECK(world.give(record) == "wrong_office");
        record = world.record();
        record.made_at += std::chrono::seconds(1);
        CHECK(world.give(record) == "record_time");
        record = world.record();
        world.now += std::chrono::hours(25);
        CHECK(world.give(record) == "record_time");
    }

    TEST_CASE("a ballot by post opens without one")
    {
        Course world; // plan_2013 is by post
        CHECK(code(world.read([&](const store::ReadTx& tx) { return service::method_recorded(tx, world.ballot()); })) == "accepted");
        CHECK(code(world.read([&](const store::ReadTx& tx) { return service::method_record_view(tx, world.ballot()); })) == "no_method_record");
    }
}
