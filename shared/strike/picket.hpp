#pragma once

#include "shared/base/names.hpp"
#include "shared/strike/walkout.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace walkout::strike {

// Numbers people type ("walkout picket sign-up 17"). Each only compares with its own kind.
enum class SiteNumber : std::int64_t {};
enum class EntranceNumber : std::int64_t {};
enum class PostNumber : std::int64_t {};

/// "In general terms the number of pickets does not exceed six at any entrance to a workplace" — Code of Practice on Picketing.
/// Guidance, not statute: more is possible with a recorded reason.
inline constexpr std::int64_t pickets_per_entrance = 6;

/// What a union sets for its own pickets (field.md 5.3); everything here has a default. Law and the Code are not here: they are dated rules.
struct PicketSettings {
    std::int64_t version = 0;                                ///< the ETag of an edit
    std::int64_t cap = pickets_per_entrance;                 ///< people at one entrance at once, without a recorded reason
    std::chrono::minutes night_from{std::chrono::hours(22)}; ///< local time of day
    std::chrono::minutes night_to{std::chrono::hours(6)};    ///< on the next day
    std::int64_t least_at_night = 2;
    std::chrono::minutes longest_stint{std::chrono::hours(4)};
    std::chrono::minutes stint_break{std::chrono::hours(1)};     ///< posts closer together than this are one stint
    std::chrono::minutes rest{std::chrono::hours(8)};            ///< between a post at night, or of another day, and the next
    std::chrono::minutes cancel_cut_off{std::chrono::hours(12)}; ///< before a post starts; later, a co-chair must know
    bool own_workplace = true; ///< pickets stand at their own place of work (TULRCA s.220(1)(a)); officials may accompany members anywhere
};
/// Refuses "bad_settings" what no picket could live by.
Result<PicketSettings> check(PicketSettings settings);

struct Coordinates { ///< WGS 84 degrees
    double latitude = 0;
    double longitude = 0;
};
double kilometres(const Coordinates& a, const Coordinates& b); ///< great circle

/// As in the register.
struct Workplace {
    std::string employer;
    std::string name;
    friend bool operator==(const Workplace&, const Workplace&) = default;
};

/// Where the law of the day requires one (TULRCA s.220A, 1 March 2017 to 17 February 2026): who it is, the letter, and that the police know.
struct Supervisor {
    std::string name;
    std::string contact;     ///< how union and police reach them
    std::string letter;      ///< reference of the union's letter
    std::string police_told; ///< who at the police was told the name, place and contact, when and how
    friend bool operator==(const Supervisor&, const Supervisor&) = default;
};

struct Site {
    SiteNumber number{};
    std::string name;
    std::string address;
    std::optional<Workplace> workplace; ///< none where the site is nobody's own place of work (a rally, say)
    std::optional<Coordinates> coordinates;
    bool is_public = false; ///< shown on the public page, in the walkout's calendar and map
    std::string notes;      ///< toilets, parking, step-free access, private land
    std::optional<Supervisor> supervisor{};
    std::string elsewhere_reason{}; ///< recorded where people stay on its posts for whom it is not their own place of work
};

enum class Weekday { mon, tue, wed, thu, fri, sat, sun };

constexpr auto enum_names(Weekday)
{
    return std::to_array<std::pair<Weekday, std::string_view>>({{Weekday::mon, "mon"},
                                                                {Weekday::tue, "tue"},
                                                                {Weekday::wed, "wed"},
                                                                {Weekday::thu, "thu"},
                                                                {Weekday::fri, "fri"},
                                                                {Weekday::sat, "sat"},
                                                                {Weekday::sun, "sun"}});
}
Weekday weekday_of(Date day);

/// When an entrance is in use, as local times of day; 00:00 to 24:00 is round the clock. 22:00 to 30:00 closes at six the next morning.
struct OpeningHours {
    std::chrono::minutes opens{};
    std::chrono::minutes closes{};
    std::vector<Weekday> days{}; ///< on which it opens; empty: on every day
    bool opens_on(Date day) const;
    bool round_the_clock() const { return opens == std::chrono::minutes(0) && closes == std::chrono::hours(24); }
    friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
};

