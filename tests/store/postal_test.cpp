#include "server/service/ballots.hpp"
#include "server/service/check_boards.hpp"
#include "server/service/postal_papers.hpp"
#include "server/service/postal_returns.hpp"
#include "shared/protocol/trustees.hpp"
#include "tests/store/open_ballot.hpp"
#include "tests/support/election.hpp"

#include <algorithm>

using namespace walkout;
using namespace walkout::test;
using ballot::ApprovalStep;
using ballot::ChangeReason;
using ballot::PaperFate;
using ballot::Phase;

namespace {

/// What the postal services do in a ballot that is open.
template <class World> struct Postal : World {
    using World::World;

    wire::PaperNumbers numbers()
    {
        wire::PaperNumbers message;
        this->read([&](const store::ReadTx& tx) {
            std::vector<ConstituencyId> places;
            for (const auto& one : store::constituencies(tx, this->id)) places.push_back(one.id);
            std::sort(places.begin(), places.end());
            std::int64_t serial = 0;
            for (const auto& one : places) {
                auto credentials = store::all_credentials(tx, one);
                std::ranges::stable_partition(credentials,
                                              [](const std::string& credential) { return credential.find("spare") == std::string::npos; });
                for (const auto& credential : credentials) message.numbers.push_back({++serial, credential});
            }
        });
        return message;
    }
    std::string number(const wire::PaperNumbers& message)
    {
        return code(this->write([&](store::WriteTx& tx) { return service::number_papers(tx, this->scrutineer(), this->id, message); }));
    }
    std::string send(std::vector<std::int64_t> serials)
    {
        return code(this->write([&](store::WriteTx& tx) { return service::record_papers_sent(tx, this->scrutineer(), this->id, serials); }));
    }
    void number_and_send_all()
    {
        REQUIRE(number(numbers()) == "accepted");
        std::vector<std::int64_t> serials;
        this->read([&](const store::ReadTx& tx) {
            const auto list = service::paper_list(tx, this->scrutineer(), this->id).value();
            for (const auto& paper : list.papers)
                if (paper.number) serials.push_back(paper.serial);
        });
        REQUIRE(send(serials) == "accepted");
    }
    Result<wire::ReturnsRecorded> record(std::vector<std::int64_t> serials, std::optional<Instant> received = {}, std::string batch = {},
                                         std::optional<bool> again = {})
    {
        static int batches = 0;
        if (batch.empty()) batch = "batch number " + std::to_string(1000 + ++batches);
        const wire::ReturnedPapers message{batch, std::move(serials), received, again};
        return this->write([&](store::WriteTx& tx) { return service::record_returns(tx, this->scrutineer(), this->id, message); });
    }
    /// The fate of one paper, or the refusal's code.
    std::string back(std::int64_t serial, std::optional<Instant> received = {})
    {
        const auto recorded = record({serial}, received);
        return recorded ? std::string(name(recorded->papers.at(0).fate)) : recorded.error().code;
    }
    /// A copy of a paper that is recorded already.
    std::string copy_back(std::int64_t serial) { return std::string(name(record({serial}, {}, {}, true).value().papers.at(0).fate)); }
    std::int64_t taken_back(std::int64_t serial)
    {
        return this->read([&](const store::ReadTx& tx) {
            const auto all = store::returns_of(tx, this->id, serial);
            return std::ranges::count(all, PaperFate::mistaken, &store::PaperReturn::fate);
        });
    }
    std::string take_back(std::int64_t serial, const char* reason = "typed for another", std::optional<std::int64_t> before = {})
    {
        const wire::MistakenReturn message{serial, reason, before ? *before : taken_back(serial)};
        return code(this->write([&](store::WriteTx& tx) { return service::take_back_return(tx, this->scrutineer(), this->id, message); }));
    }
    std::int64_t serial_of(const std::string& credential)
    {
        return this->read([&](const store::ReadTx& tx) {
            const auto all = store::serials(tx, this->id);
            return std::ranges::find(all, credential, &store::PaperSerial::credential)->serial;
        });
    }
    bool returned(const char* number)
    {
        return this->read([&](const store::ReadTx& tx) { return store::roll_line(tx, this->id, number).value().returned; });
    }
    store::PostalFigures figures()
    {
        return this->read([&](const store::ReadTx& tx) { return store::postal_figures(tx, this->id); });
    }
    void close_at(const char* instant)
    {
        this->now = at(instant);
        this->write([&](store::WriteTx& tx) {
            service::close_boards(tx, this->scrutineer(), store::find_ballot(tx, this->id).value(), this->board_key);
            store::put_phase(tx, this->id, Phase::open, Phase::closed);
            store::put_closed(tx, this->id, this->now);
        });
    }
    std::string finish()
    {
        return code(this->write([&](store::WriteTx& tx) { return service::finish_post(tx, this->scrutineer(), this->id, this->board_key); }));
    }
    bool sealed()
    {
        return this->read([&](const store::ReadTx& tx) { return store::constituencies(tx, this->id).front().board_height.has_value(); });
    }
    std::string may_count()
    {
        return this->read([&](const store::ReadTx& tx) {
            return code(service::approval_object(tx, store::find_ballot(tx, this->id).value(), ApprovalStep::count));
        });
    }
};

using Paper = Postal<OpenBallot>;

/// An open ballot whose first eight members have real voting codes.
struct RealCodes : BallotWorld {
    static WholeElection& made()
    {
        static WholeElection election(8, 11);
        return election;
    }
    RealCodes()
    {
        plan(ballot::plan_2013());
        now = at("2013-09-11T09:00:00Z");
        freeze();
        now = at("2013-09-24T09:00:00Z");
        all_receipts();
        now = at("2013-09-30T09:00:00Z");
        write([&](store::WriteTx& tx) {
            place = store::constituencies(tx, id).at(0).id;
            std::vector<Element> keys;
            for (const auto& voter : made().voters) keys.push_back(voter.public_key);
            store::put_phase(tx, id, Phase::noticed, Phase::keyed);
            store::add_board(tx, {place, id, WholeElection::timestamp, made().election.bytes, made().trustees_record.bytes,
                                  protocol::write_credentials(made().group, keys)});
            store::put_fingerprint(tx, place, made().election.fingerprint);
            for (std::size_t i = 0; i < keys.size(); ++i) {
                store::add_credential(tx, place, made().group.text(keys[i]), /*spare=*/false);
                store::put_credential(tx, id, std::to_string(1001 + i), made().group.text(keys[i]));
            }
            store::put_phase(tx, id, Phase::keyed, Phase::coded);
            service::open_boards(tx, scrutineer(), store::find_ballot(tx, id).value(), board_key);
            store::put_phase(tx, id, Phase::coded, Phase::open);
            store::put_opened(tx, id, now);
        });
    }
    ConstituencyId place = *ConstituencyId::parse("unnamed");
};

struct Transcribing : Postal<RealCodes> {
    Transcribing() { number_and_send_all(); }

