#pragma once

#include "client/cli/command.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/strike_day_messages.hpp"

#include <filesystem>
#include <functional>

namespace walkout::cli {

// An organiser's device keeps two kinds of file, each 0600, in the state folder: rosters as the server signed them, and the lines that have not
// reached it yet, with the rosters under which they were written. A line is on disk before anything is sent, so no signal, and no end of the battery,
// loses one. Files are named by walkout, branch and the server's board key: a rehearsal and what it rehearses may have the same walkout.

/// A roster whose signature was checked under the server's board key (board_trust.hpp).
struct OpenRoster {
    wire::Roster roster;
    SigningPublicKey board_key{};
    wire::SignedRoster sealed; ///< as the server gave it
    std::string hash;          ///< of what was signed
};

/// What the server has just answered: keeps it on this device. Refuses roster_damaged and board_key_changed.
Result<OpenRoster> keep_roster(const Session& session, const std::string& content);

/// The roster with this post: the named file, or whichever is kept here. Refuses no_roster, and as above, board_key_unknown.
Result<OpenRoster> roster_with(const Session& session, std::int64_t post, const std::string& file);

/// Those kept here that can be believed; the terminal hears of the others.
std::vector<OpenRoster> kept_rosters(Session& session);

/// Removes it from this device, once its last post ended a week ago or more and nothing waits to be sent: names are kept no longer than they are
/// needed. `now` is this machine's clock. False where it stays.
bool forget_roster(const Session& session, const OpenRoster& roster, Instant now);

/// Removes this server's rosters, with the names that its lists hold; not those with something that waits to be sent. For the terminal: a sentence on
/// each, a line each.
std::string remove_rosters(const Session& session);

/// The member whose picket pass this code is, for this post. Refuses not_a_pass, pass_for_other_post, pass_not_genuine.
Result<std::string> member_of_pass(const OpenRoster& roster, std::int64_t post, std::string_view code);

/// Lines of one plan that wait on this device.
class Journal {
public:
    Journal(const Session& session, const OpenRoster& roster);
    Result<wire::WaitingLines> read() const;
    /// Two terminals may note people at once: what is there now is read, changed and on disk before this returns. Rosters that no line needs any more
    /// go.
    Result<void> change(const std::function<void(wire::WaitingLines&)>& how) const;
    Result<void> note(const OpenRoster& roster, const std::vector<wire::CheckInLine>& lines) const; ///< written under this roster
    Result<void> note(const OpenRoster& roster, const wire::NewIncident& incident) const;           ///< the same

    /// A roster in this file. Refuses as keep_roster, and board_key_unknown.
    Result<OpenRoster> open(const Session& session, const wire::SignedRoster& sealed) const;
    const std::filesystem::path& path() const { return path_; }

private:
    friend std::vector<Journal> kept_journals(const Session& session);
    explicit Journal(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};
/// Every plan's, whether or not its roster is still here.
std::vector<Journal> kept_journals(const Session& session);

} // namespace walkout::cli