struct Entrance {
    EntranceNumber number{};
    SiteNumber site{};
    std::string name;
    std::optional<OpeningHours> hours{}; ///< unknown where empty
};

enum class PostRole { walkout, arrivals, late, night, going_back };

constexpr auto enum_names(PostRole)
{
    return std::to_array<std::pair<PostRole, std::string_view>>({{PostRole::walkout, "walkout"},
                                                                 {PostRole::arrivals, "arrivals"},
                                                                 {PostRole::late, "late"},
                                                                 {PostRole::night, "night"},
                                                                 {PostRole::going_back, "return"}});
}

/// Some hours at one entrance for some people.
struct Post {
    PostNumber number{};
    EntranceNumber entrance{};
    PostRole role = PostRole::walkout;
    Moment from;
    Moment to;                                  ///< outside the post
    std::int64_t needed = 1;                    ///< fewer than this is a gap
    std::int64_t places = pickets_per_entrance; ///< more than this cannot sign up
    std::string over_six_reason{};              ///< recorded where the entrance may hold over the cap at once
    std::string organiser{};                    ///< member number of who is in charge there; empty: nobody yet
    std::string lone_risk{};                    ///< recorded where fewer than the least may stand there at night
};

/// What one branch does in one walkout. Its version goes up with every change to sites, entrances and posts (it is the ETag);
/// people signing up do not change it, so sixty phones never disturb a co-chair's edit.
struct Plan {
    WalkoutId walkout;
    std::string branch;
    std::int64_t version = 0;
    std::vector<Site> sites;
    std::vector<Entrance> entrances;
    std::vector<Post> posts;
    std::int64_t published_version = 0; ///< the version its people were told of; 0: not published
    Instant published_at{};             ///< ballot clock
    std::string contact{};              ///< whom its people reach in case of need, and how; printed on its papers; may be empty
};

/// A public picket site with the hours its posts are held, soonest first.
struct PublicSite {
    Site site;
    std::vector<Post> posts;
};

Span span(const Post& post, const Zone& zone);
std::string_view role_words(PostRole role); ///< "walkout", "return to work"
bool touches_night(const Span& hours, const PicketSettings& settings, const Zone& zone);

/// Decisions on a plan. Each checks and returns what to store; the store gives the number. One whose number is set replaces that one.
/// Refusals: plan_closed (the walkout has ended), missing_name, text_too_long, bad_coordinates, bad_hours, no_such_site, no_such_entrance,
/// no_such_post, no_such_time, post_backwards, post_outside_walkout, post_too_long, bad_numbers, over_six_needs_reason, lone_at_night.
Result<Site> add_site(const Walkout& walkout, const Plan& plan, Site site);
Result<Entrance> add_entrance(const Walkout& walkout, const Plan& plan, Entrance entrance);
/// A post is held during the action, on its days: pickets gather up to an hour before it and see people back in up to an hour after. Where shifts
/// are on strike to their end (Semantics::commencing, hybrid) it may be held to the end of the last day.
Result<Post> add_post(const Walkout& walkout, const Plan& plan, Post post, const PicketSettings& settings = {});

/// What a post of these hours is for: the walkout itself where they hold its beginning, the return where they hold its end, else by the time of day.
PostRole role_by_hours(const Walkout& walkout, const Post& post, const PicketSettings& settings);

/// Someone on a post, or formerly on it: a cancelled one is kept so that their calendar learns of it.
struct SignUp {
    PostNumber post{};
    std::string member; ///< number
    bool cancelled = false;
    std::int64_t sequence = 0; ///< goes up with each change, for the calendar
};

