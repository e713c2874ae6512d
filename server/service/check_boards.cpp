#include "server/service/check_boards.hpp"

#include "server/service/cast_vote.hpp"
#include "server/service/credential_register.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/board_store.hpp"
#include "server/store/growing_file.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/protocol/verify.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace walkout::service {
namespace {

std::optional<Digest> digest_from_hex(std::string_view text)
{
    const auto bytes = from_hex(text);
    Digest digest;
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::ranges::copy(*bytes, digest.begin());
    return digest;
}

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
        if (constituency_.fingerprint != election->fingerprint) complain("its election record is not the one it was opened with");
        if (const auto chain = store::board_chain(tx_, constituency_.id); chain.length > 0) archive(*board, *election, chain);
        accepted(*election);
        ciphertexts();
        heads(election->fingerprint);
        sealed();
        for (const auto& fault : register_faults(tx_, constituency_.id)) complain(fault);
    }

private:
    void complain(const std::string& what)
    {
        faults_.push_back("Board of " + constituency_.name + " (" + constituency_.id.text() + "): " + what + ".");
    }

    void archive(const store::BoardSetup& board, const protocol::Election& election, const protocol::Chain& chain)
    {
        store::GrowingFile file(store::folder_of(tx_)); // a large board does not fit in memory
        file.append(protocol::archive_header(board.timestamp));
        store::for_each_record(tx_, constituency_.id, chain.length, [&](const protocol::Record& record) {
            file.append(protocol::tar_record(record, board.timestamp));
            note_ciphertexts(election, record);
        });
        const auto bytes = file.view();
        protocol::VerifyOptions options;
        options.on_ballot = [this](const protocol::BoardBallot& ballot) { on_board_.emplace(ballot.tracker); };
        const auto verified = protocol::verify_archive(protocol::ArchiveReader::from(bytes.bytes), options);
        if (verified.failure)
            complain("the check " + std::string(name(verified.failure->check)) + " fails at record " + std::to_string(verified.failure->record) +
                     ": " + verified.failure->why);
        else if (verified.counts) figures(*verified.counts, verified.ballots);
    }

    /// Every encrypted choice on the board or waiting for it must be known as used, and nothing else.
    void note_ciphertexts(const protocol::Election& election, const protocol::Record& record)
    {
        if (record.is_event || !store::find_accepted(tx_, constituency_.id, protocol::fingerprint_of(record.body))) return;
        if (const auto ballot = protocol::parse_ballot(*election.group, record.body)) note_ciphertexts(election, *ballot);
    }
    void note_ciphertexts(const protocol::Election& election, const protocol::Ballot& ballot)
    {
        for (const auto& digest : ciphertext_digests(*election.group, ballot)) {
            ++ciphertexts_;
            if (!store::ciphertext_seen(tx_, constituency_.id, digest)) complain("an encrypted choice is not known as used");
        }
    }
    void ciphertexts()
    {
        if (store::ciphertext_count(tx_, constituency_.id) != ciphertexts_) complain("encrypted choices are known as used that no ballot holds");
    }

    void sealed()
    {
        if (!constituency_.board_height) return;
        if (store::event_at(tx_, constituency_.id, static_cast<std::uint64_t>(*constituency_.board_height)) != constituency_.board_head)
            complain("it is not sealed where it was when the ballot closed");
    }

    void figures(const protocol::Counts& counts, std::uint64_t ballots)
    {
        const auto kept = store::counts(tx_, constituency_.ballot);
        const auto own = std::ranges::find(kept, constituency_.id, &ballot::ConstituencyCount::id);
        if (own == kept.end()) return; // the result is on the board; the count is recorded in the same step
        const auto same = [](const auto& tally, const std::vector<unsigned>& answers) {
            return answers.size() == 2 && tally.yes == answers[0] && tally.no == answers[1];
        };
        if (own->cast != static_cast<std::int64_t>(ballots) || !std::ranges::equal(own->questions, counts, same))
            complain("its recorded figures are not those of its archive");
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
            if (parsed) note_ciphertexts(election, *parsed);
        }
        if (published != static_cast<std::int64_t>(on_board_.size())) complain("it holds ballots that were never accepted");
        const auto returned = store::returned_count(tx_, constituency_.id);
        if (returned != store::accepted_count(tx_, constituency_.id) + store::papers_to_transcribe_in(tx_, constituency_.id))
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
            const auto audit = digest_from_hex(latest->head.audit_hash);
            if (!audit || !store::audit_has(tx_, *audit))
                complain("the head at height " + std::to_string(latest->head.height) + " names an audit log that is not this one");
        }
    }

    const store::ReadTx& tx_;
    const SigningPublicKey& board_key_;
    const store::Constituency& constituency_;
    std::vector<std::string>& faults_;
    std::set<std::string, std::less<>> on_board_;
    std::int64_t ciphertexts_ = 0;
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
