#pragma once

#include "server/service/context.hpp"
#include "server/service/edit_picket_plan.hpp"
#include "server/store/strike_day_store.hpp"
#include "shared/strike/attendance.hpp"

#include <map>
#include <set>

namespace walkout::service {

// On the day. Names stay in the branch: its co-chairs see all of its posts, an organiser those at the sites where they organise one.

/// The branch's plan with the posts that the caller may keep lists of. Refusals: no_such_walkout, not_your_branch.
struct Organising {
    strike::Walkout walkout;
    strike::Plan plan;
    std::set<strike::PostNumber> posts;
    bool co_chair = false;
    std::string number; ///< of the caller
};
Result<Organising> as_organiser(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch);

/// What became of each line that was sent: stored now, there already, or refused with why (it stays on the device).
struct Taken {
    std::string id;
    bool stored = false;
    std::optional<Refusal> refused{};
};
/// The signed roster that lines were written under.
struct WrittenUnder {
    std::string holder; ///< number
    std::map<strike::PostNumber, strike::Span> posts;
    std::set<std::pair<strike::PostNumber, std::string>> listed;
};
/// Stores the lines, in any order, as often as they come. Its holder keeps the posts of a roster by its hours, with the people on it, also where they
/// organise none any more or the plan has changed since: an organiser without a signal knows of neither. Without a roster the plan decides as it is
/// now. A member of the branch who is on no list counts as one who walked up. Refusals: those of as_organiser, names_deleted; per line: bad_line,
/// not_your_post, no_such_colleague, bad_time (a day or more away from the post).
Result<std::vector<Taken>> check_in(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                    const std::vector<strike::CheckIn>& lines, const std::optional<WrittenUnder>& under = {});

/// Who came, who walked up, who did not.
struct Attended {
    enum class State { expected, there, came, no_show, walked_up };
    strike::PostNumber post{};
    std::string number;
    std::string name;
    State state = State::expected;
    std::vector<strike::Span> stayed;
};
constexpr auto enum_names(Attended::State)
{
    return std::to_array<std::pair<Attended::State, std::string_view>>({{Attended::State::expected, "expected"},
                                                                        {Attended::State::there, "there"},
                                                                        {Attended::State::came, "came"},
                                                                        {Attended::State::no_show, "no_show"},
                                                                        {Attended::State::walked_up, "walked_up"}});
}
Result<std::vector<Attended>> attended(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch);

/// The lines of organisers' lists that the server has, of the posts that the caller may keep: what another device noted is seen on this one.
struct TakenLine {
    strike::CheckIn line;
    std::string name;
};
Result<std::vector<TakenLine>> taken_lines(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch);

/// Numbers by site and hour, up to now: for the co-chairs and organisers of the branch, and for the general secretary of every branch.
struct SiteCount {
    std::string branch;
    strike::SiteNumber site{};
    std::string name;
    std::vector<strike::HourCount> hours;
};
Result<std::vector<SiteCount>> headcounts(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout);

/// Returns its number; one with an id that is there already is that one. Written under a roster, its holder notes for that branch also where they
/// organise no post any more. Refusals: those of as_organiser, names_deleted, bad_line, no_such_site, missing_words, text_too_long, no_such_time,
/// bad_time (to come, or a day or more away from the walkout).
Result<std::int64_t> note_incident(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                   store::Incident incident, const std::optional<WrittenUnder>& under = {});
Result<std::vector<store::Incident>> noted_incidents(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout,
                                                     const std::string& branch);

/// The branch's attendance as CSV, for strike pay or another stated purpose, which is audited. Co-chairs only. Refuses missing_purpose.
Result<std::string> export_attendance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                      const std::string& purpose);

} // namespace walkout::service