/// Facts a sign-up is decided on, all read in one transaction.
struct SignUpFacts {
    const Walkout& walkout;
    const Post& post;
    std::string plan_branch;
    std::optional<Workplace> site_workplace;
    std::int64_t taken = 0; ///< people on the post now
    std::string member;     ///< number
    std::string member_branch;
    std::optional<Workplace> member_workplace;
    bool official = false;          ///< may accompany members at any of their workplaces (s.220(1)(b))
    std::string elsewhere_reason{}; ///< a co-chair's, for someone who stands at another place than their own (a mobile worker, s.220(2), say)
    std::vector<Span> elsewhere;    ///< this member's other posts, in any walkout
    std::vector<Span> exempt{};     ///< hours in which the union has exempted their work from this walkout
    std::optional<SignUp> before;   ///< this member's earlier sign-up for this post
    Instant now;                    ///< ballot clock
    PicketSettings settings{};
};

/// Signing up twice is one sign-up. Refusals: walkout_suspended, walkout_ended, post_over, not_your_picket, post_full, exempt, and those of
/// check_rota.
Result<SignUp> sign_up(const SignUpFacts& facts);

/// Whether the member may stand at that place at all. Refusals: not_your_picket, not_your_workplace.
std::optional<Refusal> check_place(const SignUpFacts& facts);

/// Whether someone who is at `elsewhere` may also stand `hours`. Refusals: double_booked, stint_too_long, rest_too_short.
std::optional<Refusal> check_rota(const Span& hours, const std::vector<Span>& elsewhere, const PicketSettings& settings, const Zone& zone);

/// By the member: refuses "not_signed_up", and "cancel_too_late" within the cut-off before the post. By a co-chair: at any time.
Result<SignUp> cancel(const Walkout& walkout, const Post& post, const std::optional<SignUp>& before, Instant now, const PicketSettings& settings);
Result<SignUp> take_off(PostNumber post, const std::optional<SignUp>& before);

/// The posts of a walkout as branches hold them (field.md 0.2, 5.3): the walkout itself, late and night posts at entrances open round the clock,
/// arrivals on each morning, and the return together. For action short of a strike nobody walks out: arrivals and late posts on its days. By each
/// entrance's opening hours; none where those are unknown. Nothing that is
/// already there for the same reason at the same entrance and time; places left under the cap by other posts there.
std::vector<Post> template_posts(const Walkout& walkout, const Plan& plan, const PicketSettings& settings);

/// What is missing, in the order in which it will be missed.
struct Gap {
    enum class What { people, night, organiser, supervisor, hours };
    What what;
    std::optional<PostNumber> post{};
    std::int64_t missing = 0; ///< people
    std::string words;
};
constexpr auto enum_names(Gap::What)
{
    using What = Gap::What;
    return std::to_array<std::pair<What, std::string_view>>(
        {{What::people, "people"}, {What::night, "night"}, {What::organiser, "organiser"}, {What::supervisor, "supervisor"}, {What::hours, "hours"}});
}
struct Staffed {
    PostNumber post{};
    std::int64_t people = 0;
};
/// Whoever is in charge of a post and could not be there, and why, in words.
struct AbsentOrganiser {
    PostNumber post{};
    std::string who; ///< name
    std::string why; ///< a sentence
};
/// `supervised` are the days on which the law requires a supervisor (Topic::picket_supervisor), in the walkout's zone.
std::vector<Gap> gaps(const Walkout& walkout, const Plan& plan, const std::vector<Staffed>& staffed, const std::vector<Date>& supervised,
                      const PicketSettings& settings, const std::vector<AbsentOrganiser>& absent = {});

/// Whether these people would stand where nobody stands alone, and no reason is recorded why they may.
bool alone_at_night(const Walkout& walkout, const Post& post, std::int64_t people, const PicketSettings& settings);
/// "Headquarters (Main gate)"
std::string place_words(const Plan& plan, const Post& post);

/// Whether the rota may be published: it has posts, nobody stands alone at night unless that risk was recorded, and supervisors are where the
/// law of the day requires them. Refusals: nothing_to_publish, lone_at_night, supervisor_needed (with its rule), and plan_closed.
Result<void> may_publish(const Walkout& walkout, const Plan& plan, const std::vector<Staffed>& staffed, const std::vector<Date>& supervised,
                         const PicketSettings& settings);

} // namespace walkout::strike
