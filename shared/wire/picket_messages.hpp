#pragma once

#include "shared/base/time.hpp"
#include "shared/strike/picket.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

/// What holds for every branch's pickets. Times of day as 22:00, lengths in minutes.
struct PicketSettingsMessage {
    std::int64_t cap = 0; ///< people at one entrance at once, without a recorded reason
    std::string night_from;
    std::string night_to;
    std::int64_t least_at_night = 0;
    std::int64_t longest_stint = 0;
    std::int64_t stint_break = 0; ///< posts closer together are one stint
    std::int64_t rest = 0;
    std::int64_t cancel_cut_off = 0;
    bool own_workplace = true; ///< pickets stand at their own place of work, officials excepted
};
template <class V> void describe(V& v, PicketSettingsMessage& m)
{
    v("cap", m.cap);
    v("night_from", m.night_from);
    v("night_to", m.night_to);
    v("least_at_night", m.least_at_night);
    v("longest_stint", m.longest_stint);
    v("stint_break", m.stint_break);
    v("rest", m.rest);
    v("cancel_cut_off", m.cancel_cut_off);
    v("own_workplace", m.own_workplace);
}

/// The plan's new version after an edit that gives no number.
struct EditedPlan {
    std::int64_t version = 0;
};
template <class V> void describe(V& v, EditedPlan& m) { v("version", m.version); }

/// POST .../template: what to lay.
struct TemplateAsked {
    std::string template_name; ///< noon-to-noon
};
template <class V> void describe(V& v, TemplateAsked& m) { v("template", m.template_name); }

struct TemplateLaid {
    std::vector<std::int64_t> posts; ///< numbers
    std::int64_t version = 0;
};
template <class V> void describe(V& v, TemplateLaid& m)
{
    v("posts", m.posts);
    v("version", m.version);
}

struct GapView {
    strike::Gap::What what = strike::Gap::What::people;
    std::optional<std::int64_t> post;
    std::int64_t missing = 0;
    std::string words;
};
template <class V> void describe(V& v, GapView& m)
{
    v("what", m.what);
    v("post", m.post);
    v("missing", m.missing);
    v("words", m.words);
}

struct GapList {
    std::vector<GapView> gaps;
    std::int64_t reserves = 0;                   ///< people who would stand where they are needed
    strike::State state = strike::State::called; ///< of the walkout
    std::optional<std::string> reason;           ///< of its last change of state
    bool rehearsal = false;
};
template <class V> void describe(V& v, GapList& m)
{
    v("gaps", m.gaps);
    v("reserves", m.reserves);
    v("state", m.state);
    v("reason", m.reason);
    v("rehearsal", m.rehearsal);
}

struct PlacedView {
    std::string number;
    std::string name;
    std::int64_t post = 0;
};
template <class V> void describe(V& v, PlacedView& m)
{
    v("number", m.number);
    v("name", m.name);
    v("post", m.post);
}

struct FilledView {
    std::vector<PlacedView> placed;
    std::int64_t still_missing = 0;
};
template <class V> void describe(V& v, FilledView& m)
{
    v("placed", m.placed);
    v("still_missing", m.still_missing);
}

struct PublishedView {
    std::int64_t version = 0;
    std::int64_t told = 0;
    std::vector<GapView> gaps;
};
template <class V> void describe(V& v, PublishedView& m)
{
    v("version", m.version);
    v("told", m.told);
    v("gaps", m.gaps);
}

/// POST .../posts/{post}/people
struct NewAssignment {
    std::string member;
    std::optional<std::string> elsewhere_reason; ///< where the register does not have them at that place of work
};
template <class V> void describe(V& v, NewAssignment& m)
{
    v("member", m.member);
    v("elsewhere_reason", m.elsewhere_reason);
}

/// POST /api/v1/posts/{post}/swaps. `wants`: the post whose place is asked for in return.
struct NewSwap {
    std::optional<std::int64_t> wants;
};
template <class V> void describe(V& v, NewSwap& m) { v("wants", m.wants); }

struct SwapView {
    std::int64_t number = 0;
    std::int64_t post = 0;
    std::optional<std::int64_t> wants;
    std::string state;
};
template <class V> void describe(V& v, SwapView& m)
{
    v("number", m.number);
    v("post", m.post);
    v("wants", m.wants);
    v("state", m.state);
}

/// POST /api/v1/me/calendar. The address is a secret: whoever has it sees these posts until it is revoked.
struct FeedAddress {
    std::string path; ///< /calendar/....ics on this server
};
template <class V> void describe(V& v, FeedAddress& m) { v("path", m.path); }

} // namespace walkout::wire
