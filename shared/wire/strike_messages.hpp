#pragma once

#include "shared/strike/call.hpp"
#include "shared/strike/cover.hpp"
#include "shared/strike/picket.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

// ---- walkouts ----

/// POST /api/v1/walkouts, and the file of `walkout strike call`. Absent: every constituency with a mandate, Europe/London, clock time,
/// and nobody is called unless every employer is ready. Continuous action without an end lasts as long as its mandate.
struct CallWalkout {
    WalkoutId id = *WalkoutId::parse("unnamed");
    BallotId ballot = *BallotId::parse("unnamed");
    strike::Action kind = strike::Action::strike;
    std::optional<std::vector<ConstituencyId>> constituencies;
    std::optional<WallTime> start;
    std::optional<WallTime> end;
    std::optional<std::vector<Date>> dates; ///< action short of a strike on these whole days, instead of start and end
    std::optional<std::string> zone;
    std::optional<strike::Semantics> semantics;
    std::optional<bool> leave_out_unready;
    std::optional<bool> continuous; ///< on every day from the start, and notified so; action short of a strike without an end is
};
template <class V> void describe(V& v, CallWalkout& m)
{
    v("id", m.id);
    v("ballot", m.ballot);
    v("kind", m.kind);
    v("constituencies", m.constituencies);
    v("start", m.start);
    v("end", m.end);
    v("dates", m.dates);
    v("zone", m.zone);
    v("semantics", m.semantics);
    v("leave_out_unready", m.leave_out_unready);
    v("continuous", m.continuous);
}

/// Which notice of action covers this employer's part: the day it was received, and the first and last day it names.
struct NoticePart {
    Date received{};
    Date first{};
    std::optional<Date> last; ///< none where the action it notifies is continuous
};
template <class V> void describe(V& v, NoticePart& m)
{
    v("received", m.received);
    v("first", m.first);
    v("last", m.last);
}

struct CalledPart {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string employer;
    std::string who; ///< the employer, with the workplaces and the work that limit the call there
    std::optional<NoticePart> notice;
};
template <class V> void describe(V& v, CalledPart& m)
{
    v("constituency", m.constituency);
    v("employer", m.employer);
    v("who", m.who);
    v("notice", m.notice);
}

/// An employer whose members are not called, and what the law still asks for.
struct LeftOutPart {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string employer;
    std::string code;
    std::string detail;
    std::string next;
};
template <class V> void describe(V& v, LeftOutPart& m)
{
    v("constituency", m.constituency);
    v("employer", m.employer);
    v("code", m.code);
    v("detail", m.detail);
    v("next", m.next);
}

/// How many members heard of the call by mail, and how many have no address there and must hear of it otherwise.
struct CallTold {
    std::int64_t mailed = 0;
    std::int64_t without_address = 0;
};
template <class V> void describe(V& v, CallTold& m)
{
    v("mailed", m.mailed);
    v("without_address", m.without_address);
}

