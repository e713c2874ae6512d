#include "shared/protocol/verify.hpp"

#include "shared/protocol/credential_stream.hpp"
#include "shared/protocol/digest_set.hpp"
#include "shared/protocol/json.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace walkout::protocol {
namespace {

[[noreturn]] void fail(Check check, std::uint64_t record, std::string why, std::string tracker = {})
{
    throw Failure{check, record, std::move(why), std::move(tracker)};
}

ShortDigest digest_of(const Ciphertext& pair)
{
    Sha256 hash;
    hash.update({reinterpret_cast<const char*>(&pair.alpha), sizeof pair.alpha});
    hash.update({reinterpret_cast<const char*>(&pair.beta), sizeof pair.beta});
    return shortened(hash.finish());
}

/// The listed credentials, 32 bytes each.
class VoterTable {
public:
    struct Line {
        ShortDigest credential{}; ///< of its text
        std::uint32_t weight = 1;
        std::uint32_t last_ballot = 0; ///< number of the last ballot under it; 0 for none
    };

    void add(std::string_view credential, unsigned weight) { lines_.push_back({short_digest(credential), weight, 0}); }
    /// After the last add(). False where a credential was added twice.
    bool sort()
    {
        std::ranges::sort(lines_, {}, &Line::credential);
        return std::ranges::adjacent_find(lines_, {}, &Line::credential) == lines_.end();
    }
    const Line* find(std::string_view credential) const
    {
        const auto digest = short_digest(credential);
        const auto found = std::ranges::lower_bound(lines_, digest, {}, &Line::credential);
        return found == lines_.end() || found->credential != digest ? nullptr : &*found;
    }
    Line* find(std::string_view credential) { return const_cast<Line*>(std::as_const(*this).find(credential)); }
    const std::vector<Line>& lines() const { return lines_; }

private:
    std::vector<Line> lines_;
};

/// The credentials record on its way in: parsed and checked entry by entry, many at once, so that the record is never held.
class CredentialIntake {
public:
    CredentialIntake(const Group& group, const VerifyOptions& options, VoterTable& voters)
        : group_(group), options_(options), voters_(voters), stream_([this](std::string entry) { take(std::move(entry)); })
    {}

    void feed(std::string_view piece)
    {
        if (fault_.empty()) stream_.feed(piece);
    }

    /// What is wrong with the list; empty where nothing is.
    std::string finish()
    {
        check_batch();
        if (fault_.empty() && !stream_.complete()) fault_ = "the record is not a list of credentials";
        if (fault_.empty() && !voters_.sort()) fault_ = "a credential is listed twice";
        const auto& lines = voters_.lines();
        const auto weight = std::accumulate(lines.begin(), lines.end(), std::uint64_t{0},
                                            [](std::uint64_t sum, const VoterTable::Line& line) { return sum + line.weight; });
        if (fault_.empty() && weight > largest_count) fault_ = "the weights are more than can be counted";
        return fault_;
    }

private:
    void take(std::string entry)
    {
        constexpr std::size_t batch_size = 1024;
        batch_.push_back(std::move(entry));
        if (batch_.size() >= batch_size) check_batch();
    }

    void check_batch()
    {
        std::vector<std::optional<Voter>> parsed(batch_.size());
        std::vector<char> members(batch_.size(), 1); // not vector<bool>: written from several threads
        options_.run(batch_.size(), [&](std::size_t i) {
            parsed[i] = parse_voter(group_, batch_[i]);
            if (parsed[i] && !options_.structure_only) members[i] = group_.contains(parsed[i]->credential);
        });
        for (std::size_t i = 0; i < batch_.size() && fault_.empty(); ++i) {
            const auto entry = "credential " + std::to_string(++count_);
            if (!parsed[i]) fault_ = entry + " is not the canonical text of a credential and its weight";
            else if (members[i] == 0) fault_ = entry + " is outside the group";
            else voters_.add(std::string_view(batch_[i]).substr(0, batch_[i].find(',')), parsed[i]->weight);
        }
        batch_.clear();
        options_.on_progress(0);
    }

    const Group& group_;
    const VerifyOptions& options_;
    VoterTable& voters_;
    CredentialStream stream_;
    std::vector<std::string> batch_;
    std::size_t count_ = 0;
    std::string fault_;
};

/// One pass over an archive. Ballots are collected in batches so that proofs can be checked side by side; everything that depends on order
/// (duplicates, the tally) is done in order after each batch.
class Pass {
public:
    Pass(const std::function<ArchiveReader::Source()>& open, const VerifyOptions& options, Verification& out)
        : open_(open), reader_(open()), options_(options), out_(out)
    {}

