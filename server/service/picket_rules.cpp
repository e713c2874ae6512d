#include "server/service/picket_rules.hpp"

#include "server/service/ballots.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/mail.hpp"
#include "server/store/official_store.hpp"
#include "server/store/roll_store.hpp"
#include "server/store/strike_day_store.hpp"
#include "server/store/walkout_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

/// Hours of the member's other posts; a suspended walkout may yet resume.
std::vector<strike::Span> elsewhere(const store::ReadTx& tx, const std::string& member, strike::PostNumber wanted, const Supposing& supposing)
{
    std::vector<strike::Span> hours;
    for (const auto& [sign_up, place] : store::sign_ups_of(tx, member)) {
        if (sign_up.cancelled || sign_up.post == wanted || sign_up.post == supposing.leaving) continue;
        const auto walkout = store::find_walkout(tx, place.walkout).value();
        if (walkout.state != strike::State::ended) hours.push_back(strike::span(place.post, walkout.window.zone()));
    }
    return hours;
}

} // namespace

Result<store::PostPlace> require_post(const store::ReadTx& tx, strike::PostNumber number)
{
    if (auto place = store::find_post(tx, number)) return *std::move(place);
    return Refusal{.kind = Kind::not_found,
                   .code = "no_such_post",
                   .detail = "There is no picket post of this number.",
                   .next = "See them with: walkout picket list"};
}

Result<store::Member> require_member(const store::ReadTx& tx, const std::string& number)
{
    auto member = store::find_member(tx, number);
    if (member && member->active) return *std::move(member);
    return Refusal{
        .kind = Kind::not_allowed, .code = "members_only", .detail = "Only members sign up for pickets.", .next = "Sign in with your member number."};
}

Result<strike::SignUp> may_stand(const store::ReadTx& tx, const Context& context, const store::Member& member, const store::PostPlace& place,
                                 const Supposing& supposing)
{
    const auto walkout = require_walkout(tx, place.walkout);
    if (!walkout) return walkout.error();
    std::optional<strike::Workplace> workplace;
    if (!member.workplace.empty()) workplace = strike::Workplace{member.employer, member.workplace};
    std::vector<strike::Span> exempt;
    for (const auto& exemption : granted_exemptions(tx, place.walkout, member.number))
        exempt.push_back(strike::span(exemption, walkout->window.zone()));
    return strike::sign_up({.walkout = *walkout,
                            .post = place.post,
                            .plan_branch = place.branch,
                            .site_workplace = place.site.workplace,
                            .taken = store::places_taken(tx, place.post.number) - supposing.freed,
                            .member = member.number,
                            .member_branch = member.branch,
                            .member_workplace = workplace,
                            .official = store::find_official(tx, member.number).has_value(),
                            .elsewhere_reason = supposing.elsewhere_reason,
                            .elsewhere = elsewhere(tx, member.number, place.post.number, supposing),
                            .exempt = std::move(exempt),
                            .before = store::find_sign_up(tx, place.post.number, member.number),
                            .now = context.ballot_now,
                            .settings = store::picket_settings(tx)});
}

std::vector<strike::Exemption> granted_exemptions(const store::ReadTx& tx, const WalkoutId& walkout, const std::string& member)
{
    auto exemptions = store::exemptions_of(tx, member);
    std::erase_if(exemptions, [&](const strike::Exemption& exemption) {
        return exemption.walkout != walkout || exemption.state() != strike::Exemption::State::granted;
    });
    return exemptions;
}

bool is_called(const store::ReadTx& tx, const strike::Walkout& walkout, const store::Member& member)
{
    const auto in = [&](const auto& is_theirs) {
        return std::ranges::any_of(walkout.called,
                                   [&](const strike::Called& part) { return part.employer == member.employer && is_theirs(part.constituency); });
    };
    if (const auto constituency = store::constituency_of(tx, walkout.ballot, member.number))
        return in([&](const ConstituencyId& called) { return called == *constituency; });
    // Without a vote: called only who joined after the cut-off and does work that the ballot was about, not who was left out or taken off.
    if (store::was_on_roll(tx, walkout.ballot, member.number)) return false;
    const auto excluded = store::exclusion_reason(tx, walkout.ballot, member.number);
    if (excluded && *excluded != name(ballot::ExclusionReason::joined_after_cut_off)) return false;
    const auto ballot = store::find_ballot(tx, walkout.ballot).value();
    const auto place = ballot::newcomers_constituency(ballot.plan, {.number = member.number,
                                                                    .branch = member.branch,
                                                                    .employer = member.employer,
                                                                    .workplace = member.workplace,
                                                                    .category = member.category,
                                                                    .joined = {},
                                                                    .overseas = member.overseas});
    return place && in([&](const ConstituencyId& called) { return store::find_constituency(tx, called).value().name == *place; });
}

std::vector<strike::Staffed> staffed(const store::ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    std::vector<strike::Staffed> out;
    for (const auto& person : store::people_on_posts(tx, walkout, branch)) { // in order of post
        if (out.empty() || out.back().post != person.post) out.push_back({person.post, 0});
        ++out.back().people;
    }
    return out;
}

std::vector<Date> supervised_days(const store::ReadTx& tx, const strike::Walkout& walkout)
{
    const auto ballot = require_ballot(tx, walkout.ballot);
    if (!ballot) return {};
    const auto book = rulebook(tx);
    std::vector<Date> days;
    for (const auto day : strike::dates_touched(walkout.window))
        if (law::Rulebook::covers(day) && law::holds(book.rule(law::Topic::picket_supervisor, ballot->plan.jurisdiction, day))) days.push_back(day);
    return days;
}

std::string place_words(const strike::Walkout& walkout, const store::PostPlace& place)
{
    return strike::words(place.post.from, place.post.to, walkout.window.zone()) + ", " + place.site.name + ", " + place.site.address + " (" +
           place.entrance.name + ")";
}

void clear_post(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const store::PostPlace& place, const std::string& why)
{
    for (const auto& person : store::people_on_post(tx, place.post.number)) {
        const auto off = strike::take_off(place.post.number, store::find_sign_up(tx, place.post.number, person.number));
        store::put_sign_up(tx, off.value());
        store::withdraw_swaps(tx, place.post.number, person.number);
        queue_mail(tx, context,
                   {.to = person.email,
                    .subject = "Your place on the picket has gone",
                    .body = "You were down for:\n  " + place_words(walkout, place) + "\n\n" + why +
                            "\nSee what else needs people with: walkout picket list " + walkout.id.text() + "\n"});
    }
}

} // namespace walkout::service
