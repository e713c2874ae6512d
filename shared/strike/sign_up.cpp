#include "shared/strike/picket_parts.hpp"

namespace walkout::strike {
namespace {

using std::chrono::minutes;

Refusal refuse(Kind kind, std::string code, std::string detail, std::string next)
{
    return {.kind = kind, .code = std::move(code), .detail = std::move(detail), .next = std::move(next)};
}

/// The stint somebody would stand: posts with only a short break between them are one.
Span stint_with(const Span& hours_there, const std::vector<Span>& elsewhere, minutes stint_break)
{
    auto stint = hours_there;
    for (bool grew = true; grew;) {
        grew = false;
        for (const auto& other : elsewhere) {
            const bool inside = stint.from <= other.from && other.to <= stint.to;
            if (inside || other.from - stint.to >= stint_break || stint.from - other.to >= stint_break) continue;
            stint = {std::min(stint.from, other.from), std::max(stint.to, other.to)};
            grew = true;
        }
    }
    return stint;
}

} // namespace

std::optional<Refusal> check_place(const SignUpFacts& facts)
{
    if (facts.site_workplace && facts.member_workplace == facts.site_workplace) return std::nullopt;
    if (facts.member_branch != facts.plan_branch) {
        return refuse(Kind::not_allowed, "not_your_picket", "You can picket at your own place of work or with your own branch; this post is neither.",
                      "See your own with: walkout picket list");
    }
    const bool anywhere = !facts.settings.own_workplace || !facts.site_workplace || facts.official || !facts.elsewhere_reason.empty();
    if (anywhere) return std::nullopt;
    return refuse(Kind::not_allowed, "not_your_workplace", "The law protects pickets at their own place of work, and this post is at another one.",
                  "See the posts at yours with: walkout picket list; if you work from here too, ask a co-chair to put you on the post.");
}

std::optional<Refusal> check_rota(const Span& hours_there, const std::vector<Span>& elsewhere, const PicketSettings& settings, const Zone& zone)
{
    if (std::ranges::any_of(elsewhere, [&](const Span& other) { return overlap(other, hours_there); }))
        return refuse(Kind::conflict, "double_booked", "You are on another post at that time.", "Cancel that one first, or choose another time.");
    for (const auto& other : elsewhere) {
        const auto& [first, second] = hours_there.from < other.from ? std::tie(hours_there, other) : std::tie(other, hours_there);
        const bool night = touches_night(first, settings, zone) || touches_night(second, settings, zone);
        const bool another_day = zone.date(first.to - std::chrono::seconds(1)) != zone.date(second.from);
        if ((night || another_day) && second.from - first.to < settings.rest)
            return refuse(Kind::conflict, "rest_too_short",
                          "You would have only " + length_words(second.from - first.to) +
                              " between two posts with a night in or between them; it takes " + length_words(settings.rest) + ".",
                          "Choose a post further from your other one.");
    }
    const auto stint = stint_with(hours_there, elsewhere, settings.stint_break);
    if (stint.to - stint.from > settings.longest_stint)
        return refuse(Kind::conflict, "stint_too_long",
                      "With your other posts you would stand " + length_words(stint.to - stint.from) + " in one go; the longest is " +
                          length_words(settings.longest_stint) + ".",
                      "Choose a post with a longer break before or after it.");
    return std::nullopt;
}

Result<SignUp> sign_up(const SignUpFacts& facts)
{
    const auto& [walkout, post] = std::tie(facts.walkout, facts.post);
    if (walkout.state == State::suspended)
        return refuse(Kind::not_open, "walkout_suspended", "This walkout is suspended, so nobody can sign up for its pickets now.",
                      "Wait to hear from your branch.");
    if (walkout.state == State::ended)
        return refuse(Kind::not_open, "walkout_ended", "This walkout has ended, so nobody can sign up for its pickets.", "");
    if (facts.before && !facts.before->cancelled) return *facts.before;

    const auto& zone = walkout.window.zone();
    const auto mine = span(post, zone);
    if (facts.now >= mine.to) return refuse(Kind::not_open, "post_over", "This post is over.", "See what is left with: walkout picket list");
    if (auto refusal = check_place(facts)) return *refusal;
    if (std::ranges::any_of(facts.exempt, [&](const Span& hours_of_work) { return overlap(hours_of_work, mine); }))
        return refuse(Kind::conflict, "exempt", "The union has exempted your work at that time, so you are expected there and not on the picket.",
                      "Choose another time; see: walkout exemption show");
    if (auto refusal = check_rota(mine, facts.elsewhere, facts.settings, zone)) return *refusal;
    if (facts.taken >= post.places)
        return refuse(Kind::conflict, "post_full", "Every place on this post is taken.", "Choose another with: walkout picket list");
    return SignUp{.post = post.number, .member = facts.member, .cancelled = false, .sequence = facts.before ? facts.before->sequence + 1 : 0};
}

Result<SignUp> take_off(PostNumber post, const std::optional<SignUp>& before)
{
    if (!before || before->cancelled)
        return refuse(Kind::not_found, "not_signed_up", "You are not signed up for this post.", "See yours with: walkout picket list");
    return SignUp{.post = post, .member = before->member, .cancelled = true, .sequence = before->sequence + 1};
}

Result<SignUp> cancel(const Walkout& walkout, const Post& post, const std::optional<SignUp>& before, Instant now, const PicketSettings& settings)
{
    auto off = take_off(post.number, before);
    if (!off) return off;
    const auto cut_off = span(post, walkout.window.zone()).from - settings.cancel_cut_off;
    if (now >= cut_off)
        return refuse(Kind::conflict, "cancel_too_late",
                      "It is less than " + length_words(settings.cancel_cut_off) + " before this post starts, so it would stand unmanned.",
                      "Offer your place with: walkout picket swap; or tell a co-chair, who can take you off.");
    return off;
}

} // namespace walkout::strike
