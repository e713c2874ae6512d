#pragma once

#include "shared/protocol/archive.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::protocol {

/// How a later copy of an archive stands to an earlier one. A board only grows, so everything of the earlier copy must be in the later one, unchanged
/// and in its place. Only names, hashes and their chain are looked at: verify the later copy as well.
struct Growth {
    std::string fault;                 ///< what is wrong, naming the first difference; empty where the later copy extends the earlier one
    std::vector<std::string> vanished; ///< trackers of ballots that the later copy no longer holds anywhere
    std::uint64_t events_before = 0;   ///< in the earlier copy
    std::uint64_t events = 0;          ///< in the later one
    std::uint64_t ballots_added = 0;

    bool holds() const { return fault.empty(); }
};

/// Reads both side by side; memory grows only where they differ, by some 40 bytes a ballot.
Growth compare_growth(ArchiveReader::Source earlier, ArchiveReader::Source later);

/// An archive event by event, without its contents.
class EventReader {
public:
    explicit EventReader(ArchiveReader::Source source) : reader_(std::move(source)) {}
    struct Step {
        std::uint64_t record = 0; ///< of the event, counting from 1
        Event event;
        std::string hash;              ///< of the event, hex
        std::vector<std::string> data; ///< hashes of the records before it
    };
    /// Refuses with "container" or "event"; nothing at the end.
    Result<std::optional<Step>> next();
    std::int64_t timestamp() const { return timestamp_.value_or(0); }

private:
    ArchiveReader reader_;
    std::optional<std::int64_t> timestamp_;
};

} // namespace walkout::protocol
