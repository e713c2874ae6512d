#include "server/service/check_boards.hpp"

#include "server/store/ballot_store.hpp"
#include "server/store/board_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/protocol/verify.hpp"

#include <limits>
#include <set>

namespace walkout::service {
namespace {

class BoardCheck {
public:
    BoardCheck(const store::ReadTx& tx, const SigningPublicKey& board_key, const store::Constituency& constituency, std::vector<std::string>& faults)
        : tx_(tx), board_key_(board_key), constituency_(constituency), faults_(faults)
    {}

    void run()
    {
        const auto board = store::find_board(tx_, constituency_.id);
        if (!board) return; // no codes yet
        const auto election = protocol::parse_election(board->election);
        if (!election) return complain("its election record does not parse: " + election.error().detail);
        if (const auto chain = store::board_chain(tx_, constituency_.id); chain.length > 0) archive(*board, chain);
        accepted(*election);
        heads(election->fingerprint);
    }

private:
    void complain(const std::string& what)
    {
        faults_.push_back("Board of " + constituency_.name + " (" + constituency_.id.text() + "): " + what + ".");
    }

    void archive(const store::BoardSetup& board, const protocol::Chain& chain)
    {
        auto bytes = protocol::archive_header(board.timestamp);
        store::for_each_record(tx_, constituency_.id, chain.length,
                               [&](const protocol::Record& record) { bytes += protocol::tar_record(record, board.timestamp); });
        protocol::VerifyOptions options;
        options.on_ballot = [this](std::string_view tracker) { on_board_.emplace(tracker); };
        const auto verified = protocol::verify_archive(protocol::ArchiveReader::from(bytes), options);
        if (verified.failure)
            complain("the check " + std::string(name(verified.failure->check)) + " fails at record " + std::to_string(verified.failure->record) +
                     ": " + verified.failure->why);
    }

    void accepted(const protocol::Election& election)
    {
        std::int64_t published = 0;
        for (const auto& ballot : store::accepted_ballots(tx_, constituency_.id)) {
            const auto line = store::roll_line_of_credential(tx_, constituency_.id, ballot.credential);
            if (!line || !line->returned) complain("a ballot was accepted whose member is not marked as returned");
            if (ballot.body.empty()) {
                ++published;
                if (!on_board_.contains(ballot.tracker)) complain("an accepted ballot is missing: " + ballot.tracker);
                continue;
            }
            const auto parsed = protocol::parse_ballot(*election.group, ballot.body);
            const bool whole = parsed && protocol::fingerprint_of(ballot.body) == ballot.tracker &&
                               election.group->text(parsed->credential) == ballot.credential && protocol::check_signature(election, *parsed) &&
                               protocol::check_proofs(election, *parsed);
            if (!whole) complain("a ballot waiting for its batch is not what was accepted: " + ballot.tracker);
            if (on_board_.contains(ballot.tracker)) complain("a ballot is on the board and still waiting: " + ballot.tracker);
        }
        if (published != static_cast<std::int64_t>(on_board_.size())) complain("it holds ballots that were never accepted");
        const auto returned = store::returned_count(tx_, constituency_.id);
        if (returned != store::accepted_count(tx_, constituency_.id))
            complain(std::to_string(returned) + " members are marked as returned, which is not the number of ballots accepted");
    }

    void heads(const std::string& fingerprint)
    {
        constexpr auto any_height = std::numeric_limits<std::int32_t>::max();
        auto latest = store::latest_head(tx_, constituency_.id, any_height);
        for (; latest; latest = store::latest_head(tx_, constituency_.id, latest->head.height)) {
            latest->head.election = fingerprint;
            if (!verify_signature(board_key_, protocol::head_text(latest->head), latest->signature))
                complain("the head at height " + std::to_string(latest->head.height) + " is not signed by this server");
            if (store::event_at(tx_, constituency_.id, latest->head.height) != latest->head.event)
                complain("the head at height " + std::to_string(latest->head.height) + " names another event");
        }
    }

    const store::ReadTx& tx_;
    const SigningPublicKey& board_key_;
    const store::Constituency& constituency_;
    std::vector<std::string>& faults_;
    std::set<std::string, std::less<>> on_board_;
};

} // namespace

std::vector<std::string> board_faults(const store::ReadTx& tx, const SigningPublicKey& board_key)
{
    std::vector<std::string> faults;
    for (const auto& ballot : store::ballots(tx))
        for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) BoardCheck(tx, board_key, constituency, faults).run();
    return faults;
}

} // namespace walkout::service
