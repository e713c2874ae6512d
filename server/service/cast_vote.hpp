#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/protocol/ballot.hpp"
#include "shared/wire/vote_messages.hpp"

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

/// A failed second factor pauses that credential for minutes; it never closes it (design.md section 5). Machine clock. Thread-safe.
class SecondFactorPauses {
public:
    static constexpr int tries = 5;
    static constexpr std::chrono::minutes pause{5};
    bool paused(const std::string& credential, Instant now);
    void failed(const std::string& credential, Instant now);

private:
    struct Failures {
        int count = 0;
        Instant last{};
    };
    std::mutex mutex_;
    std::map<std::string, Failures> failures_;
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

/// The checks of design.md section 5 in their order, up to the proofs. `bytes` is the ballot as it will stand on the board.
Result<CheckedVote> check_vote(const store::ReadTx& tx, const Context& context, Elections& elections, SecondFactorPauses& pauses,
                               const ConstituencyId& constituency, std::string bytes, const std::optional<std::string>& member_number);

/// Records it, unless these bytes are there already; asks again whatever can have changed. The receipt is true once this is on disk.
Result<wire::VoteReceipt> record_vote(store::WriteTx& tx, const Context& context, const CheckedVote& vote, const SigningKey& board_key);

} // namespace walkout::service
