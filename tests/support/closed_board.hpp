#pragma once

#include "shared/protocol/credential.hpp"
#include "shared/protocol/election.hpp"
#include "shared/protocol/register.hpp"
#include "shared/protocol/voting_paper_json.hpp"
#include "tests/support/random.hpp"

#include <algorithm>

namespace walkout::test {

using namespace walkout::protocol;
using walkout::ballot::ChangeReason;

/// A closed board of eight live and four spare credentials, and its register. Only what a register is held against is real: the archive's own checks
/// are other tests' business.
struct ClosedBoard {
    SeededRandom random{11};
    SigningKey board_key = SigningKey::make(random);
    std::vector<std::string> live, spares;
    CredentialRegister reg;

    struct Event {
        EventType type;
        std::string credential{};          ///< of a ballot
        std::optional<std::size_t> head{}; ///< a head is signed here, which knows this many records
    };
    std::vector<Event> events{{EventType::setup, {}, 0}};

    ClosedBoard()
    {
        const auto& group = *Group::find("BELENIOS-2048");
        ballot::VotingPaper paper;
        paper.title = "A ballot";
        paper.zone = "Europe/London";
        paper.questions.push_back({ballot::QuestionKind::strike, "Strike?", {}, {}, {}});
        paper.board_key = hex(board_key.public_key());
        reg.voting_paper = voting_paper_json(paper);
        const auto uuid = make_uuid("", random);
        std::vector<Element> all;
        for (int i = 0; i < 12; ++i) all.push_back(derive_credential(group, VotingCode::make(random), uuid).public_key);
        for (int i = 0; i < 12; ++i) (i < 8 ? live : spares).push_back(group.text(all[static_cast<std::size_t>(i)]));
        std::ranges::sort(spares);
        election_ = make_election("A test.\n" + description_last_line(hex(sha256(reg.voting_paper))), "Test", group, all[0],
                                  {{{"Yes", "No"}, false, 0, 1, "Strike?"}}, uuid)
                        .bytes;
        list_ = write_credentials(group, all);
        reg.election = fingerprint_of(election_);
        reg.blind = std::string(64, '5');
        reg.entitled = 8;
        reg.spares = spares;
    }

    void change(ChangeReason reason, std::optional<std::string> out, std::optional<std::string> in)
    {
        reg.records.push_back({0, {}, reason, std::move(out), std::move(in)});
    }
    void vote(const std::string& credential) { events.push_back({EventType::ballot, credential, {}}); }
    void publish() { events.back().head = reg.records.size(); }
    void close()
    {
        events.push_back({EventType::end_ballots, {}, {}});
        publish();
    }

    /// The archive, and the register as an honest server would sign it.
    void build()
    {
        Chain chain;
        archive = archive_header(1380000000);
        std::vector<std::string> hashes{register_genesis(reg.election, reg.spares)};
        for (auto& record : reg.records) {
            record.seq = hashes.size();
            record.prev = hashes.back();
            hashes.push_back(hex(sha256(write_register_record(record))));
        }
        reg.heads.clear();
        for (const auto& event : events) {
            std::vector<std::string> data;
            if (event.type == EventType::setup) data = {election_, "[]", list_, write_setup_data(election_, "[]", list_)};
            if (event.type == EventType::ballot) data = {ballot_record(event.credential)};
            for (const auto& record : chain.append(event.type, data)) archive += tar_record(record, 1380000000);
            if (!event.head) continue;
            reg.heads.push_back(
                {{reg.election, chain.length - 1, chain.head,
                  register_commitment(reg.blind, reg.heads.empty() ? "" : reg.heads.back().head.register_hash, hashes.at(*event.head)),
                  std::string(64, '0'), Instant(std::chrono::seconds(1380000000))},
                 {}});
            sign(reg.heads.back());
        }
    }
    static std::string ballot_record(const std::string& credential) { return R"({"credential":")" + credential + R"("})"; }
    void sign(SignedHead& head) const { head.signature = board_key.sign(head_text(head.head)); }

    RegisterVerification verify() const { return verify_register(ArchiveReader::from(archive), reg); }
    std::string outcome() const
    {
        const auto verified = verify();
        return verified.failure ? std::string(name(verified.failure->check)) : "holds";
    }

    std::string archive;

private:
    std::string election_, list_;
};

/// One code lost before anything happened, one member late, one withdrawn; votes under the new codes in the batch after.
inline ClosedBoard ordinary_board()
{
    ClosedBoard board;
    board.vote(board.live[0]);
    board.publish();
    board.change(ChangeReason::lost, board.live[1], board.spares[0]);
    board.change(ChangeReason::late_entitlement, {}, board.spares[1]);
    board.vote(board.spares[0]);
    board.vote(board.live[2]);
    board.publish();
    board.change(ChangeReason::not_entitled, board.live[3], {});
    board.change(ChangeReason::disclosed, board.spares[1], board.spares[2]); // a spare may be lost as well
    board.vote(board.spares[2]);
    board.close();
    board.build();
    return board;
}

} // namespace walkout::test
