#include "server/service/fill_rota.hpp"

#include "server/service/audit.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/edit_picket_plan.hpp"
#include "server/service/mail.hpp"
#include "server/service/picket_rules.hpp"
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

std::vector<strike::Post> soonest_first(const Planning& planning)
{
    auto posts = planning.plan.posts;
    std::ranges::stable_sort(posts, {}, [&](const strike::Post& post) { return strike::span(post, planning.walkout.window.zone()).from; });
    return posts;
}

} // namespace

Result<std::vector<strike::Gap>> picket_gaps(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    return strike::gaps(planning->walkout, planning->plan, staffed(tx, walkout, branch), supervised_days(tx, planning->walkout),
                        store::picket_settings(tx));
}

Result<Filled> fill_from_reserves(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    auto waiting = store::reserves(tx, walkout, branch);
    Filled filled;
    for (const auto& post : soonest_first(*planning)) {
        const auto place = store::find_post(tx, post.number).value();
        auto missing = post.needed - store::places_taken(tx, post.number);
        for (auto next = waiting.begin(); next != waiting.end() && missing > 0;) {
            const auto member = require_member(tx, *next);
            const auto stands = member ? may_stand(tx, context, *member, place) : Result<strike::SignUp>(member.error());
            const auto before = store::find_sign_up(tx, post.number, *next);
            if (!stands || (before && !before->cancelled)) {
                ++next;
                continue;
            }
            store::put_sign_up(tx, *stands);
            store::remove_reserve(tx, walkout, *next);
            tell_placed(tx, context, planning->walkout, place, *member);
            filled.placed.push_back({member->number, member->name, post.number});
            next = waiting.erase(next);
            --missing;
        }
        filled.still_missing += std::max<std::int64_t>(missing, 0);
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
        queue_mail(tx, context,
                   {.to = member->email,
                    .subject = "Your place on the picket has gone",
                    .body = "A co-chair of your branch took you off:\n  " + place_words(planning->walkout, *place) + "\n"});
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
    };
    std::map<std::string, Told> told;
    for (const auto& person : store::people_on_posts(tx, walkout, branch)) {
        auto& one = told[person.number];
        one.email = person.email;
        one.posts += "  " + place_words(called, store::find_post(tx, person.post).value()) + "\n";
    }
    for (const auto& [number, one] : told)
        queue_mail(tx, context,
                   {.to = one.email,
                    .subject = "The picket rota: your posts",
                    .body = called.title + "\n" + strike::words(called) + "\n\nYou are on:\n" + one.posts +
                            "\nIf you cannot come: walkout picket cancel POST, or offer it with: walkout picket swap POST\n"});
    record_audit(tx, context, Role::co_chair, "picket_rota_published", walkout.text(),
                 {{"branch", branch}, {"version", std::to_string(plan.version)}, {"told", std::to_string(told.size())}});
    return Published{plan.version, static_cast<std::int64_t>(told.size()), strike::gaps(called, plan, people, supervised, settings)};
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
