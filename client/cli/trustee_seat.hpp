#pragma once

#include "client/cli/locked_file.hpp"
#include "shared/protocol/ceremony.hpp"
#include "shared/wire/ceremony_messages.hpp"
#include "shared/wire/client_files.hpp"

namespace walkout::cli {

// A trustee's own side of a ballot: the locked file with their secrets, and the server's account of the ceremony, which is checked before it is used.

/// Where this machine keeps a trustee's secrets for a ballot.
LockedFile<wire::TrusteeFile> seat_file(Session& session, const std::string& ballot);
inline constexpr std::string_view trustee_magic = "walkout-trustee/2";

/// A trustee's file, opened, and the secrets that follow from its seed.
struct Seated {
    wire::TrusteeFile file;
    protocol::TrusteeSecrets secrets;
    std::optional<FileLock> lock{}; ///< where the file is kept, and may be written again
    const Group& group() const { return *secrets.context().group; }
};
Result<Seated> seated(wire::TrusteeFile file); ///< refuses a file whose terms are not those of its context
/// Refuses with "in_use" while another command has taken it: two could each decrypt, and the later journal forget what the earlier one did.
Result<Seated> take_seat(Session& session, const std::string& ballot, const Secret& passphrase);

/// "trustee 2 of 3 (union)"
std::string seat_words(const wire::TrusteeFile& file);

std::string trustee_path(const std::string& ballot, std::string_view rest);

/// The ceremony as the server shows it. Refuses with "ceremony_unsound" one that cannot be, or whose context does not follow from its terms.
Result<wire::CeremonyState> ceremony(Session& session, const std::string& ballot);

/// The caller's seat, counting from 1. Refuses with "not_a_trustee".
Result<std::int64_t> own_seat(Session& session, const wire::CeremonyState& state);

/// The certificates are still those confirmed aloud. A server that shows others is after the shares.
Result<void> as_confirmed(const wire::CeremonyState& state, const wire::TrusteeFile& file);

/// The file belongs to the attempt that the server shows; otherwise "ceremony_restarted", which says why.
Result<void> same_attempt(const wire::CeremonyState& state, const wire::TrusteeFile& file);

bool all_there(const std::vector<std::string>& messages);
std::string missing(const wire::CeremonyState& state, const std::vector<std::string>& messages); ///< their sign-in names
Refusal waiting_for(const wire::CeremonyState& state, const std::vector<std::string>& messages, std::string_view what);

std::string needed_words(const wire::CeremonyState& state); ///< "any 2 of the 3 trustees will be able to decrypt"
/// What this trustee does next, and for whom they wait: the end of every step's output.
std::string what_next(const wire::CeremonyState& state, std::int64_t seat);
/// Why earlier attempts were given up. With the file of such an attempt, its complaint is verified.
std::string restarts_words(const wire::CeremonyState& state, const wire::TrusteeFile* earlier);

} // namespace walkout::cli
