#include "server/service/fill_rota.hpp"

#include "server/service/audit.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/edit_picket_plan.hpp"
#include "server/service/mail.hpp"
#include "server/service/picket_rules.hpp"
#include "server/service/tell_walkout.hpp"
#include "server/store/strike_day_store.hpp"

#include <algorithm>
#include <map>

namespace walkout::service {
namespace {

using ballot::Role;

std::string number_text(strike::PostNumber post) { return std::to_string(static_cast<std::int64_t>(post)); }

void tell_placed(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const store::PostPlace& place,
                 const store::Member& member)
{
    queue_mail(tx, context,
               {.to = member.email,
                .subject = "You have a place on the picket",
                .body = "Your branch has put you on:\n  " + place_words(walkout, place) + "\n" +
                        (place.site.notes.empty() ? "" : "  " + place.site.notes + "\n") + "\nIf you cannot come: walkout picket cancel " +
                        number_text(place.post.number) + "\n"});
}

Result<Planning> post_of_co_chair(const store::ReadTx& tx, const Context& context, const store::PostPlace& place)
{
    return as_co_chair(tx, context, place.walkout, place.branch);
}

/// First where somebody would stand alone at night, which is unsafe and keeps the rota from being published; then soonest first.
std::vector<strike::Post> most_urgent_first(const store::ReadTx& tx, const Planning& planning, const strike::PicketSettings& settings)
{
    auto posts = planning.plan.posts;
    std::ranges::stable_sort(posts, {}, [&](const strike::Post& post) {
        const bool alone = strike::alone_at_night(planning.walkout, post, store::places_taken(tx, post.number), settings);
        return std::pair(!alone, strike::span(post, planning.walkout.window.zone()).from);
    });
    return posts;
}

/// The first of those waiting who may stand there and do not yet, at most as many as are missing.
std::vector<std::pair<store::Member, strike::SignUp>> who_could(const store::ReadTx& tx, const Context& context, const store::PostPlace& place,
                                                                const std::vector<std::string>& waiting, std::int64_t missing)
{
    std::vector<std::pair<store::Member, strike::SignUp>> able;
    for (const auto& number : waiting) {
        if (static_cast<std::int64_t>(able.size()) == missing) break;
        const auto member = require_member(tx, number);
        const auto before = store::find_sign_up(tx, place.post.number, number);
        if (!member || (before && !before->cancelled)) continue;
        if (const auto stands = may_stand(tx, context, *member, place)) able.emplace_back(*member, *stands);
    }
    return able;
}

} // namespace

Result<std::vector<strike::Gap>> picket_gaps(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    return strike::gaps(planning->walkout, planning->plan, staffed(tx, walkout, branch), supervised_days(tx, planning->walkout),
                        store::picket_settings(tx), absent_organisers(tx, context, planning->plan));
}

Result<Filled> fill_from_reserves(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    const auto settings = store::picket_settings(tx);
    auto waiting = store::reserves(tx, walkout, branch);
    Filled filled;
    for (const auto& post : most_urgent_first(tx, *planning, settings)) {
        const auto place = store::find_post(tx, post.number).value();
        const auto taken = store::places_taken(tx, post.number);
        const auto missing = std::max<std::int64_t>(post.needed - taken, 0);
        const auto able = who_could(tx, context, place, waiting, missing);
        const auto with_them = taken + static_cast<std::int64_t>(able.size());
        filled.still_missing += missing;
        if (strike::alone_at_night(planning->walkout, post, with_them, settings)) continue; // not one person into the night: elsewhere they help
        for (const auto& [member, stands] : able) {
            store::put_sign_up(tx, stands);
            store::remove_reserve(tx, walkout, member.number);
            tell_placed(tx, context, planning->walkout, place, member);
            filled.placed.push_back({member.number, member.name, post.number});
            std::erase(waiting, member.number);
            --filled.still_missing;
        }
    }
    record_audit(tx, context, Role::co_chair, "picket_filled", walkout.text(),
                 {{"branch", branch}, {"placed", std::to_string(filled.placed.size())}, {"missing", std::to_string(filled.still_missing)}});
    return filled;
}

Result<strike::SignUp> assign(store::WriteTx& tx, const Context& context, strike::PostNumber number, const std::string& member_number,
                              const std::string& elsewhere_reason)
{
    const auto place = require_post(tx, number);
    if (!place) return place.error();
    const auto planning = post_of_co_chair(tx, context, *place);
    if (!planning) return planning.error();
    const auto member = require_member(tx, member_number);
    if (!member || member->branch != place->branch)
        return Refusal{.kind = Kind::not_found,
                       .code = "no_such_colleague",
                       .detail = "No member of " + place->branch + " has the number " + member_number + ".",
                       .next = "Check the member number."};
    const auto before = store::find_sign_up(tx, number, member_number);
    auto decided = may_stand(tx, context, *member, *place, {.elsewhere_reason = elsewhere_reason});
    if (!decided) {
        auto refusal = decided.error();
        if (refusal.code == "not_your_workplace") {
            refusal.detail = "The law protects pickets at their own place of work, and by the register this is not theirs.";
            refusal.next = "If they work from there too, say why with --elsewhere-reason.";
        }
        return refusal;
    }
    if (before && !before->cancelled) return decided;
    store::put_sign_up(tx, *decided);
    tell_placed(tx, context, planning->walkout, *place, *member);
    record_audit(tx, context, Role::co_chair, "picket_assigned", place->walkout.text(),
                 {{"branch", place->branch}, {"post", number_text(number)}}); // not why they work elsewhere: the log is for ever
    return decided;
}

Result<void> take_off_post(store::WriteTx& tx, const Context& context, strike::PostNumber number, const std::string& member_number)
{
    const auto place = require_post(tx, number);
    if (!place) return place.error();
    const auto planning = post_of_co_chair(tx, context, *place);
    if (!planning) return planning.error();
    const auto off = strike::take_off(number, store::find_sign_up(tx, number, member_number));
    if (!off)
        return Refusal{
            .kind = Kind::not_found, .code = "not_signed_up", .detail = "They are not on this post.", .next = "See who is with: walkout picket plan"};
    store::put_sign_up(tx, *off);
    store::withdraw_swaps(tx, number, member_number);
    if (const auto member = store::find_member(tx, member_number))
        queue_mail(
            tx, context,
            {.to = member->email,
             .subject = "Your place on the picket has gone",
             .body = off_words(planning->walkout) + "A co-chair of your branch took you off:\n  " + place_words(planning->walkout, *place) + "\n"});
    record_audit(tx, context, Role::co_chair, "picket_taken_off", place->walkout.text(), {{"branch", place->branch}, {"post", number_text(number)}});
    return {};
}

Result<Published> publish_rota(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                               const std::function<Result<void>(std::int64_t version)>& still_current)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    const auto& [called, plan] = *planning;
    if (const auto current = still_current(plan.version); !current) return current.error();
    const auto people = staffed(tx, walkout, branch);
    const auto supervised = supervised_days(tx, called);
    const auto settings = store::picket_settings(tx);
    if (const auto fine = strike::may_publish(called, plan, people, supervised, settings); !fine) return fine.error();
    store::put_published(tx, plan, context.ballot_now);