/// Public.
struct WalkoutView {
    WalkoutId id = *WalkoutId::parse("unnamed");
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title; ///< of the dispute
    strike::Action kind = strike::Action::strike;
    std::optional<std::vector<std::string>> types; ///< what the action short of a strike is, where the voting paper says
    std::vector<CalledPart> called;
    WallTime start{};                       ///< on the wall, in `zone`
    WallTime end{};                         ///< half-open: the end is outside
    std::optional<std::vector<Date>> dates; ///< action short of a strike on these days only
    bool continuous = false;                ///< on every day of the window, and notified so
    std::string zone;
    strike::Semantics semantics = strike::Semantics::clock;
    Instant starts_at{};
    Instant ends_at{};
    std::int64_t elapsed_minutes = 0;
    std::string words; ///< "12 noon on Tuesday 5 November 2013 to ..., 24 hours"
    std::string called_by;
    strike::State state = strike::State::called;
    std::optional<std::string> reason; ///< of the last change of state
    Instant changed_at{};              ///< called, or of that change
    std::int64_t sequence = 0;
    std::string tzdb; ///< version of the time zone table the instants were made with
    bool rehearsal = false;
    std::optional<std::vector<LeftOutPart>> left_out; ///< in the reply to the call only, as
    std::optional<CallTold> told;
};
template <class V> void describe(V& v, WalkoutView& m)
{
    v("id", m.id);
    v("ballot", m.ballot);
    v("title", m.title);
    v("kind", m.kind);
    v("types", m.types);
    v("called", m.called);
    v("start", m.start);
    v("end", m.end);
    v("dates", m.dates);
    v("continuous", m.continuous);
    v("zone", m.zone);
    v("semantics", m.semantics);
    v("starts_at", m.starts_at);
    v("ends_at", m.ends_at);
    v("elapsed_minutes", m.elapsed_minutes);
    v("words", m.words);
    v("called_by", m.called_by);
    v("state", m.state);
    v("reason", m.reason);
    v("changed_at", m.changed_at);
    v("sequence", m.sequence);
    v("tzdb", m.tzdb);
    v("rehearsal", m.rehearsal);
    v("left_out", m.left_out);
    v("told", m.told);
}

struct WalkoutList {
    std::vector<WalkoutView> walkouts;
};
template <class V> void describe(V& v, WalkoutList& m) { v("walkouts", m.walkouts); }

/// POST .../suspend, resume, end. Members read it.
struct Reason {
    std::string reason;
};
template <class V> void describe(V& v, Reason& m) { v("reason", m.reason); }

struct ShiftPart {
    WallTime start{};
    WallTime end{};
};
template <class V> void describe(V& v, ShiftPart& m)
{
    v("start", m.start);
    v("end", m.end);
}

/// One shift; split, in its parts.
struct ShiftAsked {
    std::vector<ShiftPart> parts;
};
template <class V> void describe(V& v, ShiftAsked& m) { v("parts", m.parts); }

/// POST .../cover: shifts, and days on which there is none.
struct CoverAsked {
    std::vector<ShiftAsked> shifts;
    std::optional<std::vector<Date>> off;
};
template <class V> void describe(V& v, CoverAsked& m)
{
    v("shifts", m.shifts);
    v("off", m.off);
}

struct CoverReply {
    strike::Cover cover = strike::Cover::not_called;
    std::string sentence;
    std::string for_manager; ///< what the member may say at work
    WallTime shift_start{};
    WallTime shift_end{}; ///< of a day off: midnight to midnight
};
template <class V> void describe(V& v, CoverReply& m)
{
    v("cover", m.cover);
    v("sentence", m.sentence);
    v("for_manager", m.for_manager);
    v("shift_start", m.shift_start);
    v("shift_end", m.shift_end);
}

/// `called` and `exempt` only where a member is signed in: whether the call reaches them, and whether an exemption of theirs stands.
struct CoverReplies {
    std::vector<CoverReply> answers;
    std::optional<bool> called;
    std::optional<bool> exempt;
    bool rehearsal = false;
};
template <class V> void describe(V& v, CoverReplies& m)
{
    v("answers", m.answers);
    v("called", m.called);
    v("exempt", m.exempt);
    v("rehearsal", m.rehearsal);
}

// ---- picket plans ----

/// A picket supervisor, where the law of the day requires one (TULRCA s.220A).
struct SupervisorPart {
    std::string name;
    std::string contact;
    std::string letter;      ///< reference of the union's letter
    std::string police_told; ///< who at the police was told, when and how
};
template <class V> void describe(V& v, SupervisorPart& m)
{
    v("name", m.name);
    v("contact", m.contact);
    v("letter", m.letter);
    v("police_told", m.police_told);
}

