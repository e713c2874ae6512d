#include "server/service/ballot_incidents.hpp"
#include "server/service/remind_report.hpp"
#include "server/service/scrutineer_report.hpp"
#include "server/store/approval_store.hpp"
#include "server/store/extension_store.hpp"
#include "server/store/outbox_store.hpp"
#include "server/store/report_store.hpp"
#include "tests/store/ballot_fixture.hpp"

using namespace walkout;
using namespace walkout::test;
using ballot::ApprovalStep;
using ballot::Role;

namespace {

/// Half of so many members voted Yes to the strike and No to the rest, and the others did not vote; voting opened twenty minutes late.
struct Reported : DeclaredBallot {
    explicit Reported(int members) : DeclaredBallot(members, members / 2, {{members / 2, 0}, {0, members / 2}}, "2013-09-30T08:20:00Z")
    {
        archives = {{place, std::string(64, 'a')}};
    }
    wire::ScrutineerReport draft()
    {
        return read([&](const store::ReadTx& tx) { return service::draft_report(tx, ballot(), now, archives).value(); });
    }
    wire::ScrutineerReport answered()
    {
        auto report = draft();
        for (auto& statement : report.statements) statement.satisfied = true;
        return report;
    }
    std::string sign(const wire::ScrutineerReport& report, const SigningKey& key)
    {
        const wire::NewSignedReport given{report, hex(key.sign(wire::report_text(report)))};
        return code(write([&](store::WriteTx& tx) {
            return service::sign_report(tx, scrutineer(), id, given, archives, "https://ballot.example/reports/" + id.text());
        }));
    }
    std::string sign(const wire::ScrutineerReport& report) { return sign(report, scrutineer_key); }

