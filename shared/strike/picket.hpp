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

struct Coordinates { ///< WGS 84 degrees
    double latitude = 0;
    double longitude = 0;
};

/// As in the register.
struct Workplace {
    std::string employer;
    std::string name;
    friend bool operator==(const Workplace&, const Workplace&) = default;
};

struct Site {
    SiteNumber number{};
    std::string name;
    std::string address;
    std::optional<Workplace> workplace; ///< none where the site is nobody's own place of work (a rally, say)
    std::optional<Coordinates> coordinates;
    bool is_public = false; ///< shown on the public page, in the walkout's calendar and map
    std::string notes;      ///< toilets, parking, step-free access, private land
};

struct Entrance {
    EntranceNumber number{};
    SiteNumber site{};
    std::string name;
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
    std::string over_six_reason{};              ///< recorded where the entrance may hold over six at once
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
};

Span span(const Post& post, const Zone& zone);

/// Decisions on a plan. Each checks and returns what to store; the store gives the number.
/// Refusals: plan_closed (the walkout has ended), missing_name, bad_coordinates, no_such_site, no_such_entrance, no_such_time,
/// post_backwards, post_outside_walkout, bad_numbers, over_six_needs_reason.
Result<Site> add_site(const Walkout& walkout, const Plan& plan, Site site);
Result<Entrance> add_entrance(const Walkout& walkout, const Plan& plan, Entrance entrance);
/// A post lies within the local days the walkout touches: pickets gather before noon and see people back in after it.
Result<Post> add_post(const Walkout& walkout, const Plan& plan, Post post);

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
    std::vector<Span> elsewhere;  ///< this member's other posts, in any walkout
    std::optional<SignUp> before; ///< this member's earlier sign-up for this post
    Instant now;                  ///< ballot clock
};

/// Signing up twice is one sign-up. Refusals: walkout_suspended, walkout_ended, post_over, not_your_picket, post_full, double_booked.
Result<SignUp> sign_up(const SignUpFacts& facts);

/// Refuses "not_signed_up".
Result<SignUp> cancel(PostNumber post, const std::optional<SignUp>& before);

} // namespace walkout::strike