struct NewSite {
    std::string name;
    std::string address;
    std::optional<std::string> employer; ///< with workplace, as in the register, or neither
    std::optional<std::string> workplace;
    std::optional<double> latitude; ///< with longitude, or neither
    std::optional<double> longitude;
    std::optional<bool> is_public;
    std::optional<std::string> notes;
    std::optional<SupervisorPart> supervisor;
    std::optional<std::string> elsewhere_reason; ///< why people stay signed up for whom it is not their own place of work
};
template <class V> void describe(V& v, NewSite& m)
{
    v("name", m.name);
    v("address", m.address);
    v("employer", m.employer);
    v("workplace", m.workplace);
    v("latitude", m.latitude);
    v("longitude", m.longitude);
    v("public", m.is_public);
    v("notes", m.notes);
    v("supervisor", m.supervisor);
    v("elsewhere_reason", m.elsewhere_reason);
}

/// `opens` and `closes` are times of day, 24:00 at the latest; both or neither. One that closes at or before it opens closes on the next day.
/// Where an entrance is changed its site stays.
struct NewEntrance {
    std::int64_t site = 0;
    std::string name;
    std::optional<std::string> opens;
    std::optional<std::string> closes;
    std::optional<std::vector<strike::Weekday>> days; ///< of the week on which it opens; every day where absent
};
template <class V> void describe(V& v, NewEntrance& m)
{
    v("site", m.site);
    v("name", m.name);
    v("opens", m.opens);
    v("closes", m.closes);
    v("days", m.days);
}

/// `from_second` and `to_second`: the later of two equal wall times, in the hour that autumn repeats.
struct NewPost {
    std::int64_t entrance = 0;
    std::optional<strike::PostRole> role; ///< as its hours imply where absent
    WallTime from{};
    WallTime to{};
    std::optional<bool> from_second;
    std::optional<bool> to_second;
    std::int64_t needed = 1;
    std::optional<std::int64_t> places; ///< six where absent
    std::optional<std::string> over_six_reason;
    std::optional<std::string> organiser; ///< member number
    std::optional<std::string> lone_risk; ///< why fewer than the least are safe there at night
};
template <class V> void describe(V& v, NewPost& m)
{
    v("entrance", m.entrance);
    v("role", m.role);
    v("from", m.from);
    v("to", m.to);
    v("from_second", m.from_second);
    v("to_second", m.to_second);
    v("needed", m.needed);
    v("places", m.places);
    v("over_six_reason", m.over_six_reason);
    v("organiser", m.organiser);
    v("lone_risk", m.lone_risk);
}

/// What was added, and the plan's new version: the next If-Match is the reply's ETag.
struct Added {
    std::int64_t number = 0;
    std::int64_t version = 0;
};
template <class V> void describe(V& v, Added& m)
{
    v("number", m.number);
    v("version", m.version);
}

struct Person {
    std::string number;
    std::string name;
};
template <class V> void describe(V& v, Person& m)
{
    v("number", m.number);
    v("name", m.name);
}

struct PostView {
    std::int64_t number = 0;
    strike::PostRole role = strike::PostRole::walkout;
    WallTime from{};
    WallTime to{};
    std::string words; ///< both ends, the repeated hour told apart
    std::int64_t needed = 0;
    std::int64_t places = 0;
    std::int64_t taken = 0;
    bool mine = false;
    std::optional<bool> from_second;
    std::optional<bool> to_second;
    std::optional<std::string> over_six_reason;
    std::optional<std::string> lone_risk;
    std::optional<Person> organiser;           ///< for this branch's co-chairs only, as
    std::optional<std::vector<Person>> people; ///< for them, and of their own posts for organisers
};
template <class V> void describe(V& v, PostView& m)
{
    v("number", m.number);
    v("role", m.role);
    v("from", m.from);
    v("to", m.to);
    v("words", m.words);
    v("needed", m.needed);
    v("places", m.places);
    v("taken", m.taken);
    v("mine", m.mine);
    v("from_second", m.from_second);
    v("to_second", m.to_second);
    v("over_six_reason", m.over_six_reason);
    v("lone_risk", m.lone_risk);
    v("organiser", m.organiser);
    v("people", m.people);
}

