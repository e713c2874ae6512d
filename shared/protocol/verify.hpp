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
    std::string tracker{}; ///< of the ballot it is about, where it is about one
};

struct Verification {
    std::optional<Failure> failure;
    std::set<Check> passed; ///< over everything that the archive holds
    std::optional<Election> election;
    bool one_ballot_rule = false; ///< the election says that no credential votes twice (protocol.md 5.2); otherwise the last ballot counts
    std::int64_t timestamp = 0;
    std::size_t credentials = 0;
    std::uint64_t ballots = 0;           ///< on the board
    std::uint64_t tallied = 0;           ///< credentials that voted, once the ballots have ended
    std::uint64_t total_weight = 0;      ///< of those
    Chain chain;                         ///< the last event
    std::optional<EventType> stage;      ///< type of the last event
    std::optional<EncryptedTally> tally; ///< recomputed, once the ballots have ended
    std::optional<Trustees> trustees;
    std::set<unsigned> decrypted_by; ///< owners
    std::optional<Counts> counts;    ///< when the archive is finished

    bool finished() const { return stage == EventType::result; }
    /// How much of the weight chose nothing: the deliberately blank papers. Known where a question takes at most one answer.
    std::optional<std::uint64_t> left_blank(std::size_t question) const;
};

/// A ballot that passed, in its place.
struct BoardBallot {
    std::string tracker;
    std::string credential;   ///< its text
    std::uint64_t number = 0; ///< among the ballots, counting from 1
    std::uint64_t height = 0; ///< of its event
    std::uint64_t record = 0; ///< which record of the file, counting from 1
};

struct VerifyOptions {
    /// Runs work(0) ... work(count - 1), perhaps in parallel. The default runs them one after another.
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)> run = [](std::size_t count,
                                                                                                  const std::function<void(std::size_t)>& work) {
        for (std::size_t i = 0; i < count; ++i) work(i);
    };
    std::function<void(const BoardBallot& ballot)> on_ballot = [](const BoardBallot&) {}; ///< each ballot on the board, in order
    std::function<void(std::uint64_t ballots)> on_progress = [](std::uint64_t) {};        ///< also while the credentials are read
    /// Only what needs no exponentiation of ballots: form, chain, order, credentials listed, nothing twice. Everything else is not in `passed`.
    bool structure_only = false;
    /// So many ballots stand, byte for byte, in a copy that was verified before: their signatures and proofs are not checked again.
    std::uint64_t proved_before = 0;
};

/// Verifies an archive from its bytes, reading once from front to back. Stops at the first failure. An archive that ends early is not a failure
/// here: finished() says so.
///
/// Memory does not grow with the size of the archive but with what must be remembered to see repetitions: 32 bytes a credential and about 40 for each
/// ballot and each of its encrypted choices (200 a ballot of two Yes/No questions), over at most 50 MiB of records in hand.
///
/// `open` gives the archive from its start. It is called a second time only where some credential voted more than once, to add up the last ballots;
/// that second reading must give the same bytes.
Verification verify_archive(const std::function<ArchiveReader::Source()>& open, const VerifyOptions& options = {});

/// The same for bytes in memory: `source`, as ArchiveReader::from gives it, starts from the front again in every copy.
Verification verify_archive(ArchiveReader::Source source, const VerifyOptions& options = {});

} // namespace walkout::protocol