    void run()
    {
        const auto timestamp = reader_.read_header();
        if (!timestamp) fail(Check::container, reader_.records_read(), timestamp.error().detail);
        out_.timestamp = *timestamp;
        while (auto record = next()) {
            if (record->is_event) take_event(*record);
            else pending_.push_back({reader_.hash(), std::move(record->body)});
            if (pending_.size() > 4) fail(Check::event_order, reader_.records_read(), "a record belongs to no event");
        }
        check_batch();
        if (!pending_.empty()) fail(Check::event_order, reader_.records_read(), "the last record belongs to no event");
        if (!out_.stage) fail(Check::event_order, reader_.records_read(), "the archive holds no event");
        pass(Check::container, Check::hash_chain, Check::event_order);
        pass_ballots();
    }

private:
    template <class... Checks> void pass(Checks... checks) { (out_.passed.insert(checks), ...); }

    void pass_ballots()
    {
        pass(Check::ballots, Check::known_credential, Check::duplicates);
        if (out_.one_ballot_rule) pass(Check::one_ballot);
        if (!options_.structure_only) pass(Check::signatures, Check::proofs);
    }

    std::optional<Record> next()
    {
        const bool credentials = !out_.stage && pending_.size() == 2; // the one record that may be too large to hold
        auto read = credentials ? next_credentials() : reader_.next();
        if (!read) fail(Check::container, reader_.records_read(), read.error().detail);
        return std::move(*read);
    }

    Result<std::optional<Record>> next_credentials()
    {
        election_ = parse_election(pending_[0].body);
        std::optional<CredentialIntake> intake;
        if (*election_) intake.emplace(*(*election_)->group, options_, voters_);
        auto read = reader_.next([&](std::string_view piece) {
            if (intake) intake->feed(piece);
        });
        if (intake && read) credentials_fault_ = intake->finish();
        return read;
    }

