#include "tests/support/closed_board.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::test;

TEST_SUITE("register of live credentials")
{
    TEST_CASE("a lost code replaced, a late member and a withdrawn one: the register holds against its archive")
    {
        const auto board = ordinary_board();
        const auto verified = board.verify();
        CHECK(board.outcome() == "holds");
        CHECK(verified.entitled == 8);
        CHECK(verified.spares == 4);
        using enum ballot::CodeChange;
        CHECK(verified.changes.at(replace) == 2);
        CHECK(verified.changes.at(activate) == 1);
        CHECK(verified.changes.at(revoke) == 1);
    }

    TEST_CASE("a board on which nobody's code changed has a register too")
    {
        ClosedBoard board;
        board.vote(board.live[0]);
        board.close();
        board.build();
        CHECK(board.outcome() == "holds");
    }

    TEST_CASE("a register reads back as written, and nothing else is one")
    {
        const auto board = ordinary_board();
        const auto json = write_register(board.reg);
        const auto again = parse_register(json);
        REQUIRE(again.has_value());
        CHECK(write_register(*again) == json);
        for (const auto& [from, to] : {std::pair<std::string, std::string>{"walkout-register/1", "walkout-register/2"},
                                       {R"("reason_code":"lost")", R"("reason_code":"mislaid")"},
                                       {R"("kind":"replace")", R"("kind":"activate")"},
                                       {R"("seq":1)", R"("seq":01)"},
                                       {R"("entitled":8)", R"("entitled": 8)"},
                                       {R"("entitled":8)", R"("entitled":8,"remark":"none")"},
                                       {R"("blind":"55)", R"("blind":"5)"}}) {
            auto altered = json;
            CAPTURE(to);
            altered.replace(altered.find(from), from.size(), to);
            CHECK_FALSE(parse_register(altered).has_value());
        }
    }

    TEST_CASE("an altered record breaks the chain, the last one what the board signed")
    {
        auto board = ordinary_board();
        board.reg.records[1].credential_in = board.spares[3];
        CHECK(board.outcome() == "register-chain");
        board = ordinary_board();
        board.reg.records.back().reason = ChangeReason::lost;
        CHECK(board.outcome() == "register-heads");
    }

    TEST_CASE("a cut chain is not the one the board signed")
    {
        auto board = ordinary_board();
        board.reg.records.pop_back();
        CHECK(board.outcome() == "register-heads");
        board = ordinary_board();
        board.reg.records.erase(board.reg.records.begin());
        CHECK(board.outcome() == "register-chain");
        board = ordinary_board();
        board.reg.records.clear();
        CHECK(board.outcome() == "register-heads");
    }

    TEST_CASE("a ballot under a spare that was never activated, or only after its batch, is found")
    {
        ClosedBoard board;
        board.vote(board.spares[0]);
        board.close();
        board.build();
        CHECK(board.outcome() == "register-inactive");

        ClosedBoard late;
        late.vote(late.spares[0]);
        late.publish();
        late.change(ChangeReason::lost, late.live[0], late.spares[0]);
        late.close();
        late.build();
        CHECK(late.outcome() == "register-inactive");
    }

    TEST_CASE("a ballot under a credential revoked before its batch, or revoked although it was used, is found")
    {
        ClosedBoard board;
        board.change(ChangeReason::lost, board.live[0], board.spares[0]);
        board.vote(board.live[0]);
        board.close();
        board.build();
        CHECK(board.outcome() == "register-revoked");

        ClosedBoard used;
        used.vote(used.live[0]);
        used.publish();
        used.change(ChangeReason::lost, used.live[0], used.spares[0]);
        used.close();
        used.build();
        CHECK(used.outcome() == "register-revoked");
    }

    TEST_CASE("live credentials and entitled people must be as many")
    {
        auto board = ordinary_board();
        board.reg.entitled = 9;
        CHECK(board.outcome() == "register-entitled");
    }

    TEST_CASE("a credential that is not on the archive's list is found, wherever it is named")
    {
        const auto with = [](auto alter) {
            auto board = ordinary_board();
            alter(board);
            board.build();
            return board.outcome();
        };
        CHECK(with([](ClosedBoard& b) { b.reg.records[0].credential_in = "4"; }) == "register-list");
        CHECK(with([](ClosedBoard& b) { b.reg.records[0].credential_out = "4"; }) == "register-list");
        CHECK(with([](ClosedBoard& b) { b.reg.spares.push_back("4"); }) == "register-list");
        CHECK(with([](ClosedBoard& b) { b.reg.spares.push_back(b.spares[0]); }) == "register-list");
        CHECK(with([](ClosedBoard& b) { b.events[1].credential = "4"; }) == "register-list");
    }

    TEST_CASE("changes that were not possible are refused even when the board signs them")
    {
        const auto with = [](ChangeReason reason, auto out, auto in) {
            auto board = ordinary_board();
            board.events.pop_back();
            board.change(reason, out(board), in(board));
            board.close();
            board.build();
            return board.outcome();
        };
        const auto none = [](const ClosedBoard&) { return std::optional<std::string>(); };
        const auto live = [](std::size_t i) { return [i](const ClosedBoard& b) { return std::optional(b.live[i]); }; };
        const auto spare = [](std::size_t i) { return [i](const ClosedBoard& b) { return std::optional(b.spares[i]); }; };
        CHECK(with(ChangeReason::lost, live(1), spare(3)) == "register-chain");             // revoked already
        CHECK(with(ChangeReason::lost, spare(3), spare(3)) == "register-chain");            // never was live
        CHECK(with(ChangeReason::lost, live(5), spare(0)) == "register-chain");             // active already
        CHECK(with(ChangeReason::lost, live(5), live(6)) == "register-chain");              // no spare
        CHECK(with(ChangeReason::late_entitlement, live(5), spare(3)) == "register-chain"); // too many credentials for its kind
        CHECK(with(ChangeReason::not_entitled, none, none) == "register-chain");
    }

    TEST_CASE("heads bind the register: another hash, another signature, another event or another order is found")
    {
        const auto with = [](auto alter) {
            auto board = ordinary_board();
            alter(board);
            return board.outcome();
        };
        CHECK(with([](ClosedBoard& b) { b.reg.heads[1].head.register_hash = std::string(64, 'f'); }) == "register-heads"); // not signed
        CHECK(with([](ClosedBoard& b) {
                  b.reg.heads[1].head.register_hash = std::string(64, 'f');
                  b.sign(b.reg.heads[1]);
              }) == "register-heads");
        CHECK(with([](ClosedBoard& b) { // takes a change back
                  b.reg.heads[3].head.register_hash = b.reg.heads[0].head.register_hash;
                  b.sign(b.reg.heads[3]);
              }) == "register-heads");
        CHECK(with([](ClosedBoard& b) {
                  b.reg.heads[1].head.event = std::string(64, 'e');
                  b.sign(b.reg.heads[1]);
              }) == "register-heads");
        CHECK(with([](ClosedBoard& b) { std::swap(b.reg.heads[0], b.reg.heads[1]); }) == "register-heads");
        CHECK(with([](ClosedBoard& b) { b.reg.heads.pop_back(); }) == "register-heads");
        CHECK(with([](ClosedBoard& b) { b.reg.heads.clear(); }) == "register-heads");
        CHECK(with([](ClosedBoard& b) { b.reg.blind = std::string(64, '6'); }) == "register-heads");
    }

    TEST_CASE("no head can be left out, to show two batches and what changed between them as one")
    {
        ClosedBoard board;
        for (std::size_t i = 0; i < 3; ++i) board.vote(board.live[i]);
        board.publish();
        board.vote(board.live[3]);
        board.publish(); // nothing changed in the register
        board.change(ChangeReason::late_entitlement, {}, board.spares[0]);
        for (const auto& credential : {board.live[6], board.live[7], board.spares[0]}) board.vote(credential);
        board.close();
        board.reg.entitled = 9;
        board.build();
        REQUIRE(board.outcome() == "holds");
        REQUIRE(board.reg.heads.size() == 4);
        for (std::ptrdiff_t left_out = 0; left_out < 4; ++left_out) {
            auto cut = board.reg;
            cut.heads.erase(cut.heads.begin() + left_out);
            const auto verified = verify_register(ArchiveReader::from(board.archive), cut);
            REQUIRE(verified.failure.has_value());
            CHECK(verified.failure->check == RegisterCheck::heads);
        }
    }

    TEST_CASE("a register of another election, or with another voting paper, is not this board's")
    {
        auto board = ordinary_board();
        board.reg.election = ordinary_board().reg.blind;
        CHECK(board.outcome() == "register-binding");
        board = ordinary_board();
        ballot::VotingPaper other;
        other.board_key = hex(board.board_key.public_key());
        board.reg.voting_paper = voting_paper_json(other);
        CHECK(board.outcome() == "register-binding");
    }

    TEST_CASE("a board whose ballots have not ended has no register yet")
    {
        auto board = ordinary_board();
        board.events.pop_back();
        board.build();
        CHECK(board.outcome() != "holds");
    }
}
