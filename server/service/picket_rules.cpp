#include "server/service/picket_rules.hpp"

#include "server/service/ballots.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/mail.hpp"
#include "server/service/tell_walkout.hpp"
#include "server/store/official_store.hpp"
#include "server/store/roll_store.hpp"
#include "server/store/strike_day_store.hpp"
#include "server/store/walkout_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

/// Why somebody cannot be in charge, in words for whoever names them.
std::string why_not_in_charge(const Refusal& refusal, const strike::PicketSettings& settings)
{
    if (refusal.code == "not_your_workplace" || refusal.code == "not_your_picket")
        return "by the register it is not their own place of work, where the law protects pickets (TULRCA s.220).";
    if (refusal.code == "double_booked") return "they are on another post at that time, or in charge of one.";
    if (refusal.code == "rest_too_short")
        return "they would not have " + strike::length_words(settings.rest) + " of rest between two posts with a night in or between them.";
    if (refusal.code == "stint_too_long")
        return "with their other posts they would stand longer than " + strike::length_words(settings.longest_stint) + " in one go.";
    return refusal.detail;
}

/// TULRCA s.220(1)(b), (4): an official of the union may accompany the members whom they represent. An officer of the whole union represents every
/// member, a co-chair is taken to represent those of their own branch.
bool accompanies(const store::ReadTx& tx, const std::string& member, const std::string& branch)
{
    return std::ranges::any_of(store::offices_of(tx, member), [&](const ballot::Office& office) {
        return ballot::is_of_union(office.role) && (office.scope.empty() || office.scope == branch);
    });
}

/// Refers to the walkout and the place.
strike::SignUpFacts facts_of(const store::ReadTx& tx, const Context& context, const strike::Walkout& walkout, const store::Member& member,
                             const store::PostPlace& place, const Supposing& supposing)
{
    std::optional<strike::Workplace> workplace;
    if (!member.workplace.empty()) workplace = strike::Workplace{member.employer, member.workplace};
    std::vector<strike::Span> exempt;
    for (const auto& exemption : granted_exemptions(tx, place.walkout, member.number))
        exempt.push_back(strike::span(exemption, walkout.window.zone()));
    return {.walkout = walkout,
            .post = place.post,
            .plan_branch = place.branch,
            .site_workplace = place.site.workplace,
            .taken = store::places_taken(tx, place.post.number) - supposing.freed,
            .member = member.number,
            .member_branch = member.branch,
            .member_workplace = workplace,
            .official = accompanies(tx, member.number, place.branch),
            .elsewhere_reason = supposing.elsewhere_reason,
            .elsewhere = hours_elsewhere(tx, member.number, place.post.number, supposing),
            .exempt = std::move(exempt),
            .before = store::find_sign_up(tx, place.post.number, member.number),
            .now = context.ballot_now,
            .settings = store::picket_settings(tx)};
}

} // namespace

std::vector<strike::Span> hours_elsewhere(const store::ReadTx& tx, const std::string& member, strike::PostNumber wanted, const Supposing& supposing)
{
    std::vector<strike::Span> hours;
    for (const auto& [sign_up, place] : store::sign_ups_of(tx, member)) {
        if (sign_up.cancelled || sign_up.post == wanted || sign_up.post == supposing.leaving) continue;
        const auto walkout = store::find_walkout(tx, place.walkout).value();
        if (walkout.state != strike::State::ended) hours.push_back(strike::span(place.post, walkout.window.zone()));
    }
    for (const auto& place : store::organised_by(tx, member)) {
        if (place.post.number == wanted) continue;
        const auto walkout = store::find_walkout(tx, place.walkout).value();
        const auto sign_up = store::find_sign_up(tx, place.post.number, member);
        const bool counted = sign_up && !sign_up->cancelled && supposing.leaving != place.post.number;
        if (walkout.state != strike::State::ended && !counted) hours.push_back(strike::span(place.post, walkout.window.zone()));
    }
    return hours;
}

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
    return strike::sign_up(facts_of(tx, context, *walkout, member, place, supposing));
}

bool is_elsewhere(const store::ReadTx& tx, const Context& context, const store::Member& member, const store::PostPlace& place)
{
    if (!place.site.elsewhere_reason.empty()) return false;
    const auto walkout = require_walkout(tx, place.walkout).value();
    return strike::check_place(facts_of(tx, context, walkout, member, place, {})).has_value();
}

