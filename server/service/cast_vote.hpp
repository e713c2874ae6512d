#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/protocol/ballot.hpp"
#include "shared/wire/vote_messages.hpp"

#include <functional>
#include <map>
#include <mutex>

namespace walkout::service {

/// Elections whose record has been parsed and whose tables are built: once per constituency and server run. Thread-safe.
class Elections {
public:
    /// Refuses with unknown_constituency, or ballot_not_open where no codes have been made.
    Result<std::shared_ptr<const protocol::Election>> find(const store::ReadTx& tx, const ConstituencyId& constituency);

private:
    std::mutex mutex_;
    std::map<ConstituencyId, std::shared_ptr<const protocol::Election>> known_;
};

/// Failures pause whatever they are counted against for minutes; they never close it (design.md section 5). Machine clock. Thread-safe.
class FailurePauses {
public:
    FailurePauses(int tries, std::chrono::minutes pause) : tries_(tries), pause_(pause) {}
    bool paused(const std::string& key, Instant now) const;
    void failed(const std::string& key, Instant now);
    std::chrono::minutes pause() const { return pause_; }

private:
    struct Failures {
        int count = 0;
        Instant last{};
    };
    const int tries_;
    const std::chrono::minutes pause_;
    mutable std::mutex mutex_;
    std::map<std::string, Failures> failures_;
    std::size_t sweep_at_ = 1024;
};

/// The two checks that cost something. A test that counts them puts its own here.
struct CastingChecks {
    using Check = std::function<Result<void>(const protocol::Election&, const protocol::Ballot&)>;
    Check signature = protocol::check_signature; ///< three exponentiations
    Check proofs = protocol::check_proofs;       ///< sixty for two questions
};

/// What casting remembers between requests. Lives as long as the server; thread-safe.
struct Casting {
    explicit Casting(CastingChecks with = {}) : checks(std::move(with)) {}
    const CastingChecks checks;
    Elections elections{};
    /// Against the address alone: whoever sends rubbish under somebody's credential must not be able to lock that voter out. Generous, because a
    /// mobile network may share one address; a client that is not altered never fails here.
    FailurePauses signatures{50, std::chrono::minutes(1)};
    /// Against the credential. Proofs cost us most: whoever has a right signature and second factor and sends wrong ones waits likewise.
    FailurePauses second_factors{5, std::chrono::minutes(5)};
    FailurePauses proofs{5, std::chrono::minutes(5)};
};

/// What has been checked of a ballot before the writer sees it.
struct CheckedVote {
    ConstituencyId constituency;
    std::shared_ptr<const protocol::Election> election;
    protocol::Ballot ballot;
    std::string bytes;
    std::string tracker;
    std::optional<Instant> accepted_before{}; ///< the promise already given for these very bytes
};

/// By which a repeated ciphertext is known: SHA-256 of each encrypted choice of a ballot.
std::vector<Digest> ciphertext_digests(const Group& group, const protocol::Ballot& ballot);

/// Canonical and of this election, its shape included; nothing that costs an exponentiation is asked. Refuses wrong_election, shape, not_canonical and
/// what Elections::find does.
Result<CheckedVote> parse_vote(const store::ReadTx& tx, Casting& casting, const ConstituencyId& constituency, std::string bytes);
/// Puts a checked ballot among those that wait for their batch. Refuses repeated_ciphertext.
Result<void> accept_vote(store::WriteTx& tx, const CheckedVote& vote, Instant on_board_by);

struct VoteToCheck {
    std::string bytes; ///< the ballot as it will stand on the board
    std::optional<std::string> member_number{};
    std::string network{}; ///< where it came from, for failed signatures alone
};
/// The checks of design.md section 5 in their order, cheap ones first, up to the proofs: canonical form, shape and election; signature; the same
/// bytes accepted before; second factor; open, live and unused; proofs. record_vote does the rest.
Result<CheckedVote> check_vote(const store::ReadTx& tx, const Context& context, Casting& casting, const ConstituencyId& constituency,
                               VoteToCheck vote);

/// Records it, unless these bytes are there already; asks again whatever can have changed. The receipt is true once this is on disk.
Result<wire::VoteReceipt> record_vote(store::WriteTx& tx, const Context& context, const CheckedVote& vote, const SigningKey& board_key);

} // namespace walkout::service
