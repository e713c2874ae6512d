#pragma once

#include "shared/strike/attendance.hpp"
#include "shared/strike/exemption.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

/// Someone on a list, and the post they are down for.
struct RosterLine {
    std::int64_t post = 0;
    std::string number;
    std::string name;
};
template <class V> void describe(V& v, RosterLine& m)
{
    v("post", m.post);
    v("number", m.number);
    v("name", m.name);
}

struct RosterPost {
    std::int64_t number = 0;
    std::string words;
    std::string site;
    std::string entrance;
    Instant from{};
    Instant to{};
};
template <class V> void describe(V& v, RosterPost& m)
{
    v("number", m.number);
    v("words", m.words);
    v("site", m.site);
    v("entrance", m.entrance);
    v("from", m.from);
    v("to", m.to);
}

/// What an organiser takes to where there is no signal.
struct Roster {
    WalkoutId walkout = *WalkoutId::parse("unnamed");
    std::string title;
    std::string branch;
    std::string zone;
    bool rehearsal = false;
    Instant made_at{};             ///< machine clock of the server
    std::int64_t clock_offset = 0; ///< seconds by which the ballot clock is ahead of it
    std::vector<RosterPost> posts;
    std::vector<RosterLine> people;
};
template <class V> void describe(V& v, Roster& m)
{
    v("walkout", m.walkout);
    v("title", m.title);
    v("branch", m.branch);
    v("zone", m.zone);
    v("rehearsal", m.rehearsal);
    v("made_at", m.made_at);
    v("clock_offset", m.clock_offset);
    v("posts", m.posts);
    v("people", m.people);
}

/// The roster as it was signed: its JSON as text, Ed25519 over "walkout-roster|" and that text.
struct SignedRoster {
    std::string roster;
    std::string signature;
    std::string board_key;
};
template <class V> void describe(V& v, SignedRoster& m)
{
    v("roster", m.roster);
    v("signature", m.signature);
    v("board_key", m.board_key);
}

/// One line of a list. `id`: 32 random hexadecimal digits, made by the device, so that the same line sent twice is one.
struct CheckInLine {
    std::string id;
    std::int64_t post = 0;
    std::string member;
    strike::CheckKind kind = strike::CheckKind::arrived;
    Instant at{}; ///< ballot clock
};
template <class V> void describe(V& v, CheckInLine& m)
{
    v("id", m.id);
    v("post", m.post);
    v("member", m.member);
    v("kind", m.kind);
    v("at", m.at);
}

/// POST .../check-ins, and the file a device keeps them in.
struct CheckInList {
    std::vector<CheckInLine> lines;
};
template <class V> void describe(V& v, CheckInList& m) { v("lines", m.lines); }

struct CheckInVerdict {
    std::string id;
    bool stored = false; ///< false with no code: it was there already
    std::optional<std::string> code;
    std::optional<std::string> detail;
};
template <class V> void describe(V& v, CheckInVerdict& m)
{
    v("id", m.id);
    v("stored", m.stored);
    v("code", m.code);
    v("detail", m.detail);
}

struct CheckInVerdicts {
    std::vector<CheckInVerdict> lines;
};
template <class V> void describe(V& v, CheckInVerdicts& m) { v("lines", m.lines); }

struct AttendedView {
    std::int64_t post = 0;
    std::string number;
    std::string name;
    std::string state; ///< expected, there, came, no_show or walked_up
    std::int64_t minutes = 0;
};
template <class V> void describe(V& v, AttendedView& m)
{
    v("post", m.post);
    v("number", m.number);
    v("name", m.name);
    v("state", m.state);
    v("minutes", m.minutes);
}

struct AttendedList {
    std::vector<AttendedView> people;
    bool rehearsal = false;
};
template <class V> void describe(V& v, AttendedList& m)
{
    v("people", m.people);
    v("rehearsal", m.rehearsal);
}

struct HourView {
    WallTime from{};
    Instant from_utc{};
    std::int64_t people = 0;
};
template <class V> void describe(V& v, HourView& m)
{
    v("from", m.from);
    v("from_utc", m.from_utc);
    v("people", m.people);
}

