#include "server/service/exempt_work.hpp"

#include "server/service/audit.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/mail.hpp"
#include "server/service/picket_rules.hpp"
#include "server/service/tell_walkout.hpp"
#include "server/store/official_store.hpp"

#include <algorithm>
#include <map>

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
    return strike::words(exemption.from(), exemption.to(), walkout.window.zone());
}

std::string lines_of(const strike::Walkout& walkout, const std::vector<store::PostPlace>& places)
{
    std::string lines;
    for (const auto& place : places) lines += "  " + place_words(walkout, place) + "\n";
    return lines;
}

/// Co-chairs of the branch, and the general secretary where it cannot decide alone; not the member themselves. By number.
std::map<std::string, std::string> addresses_of_deciders(const store::ReadTx& tx, const Exemption& exemption)
{
    std::map<std::string, std::string> addresses;
    const auto add = [&](Role role, const std::string& scope) {
        for (const auto& official : store::officials_with(tx, role))
            if (official.number != exemption.member && std::ranges::find(official.offices, ballot::Office{role, scope}) != official.offices.end())
                addresses[official.number] = official.email;
    };
    add(Role::co_chair, exemption.branch);
    if (branch_needs_help(tx, exemption)) add(Role::general_secretary, "");
    return addresses;
}

/// Not the reason, which may tell of somebody's health: that is read where one signs in.
void ask_deciders(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const Exemption& exemption)
{
    const auto number = number_text(exemption.number);
    for (const auto& [who, address] : addresses_of_deciders(tx, exemption))
        queue_mail(tx, context,
                   {.to = address,
                    .subject = "Please decide: an exemption is asked for",
                    .body = off_words(walkout) + exemption.member_name + " (" + exemption.member + ") of " + exemption.branch +
                            ", for: " + exemption.work + "\n  " + hours_words(walkout, exemption) + "\n  asked for by " + exemption.requested_by +
                            "\n\nTwo people decide. Why it is asked for: walkout exemption list " + walkout.id.text() + " --branch \"" +
                            exemption.branch + "\"\nThen: walkout exemption grant " + number + " --reason \"...\", or refuse\n"});
}

/// Those who count on the member at a gate.
void tell_of_gap(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const Exemption& exemption,
                 const std::vector<store::PostPlace>& left)
{
    if (left.empty()) return;
    auto addresses = addresses_of_deciders(tx, exemption);
    for (const auto& place : left)
        if (const auto organiser = store::find_member(tx, place.post.organiser); organiser && organiser->number != exemption.member)
            addresses[organiser->number] = organiser->email;
    for (const auto& [who, address] : addresses)
        queue_mail(tx, context,
                   {.to = address,
                    .subject = "Somebody has left the picket: they are exempt",
                    .body = off_words(walkout) + exemption.member_name + " (" + exemption.member + ") is exempt and no longer on:\n" +
                            lines_of(walkout, left) + "\nWho else can stand there: walkout picket gaps " + walkout.id.text() + "\n"});
}

void tell_withdrawn(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const Exemption& exemption,
                    const store::Member& member)
{
    queue_mail(tx, context,
               {.to = member.email,
                .subject = "Your exemption is WITHDRAWN",
                .body = off_words(walkout) + "You are no longer exempt from the walkout for: " + exemption.work + "\n  " +
                        hours_words(walkout, exemption) + "\n\n" + exemption.withdrawn->name + ": " + exemption.withdrawn->reason +
                        "\n\nThe call stands for you again, and your letter is no longer valid: see walkout strike covers " + walkout.id.text() +
                        "\nPlaces on the picket that you gave up for it stay given up: walkout picket list " + walkout.id.text() + "\n"});
}

void tell_decided(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const Exemption& exemption, const store::Member& member,
                  const std::vector<store::PostPlace>& left)
{
    const bool granted = exemption.state() == Exemption::State::granted;
    auto body = off_words(walkout) + (granted ? "You are exempt from the walkout for: " : "No exemption was granted for: ") + exemption.work +
                "\n  " + hours_words(walkout, exemption) + "\n";
    for (const auto& decision : exemption.decisions) body += "\n" + decision.name + ": " + decision.reason;
    body += granted ? "\n\nWork in those hours: you are not breaking the strike. Your letter: walkout exemption letter " +
                          number_text(exemption.number) + "\n"
                    : "\n\nThe call stands for you: see walkout strike covers " + walkout.id.text() + "\n";
    if (!left.empty()) body += "\nFor that you are no longer on the picket:\n" + lines_of(walkout, left);
    queue_mail(tx, context,
               {.to = member.email, .subject = granted ? "You are exempt" : "About the exemption that was asked for", .body = std::move(body)});
}

/// Returns where they stood.
std::vector<store::PostPlace> leave_posts(store::WriteTx& tx, const strike::Walkout& walkout, const Exemption& exemption)
{
    std::vector<store::PostPlace> left;
    const auto hours = strike::span(exemption, walkout.window.zone());
    for (const auto& [sign_up, place] : store::sign_ups_of(tx, exemption.member)) {
        if (sign_up.cancelled || place.walkout != walkout.id || !strike::overlap(strike::span(place.post, walkout.window.zone()), hours)) continue;
        store::put_sign_up(tx, strike::take_off(sign_up.post, sign_up).value());
        store::withdraw_swaps(tx, sign_up.post, exemption.member);
        left.push_back(place);
    }
    return left;
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
    ask_deciders(tx, context, *walkout, stored);
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
    std::vector<store::PostPlace> left;
    if (decided->state() == Exemption::State::granted) left = leave_posts(tx, *walkout, *decided);
    if (const auto member = store::find_member(tx, found->member)) tell_decided(tx, context, *walkout, *decided, *member, left);
    tell_of_gap(tx, context, *walkout, *decided, left);
    return decided;
}

Result<Exemption> withdraw_exemption(store::WriteTx& tx, const Context& context, strike::ExemptionNumber number, std::string reason)
{
    const auto found = store::find_exemption(tx, number);
    if (!found || !decides(tx, context, *found)) return no_such_exemption();
    auto withdrawn = strike::withdraw_exemption(*found, {context.caller.number, context.caller.name, false, std::move(reason), context.ballot_now});
    if (!withdrawn) return withdrawn;
    store::add_withdrawal(tx, number, *withdrawn->withdrawn);
    record_audit(tx, context, role_of(context, found->branch), "exemption_withdrawn", found->walkout.text(),
                 {{"branch", found->branch}, {"number", number_text(number)}});
    if (const auto member = store::find_member(tx, found->member))
        tell_withdrawn(tx, context, require_walkout(tx, found->walkout).value(), *withdrawn, *member);
    return withdrawn;
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