    void take_event(const Record& record)
    {
        const auto at = reader_.records_read();
        const auto event = parse_event(record.body);
        if (!event) fail(Check::event_order, at, event.error().detail);
        if (event->parent != out_.chain.head || event->height != out_.chain.length)
            fail(Check::hash_chain, at, "the event does not follow the one before it");
        if (!allowed_next(event->type)) fail(Check::event_order, at, "the event " + std::string(name(event->type)) + " may not stand here");
        const auto belong = records_of(event->type);
        if (pending_.size() != belong)
            fail(Check::event_order, at,
                 "the event brings " + std::to_string(pending_.size()) + " records where " + std::to_string(belong) + " belong");
        if (event->payload != (pending_.empty() ? "" : pending_.back().hash))
            fail(Check::hash_chain, at, "the event is not about the record before it");
        if (event->type != EventType::ballot) check_batch();
        switch (event->type) {
        case EventType::setup: setup(at); break;
        case EventType::ballot: ballot(at, event->height); break;
        case EventType::end_ballots: close_tally(at); break;
        case EventType::encrypted_tally: encrypted_tally(at); break;
        case EventType::partial_decryption: partial_decryption(at); break;
        case EventType::result: result(at); break;
        }
        pending_.clear();
        out_.chain.head = reader_.hash();
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

    static std::size_t records_of(EventType type)
    {
        switch (type) {
        case EventType::setup: return 4;
        case EventType::ballot: return 1;
        case EventType::end_ballots: return 0;
        case EventType::encrypted_tally: return 2;
        case EventType::partial_decryption: return 2;
        case EventType::result: return 1;
        }
        return 0;
    }

    void setup(std::uint64_t at)
    {
        if (pending_[3].body != setup_data_of_hashes(pending_[0].hash, pending_[1].hash, pending_[2].hash))
            fail(Check::hash_chain, at - 1, "the setup does not name the records before it");
        auto& election = *election_;
        if (!election) fail(Check::election_key, at - 4, election.error().detail);
        auto trustees = parse_trustees(*election->group, pending_[1].body);
        if (!trustees) fail(Check::trustees, at - 3, trustees.error().detail);
        pass(Check::trustees);
        if (trustees->election_key != election->public_key)
            fail(Check::election_key, at - 4, "the trustees' keys do not combine to the election's public key");
        pass(Check::election_key);
        if (!credentials_fault_.empty()) fail(Check::credentials, at - 2, credentials_fault_);
        if (!options_.structure_only) pass(Check::credentials);
        out_.credentials = voters_.lines().size();
        out_.one_ballot_rule = election->one_ballot_per_credential();
        tally_ = empty_tally(*election);
        trustee_keys_ = trustees->flattened_keys();
        out_.election = std::move(*election);
        out_.trustees = std::move(*trustees);
    }

    struct Waiting {
        std::uint64_t at;
        std::uint64_t height;
        std::uint64_t number;
        std::string hash;
        std::string bytes;
    };

    void ballot(std::uint64_t at, std::uint64_t height)
    {
        constexpr std::size_t batch_size = 256;
        constexpr std::size_t batch_bytes = std::size_t{8} << 20U;
        board_hash_.update(pending_.front().hash);
        batch_bytes_ += pending_.front().body.size();
        batch_.push_back({at - 1, height, ++numbered_, std::move(pending_.front().hash), std::move(pending_.front().body)});
        if (batch_.size() >= batch_size || batch_bytes_ >= batch_bytes) check_batch();
    }

    /// What can be checked of a ballot by itself.
    struct Checked {
        std::optional<Ballot> ballot{};
        std::string credential{};
        std::vector<ShortDigest> choices{};
        std::optional<std::pair<Check, std::string>> failure{};
    };

    static Checked refused(Check check, std::string why)
    {
        Checked out;
        out.failure = {check, std::move(why)};
        return out;
    }

    bool fits_questions(const Ballot& ballot) const
    {
        return std::ranges::equal(ballot.answers, out_.election->questions, [](const Answer& answer, const Question& question) {
            return answer.choices.size() == question.choices() && answer.individual_proofs.size() == question.choices();
        });
    }

    Checked check_alone(const Waiting& waiting) const
    {
        const auto& election = *out_.election;
        auto ballot = parse_ballot(*election.group, waiting.bytes);
        if (!ballot) return refused(Check::ballots, ballot.error().detail);
        Checked out;
        out.credential = election.group->text(ballot->credential);
        if (voters_.find(out.credential) == nullptr) return refused(Check::known_credential, "the ballot's credential is not on the list");
        if (ballot->election_uuid != election.uuid || ballot->election_hash != election.fingerprint)
            return refused(Check::ballots, "the ballot was made for another election");
        if (!fits_questions(*ballot)) return refused(Check::ballots, "the ballot's answers do not fit the questions");
        if (!options_.structure_only && waiting.number > options_.proved_before) {
            if (const auto signed_ = check_signature(election, *ballot); !signed_) return refused(Check::signatures, signed_.error().detail);
            if (const auto proved = check_proofs(election, *ballot); !proved) return refused(Check::proofs, proved.error().detail);
        }
        for (const auto& answer : ballot->answers)
            for (const auto& choice : answer.choices) out.choices.push_back(digest_of(choice));
        out.ballot = std::move(*ballot);
        return out;
    }

    void check_batch()
    {
        std::vector<Checked> checked(batch_.size());
        options_.run(batch_.size(), [&](std::size_t i) { checked[i] = check_alone(batch_[i]); });
        for (std::size_t i = 0; i < batch_.size(); ++i) {
            const auto& waiting = batch_[i];
            const auto tracker = base64(*from_hex(waiting.hash));
            if (!seen_.insert(short_digest(waiting.hash)))
                fail(Check::duplicates, waiting.at, "the same ballot stands in the archive twice", tracker);
            if (checked[i].failure) fail(checked[i].failure->first, waiting.at, checked[i].failure->second, tracker);
            count(checked[i], waiting, tracker);
            options_.on_ballot({tracker, checked[i].credential, waiting.number, waiting.height, waiting.at});
        }
        batch_.clear();
        batch_bytes_ = 0;
        options_.on_progress(out_.ballots);
    }

    void count(const Checked& checked, const Waiting& waiting, const std::string& tracker)
    {
        for (const auto& choice : checked.choices)
            if (!seen_.insert(choice)) fail(Check::duplicates, waiting.at, "an encrypted choice repeats another on this board", tracker);
        auto& voter = *voters_.find(checked.credential);
        if (voter.last_ballot != 0) {
            if (out_.one_ballot_rule)
                fail(Check::one_ballot, waiting.at, "a second ballot stands under one credential, which this ballot rules out", tracker);
            revoted_ = true;
        }
        voter.last_ballot = static_cast<std::uint32_t>(waiting.number);
        ++out_.ballots;
        if (!options_.structure_only) add_to_tally(*out_.election, tally_, *checked.ballot, voter.weight);
    }

    /// The last ballot under each credential counts. Which one that is shows only at the end, so where anybody voted again the board is read again.
    void tally_again(std::uint64_t at)
    {
        tally_ = empty_tally(*out_.election);
        ArchiveReader again(open_());
        Sha256 board;
        std::uint64_t number = 0;
        std::optional<Record> record;
        const auto step = [&](const ArchiveReader::Sink& sink) {
            auto read = again.next(sink);
            if (!read || !*read) fail(Check::container, at, "the archive changed while it was being read");
            record = std::move(*read);
        };
        if (!again.read_header()) fail(Check::container, at, "the archive changed while it was being read");
        for (int setup_record = 0; setup_record < 5; ++setup_record) step([](std::string_view) {});
        while (number < numbered_) {
            step({});
            board.update(again.hash());
            const auto ballot = parse_ballot(*out_.election->group, record->body);
            const auto* voter = ballot ? voters_.find(out_.election->group->text(ballot->credential)) : nullptr;
            if (voter == nullptr) fail(Check::container, at, "the archive changed while it was being read");
            if (voter->last_ballot == ++number) add_to_tally(*out_.election, tally_, *ballot, voter->weight);
            step({}); // its event
        }
        if (board.finish() != board_hash_.finish()) fail(Check::container, at, "the archive changed while it was being read");
    }

    void close_tally(std::uint64_t at)
    {
        pass_ballots();
        for (const auto& voter : voters_.lines())
            if (voter.last_ballot != 0) {
                ++out_.tallied;
                out_.total_weight += voter.weight;
            }
        if (options_.structure_only) return;
        if (revoted_) tally_again(at);
        out_.tally = tally_;
    }

    void encrypted_tally(std::uint64_t at)
    {
        if (pending_[1].body != write_tally_data(static_cast<unsigned>(out_.tallied), static_cast<unsigned>(out_.total_weight), pending_[0].body))
            fail(Check::encrypted_tally, at - 1, "the number of ballots tallied, their weight or the tally's hash is wrong");
        if (options_.structure_only) return;
        if (pending_[0].body != write_tally(*out_.election->group, tally_))
            fail(Check::encrypted_tally, at - 2, "the encrypted tally is not the product of the ballots");
        pass(Check::encrypted_tally);
    }

    void partial_decryption(std::uint64_t at)
    {
        const auto& [partial_record, owner_record] = std::tie(pending_[0].body, pending_[1].body);
        const auto owner = read_record(owner_record, "owner", "The owner", [](const Json& json) { return protocol::count(field(json, "owner")); });
        if (!owner || *owner < 1 || *owner > trustee_keys_.size() || owner_record != write_owned(*owner, partial_record))
            fail(Check::decryptions, at - 1, "the partial decryption does not name a trustee and the record before it");
        if (!out_.decrypted_by.insert(*owner).second) fail(Check::decryptions, at - 2, "trustee " + std::to_string(*owner) + " decrypted twice");
        if (options_.structure_only) return;
        auto partial = parse_partial_decryption(*out_.election, tally_, trustee_keys_[*owner - 1], partial_record);
        if (!partial) fail(Check::decryptions, at - 2, "trustee " + std::to_string(*owner) + ": " + partial.error().detail);
        partials_.emplace(*owner, std::move(*partial));
    }

    void result(std::uint64_t at)
    {
        if (options_.structure_only) return;
        const auto counts = combine(*out_.election, *out_.trustees, tally_, partials_, static_cast<unsigned>(out_.total_weight));
        if (!counts) fail(Check::decryptions, at, counts.error().detail);
        pass(Check::decryptions);
        if (pending_[0].body != write_result(*counts)) fail(Check::result, at - 1, "the published result is not what the ballots decrypt to");
        pass(Check::result);
        out_.counts = *counts;
    }

    struct Pending {
        std::string hash;
        std::string body; ///< empty for the credentials, which are never held
    };

    const std::function<ArchiveReader::Source()>& open_;
    ArchiveReader reader_;
    const VerifyOptions& options_;
    Verification& out_;
    std::vector<Pending> pending_; ///< data records since the last event
    std::optional<Result<Election>> election_;
    std::string credentials_fault_;
    std::vector<Waiting> batch_;
    std::size_t batch_bytes_ = 0;
    std::uint64_t numbered_ = 0; ///< ballots read, checked or not
    Sha256 board_hash_;          ///< of all of them, in order
    VoterTable voters_;
    DigestSet seen_; ///< ballots and ciphertexts
    bool revoted_ = false;
    EncryptedTally tally_;
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

std::optional<std::uint64_t> Verification::left_blank(std::size_t question) const
{
    const auto& asked = election->questions.at(question);
    if (!counts || asked.min != 0 || asked.max > 1 || asked.blank) return std::nullopt;
    const auto& row = counts->at(question);
    return total_weight - std::accumulate(row.begin(), row.end(), std::uint64_t{0});
}

Verification verify_archive(const std::function<ArchiveReader::Source()>& open, const VerifyOptions& options)
{
    Verification out;
    try {
        Pass(open, options, out).run();
    } catch (Failure& failure) {
        out.failure = std::move(failure);
    }
    return out;
}

Verification verify_archive(ArchiveReader::Source source, const VerifyOptions& options)
{
    return verify_archive(std::function<ArchiveReader::Source()>([source] { return source; }), options);
}

} // namespace walkout::protocol
