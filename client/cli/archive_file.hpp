#pragma once

#include "client/cli/command.hpp"
#include "shared/base/id.hpp"
#include "shared/base/time.hpp"
#include "shared/protocol/verify.hpp"

#include <filesystem>

namespace walkout::cli {

/// A downloaded archive, verified while it was read.
struct FetchedArchive {
    std::string bytes;
    protocol::Verification verification;
    std::vector<std::string> trackers;
    Instant published{}; ///< when its head was signed, by the ballot clock
};

/// Downloads a constituency's published archive and its signed head, verifies both, checks that the head extends every head of this board that this
/// machine has seen, and remembers it. Refuses with "head_signature", "head_mismatch" or "board_changed" when the server shows something else than
/// what it signed before. A failed check of the archive itself is in the verification.
Result<FetchedArchive> fetch_archive(Session& session, const ConstituencyId& constituency, const std::string& board_key);

/// Hashes of an archive's events, in order: an archive that grew from another begins with that one's.
std::vector<std::string> event_hashes(protocol::ArchiveReader::Source source);

/// Verifies a file in pieces, on all cores, with progress on a terminal.
Result<protocol::Verification> verify_file(
    Session& session, const std::filesystem::path& file, const std::function<void(std::string_view)>& on_ballot = [](std::string_view) {});

/// The sign-in name of whoever is signed in.
Result<std::string> own_number(Api& api);

} // namespace walkout::cli
