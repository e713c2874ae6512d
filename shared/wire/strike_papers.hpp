#pragma once

// What the papers and pages of a walkout are filled with, and what the API gives as JSON for them. Times and states are in words.

#include "shared/wire/codec.hpp"

namespace walkout::wire {

/// One line of a list of hours: "12 noon to 1pm on Tuesday 5 November 2013", "Walkout".
struct PostLine {
    std::string when;
    std::string what;
};
template <class V> void describe(V& v, PostLine& m)
{
    v("when", m.when);
    v("what", m.what);
}

/// A site that is public; nobody's name.
struct SiteLines {
    std::string name;
    std::string address;
    std::optional<std::string> position; ///< degrees north and east
    std::vector<PostLine> posts;
};
template <class V> void describe(V& v, SiteLines& m)
{
    v("name", m.name);
    v("address", m.address);
    v("position", m.position);
    v("posts", m.posts);
}

struct WalkoutLink {
    std::string title;
    std::string when;
    std::string address;
};
template <class V> void describe(V& v, WalkoutLink& m)
{
    v("title", m.title);
    v("when", m.when);
    v("address", m.address);
}

struct WalkoutsPage {
    std::vector<WalkoutLink> walkouts;
    bool rehearsal = false;
};
template <class V> void describe(V& v, WalkoutsPage& m)
{
    v("walkouts", m.walkouts);
    v("rehearsal", m.rehearsal);
}

struct MessagePage {
    std::string title;
    std::string words;
    bool rehearsal = false;
};
template <class V> void describe(V& v, MessagePage& m)
{
    v("title", m.title);
    v("words", m.words);
    v("rehearsal", m.rehearsal);
}

struct WalkoutPage {
    std::string title;
    std::optional<std::string> state; ///< where it is suspended or has ended: what that means, and why
    std::string when;
    std::string what;
    std::string covers;
    std::vector<std::string> called; ///< who
    std::vector<SiteLines> sites;
    std::string zone;
    std::string ics;
    std::string geojson;
    bool rehearsal = false;
};
template <class V> void describe(V& v, WalkoutPage& m)
{
    v("title", m.title);
    v("state", m.state);
    v("when", m.when);
    v("what", m.what);
    v("covers", m.covers);
    v("called", m.called);
    v("sites", m.sites);
    v("zone", m.zone);
    v("ics", m.ics);
    v("geojson", m.geojson);
    v("rehearsal", m.rehearsal);
}

struct RotaPerson {
    std::string person;
    std::string member; ///< number
};
template <class V> void describe(V& v, RotaPerson& m)
{
    v("person", m.person);
    v("member", m.member);
}

struct RotaPost {
    std::int64_t number = 0;
    std::string when;
    std::string role;
    std::string organiser;
    std::vector<RotaPerson> people;
    std::optional<std::string> missing; ///< "2 more needed"
};
template <class V> void describe(V& v, RotaPost& m)
{
    v("number", m.number);
    v("when", m.when);
    v("role", m.role);
    v("organiser", m.organiser);
    v("people", m.people);
    v("missing", m.missing);
}

struct RotaEntrance {
    std::string entrance;
    std::vector<RotaPost> posts;
};
template <class V> void describe(V& v, RotaEntrance& m)
{
    v("entrance", m.entrance);
    v("posts", m.posts);
}

struct RotaSite {
    std::string name;
    std::string address;
    std::optional<std::string> notes;
    std::optional<std::string> supervisor;
    std::vector<RotaEntrance> entrances;
};
template <class V> void describe(V& v, RotaSite& m)
{
    v("name", m.name);
    v("address", m.address);
    v("notes", m.notes);
    v("supervisor", m.supervisor);
    v("entrances", m.entrances);
}

/// For a branch's co-chairs and organisers: with names.
struct RotaPaper {
    std::string branch;
    std::string title;
    std::string when;
    std::optional<std::string> state;
    std::int64_t version = 0;
    std::string published;
    std::optional<std::string> contact; ///< whom to reach in case of need
    std::vector<RotaSite> sites;
    bool rehearsal = false;
};
template <class V> void describe(V& v, RotaPaper& m)
{
    v("branch", m.branch);
    v("title", m.title);
    v("when", m.when);
    v("state", m.state);
    v("version", m.version);
    v("published", m.published);
    v("contact", m.contact);
    v("sites", m.sites);
    v("rehearsal", m.rehearsal);
}

/// Of an organiser; or of a supervisor, and then with the letter's reference and what the law of those days requires.
struct AuthorityCard {
    std::string heading;
    std::string person;
    std::string where;
    std::vector<std::string> times;
    std::optional<std::string> letter;
    std::optional<std::string> contact;
    std::optional<std::string> police_told;
    std::optional<std::string> required; ///< the days on which the law requires a supervisor there
};
template <class V> void describe(V& v, AuthorityCard& m)
{
    v("heading", m.heading);
    v("person", m.person);
    v("where", m.where);
    v("times", m.times);
    v("letter", m.letter);
    v("contact", m.contact);
    v("police_told", m.police_told);
    v("required", m.required);
}

struct AuthorityPaper {
    std::string branch;
    std::string title;
    std::string called_by;
    std::string walkout; ///< when it is
    std::optional<std::string> state;
    std::optional<std::string> branch_contact; ///< whom to reach in case of need
    std::vector<AuthorityCard> cards;
    std::string place_source; ///< of the law where pickets may stand, in its jurisdiction
    std::int64_t most = 0;    ///< pickets at an entrance, in general
    std::string number_source;
    bool rehearsal = false;
};
template <class V> void describe(V& v, AuthorityPaper& m)
{
    v("branch", m.branch);
    v("title", m.title);
    v("called_by", m.called_by);
    v("walkout", m.walkout);
    v("state", m.state);
    v("branch_contact", m.branch_contact);
    v("cards", m.cards);
    v("place_source", m.place_source);
    v("most", m.most);
    v("number_source", m.number_source);
    v("rehearsal", m.rehearsal);
}

struct IncidentPaper {
    std::string branch;
    std::string walkout; ///< its id
    std::string title;
    std::string when;
    std::string sites; ///< "1 Headquarters, 2 Hostel"
    std::optional<std::string> contact;
    bool rehearsal = false;
};
template <class V> void describe(V& v, IncidentPaper& m)
{
    v("branch", m.branch);
    v("walkout", m.walkout);
    v("title", m.title);
    v("when", m.when);
    v("sites", m.sites);
    v("contact", m.contact);
    v("rehearsal", m.rehearsal);
}

/// To hang up, a sheet for each public site with posts by day; nobody's name.
struct PosterPaper {
    bool strike = true; ///< false: action short of one
    std::string title;
    std::string called_by;
    std::optional<std::string> state;
    std::string when;
    std::vector<std::string> called; ///< who
    std::vector<SiteLines> sites;
    std::string page; ///< address of the public page, in words and as QR
    bool rehearsal = false;
};
template <class V> void describe(V& v, PosterPaper& m)
{
    v("strike", m.strike);
    v("title", m.title);
    v("called_by", m.called_by);
    v("state", m.state);
    v("when", m.when);
    v("called", m.called);
    v("sites", m.sites);
    v("page", m.page);
    v("rehearsal", m.rehearsal);
}

/// What a member shows to be checked in; the code is strike::Pass signed by the board.
struct PassPaper {
    std::string name;
    std::string number;
    std::string title;
    std::optional<std::string> off; ///< where the walkout is suspended or has ended
    std::int64_t post = 0;
    std::string when;
    std::string site;
    std::string address;
    std::string entrance;
    std::optional<std::string> notes;
    std::string code;
    bool rehearsal = false;
};
template <class V> void describe(V& v, PassPaper& m)
{
    v("name", m.name);
    v("number", m.number);
    v("title", m.title);
    v("off", m.off);
    v("post", m.post);
    v("when", m.when);
    v("site", m.site);
    v("address", m.address);
    v("entrance", m.entrance);
    v("notes", m.notes);
    v("code", m.code);
    v("rehearsal", m.rehearsal);
}

struct DeciderLine {
    std::string decider;
    std::string day;
    std::string reason;
};
template <class V> void describe(V& v, DeciderLine& m)
{
    v("decider", m.decider);
    v("day", m.day);
    v("reason", m.reason);
}

/// What an exempt member shows at work.
struct ExemptionLetter {
    std::int64_t number = 0;
    std::string name;
    std::string member; ///< number
    std::string hours;
    std::string zone;
    std::string work;
    std::string title;
    std::string called_by;
    std::string when;
    std::optional<std::string> state;
    std::vector<DeciderLine> decisions;
    bool rehearsal = false;
};
template <class V> void describe(V& v, ExemptionLetter& m)
{
    v("number", m.number);
    v("name", m.name);
    v("member", m.member);
    v("hours", m.hours);
    v("zone", m.zone);
    v("work", m.work);
    v("title", m.title);
    v("called_by", m.called_by);
    v("when", m.when);
    v("state", m.state);
    v("decisions", m.decisions);
    v("rehearsal", m.rehearsal);
}

} // namespace walkout::wire
