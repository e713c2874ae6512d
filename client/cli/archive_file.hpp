#pragma once

#include "client/cli/command.hpp"
#include "shared/base/id.hpp"
#include "shared/base/time.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/protocol/head.hpp"
#include "shared/protocol/verify.hpp"
#include "shared/wire/vote_messages.hpp"

#include <filesystem>

namespace walkout::cli {

using OnBallot = std::function<void(const protocol::BoardBallot&)>;

/// A downloaded archive, verified while it was read.
struct FetchedArchive {
    std::string bytes;
    protocol::Verification verification;
    wire::BoardHead head; ///< genuine, and of exactly this archive
    Instant published{};  ///< when its head was signed, by the ballot clock
};

/// Downloads a constituency's published archive and its signed head, verifies both, checks that the head extends every head of this board that this
/// machine has seen, and remembers it. Refuses with "head_signature", "head_mismatch" or "board_changed" when the server shows something else than
/// what it signed before. A failed check of the archive itself is in the verification.
Result<FetchedArchive> fetch_archive(
    Session& session, const ConstituencyId& constituency, const std::string& board_key,
    const OnBallot& on_ballot = [](const protocol::BoardBallot&) {});

// The steps of that, for whoever keeps copies.

/// The newest head and the archive that goes with it, of one moment, unchecked.
struct Download {
    wire::BoardHead head;
    std::string archive;
};
Result<wire::BoardHead> download_head(Session& session, const ConstituencyId& constituency);
Result<Download> download_board(Session& session, const ConstituencyId& constituency);

/// The claim of a head that is signed with this key. Refuses with "head_signature".
Result<protocol::Head> genuine_head(const wire::BoardHead& head, const std::string& board_key);
/// Holds a genuine head against the events of the archive it came with and against what this machine saw before, then remembers it. Refuses with
/// "head_mismatch" or "board_changed".
Result<void> check_head(Session& session, const protocol::Head& head, const std::vector<std::string>& events);

/// Hashes of an archive's events, in order: an archive that grew from another begins with that one's.
std::vector<std::string> event_hashes(protocol::ArchiveReader::Source source);

/// A file read in pieces. Refuses with "no_such_file".
Result<protocol::ArchiveReader::Source> file_source(const std::filesystem::path& file);

/// How an archive is verified here: on all cores, with a progress bar on a terminal.
struct VerifyWork {
    OnBallot on_ballot = [](const protocol::BoardBallot&) {};
    bool structure_only = false;
    std::uint64_t proved_before = 0;
};
protocol::Verification verify_bytes(Session& session, const std::string& bytes, VerifyWork work);
/// Reads the file once and holds only a small part of it at a time. Refuses with "no_such_file".
Result<protocol::Verification> verify_file(Session& session, const std::filesystem::path& file, VerifyWork work);

/// The sign-in name of whoever is signed in.
Result<std::string> own_number(Api& api);

} // namespace walkout::cli
