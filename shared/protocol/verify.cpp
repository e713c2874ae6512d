#include "shared/protocol/verify.hpp"

#include "shared/protocol/json.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

namespace walkout::protocol {
namespace {

[[noreturn]] void fail(Check check, std::uint64_t record, std::string why) { throw Failure{check, record, std::move(why)}; }

struct DigestHash {
    std::size_t operator()(const Digest& digest) const
    {
        std::size_t out;
        std::memcpy(&out, digest.data(), sizeof out);
        return out;
    }
};

Digest digest_of(const Ciphertext& pair)
{
    Sha256 hash;
    hash.update({reinterpret_cast<const char*>(&pair.alpha), sizeof pair.alpha});
    hash.update({reinterpret_cast<const char*>(&pair.beta), sizeof pair.beta});
    return hash.finish();
}

/// One pass over an archive. Ballots are collected in batches so that proofs can be checked side by side; everything that depends on order
/// (duplicates, the tally) is done in order after each batch.
class Pass {
public:
    Pass(ArchiveReader::Source source, const VerifyOptions& options, Verification& out) : reader_(std::move(source)), options_(options), out_(out) {}

    void run()
    {
        const auto timestamp = reader_.read_header();
        if (!timestamp) fail(Check::container, reader_.records_read(), timestamp.error().detail);
        out_.timestamp = *timestamp;
        for (;;) {
            auto next = reader_.next();
            if (!next) fail(Check::container, reader_.records_read(), next.error().detail);
            if (!*next) break;
            if ((*next)->is_event) take_event(**next);
            else pending_.push_back(std::move((*next)->body));
            if (pending_.size() > 4) fail(Check::event_order, reader_.records_read(), "a record belongs to no event");
        }
        check_batch();
        if (!pending_.empty()) fail(Check::event_order, reader_.records_read(), "the last record belongs to no event");
        if (!out_.stage) fail(Check::event_order, reader_.records_read(), "the archive holds no event");
    }

private:
    void take_event(const Record& record)
    {
        const auto at = reader_.records_read();
        const auto event = parse_event(record.body);
        if (!event) fail(Check::event_order, at, event.error().detail);
        if (event->parent != out_.chain.head || event->height != out_.chain.length)
            fail(Check::hash_chain, at, "the event does not follow the one before it");
        if (!allowed_next(event->type)) fail(Check::event_order, at, "the event " + std::string(name(event->type)) + " may not stand here");
        const auto payload = pending_.empty() ? "" : hex(sha256(pending_.back()));
        if (payload != event->payload) fail(Check::event_order, at, "the event is not about the record before it");
        if (event->type != EventType::ballot) check_batch();
        switch (event->type) {
        case EventType::setup: setup(at); break;
        case EventType::ballot: ballot(at); break;
        case EventType::end_ballots: expect_records(0, at); break;
        case EventType::encrypted_tally: encrypted_tally(at); break;
        case EventType::partial_decryption: partial_decryption(at); break;
        case EventType::result: result(at); break;
        }
        pending_.clear();
        out_.chain.head = record.hash();
        ++out_.chain.length;
        out_.stage = event->type;
    }

    bool allowed_next(EventType next) const
    {
        using enum EventType;
        const auto last = out_.stage;
        switch (next) {
        case setup: return !last;
        case ballot: return last == setup || last == ballot;
        case end_ballots: return last == setup || last == ballot;
        case encrypted_tally: return last == end_ballots;
        case partial_decryption: return last == encrypted_tally || last == partial_decryption;
        case result: return last == partial_decryption;
        }
        return false;
    }

    void expect_records(std::size_t count, std::uint64_t at) const
    {
        if (pending_.size() != count)
            fail(Check::event_order, at,
                 "the event brings " + std::to_string(pending_.size()) + " records where " + std::to_string(count) + " belong");
    }

