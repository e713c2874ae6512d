#include "server/service/check_boards.hpp"
#include "shared/protocol/trustees.hpp"
#include "tests/store/postal_fixture.hpp"
#include "tests/support/election.hpp"

using namespace walkout;
using namespace walkout::test;
using ballot::PaperFate;
using ballot::Phase;

namespace {

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
                store::add_serial(tx, id, {static_cast<std::int64_t>(i) + 1, place, made().group.text(keys[i]), {}});
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
    Transcribing() { issue_and_send_all(); }

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
