#pragma once

#include "shared/strike/attendance.hpp"
#include "shared/strike/exemption.hpp"
#include "shared/wire/codec.hpp"

#include <map>
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
    std::optional<std::int64_t> site_number; ///< for notes of incidents; rosters made before those could be kept have none
};
template <class V> void describe(V& v, RosterPost& m)
{
    v("number", m.number);
    v("words", m.words);
    v("site", m.site);
    v("entrance", m.entrance);
    v("from", m.from);
    v("to", m.to);
    v("site_number", m.site_number);
}

/// What an organiser takes to where there is no signal.
struct Roster {
    WalkoutId walkout = *WalkoutId::parse("unnamed");
    std::string title;
    std::string branch;
    std::string holder; ///< number of whom it was made for: the one who may keep these posts' lists under it
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
    v("holder", m.holder);
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

/// POST .../check-ins.
struct CheckInList {
    std::vector<CheckInLine> lines;
    std::optional<SignedRoster> roster; ///< under which they were written: what it allowed then is taken now, whatever the plan says since
};
template <class V> void describe(V& v, CheckInList& m)
{
    v("lines", m.lines);
    v("roster", m.roster);
}

/// A line that the server has, whichever device it came from.
struct TakenLine {
    std::string id;
    std::int64_t post = 0;
    std::string member;
    std::string name;
    strike::CheckKind kind = strike::CheckKind::arrived;
    Instant at{};
};
template <class V> void describe(V& v, TakenLine& m)
{
    v("id", m.id);
    v("post", m.post);
    v("member", m.member);
    v("name", m.name);
    v("kind", m.kind);
    v("at", m.at);
}

/// GET .../check-ins: the posts that the caller keeps lists of.
struct TakenLines {
    std::vector<TakenLine> lines;
    bool rehearsal = false;
};
template <class V> void describe(V& v, TakenLines& m)
{
    v("lines", m.lines);
    v("rehearsal", m.rehearsal);
}

/// POST .../incidents. `id`: 32 random hexadecimal digits, made by the device that kept the note, so that the same note sent twice is one.
struct NewIncident {
    std::int64_t site = 0;
    WallTime at{};
    std::optional<bool> at_second; ///< the later of two equal wall times, in the hour that autumn repeats
    std::string words;
    std::optional<std::string> police; ///< officers, numbers, reference
    std::optional<std::string> id;
    std::optional<SignedRoster> roster; ///< under which it was kept: who held it then may note it now
};
template <class V> void describe(V& v, NewIncident& m)
{
    v("site", m.site);
    v("at", m.at);
    v("at_second", m.at_second);
    v("words", m.words);
    v("police", m.police);
    v("id", m.id);
    v("roster", m.roster);
}

/// A note on a device that the server has not taken yet; its roster stands beside it.
struct WaitingIncident {
    NewIncident note;
    std::string roster; ///< hash
    std::optional<std::string> code;
    std::optional<std::string> detail;
};
template <class V> void describe(V& v, WaitingIncident& m)
{
    v("note", m.note);
    v("roster", m.roster);
    v("code", m.code);
    v("detail", m.detail);
}

/// A line on a device that the server has not taken yet.
struct WaitingLine {
    CheckInLine line;
    std::string roster;              ///< hash of the one it was written under
    std::optional<std::string> code; ///< of the server's refusal, where it refused the line
    std::optional<std::string> detail;
};
template <class V> void describe(V& v, WaitingLine& m)
{
    v("line", m.line);
    v("roster", m.roster);
    v("code", m.code);
    v("detail", m.detail);
}

/// The file of one plan's lines on a device. It holds the rosters that they need, so that a newer one, or none, takes nothing from them.
struct WaitingLines {
    std::vector<WaitingLine> lines;
    std::map<std::string, SignedRoster> rosters; ///< by the SHA-256 of what was signed, in hexadecimal
    std::vector<WaitingIncident> incidents{};
    std::vector<TakenLine> taken{};    ///< what the server had when it was last heard of, and what it took from here
    std::optional<Instant> heard_at{}; ///< this machine's clock
};
template <class V> void describe(V& v, WaitingLines& m)
{
    v("lines", m.lines);
    v("rosters", m.rosters);
    v.defaulted("incidents", m.incidents);
    v.defaulted("taken", m.taken);
    v("heard_at", m.heard_at);
}

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
    std::optional<std::string> label; ///< "BST" or "GMT", in the hour that autumn repeats
    Instant from_utc{};
    std::int64_t people = 0;
};
template <class V> void describe(V& v, HourView& m)
{
    v("from", m.from);
    v("label", m.label);
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

struct IncidentView {
    std::int64_t number = 0;
    std::int64_t site = 0;
    WallTime at{};
    std::optional<std::string> label; ///< "BST" or "GMT", in the hour that autumn repeats
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
    v("label", m.label);
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
    std::optional<bool> start_second; ///< the later of two equal wall times, in the hour that autumn repeats
    std::optional<bool> end_second;
};
template <class V> void describe(V& v, NewExemption& m)
{
    v("member", m.member);
    v("work", m.work);
    v("requested_by", m.requested_by);
    v("reason", m.reason);
    v("start", m.start);
    v("end", m.end);
    v("start_second", m.start_second);
    v("end_second", m.end_second);
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
    std::optional<DecisionView> withdrawn; ///< who took the grant back
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
    v("withdrawn", m.withdrawn);
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
