#include "server/service/exempt_work.hpp"

#include "server/service/audit.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/mail.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/official_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

using ballot::Role;
using strike::Exemption;

Refusal no_such_exemption()
{
    return {.kind = Kind::not_found,
            .code = "no_such_exemption",
            .detail = "There is no exemption of this number.",
            .next = "See yours with: walkout exemption show"};
}

/// Whether the branch has fewer than two co-chairs but for the member whose work it is, so that it cannot decide alone.
bool branch_needs_help(const store::ReadTx& tx, const Exemption& exemption)
{
    const ballot::Office co_chair{Role::co_chair, exemption.branch};
    return std::ranges::count_if(store::officials_with(tx, Role::co_chair), [&](const store::Official& official) {
               return official.number != exemption.member && std::ranges::find(official.offices, co_chair) != official.offices.end();
           }) < 2;
}

/// Names stay in the branch (design.md section 6), but for what it cannot decide alone: that the general secretary decides with it.
bool decides(const store::ReadTx& tx, const Context& context, const Exemption& exemption)
{
    return context.caller.holds(Role::co_chair, exemption.branch) ||
           (context.caller.holds(Role::general_secretary) && branch_needs_help(tx, exemption));
}

std::optional<Role> role_of(const Context& context, const std::string& branch)
{
    if (context.caller.holds(Role::co_chair, branch)) return Role::co_chair;
    return context.caller.holds(Role::general_secretary) ? std::optional(Role::general_secretary) : std::nullopt;
}

std::string number_text(strike::ExemptionNumber number) { return std::to_string(static_cast<std::int64_t>(number)); }

std::string hours_words(const strike::Walkout& walkout, const Exemption& exemption)
{
    return strike::words(strike::Moment{exemption.hours.start}, strike::Moment{exemption.hours.end}, walkout.window.zone());
}

void tell_decided(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const Exemption& exemption, const store::Member& member)
{
    const bool granted = exemption.state() == Exemption::State::granted;
    auto body = (granted ? "You are exempt from the walkout for: " : "No exemption was granted for: ") + exemption.work + "\n  " +
                hours_words(walkout, exemption) + "\n";
    for (const auto& decision : exemption.decisions) body += "\n" + decision.name + ": " + decision.reason;
    body += granted ? "\n\nWork in those hours: you are not breaking the strike. Your letter: walkout exemption letter " +
                          number_text(exemption.number) + "\n"
                    : "\n\nThe call stands for you: see walkout strike covers " + walkout.id.text() + "\n";
    queue_mail(tx, context,
               {.to = member.email, .subject = granted ? "You are exempt" : "About the exemption that was asked for", .body = std::move(body)});
}

void leave_posts(store::WriteTx& tx, const strike::Walkout& walkout, const Exemption& exemption)
{
    const auto hours = strike::span(exemption, walkout.window.zone());
    for (const auto& [sign_up, place] : store::sign_ups_of(tx, exemption.member)) {
        if (sign_up.cancelled || place.walkout != walkout.id || !strike::overlap(strike::span(place.post, walkout.window.zone()), hours)) continue;
        store::put_sign_up(tx, strike::take_off(sign_up.post, sign_up).value());
        store::withdraw_swaps(tx, sign_up.post, exemption.member);
    }
}

} // namespace

Result<Exemption> request_exemption(store::WriteTx& tx, const Context& context, Exemption asked)
{
    const auto walkout = require_walkout(tx, asked.walkout);
    if (!walkout) return walkout.error();
    const auto member = store::find_member(tx, asked.member);
    const bool own = asked.member == context.caller.number && context.caller.member;
    if (!own && !(member && context.caller.holds(Role::co_chair, member->branch)))
        return Refusal{.kind = Kind::not_allowed,
                       .code = "no_such_colleague",
                       .detail = "An exemption is asked for by the member whose work it is, or by a co-chair of their branch.",
                       .next = "Check the member number."};
    asked.branch = member->branch;
    asked.member_name = member->name;
    if (asked.requested_by.empty()) asked.requested_by = context.caller.name;
    asked.requested_at = context.ballot_now;
    auto decided = strike::request_exemption(*walkout, std::move(asked));
    if (!decided) return decided;
    auto stored = store::add_exemption(tx, *std::move(decided));
    record_audit(tx, context, role_of(context, stored.branch), "exemption_requested", stored.walkout.text(),
                 {{"branch", stored.branch}, {"number", number_text(stored.number)}});
    return stored;
}

Result<Exemption> decide_exemption(store::WriteTx& tx, const Context& context, strike::ExemptionNumber number, bool grants, std::string reason)
{
    const auto found = store::find_exemption(tx, number);
    if (!found || !decides(tx, context, *found)) return no_such_exemption();
    const Exemption::Decision decision{context.caller.number, context.caller.name, grants, std::move(reason), context.ballot_now};
    auto decided = strike::decide_exemption(*found, decision);
    if (!decided) return decided;
    store::add_decision(tx, number, decision);
    record_audit(tx, context, role_of(context, found->branch), grants ? "exemption_granted" : "exemption_refused", found->walkout.text(),
                 {{"branch", found->branch}, {"number", number_text(number)}}); // reasons tell of people, and the log is for ever
    if (decided->state() == Exemption::State::requested) return decided;
    const auto walkout = require_walkout(tx, found->walkout);
    if (decided->state() == Exemption::State::granted) leave_posts(tx, *walkout, *decided);
    if (const auto member = store::find_member(tx, found->member)) tell_decided(tx, context, *walkout, *decided, *member);
    return decided;
}

Result<std::vector<Exemption>> branch_exemptions(const store::ReadTx& tx, const Context& context, const WalkoutId& id, const std::string& branch)
{
    const bool co_chair = context.caller.holds(Role::co_chair, branch);
    if (!co_chair && !context.caller.holds(Role::general_secretary))
        return Refusal{.kind = Kind::not_allowed,
                       .code = "not_your_branch",
                       .detail = "Exemptions of " + branch + " are for those who decide about them.",
                       .next = "See your own with: walkout exemption show " + id.text()};
    if (const auto walkout = require_walkout(tx, id); !walkout) return walkout.error();
    auto exemptions = store::exemptions(tx, id, branch);
    if (!co_chair) std::erase_if(exemptions, [&](const Exemption& exemption) { return !decides(tx, context, exemption); });
    return exemptions;
}

Result<std::vector<Exemption>> my_exemptions(const store::ReadTx& tx, const Context& context, const WalkoutId& id)
{
    if (const auto walkout = require_walkout(tx, id); !walkout) return walkout.error();
    auto mine = store::exemptions_of(tx, context.caller.number);
    std::erase_if(mine, [&](const Exemption& exemption) { return exemption.walkout != id; });
    return mine;
}

Result<Exemption> find_exemption_for(const store::ReadTx& tx, const Context& context, strike::ExemptionNumber number)
{
    auto found = store::find_exemption(tx, number);
    if (found && (found->member == context.caller.number || decides(tx, context, *found))) return *std::move(found);
    return no_such_exemption();
}

} // namespace walkout::service