    std::int64_t serial(unsigned voter) { return serial_of(made().group.text(made().voters[voter].public_key)); }
    std::string transcribe(std::int64_t paper, const std::string& bytes, const char* first = "Ann", const char* second = "Bob")
    {
        const auto checked = read([&](const store::ReadTx& tx) {
            return service::check_transcription(tx, casting, id, {paper, bytes, first, second});
        });
        if (!checked) return checked.error().code;
        return code(write([&](store::WriteTx& tx) { return service::record_transcription(tx, scrutineer(), *checked); }));
    }
    std::string faults()
    {
        return read([&](const store::ReadTx& tx) {
            std::string out;
            for (const auto& fault : service::board_faults(tx, board_key.public_key()))
                if (fault.find("returned") != std::string::npos || fault.find("accepted") != std::string::npos) out += fault;
            return out;
        });
    }
    service::Casting casting;
};

} // namespace

TEST_SUITE("the postal channel")
{
    TEST_CASE("papers are numbered once, all of them")
    {
        Paper world;
        auto wrong = world.numbers();
        wrong.numbers.pop_back();
        CHECK(world.number(wrong) == "serials_rejected");
        CHECK(world.number(world.numbers()) == "accepted");
        CHECK(world.number(world.numbers()) == "accepted"); // an answer was lost
        auto other = world.numbers();
        std::swap(other.numbers[0].credential, other.numbers[1].credential);
        CHECK(world.number(other) == "serials_stand");
        CHECK(world.figures().numbered == 63);
    }

    TEST_CASE("sending a paper is opening, and a paper that is nobody's is not sent")
    {
        Paper world;
        world.number(world.numbers());
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
        world.number(world.numbers());
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
        world.number_and_send_all();
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
        world.number(world.numbers());
        world.close_at("2013-10-18T13:00:00Z");
        CHECK_FALSE(world.sealed());
        const auto in_time = world.ballot().closes - std::chrono::hours(48);
        const auto refused = world.record({1, 2}, in_time).error();
        CHECK(refused.code == "paper_not_sent");
        CHECK(refused.next.find("walkout postal sent " + world.id.text() + " 1 2") != std::string::npos);
        CHECK(world.send({1, 2}) == "accepted");
        CHECK(world.ballot().first_sending == world.ballot().closes);
        CHECK(world.record({1, 2}, in_time).value().count == 2);
        CHECK(world.take_back(1) == "accepted");
        CHECK(world.take_back(2) == "accepted");
        CHECK(world.finish() == "accepted");
        CHECK(world.send({3}) == "ballot_not_open");
        CHECK(world.figures().sent == 2);
    }

    TEST_CASE("the first valid return of a member counts; others are kept with their reason")
    {
        Paper world;
        world.number_and_send_all();
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
        CHECK(figures.duplicate_serials.size() == 2);
        CHECK(figures.void_serials.size() == 2);
        CHECK(figures.revoked == 1);
    }

    TEST_CASE("what is received at the closing instant is late; what came before may be recorded after it")
    {
        Paper world;
        world.number_and_send_all();
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

    TEST_CASE("a ballot whose papers have no numbers is sealed as it closes")
    {
        Paper world;
        world.close_at("2013-10-18T11:00:00Z");
        CHECK(world.sealed());
        CHECK(world.finish() == "no_papers_numbered");
        CHECK(world.may_count() == "accepted");
    }

    TEST_CASE("that no paper came back is the scrutineer's to say")
    {
        Paper world;
        world.number(world.numbers());
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
        world.number_and_send_all();
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
        world.number_and_send_all();
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
        world.number_and_send_all();
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

TEST_SUITE("transcription")
{
    TEST_CASE("a paper that two people keyed alike becomes an accepted ballot, once")
    {
        Transcribing world;
        const auto bytes = RealCodes::made().ballot(0, 1);
        const auto paper = world.serial(0);
        CHECK(world.transcribe(paper, bytes) == "paper_not_returned");
        world.back(paper);
        CHECK(world.faults() == "");
        CHECK(world.transcribe(paper, bytes, "Ann", "ANN") == "one_keyer");
        CHECK(world.transcribe(paper, bytes, "Ann", "") == "one_keyer");
        CHECK(world.transcribe(64, bytes) == "paper_not_returned");
        CHECK(world.transcribe(paper, RealCodes::made().ballot(1, 1)) == "wrong_credential");
        CHECK(world.transcribe(paper, bytes) == "accepted");
        CHECK(world.transcribe(paper, bytes) == "accepted"); // an answer was lost
        CHECK(world.transcribe(paper, RealCodes::made().ballot(0, 0)) == "already_transcribed");
        CHECK(world.take_back(paper) == "already_transcribed");
        CHECK(world.figures().transcribed == 1);
        CHECK(world.faults() == "");
        world.read([&](const store::ReadTx& tx) {
            CHECK(store::accepted_count(tx, world.place) == 1);
            const auto keyed = store::keyed_papers(tx, world.id);
            REQUIRE(keyed.size() == 1);
            CHECK(keyed[0].papers == 1);
        });
    }

    TEST_CASE("a ballot that is not well made is not taken from the scrutineer either")
    {
        Transcribing world;
        auto bytes = RealCodes::made().ballot(2, 1);
        world.back(world.serial(2));
        const auto response = bytes.rfind("\"response\":\"") + 12; // the signature's
        bytes[response] = bytes[response] == '1' ? '2' : '1';
        CHECK(world.transcribe(world.serial(2), bytes) != "accepted");
        CHECK(world.transcribe(world.serial(2), "{}") != "accepted");
        CHECK(world.figures().transcribed == 0);
    }

    TEST_CASE("papers are transcribed after the closing too, until the boards are sealed")
    {
        Transcribing world;
        world.back(world.serial(3));
        world.close_at("2013-10-18T12:00:00Z");
        CHECK(world.transcribe(world.serial(3), RealCodes::made().ballot(3, 2)) == "accepted");
        CHECK(world.may_count() == "post_not_finished");
        CHECK(world.finish() == "accepted");
        CHECK(world.sealed());
        CHECK(world.may_count() == "accepted");
        CHECK(world.faults() == "");
    }
}