    void setup(std::uint64_t at)
    {
        expect_records(4, at);
        const auto& [election_bytes, trustees_bytes, credentials_bytes, data] = std::tie(pending_[0], pending_[1], pending_[2], pending_[3]);
        if (data != write_setup_data(election_bytes, trustees_bytes, credentials_bytes))
            fail(Check::event_order, at, "the setup does not name the records before it");
        auto election = parse_election(election_bytes);
        if (!election) fail(Check::election_key, at - 4, election.error().detail);
        auto trustees = parse_trustees(*election->group, trustees_bytes);
        if (!trustees) fail(Check::trustees, at - 3, trustees.error().detail);
        if (trustees->election_key != election->public_key)
            fail(Check::election_key, at - 4, "the trustees' keys do not combine to the election's public key");
        const auto voters = parse_credentials(*election->group, credentials_bytes);
        if (!voters) fail(Check::credentials, at - 2, voters.error().detail);
        for (const auto& voter : *voters) weights_.emplace(election->group->text(voter.credential), voter.weight);
        out_.credentials = voters->size();
        one_ballot_ = election->one_ballot_per_credential();
        tally_ = empty_tally(*election);
        trustee_keys_ = trustees->flattened_keys();
        out_.election = std::move(*election);
        out_.trustees = std::move(*trustees);
    }

    void ballot(std::uint64_t at)
    {
        expect_records(1, at);
        batch_.push_back({at - 1, std::move(pending_.front())});
        constexpr std::size_t batch_size = 256;
        if (batch_.size() >= batch_size) check_batch();
    }

    struct Waiting {
        std::uint64_t at;
        std::string bytes;
    };

    /// What can be checked of a ballot by itself.
    struct Checked {
        std::optional<Ballot> ballot;
        std::optional<std::pair<Check, std::string>> failure;
    };

    Checked check_alone(const std::string& bytes) const
    {
        const auto& election = *out_.election;
        auto ballot = parse_ballot(*election.group, bytes);
        if (!ballot) return {{}, {{Check::ballots, ballot.error().detail}}};
        if (!weights_.contains(election.group->text(ballot->credential)))
            return {{}, {{Check::known_credential, "the ballot's credential is not on the list"}}};
        if (const auto signed_ = check_signature(election, *ballot); !signed_)
            return {{}, {{signed_.error().code == "wrong_election" ? Check::ballots : Check::signatures, signed_.error().detail}}};
        if (const auto proved = check_proofs(election, *ballot); !proved)
            return {{}, {{proved.error().code == "shape" ? Check::ballots : Check::proofs, proved.error().detail}}};
        return {std::move(*ballot), {}};
    }

    void check_batch()
    {
        std::vector<Checked> checked(batch_.size());
        options_.run(batch_.size(), [&](std::size_t i) { checked[i] = check_alone(batch_[i].bytes); });
        for (std::size_t i = 0; i < batch_.size(); ++i) {
            const auto at = batch_[i].at;
            if (!seen_.insert(sha256(batch_[i].bytes)).second) fail(Check::duplicates, at, "the same ballot stands in the archive twice");
            if (checked[i].failure) fail(checked[i].failure->first, at, checked[i].failure->second);
            count(*checked[i].ballot, at);
            options_.on_ballot(fingerprint_of(batch_[i].bytes));
        }
        batch_.clear();
        options_.on_progress(out_.ballots);
    }

    void count(const Ballot& ballot, std::uint64_t at)
    {
        const auto& group = *out_.election->group;
        for (const auto& answer : ballot.answers)
            for (const auto& choice : answer.choices)
                if (!seen_.insert(digest_of(choice)).second) fail(Check::duplicates, at, "an encrypted choice repeats that of another ballot");
        const auto credential = group.text(ballot.credential);
        const auto weight = weights_.at(credential);
        ++out_.ballots;
        if (one_ballot_) {
            if (!voted_.insert(credential).second)
                fail(Check::one_ballot, at, "a second ballot stands under one credential, which this ballot rules out");
            add_to_tally(*out_.election, tally_, ballot, weight);
            return;
        }
        revotes_.insert_or_assign(credential, ballot); // the last one counts
    }

    void close_tally()
    {
        for (const auto& [credential, ballot] : revotes_) add_to_tally(*out_.election, tally_, ballot, weights_.at(credential));
        const auto voters = one_ballot_ ? voted_ : [&] {
            std::unordered_set<std::string> names;
            for (const auto& [credential, ballot] : revotes_) names.insert(credential);
            return names;
        }();
        tallied_ = static_cast<unsigned>(voters.size());
        for (const auto& credential : voters) total_weight_ += weights_.at(credential);
        revotes_.clear();
        out_.tally = tally_;
    }

