#pragma once

#include "server/store/sqlite.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/strike/attendance.hpp"
#include "shared/strike/exemption.hpp"

namespace walkout::store {

// ---- reserves ----

/// Refuses nothing: saying so twice is once.
void add_reserve(WriteTx& tx, const WalkoutId& walkout, const std::string& branch, const std::string& member);
bool remove_reserve(WriteTx& tx, const WalkoutId& walkout, const std::string& member);                    ///< false where they were none
std::vector<std::string> reserves(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch); ///< members, first come first

// ---- swaps ----

enum class SwapState { open, taken, withdrawn };
constexpr auto enum_names(SwapState)
{
    return std::to_array<std::pair<SwapState, std::string_view>>(
        {{SwapState::open, "open"}, {SwapState::taken, "taken"}, {SwapState::withdrawn, "withdrawn"}});
}
struct Swap {
    std::int64_t number = 0;
    strike::PostNumber post{};
    std::string member; ///< who offers their place
    std::optional<strike::PostNumber> wants{};
    SwapState state = SwapState::open;
};
std::int64_t add_swap(WriteTx& tx, const Swap& swap);
std::optional<Swap> find_swap(const ReadTx& tx, std::int64_t number);
std::optional<Swap> open_swap(const ReadTx& tx, strike::PostNumber post, const std::string& member);
void put_swap_taken(WriteTx& tx, std::int64_t number, const std::string& by); ///< throws unless it is open
void withdraw_swaps(WriteTx& tx, strike::PostNumber post, const std::string& member);

// ---- personal calendars ----

void put_feed(WriteTx& tx, const Digest& hash, const std::string& member); ///< in place of an older one
bool has_feed(const ReadTx& tx, const std::string& member);
bool remove_feed(WriteTx& tx, const std::string& member);
std::optional<std::string> feed_member(const ReadTx& tx, const Digest& hash);

// ---- reminders ----

struct Unreminded {
    strike::PostNumber post{};
    std::string member;
    std::string email; ///< empty where the register has none
    WallTime starts{};
};
/// Who is on a post of a called walkout that starts between these wall times and was not reminded of it; by post.
std::vector<Unreminded> unreminded(const ReadTx& tx, WallTime from, WallTime to);
std::vector<strike::PostNumber> posts_unreminded(const ReadTx& tx, WallTime from); ///< posts of such people
void put_reminded(WriteTx& tx, const Unreminded& reminded);

// ---- on the day ----

bool add_check_in(WriteTx& tx, const strike::CheckIn& line, const std::string& recorded_by); ///< false where this line is there already
std::vector<strike::CheckIn> check_ins(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch);

struct Incident {
    std::int64_t number = 0;
    strike::SiteNumber site{};
    strike::Moment at{};
    std::string words;
    std::string police;
    std::string recorded_by;
    Instant recorded_at{};
    std::optional<std::string> id{}; ///< of the device's making, where it kept the note
};
std::int64_t add_incident(WriteTx& tx, const Incident& incident);
std::optional<std::int64_t> incident_with(const ReadTx& tx, const std::string& id); ///< its number
/// A site of this branch's plan for the walkout; `also_removed`: or one that was.
bool site_was_planned(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch, strike::SiteNumber site, bool also_removed);
std::vector<Incident> incidents(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch); ///< earliest first

// ---- exemptions ----

void add_withdrawal(WriteTx& tx, strike::ExemptionNumber exemption, const strike::Exemption::Decision& by);
strike::Exemption add_exemption(WriteTx& tx, strike::Exemption exemption); ///< with its number
void add_decision(WriteTx& tx, strike::ExemptionNumber exemption, const strike::Exemption::Decision& decision);
std::optional<strike::Exemption> find_exemption(const ReadTx& tx, strike::ExemptionNumber number);
std::vector<strike::Exemption> exemptions(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch);
std::vector<strike::Exemption> exemptions_of(const ReadTx& tx, const std::string& member); ///< in any walkout

/// Deletes what named people did in this walkout: sign-ups, reserves, swaps, lists, incidents, exemptions (law.md section 5). Returns the rows.
std::int64_t forget_people(WriteTx& tx, const WalkoutId& walkout);
std::vector<WalkoutId> walkouts_remembered(const ReadTx& tx); ///< whose people were not deleted yet
bool was_forgotten(const ReadTx& tx, const WalkoutId& walkout);
void put_forgotten(WriteTx& tx, const WalkoutId& walkout, Instant now, std::int64_t rows);

} // namespace walkout::store