    struct Told {
        std::string email;
        std::string posts;
        std::string in_charge;
    };
    std::map<std::string, Told> told;
    for (const auto& person : store::people_on_posts(tx, walkout, branch)) {
        auto& one = told[person.number];
        one.email = person.email;
        one.posts += "  " + place_words(called, store::find_post(tx, person.post).value()) + "\n";
    }
    for (const auto& post : plan.posts) {
        const auto organiser = store::find_member(tx, post.organiser);
        if (!organiser) continue;
        auto& one = told[organiser->number];
        one.email = organiser->email;
        one.in_charge += "  " + place_words(called, place_in(plan, post)) + "\n";
    }
    for (const auto& [number, one] : told) {
        auto body = called.title + "\n" + strike::words(called) + "\n";
        if (!one.posts.empty())
            body += "\nYou are on:\n" + one.posts + "If you cannot come: walkout picket cancel POST, or offer it with: walkout picket swap POST\n";
        if (!one.in_charge.empty())
            body += "\nYou are in charge of:\n" + one.in_charge + "Take its list along, which works without a signal: walkout picket roster " +
                    walkout.text() + "\n";
        if (!plan.contact.empty()) body += "\nIn case of need: " + plan.contact + "\n";
        queue_mail(tx, context, {.to = one.email, .subject = "The picket rota: your posts", .body = std::move(body)});
    }
    record_audit(tx, context, Role::co_chair, "picket_rota_published", walkout.text(),
                 {{"branch", branch}, {"version", std::to_string(plan.version)}, {"told", std::to_string(told.size())}});
    return Published{plan.version, static_cast<std::int64_t>(told.size()),
                     strike::gaps(called, plan, people, supervised, settings, absent_organisers(tx, context, plan))};
}

Result<strike::PicketSettings> set_picket_settings(store::WriteTx& tx, const Context& context, strike::PicketSettings settings,
                                                   const std::function<Result<void>(std::int64_t version)>& still_current)
{
    if (!context.caller.holds(Role::general_secretary))
        return Refusal{.kind = Kind::not_allowed,
                       .code = "wrong_office",
                       .detail = "Only the general secretary sets what holds for every branch's pickets.",
                       .next = "Ask them to."};
    const auto version = store::picket_settings(tx).version;
    if (const auto current = still_current(version); !current) return current.error();
    auto checked = strike::check(settings);
    if (!checked) return checked;
    checked->version = version + 1;
    store::put_picket_settings(tx, *checked);
    record_audit(tx, context, Role::general_secretary, "picket_settings_changed", "pickets", {{"version", std::to_string(checked->version)}});
    return checked;
}

} // namespace walkout::service