    std::vector<store::OutboxMail> queued()
    {
        return read([](const store::ReadTx& tx) { return store::mails_due(tx, at("2030-01-01T00:00:00Z"), 10'000); });
    }
    std::int64_t mails() { return static_cast<std::int64_t>(queued().size()); }
    std::string last_mail() { return queued().back().body; }
    std::string last_subject() { return queued().back().subject; }

    service::ArchiveHashes archives;
};

} // namespace

TEST_SUITE("the scrutineer's report")
{
    TEST_CASE("TULRCA s.226C: at exactly 50 entitled the law asks for no report, at 51 it does; it is made all the same")
    {
        Reported fifty(50), fifty_one(51);
        CHECK_FALSE(fifty.draft().statutory);
        CHECK(fifty.draft().statutory_words.find("s.226C") != std::string::npos);
        CHECK(fifty.draft().statements.size() == 3);
        CHECK(fifty_one.draft().statutory);
    }

    TEST_CASE("TULRCA s.226B(1)(b): due within four weeks beginning with the date of the ballot, and late from the next day on")
    {
        Reported world(60);
        CHECK(world.draft().due == "Thursday 14 November 2013");
        world.now = at("2013-11-14T23:59:59Z");
        CHECK_FALSE(world.draft().late);
        world.now = at("2013-11-15T00:00:00Z");
        CHECK(world.draft().late);
    }

    TEST_CASE("TULRCA s.231B(1): each statement is made, or refused with reasons; the facts are those on record and nobody else signs")
    {
        Reported world(60);
        CHECK(world.sign(world.draft()) == "statement_unanswered");
        auto report = world.answered();
        report.statements[1].satisfied = false;
        CHECK(world.sign(report) == "statement_unanswered");
        report.statements[1].reasons = "";
        CHECK(world.sign(report) == "statement_unanswered");
        report = world.answered();
        report.statements[0].words = "that all is well";
        CHECK(world.sign(report) == "report_changed");
        report = world.answered();
        ++report.constituencies[0].cast;
        CHECK(world.sign(report) == "report_changed");
        report = world.answered();
        report.statements.pop_back();
        CHECK(world.sign(report) == "report_changed");
        report = world.answered();
        CHECK(world.sign(report, world.gs_key) == "wrong_signature");
        report.made_at += std::chrono::seconds(1);
        CHECK(world.sign(report) == "report_time");
        CHECK(code(world.read([&](const store::ReadTx& tx) { return service::signed_report(tx, world.ballot()); })) == "report_not_signed");
    }

    TEST_CASE("TULRCA s.231B: a report whose figures do not add up is refused here, whoever drafted it, in a sentence that names the figures")
    {
        Reported world(60);
        world.write([&](store::WriteTx& tx) { // a ballot that is on the board and in no figure of the count
            tx.prepare("INSERT INTO published_ballot (constituency, tracker, credential, on_board_by) VALUES (?, 'one more', 'code of 1060', 0)")
                .bind(world.place)
                .run();
        });
        const auto report = world.answered();
        const wire::NewSignedReport given{report, hex(world.scrutineer_key.sign(wire::report_text(report)))};
        const auto refused = world.write(
            [&](store::WriteTx& tx) { return service::sign_report(tx, world.scrutineer(), world.id, given, world.archives, "/reports/x"); });
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == "report_does_not_add_up");
        CHECK(refused.error().detail.find("(Online 31, By post 0) are 31 together, and not the 30 cast") != std::string::npos);
        CHECK(world.mails() == 0);
    }

    TEST_CASE("TULRCA s.231B(2): when the report is signed everybody is told where it is, once")
    {
        Reported world(60);
        CHECK(world.mails() == 0);
        const auto report = world.answered();
        CHECK(world.sign(report) == "accepted");
        CHECK(world.mails() == 63); // 60 members, and three officials who sign
        CHECK(world.sign(report) == "accepted");
        CHECK(world.mails() == 63);
        CHECK(world.last_mail().find("https://ballot.example/reports/" + world.id.text()) != std::string::npos);
    }

    TEST_CASE(
        "TULRCA s.226B(1)(b): the scrutineer and the general secretary are reminded a week before the report is due, on the day and when it is late")
    {
        const auto remind = [](Reported& world, const char* now) {
            world.now = at(now);
            world.write([&](store::WriteTx& tx) { service::remind_reports(tx, world.scrutineer()); });
            return world.mails();
        };
        Reported world(60);
        CHECK(remind(world, "2013-11-07T08:59:59Z") == 0);
        CHECK(world.read([&](const store::ReadTx& tx) { return service::next_report_reminder(tx, world.now); }) == at("2013-11-07T09:00:00Z"));
        CHECK(remind(world, "2013-11-07T09:00:00Z") == 2);
        CHECK(remind(world, "2013-11-08T09:00:00Z") == 2);
        CHECK(remind(world, "2013-11-14T09:00:00Z") == 4);
        CHECK(remind(world, "2013-11-15T09:00:00Z") == 6);
        CHECK(remind(world, "2013-12-15T09:00:00Z") == 6);
        Reported late(60); // the server was down: one mail, not three
        CHECK(remind(late, "2013-11-20T09:00:00Z") == 2);
        CHECK(late.last_subject().starts_with("LATE"));
        Reported done(60);
        REQUIRE(done.sign(done.answered()) == "accepted");
        CHECK(remind(done, "2013-11-20T09:00:00Z") == 63);
        Reported fifty(50);
        CHECK(remind(fifty, "2013-11-20T09:00:00Z") == 0); // s.226C: the law asks for none
    }

    TEST_CASE("TULRCA s.226B(1)(b): the declared result says when the report is due, and where it is once it is signed")
    {
        const auto standing = [](Reported& world) {
            return world.read([&](const store::ReadTx& tx) { return service::report_standing(tx, world.ballot()); });
        };
        Reported world(60);
        CHECK(standing(world).due == day("2013-11-14"));
        CHECK_FALSE(standing(world).signed_on.has_value());
        CHECK(standing(world).words.find("due by Thursday 14 November 2013") != std::string::npos);
        REQUIRE(world.sign(world.answered()) == "accepted");
        CHECK(standing(world).signed_on == day("2013-10-18"));
        CHECK(standing(world).hash == wire::report_hash(world.answered()));
        CHECK(standing(world).page == "/reports/" + world.id.text());
        Reported fifty(50);
        CHECK_FALSE(standing(fifty).statutory);
        CHECK_FALSE(standing(fifty).due.has_value());
    }

    TEST_CASE("what happens between drafting and signing is not left out")
    {
        Reported world(60);
        const auto report = world.answered();
        wire::NewBallotIncident told;
        told.what = "A letter came late.";
        world.write([&](store::WriteTx& tx) { return service::record_ballot_incident(tx, world.gs(), world.id, told); });
        CHECK(world.sign(report) == "report_changed");
        CHECK(world.sign(world.answered()) == "accepted");
    }

    TEST_CASE("a signed report stands: the same again changes nothing, another is refused, and so is a later incident")
    {
        Reported world(60);
        auto report = world.answered();
        report.statements[2].satisfied = false;
        report.statements[2].reasons = "An official asked for the codes.";
        CHECK(world.sign(report) == "accepted");
        CHECK(world.sign(report) == "accepted");
        CHECK(world.sign(world.answered()) == "report_stands");
        const auto kept = world.read([&](const store::ReadTx& tx) { return service::signed_report(tx, world.ballot()).value(); });
        CHECK(wire::to_json(kept.report) == wire::to_json(report));
        CHECK(kept.hash == wire::report_hash(report));
        wire::NewBallotIncident told;
        told.what = "Too late.";
        CHECK(code(world.write([&](store::WriteTx& tx) { return service::record_ballot_incident(tx, world.gs(), world.id, told); })) ==
              "report_stands");
        CHECK_THROWS_AS(world.write([](store::WriteTx& tx) { tx.script("UPDATE scrutineer_report SET report = '{}'"); }), store::Failure);
    }

    TEST_CASE("when voting opened is when it did, and not when it was to open")
    {
        CHECK(Reported(60).draft().opened.starts_with("9:20am on Monday 30 September 2013"));
    }

    TEST_CASE("each signer of an extension is named once, also where one name is part of another, and nobody whose signature had expired")
    {
        Reported world(60);
        const auto made = at("2013-10-10T09:00:00Z");
        world.write([&](store::WriteTx& tx) {
            const std::string canonical = "what was signed";
            store::propose_extension(tx, world.id,
                                     {.number = 1,
                                      .closed_before = at("2013-10-17T11:00:00Z"),
                                      .closes = at("2013-10-18T11:00:00Z"),
                                      .reason = "The line was cut.",
                                      .words = "",
                                      .canonical = canonical,
                                      .proposed_at = made,
                                      .proposed_by = "gs",
                                      .made_at = {}});
            store::put_extension_made(tx, world.id, 1, made);
            const auto signs = [&](const char* who, Instant expires) {
                store::add_approval(tx, world.id, ApprovalStep::extend, {who, Role::official, sha256(canonical), expires}, {}, made);
            };
            for (const auto* who : {"jo-union", "late"})
                store::add_official(
                    tx, {who, who, std::string(who) + "@example.org", SigningKey::make(world.random).public_key(), {{Role::official, ""}}},
                    Secret(std::string(20, 't')), made);
            for (const auto* who : {"jo-union", "union", "scrutineer"}) signs(who, made + std::chrono::hours(24));
            signs("union", made + std::chrono::hours(25));
            signs("late", made);
        });
        const auto extensions = world.draft().extensions;
        REQUIRE(extensions.size() == 1);
        CHECK(extensions[0].signed_by == "jo-union and scrutineer and union");
    }

    TEST_CASE("every program that ran from the opening on is named, and none before")
    {
        Reported world(60);
        world.write([&](store::WriteTx& tx) {
            for (const auto& [started, version] : {std::pair("2013-09-01T08:00:00Z", "1"), std::pair("2013-09-29T08:00:00Z", "2"),
                                                   std::pair("2013-10-09T08:00:00Z", "3"), std::pair("2013-10-19T08:00:00Z", "4")})
                store::add_server_run(tx, {at(started), version, std::string(64, 'b')});
        });
        std::string versions;
        for (const auto& run : world.draft().software) versions += run.version;
        CHECK(versions == "23");
        world.now = at("2013-10-20T08:00:00Z");
        versions.clear();
        for (const auto& run : world.draft().software) versions += run.version;
        CHECK(versions == "234");
    }

    TEST_CASE("there is no report before the declaration")
    {
        BallotWorld world;
        world.plan(ballot::plan_2013());
        CHECK(code(world.read([&](const store::ReadTx& tx) { return service::draft_report(tx, world.ballot(), world.now, {}); })) ==
              "result_not_declared");
    }
}
