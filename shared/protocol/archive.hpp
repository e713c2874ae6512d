#pragma once

#include "shared/base/names.hpp"
#include "shared/base/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::protocol {

// The archive of protocol.md 2.7: a byte-exact, append-only tar of hash-named records, chained by events.

enum class EventType { setup, ballot, end_ballots, encrypted_tally, partial_decryption, result };
constexpr auto enum_names(EventType)
{
    return std::to_array<std::pair<EventType, std::string_view>>({{EventType::setup, "Setup"},
                                                                  {EventType::ballot, "Ballot"},
                                                                  {EventType::end_ballots, "EndBallots"},
                                                                  {EventType::encrypted_tally, "EncryptedTally"},
                                                                  {EventType::partial_decryption, "PartialDecryption"},
                                                                  {EventType::result, "Result"}});
}

struct Event {
    std::string parent; ///< hash of the previous event, hex; empty for the first
    std::uint64_t height = 0;
    EventType type = EventType::setup;
    std::string payload; ///< hash of the record it is about, hex; empty for EndBallots
};
std::string write_event(const Event& event);
/// Refuses with code "event" whatever is not exactly what write_event writes.
Result<Event> parse_event(std::string_view bytes);

/// One record: its body, and whether it is an event. Its name is the hash of the body.
struct Record {
    bool is_event = false;
    std::string body;
    std::string hash() const; ///< lower-case hex SHA-256
};

/// A tar member, padded to 512 bytes. timestamp: seconds since 1970, the same in every header of an archive.
std::string tar_record(const Record& record, std::int64_t timestamp);
/// The first member: {"version":1,"timestamp":"..."}.
std::string archive_header(std::int64_t timestamp);

/// Where the chain stands; grows by append().
struct Chain {
    std::string head; ///< hash of the last event; empty when there is none
    std::uint64_t length = 0;

    /// The records of the next event, in archive order, the event last. `data` are the records it brings; the last of them is its payload.
    std::vector<Record> append(EventType type, std::vector<std::string> data);
};

std::string write_setup_data(std::string_view election, std::string_view trustees, std::string_view credentials); ///< of record bodies
std::string setup_data_of_hashes(const std::string& election, const std::string& trustees, const std::string& credentials);
std::string write_tally_data(unsigned num_tallied, unsigned total_weight, std::string_view encrypted_tally); ///< of a record body
std::string write_owned(unsigned owner, std::string_view partial_decryption);                                ///< of a record body

/// Reads an archive piece by piece, in memory of its own that does not grow with the archive. `source` fills a buffer and returns how many bytes it
/// gave, 0 at the end.
class ArchiveReader {
public:
    using Source = std::function<std::size_t(char* buffer, std::size_t size)>;
    using Sink = std::function<void(std::string_view piece)>;
    explicit ArchiveReader(Source source);
    static Source from(std::string_view bytes); ///< which must outlive the reader

    /// No record but the list of credentials comes near this: 16 MiB. next() holds no larger one in memory and refuses it.
    static constexpr std::size_t largest_held = std::size_t{16} << 20U;

    /// Reads the first member. Refuses with code "container".
    Result<std::int64_t> read_header();
    /// The next record, or nothing at the end. Every header byte, the padding and the name are checked: code "container".
    /// With `data`, the body of a data record goes there piece by piece (before its name is checked), and the Record's own stays empty.
    Result<std::optional<Record>> next(const Sink& data = {});
    const std::string& hash() const { return hash_; } ///< of the record that next() gave last, lower-case hex
    std::uint64_t records_read() const { return count_; }

private:
    struct Member {
        std::string name;
        std::uint64_t size = 0;
    };
    Result<std::optional<Member>> member();
    Result<void> body(const Member& member, bool held, const Sink& sink);
    std::size_t fill(char* buffer, std::size_t size);
    Source source_;
    std::vector<char> buffer_;
    std::optional<std::int64_t> timestamp_;
    std::string hash_;
    std::uint64_t count_ = 0;
};

} // namespace walkout::protocol
