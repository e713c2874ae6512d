#pragma once

#include "client/cli/command.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/strike_day_messages.hpp"

#include <filesystem>
#include <functional>

namespace walkout::cli {

// An organiser's device keeps two kinds of file, each 0600, in the state folder: rosters as the server signed them, and the lines that have not
// reached it yet. A line is on disk before anything is sent, so no signal, and no end of the battery, loses one.

/// A roster whose signature was checked under the server's board key (board_trust.hpp).
struct OpenRoster {
    wire::Roster roster;
    SigningPublicKey board_key{};
};

/// What the server has just answered: keeps it on this device. Refuses roster_damaged and board_key_changed.
Result<OpenRoster> keep_roster(const Session& session, const std::string& content);

/// The roster with this post: the named file, or whichever is kept here. Refuses no_roster, and as above, board_key_unknown.
Result<OpenRoster> roster_with(const Session& session, std::int64_t post, const std::string& file);

/// Those kept here that can be believed; the terminal hears of the others.
std::vector<OpenRoster> kept_rosters(Session& session);

/// Removes it from this device, once its last post ended a week ago or more and nothing waits to be sent: names are kept no longer than they are
/// needed. `now` is this machine's clock. False where it stays.
bool forget_roster(const Session& session, const wire::Roster& roster, Instant now);

/// The member whose picket pass this code is, for this post. Refuses not_a_pass, pass_for_other_post, pass_not_genuine.
Result<std::string> member_of_pass(const OpenRoster& roster, std::int64_t post, std::string_view code);

/// Lines of one plan that wait on this device.
class Journal {
public:
    Journal(const Session& session, const wire::Roster& roster);
    Result<wire::CheckInList> read() const;
    /// Two terminals may note people at once: what is there now is read, changed and on disk before this returns.
    Result<void> change(const std::function<void(std::vector<wire::CheckInLine>&)>& how) const;

private:
    std::filesystem::path path_;
};

} // namespace walkout::cli