struct SiteCountView {
    std::string branch;
    std::int64_t site = 0;
    std::string name;
    std::vector<HourView> hours;
};
template <class V> void describe(V& v, SiteCountView& m)
{
    v("branch", m.branch);
    v("site", m.site);
    v("name", m.name);
    v("hours", m.hours);
}

/// Numbers only.
struct HeadcountView {
    std::vector<SiteCountView> sites;
    bool rehearsal = false;
};
template <class V> void describe(V& v, HeadcountView& m)
{
    v("sites", m.sites);
    v("rehearsal", m.rehearsal);
}

struct NewIncident {
    std::int64_t site = 0;
    WallTime at{};
    std::string words;
    std::optional<std::string> police; ///< officers, numbers, reference
};
template <class V> void describe(V& v, NewIncident& m)
{
    v("site", m.site);
    v("at", m.at);
    v("words", m.words);
    v("police", m.police);
}

struct IncidentView {
    std::int64_t number = 0;
    std::int64_t site = 0;
    WallTime at{};
    std::string words;
    std::string police;
    std::string recorded_by;
    Instant recorded_at{};
};
template <class V> void describe(V& v, IncidentView& m)
{
    v("number", m.number);
    v("site", m.site);
    v("at", m.at);
    v("words", m.words);
    v("police", m.police);
    v("recorded_by", m.recorded_by);
    v("recorded_at", m.recorded_at);
}

struct IncidentList {
    std::vector<IncidentView> incidents;
};
template <class V> void describe(V& v, IncidentList& m) { v("incidents", m.incidents); }

struct Numbered {
    std::int64_t number = 0;
};
template <class V> void describe(V& v, Numbered& m) { v("number", m.number); }

/// POST .../attendance-export: names leave for a stated purpose only.
struct ExportAsked {
    std::string purpose;
};
template <class V> void describe(V& v, ExportAsked& m) { v("purpose", m.purpose); }

/// POST /api/v1/walkouts/{walkout}/exemptions. Without a member: the caller's own.
struct NewExemption {
    std::optional<std::string> member;
    std::string work;                        ///< duty desk, ward 7
    std::optional<std::string> requested_by; ///< the employer, where it asked
    std::string reason;
    WallTime start{};
    WallTime end{};
};
template <class V> void describe(V& v, NewExemption& m)
{
    v("member", m.member);
    v("work", m.work);
    v("requested_by", m.requested_by);
    v("reason", m.reason);
    v("start", m.start);
    v("end", m.end);
}

struct DecisionView {
    std::string name;
    bool grants = false;
    std::string reason;
    Instant at{};
};
template <class V> void describe(V& v, DecisionView& m)
{
    v("name", m.name);
    v("grants", m.grants);
    v("reason", m.reason);
    v("at", m.at);
}

struct ExemptionView {
    std::int64_t number = 0;
    WalkoutId walkout = *WalkoutId::parse("unnamed");
    std::string member;
    std::string name;
    std::string work;
    std::string requested_by;
    std::string reason;
    WallTime start{};
    WallTime end{};
    std::string words;
    strike::Exemption::State state = strike::Exemption::State::requested;
    std::vector<DecisionView> decisions;
    bool rehearsal = false;
};
template <class V> void describe(V& v, ExemptionView& m)
{
    v("number", m.number);
    v("walkout", m.walkout);
    v("member", m.member);
    v("name", m.name);
    v("work", m.work);
    v("requested_by", m.requested_by);
    v("reason", m.reason);
    v("start", m.start);
    v("end", m.end);
    v("words", m.words);
    v("state", m.state);
    v("decisions", m.decisions);
    v("rehearsal", m.rehearsal);
}

struct ExemptionList {
    std::vector<ExemptionView> exemptions;
    bool rehearsal = false;
};
template <class V> void describe(V& v, ExemptionList& m)
{
    v("exemptions", m.exemptions);
    v("rehearsal", m.rehearsal);
}

/// POST /api/v1/exemptions/{exemption}/decisions
struct NewDecision {
    bool grants = false;
    std::string reason;
};
template <class V> void describe(V& v, NewDecision& m)
{
    v("grants", m.grants);
    v("reason", m.reason);
}

} // namespace walkout::wire
