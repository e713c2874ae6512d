#pragma once

#include "server/service/boards.hpp"
#include "server/service/credential_register.hpp"
#include "server/service/replace_codes.hpp"
#include "server/service/set_up_boards.hpp"
#include "server/store/board_store.hpp"
#include "server/store/ceremony_store.hpp"
#include "server/store/replacement_store.hpp"
#include "shared/protocol/election.hpp"
#include "tests/store/ballot_fixture.hpp"

namespace walkout::test {

/// An open ballot of sixty members and three spares. Credentials are words: nothing here computes with them.
struct OpenBallot : BallotWorld {
    explicit OpenBallot(ballot::BallotPlan planned = ballot::plan_2013())
    {
        planned.spares = 3;
        plan(planned);
        now = at("2013-09-11T09:00:00Z");
        freeze();
        now = at("2013-09-24T09:00:00Z");
        all_receipts();
        write([&](store::WriteTx& tx) {
            store::put_phase(tx, id, ballot::Phase::noticed, ballot::Phase::keyed);
            store::finish_ceremony(tx, id, "[]");
            return service::take_setup(tx, scrutineer(), id, setup(tx));
        });
        place_ = place().id;
        now = at("2013-09-30T09:00:00Z");
        write([&](store::WriteTx& tx) {
            store::put_phase(tx, id, ballot::Phase::coded, ballot::Phase::open);
            store::put_opened(tx, id, now);
            service::open_boards(tx, scrutineer(), store::find_ballot(tx, id).value(), board_key);
        });
    }

    wire::Setup setup(const store::ReadTx& tx)
    {
        wire::Setup out;
        std::int64_t papers = 0;
        out.signature = std::string(128, '0');
        const auto paper = hex(sha256(store::find_ballot(tx, id).value().paper.value()));
        for (const auto& constituency : store::constituencies(tx, id)) {
            auto& one = out.constituencies.emplace_back();
            one.id = constituency.id;
            one.election = R"({"description":")" + protocol::description_last_line(paper) + R"(","uuid":")" + one.id.text() + R"("})";
            one.credentials = "[";
            const auto list = [&](const std::string& credential) { one.credentials += (one.credentials == "[" ? "\"" : ",\"") + credential + "\""; };
            for (const auto& line : store::roll_lines(tx, id, "", 1000)) {
                if (line.constituency != one.id) continue;
                one.live.push_back({line.number, "code of " + line.number});
                list(one.live.back().credential);
            }
            for (const auto* spare : {"spare 1", "spare 2", "spare 3"}) {
                one.spares.push_back(constituency.name + ": " + spare);
                list(one.spares.back());
            }
            one.credentials += "]";
            for (std::size_t i = 0; i < one.live.size() + one.spares.size(); ++i) one.papers.push_back(++papers);
        }
        return out;
    }

    Result<store::ReplacementBatch> propose(std::vector<wire::ProposedChange> changes)
    {
        return write([&](store::WriteTx& tx) { return service::propose_replacements(tx, scrutineer(), id, changes); });
    }
    std::string proposed(const char* number, ballot::ChangeReason reason) { return code(propose({{number, reason}})); }
    std::string sign_both() { return approve_by_both(ballot::ApprovalStep::replace); }
    void make(const char* number, ballot::ChangeReason reason)
    {
        REQUIRE(proposed(number, reason) == "accepted");
        REQUIRE(sign_both() == "accepted");
    }

    store::Constituency place()
    {
        return read([&](const store::ReadTx& tx) { return store::constituencies(tx, id).front(); });
    }
    std::string holds(const char* number)
    {
        return read([&](const store::ReadTx& tx) {
            const auto line = store::roll_line(tx, id, number);
            return line ? line->credential.value_or("") : std::string("nobody");
        });
    }
    std::vector<protocol::RegisterRecord> records()
    {
        return read([&](const store::ReadTx& tx) { return store::register_records(tx, store::constituencies(tx, id).front().id); });
    }
    void vote(const std::string& credential, const char* number)
    {
        write([&](store::WriteTx& tx) {
            store::accept_ballot(tx, place_, {"tracker of " + credential, credential, now, R"({"credential":")" + credential + R"("})"}, {});
            store::put_returned(tx, id, number);
        });
    }
    void close()
    {
        write([&](store::WriteTx& tx) {
            service::seal_boards(tx, scrutineer(), store::find_ballot(tx, id).value(), board_key);
            store::put_phase(tx, id, ballot::Phase::open, ballot::Phase::closed);
        });
    }
    std::string register_outcome()
    {
        return read([&](const store::ReadTx& tx) -> std::string {
            const auto json = service::published_register(tx, place_);
            if (!json) return json.error().code;
            auto archive = protocol::archive_header(store::find_board(tx, place_).value().timestamp);
            store::for_each_record(tx, place_, 0, store::board_chain(tx, place_).length, [&](const protocol::Record& record) {
                archive += protocol::tar_record(record, store::find_board(tx, place_).value().timestamp);
            });
            const auto verified = protocol::verify_register(protocol::ArchiveReader::from(archive), protocol::parse_register(*json).value());
            return verified.failure ? std::string(name(verified.failure->check)) + ": " + verified.failure->why : "holds";
        });
    }
    std::string faults()
    {
        return read([&](const store::ReadTx& tx) {
            std::string out;
            for (const auto& fault : service::register_faults(tx, place_)) out += fault + "; ";
            return out;
        });
    }

    ConstituencyId place_ = *ConstituencyId::parse("unnamed");
};

} // namespace walkout::test
