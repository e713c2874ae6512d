#include "server/service/approve.hpp"
#include "tests/store/postal_fixture.hpp"

#include <set>

using namespace walkout;
using namespace walkout::test;
using ballot::ChangeReason;
using ballot::PaperFate;
using ballot::Phase;

namespace {

using Paper = Postal<OpenBallot>;

} // namespace

TEST_SUITE("the postal channel")
{
    TEST_CASE("TULRCA s.229(1A)(c), (d): every voting paper has its number with the voting codes, also where nobody votes by post, and it stands")
    {
        Paper world;
        CHECK(world.figures().numbered == 63);
        const auto number = [&](const char* member) {
            return world.read([&](const store::ReadTx& tx) { return service::paper_number(tx, world.id, member); });
        };
        std::set<std::int64_t> seen;
        for (int member = 1001; member <= 1060; ++member) seen.insert(number(std::to_string(member).c_str()).value());
        CHECK(seen.size() == 60);
        CHECK_FALSE(number("9999").has_value());
        CHECK_THROWS_AS(world.write([](store::WriteTx& tx) { tx.script("UPDATE postal_serial SET serial = serial + 100"); }), store::Failure);
    }

    TEST_CASE("who is given another voting code has the number of that code's paper")
    {
        Paper world;
        const auto before = world.serial_of(world.holds("1003"));
        world.make("1003", ChangeReason::lost);
        const auto now = world.read([&](const store::ReadTx& tx) { return service::paper_number(tx, world.id, "1003"); });
        CHECK(now == world.serial_of(world.holds("1003")));
        CHECK(now != before);
    }

    TEST_CASE("what is not recorded as issued is not printed; issuing it again changes nothing")
    {
        Paper world;
        const auto print = [&] {
            return code(world.read([&](const store::ReadTx& tx) {
                return service::printed_papers(tx, store::find_ballot(tx, world.id).value(), world.board_key.public_key(),
                                               std::array{std::int64_t{1}}, ballot::Language::en);
            }));
        };
        CHECK(print() == "papers_not_issued");
        CHECK(world.issue() == "accepted");
        CHECK(world.issue() == "accepted");
        CHECK(print() == "accepted");
    }

    TEST_CASE("TULRCA s.229(1A)(c): a paper is printed again until it is recorded as sent, and never after")
    {
        Paper world;
        world.issue();
        const auto print = [&](std::vector<std::int64_t> serials) {
            return code(world.read([&](const store::ReadTx& tx) {
                return service::printed_papers(tx, store::find_ballot(tx, world.id).value(), world.board_key.public_key(), serials,
                                               ballot::Language::cy);
            }));
        };
        CHECK(print({1, 2}) == "accepted");
        CHECK(print({1, 2}) == "accepted");
        CHECK(world.send({2}) == "accepted");
        CHECK(print({1, 2}) == "paper_sent");
        CHECK(print({1}) == "accepted");
    }

    TEST_CASE("sending a paper is opening, and a paper that is nobody's is not sent")
    {
        Paper world;
        world.issue();
        const auto spare = world.serial_of(world.place().name + ": spare 1");
        CHECK(world.send({1, spare}) == "not_to_be_sent");
        CHECK_FALSE(world.ballot().first_sending.has_value());
        CHECK(world.send({64}) == "unknown_paper");
        CHECK(world.send({1, 2}) == "accepted");
        CHECK(world.ballot().first_sending == world.now);
        world.now += std::chrono::hours(1);
        CHECK(world.send({2, 3}) == "accepted");
        CHECK(world.ballot().first_sending == world.now - std::chrono::hours(1));
        CHECK(world.figures().sent == 3);
    }

    TEST_CASE("a batch of returns is recorded whole or not at all, and the same batch once")
    {
        Paper world;
        CHECK(world.back(1) == "papers_not_issued");
        world.issue();
        world.send({1, 2, 3});
        CHECK(world.record({1, 64}).error().code == "unknown_paper");
        CHECK(world.record({1, 4}).error().code == "paper_not_sent");
        CHECK(world.record({}).error().code == "no_papers");
        CHECK(world.record({1}, world.now + std::chrono::seconds(1)).error().code == "received_in_future");
        CHECK(world.record({1}, world.now - std::chrono::seconds(1)).error().code == "received_before_sending");
        CHECK(world.figures().returned_by_post == 0);
        CHECK(world.record({1, 2}, {}, "one and the same").value().count == 2);
        CHECK(world.record({1, 2}, {}, "one and the same").value().papers.at(1).fate == PaperFate::counts);
        CHECK(world.record({1, 3}, {}, "one and the same").error().code == "batch_differs");
        CHECK(world.record({1}, {}, "one and the same").error().code == "batch_differs");
        world.now += std::chrono::hours(1);
        CHECK(world.record({1, 2}, world.now, "one and the same").error().code == "batch_differs");
        CHECK(world.figures().returned_by_post == 2);
        CHECK(world.figures().duplicates == 0);
    }

    TEST_CASE("a number is recorded once, however often it is scanned and whatever the batch is called")
    {
        Paper world;
        world.issue_and_send_all();
        CHECK(world.record({1, 2, 1}).value().papers.at(2).before == true);
        const auto rerun = world.record({1, 2, 3}, {}, "the run once more").value();
        CHECK(rerun.papers.at(1).before == true);
        CHECK(rerun.papers.at(1).fate == PaperFate::counts);
        CHECK_FALSE(rerun.papers.at(2).before.has_value());
        CHECK(rerun.count == 3);
        const auto asked_again = world.record({1, 2, 3}, {}, "the run once more").value(); // its answer was lost
        CHECK(asked_again.papers.at(1).before == true);
        CHECK_FALSE(asked_again.papers.at(2).before.has_value());
        CHECK(world.figures().returned_by_post == 3);
        CHECK(world.figures().duplicates == 0);
        CHECK(world.copy_back(1) == "duplicate_paper");
        CHECK(world.figures().duplicates == 1);
    }

    TEST_CASE("papers that nobody recorded as sent keep the boards open, and may be recorded as sent until the post is finished")
    {
        Paper world;
        world.issue();
        world.close_at("2013-10-18T13:00:00Z");
        CHECK_FALSE(world.sealed());
        const auto in_time = world.ballot().closes - std::chrono::hours(48);
        const auto refused = world.record({1, 2}, in_time).error();
        CHECK(refused.code == "paper_not_sent");
        CHECK(refused.next.find("walkout postal sent " + world.id.text() + " --on DAY 1 2") != std::string::npos);
        CHECK(world.send({1, 2}) == "left_on_which_day"); // it makes the opening day, and today is after the ballot
        CHECK(world.send({1, 2}, day("2013-10-19")) == "left_on_which_day");
        CHECK(world.send({1, 2}, day("2013-10-14")) == "accepted");
        CHECK(world.ballot().first_sending == at("2013-10-13T23:00:00Z"));
        CHECK(world.record({1, 2}, in_time).value().count == 2);
        CHECK(world.take_back(1) == "accepted");
        CHECK(world.take_back(2) == "accepted");
        CHECK(world.finish() == "accepted");
        CHECK(world.send({3}, day("2013-10-14")) == "ballot_not_open");
        CHECK(world.figures().sent == 2);
    }

    TEST_CASE("the first valid return of a member counts; others are kept with their reason")
    {
        Paper world;
        world.issue_and_send_all();
        const auto of = [&](const char* number) { return world.serial_of(world.holds(number)); };
        world.vote("code of 1001", "1001");
        CHECK(world.back(of("1001")) == "duplicate_online");
        CHECK(world.back(of("1002")) == "counts");
        CHECK(world.returned("1002"));
        CHECK(world.copy_back(of("1002")) == "duplicate_paper");
        const auto dead = of("1003");
        world.make("1003", ChangeReason::lost);
        CHECK(world.back(dead) == "revoked");
        CHECK_FALSE(world.returned("1003"));
        CHECK(world.back(world.serial_of(world.place().name + ": spare 3")) == "unissued");
        REQUIRE(world.send({of("1003")}) == "accepted");
        CHECK(world.back(of("1003")) == "counts");
        CHECK(world.proposed("1002", ChangeReason::lost) == "code_used");
        const auto figures = world.figures();
        CHECK(figures.returned_by_post == 2);
        CHECK(figures.returned_online == 1);
        CHECK(figures.duplicates == 2);
        CHECK(figures.unissued == 1);
        CHECK(figures.revoked == 1);
    }

    TEST_CASE("what is received at the closing instant is late; what came before may be recorded after it")
    {
        Paper world;
        world.issue_and_send_all();
        const auto closes = world.ballot().closes;
        world.close_at("2013-10-18T13:00:00Z");
        CHECK_FALSE(world.sealed()); // it waits for its papers
        CHECK(world.back(1, closes) == "late");
        CHECK(world.back(2, closes - std::chrono::seconds(1)) == "counts");
        CHECK(world.may_count() == "papers_untranscribed");
        CHECK(world.finish() == "papers_untranscribed");
        CHECK(world.take_back(2) == "accepted");
        CHECK(world.may_count() == "post_not_finished");
        CHECK(world.finish() == "accepted");
        CHECK(world.sealed());
        CHECK(world.may_count() == "accepted");
        CHECK(world.back(3, closes - std::chrono::seconds(1)) == "board_sealed");
        CHECK(world.back(3) == "received_missing");
        CHECK(world.back(3, world.now) == "late");
        CHECK(world.finish() == "accepted"); // an answer was lost
    }

    TEST_CASE("a ballot whose papers nobody printed is sealed as it closes")
    {
        Paper world;
        world.close_at("2013-10-18T11:00:00Z");
        CHECK(world.sealed());
        CHECK(world.finish() == "papers_not_issued");
        CHECK(world.may_count() == "accepted");
    }

    TEST_CASE("TULRCA s.229(1A)(b): no ballot is closed before its time once a paper has left that names that time")
    {
        Paper world;
        const auto early = [&] {
            return code(world.read([&](const store::ReadTx& tx) {
                return service::approval_object(tx, store::find_ballot(tx, world.id).value(), ballot::ApprovalStep::close_early);
            }));
        };
        world.issue();
        CHECK(early() == "accepted");
        const auto serial = world.serial_of("code of 1001");
        CHECK(world.send({serial}) == "accepted");
        CHECK(early() == "papers_sent");
        world.back(serial); // and nobody who asks learns of it
        CHECK(early() == "papers_sent");
    }

    TEST_CASE("that no paper came back is the scrutineer's to say")
    {
        Paper world;
        world.issue();
        CHECK(world.finish() == "voting_not_ended");
        world.close_at("2013-10-18T11:00:00Z");
        CHECK(world.may_count() == "post_not_finished");
        CHECK(world.finish() == "accepted");
        CHECK(world.sealed());
        CHECK(world.may_count() == "accepted");
    }

    TEST_CASE("a recording that was a mistake is taken back, the last one first, and that member may still return a paper")
    {
        Paper world;
        world.issue_and_send_all();
        const auto serial = world.serial_of("code of 1001");
        CHECK(world.take_back(serial) == "not_recorded");
        world.back(serial);
        world.copy_back(serial);
        CHECK(world.take_back(serial, "") == "no_reason");
        CHECK(world.take_back(serial) == "accepted");                         // the duplicate
        CHECK(world.take_back(serial, "typed for another", 0) == "accepted"); // an answer was lost: nothing more is taken back
        CHECK(world.take_back(serial, "a second thought", 0) == "taken_back_meanwhile");
        CHECK(world.returned("1001"));
        CHECK(world.take_back(serial) == "accepted");
        CHECK_FALSE(world.returned("1001"));
        CHECK(world.take_back(serial) == "not_recorded");
        CHECK(world.figures().mistaken == 2);
        CHECK(world.back(serial) == "counts");
    }

    TEST_CASE("the database itself lets no return be undone but a mistake, and changes no number")
    {
        Paper world;
        world.issue_and_send_all();
        world.back(1);
        const auto fails = [&](const char* sql) { CHECK_THROWS(world.write([&](store::WriteTx& tx) { tx.prepare(sql).run(); })); };
        fails("UPDATE roll_entry SET returned = 0 WHERE returned = 1");
        fails("UPDATE postal_return SET fate = 'late' WHERE serial = 1");
        fails("DELETE FROM postal_return");
        fails("UPDATE postal_serial SET serial = serial + 1000");
        world.vote("code of 1002", "1002");
        fails("UPDATE roll_entry SET returned = 0 WHERE number = '1002'");
    }

    TEST_CASE("the turnout counts papers once ten are recorded, before anybody has keyed them")
    {
        Paper world;
        world.issue_and_send_all();
        std::vector<std::int64_t> nine;
        for (std::int64_t serial = 1; nine.size() < 9; ++serial)
            if (serial != world.serial_of("code of 1060")) nine.push_back(serial);
        world.record(nine);
        const auto publish = [&] {
            return world
                .write([&](store::WriteTx& tx) -> Result<bool> {
                    const auto ballot = store::find_ballot(tx, world.id).value();
                    const bool told = service::publish_batches(tx, world.scrutineer(), ballot, world.board_key);
                    if (told) service::publish_turnout(tx, world.scrutineer(), ballot);
                    return told;
                })
                .value();
        };
        const auto told = [&] {
            return world.read([&](const store::ReadTx& tx) {
                const auto published = store::published_turnout(tx, world.id);
                return published.empty() ? 0 : published.back().tables.constituencies.at(0).returned.value_or(-1);
            });
        };
        world.now += std::chrono::hours(1);
        CHECK_FALSE(publish());
        world.record({world.serial_of("code of 1060")});
        CHECK(publish());
        CHECK(told() == 10);
        CHECK_FALSE(publish());
    }

    TEST_CASE("a member asks for a paper, to the register's address or to one asked for in writing")
    {
        Paper world;
        const auto ask = [&](const char* number, std::optional<std::string> address = {}) {
            return world.write(
                [&](store::WriteTx& tx) { return service::ask_for_paper(tx, world.as(number, ballot::Role::official), world.id, address); });
        };
        CHECK(ask("1001").error().code == "no_address");
        CHECK(ask("1001", "1 Invented Street\nWinchester").error().code == "bad_address");
        CHECK(ask("1001", "1 Invented Street, Winchester").value().address == "1 Invented Street, Winchester");
        CHECK(ask("1001", "2 Invented Street, Winchester").value().address == "2 Invented Street, Winchester");
        CHECK(ask("9999", "1 Invented Street").error().code == "not_on_roll");
        CHECK(world.figures().asked == 1);
        world.vote("code of 1002", "1002");
        CHECK(ask("1002", "1 Invented Street").error().code == "already_voted");
        world.now = world.ballot().closes;
        CHECK(ask("1001", "3 Invented Street").error().code == "ballot_closed");
    }
}
