#pragma once

#include "shared/base/result.hpp"
#include "shared/protocol/archive.hpp"
#include "shared/protocol/tally.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace walkout::protocol {

/// The named checks of an archive, in the order they are reported. Each "reject" row of protocol.md 2.12 falls under one of them.
enum class Check {
    container,
    hash_chain,
    event_order,
    trustees,
    election_key,
    credentials,
    ballots,
    known_credential,
    signatures,
    proofs,
    duplicates,
    one_ballot,
    encrypted_tally,
    decryptions,
    result
};
constexpr auto enum_names(Check)
{
    return std::to_array<std::pair<Check, std::string_view>>({{Check::container, "container"},
                                                              {Check::hash_chain, "hash-chain"},
                                                              {Check::event_order, "event-order"},
                                                              {Check::trustees, "trustees"},
                                                              {Check::election_key, "election-key"},
                                                              {Check::credentials, "credentials"},
                                                              {Check::ballots, "ballots"},
                                                              {Check::known_credential, "known-credential"},
                                                              {Check::signatures, "signatures"},
                                                              {Check::proofs, "proofs"},
                                                              {Check::duplicates, "duplicates"},
                                                              {Check::one_ballot, "one-ballot"},
                                                              {Check::encrypted_tally, "encrypted-tally"},
                                                              {Check::decryptions, "decryptions"},
                                                              {Check::result, "result"}});
}
std::string_view meaning(Check check); ///< one line for people

struct Failure {
    Check check;
    std::uint64_t record; ///< which record of the file, counting from 1
    std::string why;
};

struct Verification {
    std::optional<Failure> failure;
    std::optional<Election> election;
    std::int64_t timestamp = 0;
    std::size_t credentials = 0;
    std::uint64_t ballots = 0;           ///< on the board
    Chain chain;                         ///< the last event
    std::optional<EventType> stage;      ///< type of the last event
    std::optional<EncryptedTally> tally; ///< recomputed, once the ballots have ended
    std::optional<Trustees> trustees;
    std::set<unsigned> decrypted_by; ///< owners
    std::optional<Counts> counts;    ///< when the archive is finished

    bool finished() const { return stage == EventType::result; }
};

struct VerifyOptions {
    /// Runs work(0) ... work(count - 1), perhaps in parallel. The default runs them one after another.
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)> run = [](std::size_t count,
                                                                                                  const std::function<void(std::size_t)>& work) {
        for (std::size_t i = 0; i < count; ++i) work(i);
    };
    std::function<void(std::string_view tracker)> on_ballot = [](std::string_view) {}; ///< each ballot on the board, in order
    std::function<void(std::uint64_t ballots)> on_progress = [](std::uint64_t) {};
};

/// Verifies an archive from its bytes, reading once from front to back. Stops at the first failure. An archive that ends early is not a failure
/// here: finished() says so.
Verification verify_archive(ArchiveReader::Source source, const VerifyOptions& options = {});

} // namespace walkout::protocol