struct EntranceView {
    std::int64_t number = 0;
    std::string name;
    std::optional<std::string> opens;
    std::optional<std::string> closes;
    std::optional<std::vector<strike::Weekday>> days;
    std::vector<PostView> posts;
};
template <class V> void describe(V& v, EntranceView& m)
{
    v("number", m.number);
    v("name", m.name);
    v("opens", m.opens);
    v("closes", m.closes);
    v("days", m.days);
    v("posts", m.posts);
}

struct SiteView {
    std::int64_t number = 0;
    std::string name;
    std::string address;
    std::optional<std::string> employer;
    std::optional<std::string> workplace;
    std::optional<double> latitude;
    std::optional<double> longitude;
    bool is_public = false;
    std::string notes;
    bool own_workplace = false;               ///< the caller's
    std::optional<double> kilometres;         ///< from the caller's workplace, where the register knows where that is
    std::optional<SupervisorPart> supervisor; ///< for this branch's co-chairs only, as
    std::optional<std::string> elsewhere_reason;
    std::vector<EntranceView> entrances;
};
template <class V> void describe(V& v, SiteView& m)
{
    v("number", m.number);
    v("name", m.name);
    v("address", m.address);
    v("employer", m.employer);
    v("workplace", m.workplace);
    v("latitude", m.latitude);
    v("longitude", m.longitude);
    v("public", m.is_public);
    v("notes", m.notes);
    v("own_workplace", m.own_workplace);
    v("kilometres", m.kilometres);
    v("supervisor", m.supervisor);
    v("elsewhere_reason", m.elsewhere_reason);
    v("entrances", m.entrances);
}

/// Its ETag begins with the version, which If-Match goes by: edits change that, sign-ups do not.
struct PlanView {
    WalkoutId walkout = *WalkoutId::parse("unnamed");
    std::string branch;
    std::int64_t version = 0;
    std::int64_t published_version = 0; ///< 0: not yet
    std::optional<Instant> published_at;
    std::optional<std::string> contact;          ///< whom to reach in case of need, and how
    strike::State state = strike::State::called; ///< of the walkout
    std::optional<std::string> reason;           ///< of its last change of state
    bool rehearsal = false;
    std::vector<SiteView> sites; ///< the caller's own workplace first, then by distance
};
template <class V> void describe(V& v, PlanView& m)
{
    v("walkout", m.walkout);
    v("branch", m.branch);
    v("version", m.version);
    v("published_version", m.published_version);
    v("published_at", m.published_at);
    v("contact", m.contact);
    v("state", m.state);
    v("reason", m.reason);
    v("rehearsal", m.rehearsal);
    v("sites", m.sites);
}

/// One of my posts; `state` says whether the walkout is still on.
struct MyPostView {
    WalkoutId walkout = *WalkoutId::parse("unnamed");
    std::string title;
    strike::State state = strike::State::called;
    std::string site;
    std::string address;
    std::string notes;
    std::string entrance;
    std::int64_t post = 0;
    strike::PostRole role = strike::PostRole::walkout;
    std::string words;
    bool rehearsal = false;
};
template <class V> void describe(V& v, MyPostView& m)
{
    v("walkout", m.walkout);
    v("title", m.title);
    v("state", m.state);
    v("site", m.site);
    v("address", m.address);
    v("notes", m.notes);
    v("entrance", m.entrance);
    v("post", m.post);
    v("role", m.role);
    v("words", m.words);
    v("rehearsal", m.rehearsal);
}

struct MyPostList {
    bool rehearsal = false;
    std::vector<MyPostView> posts;
    std::vector<MyPostView> in_charge; ///< what the caller organises, whether or not they are on it
};
template <class V> void describe(V& v, MyPostList& m)
{
    v("rehearsal", m.rehearsal);
    v("posts", m.posts);
    v("in_charge", m.in_charge);
}

} // namespace walkout::wire