Result<void> may_be_in_charge(const store::ReadTx& tx, const Context& context, const store::Member& member, const store::PostPlace& place,
                              const std::vector<store::PostPlace>& besides)
{
    const auto walkout = require_walkout(tx, place.walkout);
    if (!walkout) return walkout.error();
    auto facts = facts_of(tx, context, *walkout, member, place, {});
    const auto hours = strike::span(place.post, walkout->window.zone());
    for (const auto& other : besides) facts.elsewhere.push_back(strike::span(other.post, walkout->window.zone()));
    const bool put_there = facts.before && !facts.before->cancelled;
    std::optional<Refusal> refusal;
    if (place.site.elsewhere_reason.empty() && !put_there) refusal = strike::check_place(facts);
    if (!refusal) refusal = strike::check_rota(hours, facts.elsewhere, facts.settings, walkout->window.zone());
    if (refusal) {
        refusal->detail = why_not_in_charge(*refusal, facts.settings);
    } else if (std::ranges::any_of(facts.exempt, [&](const strike::Span& work) { return overlap(work, hours); })) {
        refusal = Refusal{.kind = Kind::conflict, .code = "exempt", .detail = "the union has exempted their work at that time."};
    }
    if (!refusal) return {};
    refusal->next =
        refusal->code == "not_your_workplace"
            ? "Name somebody who works there; or if they work there too, put them on the post with: walkout picket assign --elsewhere-reason"
            : "Name somebody else, or change their other posts.";
    return *refusal;
}

store::PostPlace place_in(const strike::Plan& plan, const strike::Post& post)
{
    const auto& entrance = *std::ranges::find(plan.entrances, post.entrance, &strike::Entrance::number);
    return {plan.walkout, plan.branch, *std::ranges::find(plan.sites, entrance.site, &strike::Site::number), entrance, post};
}

std::vector<strike::AbsentOrganiser> absent_organisers(const store::ReadTx& tx, const Context& context, const strike::Plan& plan)
{
    std::vector<strike::AbsentOrganiser> absent;
    for (const auto& post : plan.posts) {
        if (post.organiser.empty()) continue;
        const auto member = store::find_member(tx, post.organiser);
        if (!member || !member->active || member->branch != plan.branch) {
            absent.push_back({post.number, member ? member->name : post.organiser, "they are no longer a member of the branch."});
            continue;
        }
        if (const auto may = may_be_in_charge(tx, context, *member, place_in(plan, post)); !may)
            absent.push_back({post.number, member->name, may.error().detail});
    }
    return absent;
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

strike::Reach reach_of(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Called& part)
{
    const auto plan = store::find_ballot(tx, walkout.ballot).value().plan;
    const auto entitled = plan.entitled.value_or(ballot::Entitlement{});
    strike::Reach reach{.employer = part.employer, .workplaces = {}, .categories = entitled.categories.value_or(std::vector<std::string>{})};
    if (plan.constituencies == ballot::Split::per_workplace) {
        const auto label = store::find_constituency(tx, part.constituency).value().name;
        const auto before = part.employer + ", "; // as ballot::constituency_label makes it
        if (label.starts_with(before)) reach.workplaces.push_back(label.substr(before.size()));
    } else if (entitled.workplaces) {
        for (const auto& workplace : *entitled.workplaces)
            if (store::find_workplace(tx, part.employer, workplace)) reach.workplaces.push_back(workplace);
    }
    return reach;
}

std::vector<std::string> called_words(const store::ReadTx& tx, const strike::Walkout& walkout, ballot::Language language)
{
    std::vector<strike::Reach> whole;
    for (const auto& part : walkout.called) {
        auto reach = reach_of(tx, walkout, part);
        const auto same = std::ranges::find(whole, reach.employer, &strike::Reach::employer);
        if (same == whole.end()) whole.push_back(std::move(reach));
        else
            for (auto& workplace : reach.workplaces)
                if (std::ranges::find(same->workplaces, workplace) == same->workplaces.end()) same->workplaces.push_back(std::move(workplace));
    }
    std::vector<std::string> words;
    for (const auto& reach : whole) words.push_back(strike::words_in(language, reach));
    return words;
}

std::vector<std::string> types_of_action(const store::ReadTx& tx, const strike::Walkout& walkout)
{
    const auto ballot = store::find_ballot(tx, walkout.ballot);
    if (!ballot || walkout.action != strike::Action::action_short) return {};
    const auto question = std::ranges::find(ballot->plan.questions, walkout.action, &ballot::Question::kind);
    return question == ballot->plan.questions.end() ? std::vector<std::string>() : question->types_of_action.value_or(std::vector<std::string>{});
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

PicketingLaw picketing_law(const store::ReadTx& tx, const strike::Walkout& walkout)
{
    const auto jurisdiction = require_ballot(tx, walkout.ballot).value().plan.jurisdiction;
    const auto book = rulebook(tx);
    const auto day = walkout.window.first_date();
    const auto& number = book.rule(law::Topic::pickets_per_entrance, jurisdiction, day);
    const auto* most = law::value_of<law::Count>(number);
    return {.place_source = law::source_of(book.rule(law::Topic::picketing_place, jurisdiction, day)),
            .most = most ? most->number : strike::pickets_per_entrance,
            .number_source = law::source_of(number)};
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
                    .body = off_words(walkout) + "You were down for:\n  " + place_words(walkout, place) + "\n\n" + why +
                            "\nSee what else needs people with: walkout picket list " + walkout.id.text() + "\n"});
    }
    if (const auto organiser = store::find_member(tx, place.post.organiser))
        queue_mail(tx, context,
                   {.to = organiser->email,
                    .subject = "You are no longer in charge of a picket",
                    .body = off_words(walkout) + "You were in charge of:\n  " + place_words(walkout, place) + "\n\n" + why + "\n"});
}

} // namespace walkout::service