    void encrypted_tally(std::uint64_t at)
    {
        expect_records(2, at);
        close_tally();
        if (pending_[0] != write_tally(*out_.election->group, tally_))
            fail(Check::encrypted_tally, at - 2, "the encrypted tally is not the product of the ballots");
        if (pending_[1] != write_tally_data(tallied_, total_weight_, pending_[0]))
            fail(Check::encrypted_tally, at - 1, "the number of ballots tallied is wrong");
    }

    void partial_decryption(std::uint64_t at)
    {
        expect_records(2, at);
        const auto owner = read_record(pending_[1], "owner", "The owner", [](const Json& json) { return protocol::count(field(json, "owner")); });
        if (!owner || *owner < 1 || *owner > trustee_keys_.size() || pending_[1] != write_owned(*owner, pending_[0]))
            fail(Check::decryptions, at - 1, "the partial decryption does not name a trustee and the record before it");
        auto partial = parse_partial_decryption(*out_.election, tally_, trustee_keys_[*owner - 1], pending_[0]);
        if (!partial) fail(Check::decryptions, at - 2, "trustee " + std::to_string(*owner) + ": " + partial.error().detail);
        if (!partials_.emplace(*owner, std::move(*partial)).second)
            fail(Check::decryptions, at - 2, "trustee " + std::to_string(*owner) + " decrypted twice");
        out_.decrypted_by.insert(*owner);
    }

    void result(std::uint64_t at)
    {
        expect_records(1, at);
        const auto counts = combine(*out_.election, *out_.trustees, tally_, partials_, total_weight_);
        if (!counts) fail(Check::decryptions, at, counts.error().detail);
        if (pending_[0] != write_result(*counts)) fail(Check::result, at - 1, "the published result is not what the ballots decrypt to");
        out_.counts = *counts;
    }

    ArchiveReader reader_;
    const VerifyOptions& options_;
    Verification& out_;
    std::vector<std::string> pending_; ///< data records since the last event
    std::vector<Waiting> batch_;
    std::unordered_map<std::string, unsigned> weights_; ///< by the credential's text
    std::unordered_set<Digest, DigestHash> seen_;       ///< ballots and ciphertexts
    std::unordered_set<std::string> voted_;
    std::unordered_map<std::string, Ballot> revotes_;
    bool one_ballot_ = false;
    EncryptedTally tally_;
    unsigned tallied_ = 0;
    unsigned total_weight_ = 0;
    std::vector<Element> trustee_keys_;
    std::map<unsigned, PartialDecryption> partials_;
};

} // namespace

std::string_view meaning(Check check)
{
    switch (check) {
    case Check::container: return "the file is byte for byte in the prescribed form";
    case Check::hash_chain: return "every event follows from the one before it";
    case Check::event_order: return "the events stand in the only lawful order and leave no record over";
    case Check::trustees: return "the trustees' keys and proofs are right";
    case Check::election_key: return "the trustees' keys combine to the election's key";
    case Check::credentials: return "the credentials are distinct members of the group";
    case Check::ballots: return "every ballot is in its one canonical form and made for this election";
    case Check::known_credential: return "every ballot was cast under a listed credential";
    case Check::signatures: return "every ballot is signed by its voter";
    case Check::proofs: return "every ballot is proved to hold a valid answer to each question";
    case Check::duplicates: return "no ballot and no encrypted choice stands twice";
    case Check::one_ballot: return "no credential voted twice";
    case Check::encrypted_tally: return "the encrypted tally is the product of exactly these ballots";
    case Check::decryptions: return "enough trustees decrypted it, correctly and once each";
    case Check::result: return "the published result is what was decrypted";
    }
    return "";
}

Verification verify_archive(ArchiveReader::Source source, const VerifyOptions& options)
{
    Verification out;
    try {
        Pass(std::move(source), options, out).run();
    } catch (Failure& failure) {
        out.failure = std::move(failure);
    }
    return out;
}

} // namespace walkout::protocol
