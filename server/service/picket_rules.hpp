#pragma once

#include "server/service/context.hpp"
#include "server/store/picket_store.hpp"
#include "server/store/register_store.hpp"
#include "shared/strike/exemption.hpp"
#include "shared/strike/walkout_words.hpp"

namespace walkout::service {

// What the use cases of pickets ask in common, always inside their own transaction.

/// The post, or "no_such_post".
Result<store::PostPlace> require_post(const store::ReadTx& tx, strike::PostNumber number);

/// The member, or "members_only" where this is no active one.
Result<store::Member> require_member(const store::ReadTx& tx, const std::string& number);

/// What to leave out of the facts about somebody, and what to suppose: a swap frees one place and takes another.
struct Supposing {
    std::optional<strike::PostNumber> leaving{}; ///< they are taken off this one
    std::int64_t freed = 0;                      ///< places that someone else leaves on the post wanted
    std::string elsewhere_reason{};              ///< of the co-chair who puts them there
};

/// Decides whether a member may stand there, on everything this transaction knows. Stores nothing.
Result<strike::SignUp> may_stand(const store::ReadTx& tx, const Context& context, const store::Member& member, const store::PostPlace& place,
                                 const Supposing& supposing = {});

/// When a member is on a post, or in charge of one, other than this; a suspended walkout may yet resume.
std::vector<strike::Span> hours_elsewhere(const store::ReadTx& tx, const std::string& member, strike::PostNumber wanted,
                                          const Supposing& supposing = {});

/// Whether a site, with the workplace and the recorded reason it has, is no place for this member to picket. Other rules aside.
bool is_elsewhere(const store::ReadTx& tx, const Context& context, const store::Member& member, const store::PostPlace& place);

/// Whether a member of the branch can be there when they are to be in charge of a post, by the rules of signing up: at their own place of work, or
/// as an official, or where a reason is recorded (they were put on the post, or the site has one); on no two posts at once; rested; not exempt.
/// `besides`: posts of the same walkout that they are about to be in charge of too.
/// Refusals: those of strike::check_place and check_rota, and exempt, in words for a co-chair.
Result<void> may_be_in_charge(const store::ReadTx& tx, const Context& context, const store::Member& member, const store::PostPlace& place,
                              const std::vector<store::PostPlace>& besides = {});
/// Who is in charge of a post of this plan and could not be there.
std::vector<strike::AbsentOrganiser> absent_organisers(const store::ReadTx& tx, const Context& context, const strike::Plan& plan);
/// A post of a plan with its place.
store::PostPlace place_in(const strike::Plan& plan, const strike::Post& post);

/// Hours in which the union has exempted a member's work from this walkout.
std::vector<strike::Exemption> granted_exemptions(const store::ReadTx& tx, const WalkoutId& walkout, const std::string& member);

/// Whether the call reaches a member: by their employer, and by their constituency where they are on the ballot's roll. Those who joined since
/// may be called too (law.md 1.9).
bool is_called(const store::ReadTx& tx, const strike::Walkout& walkout, const store::Member& member);

/// Whom one part of a call reaches: those of its employer who could vote in its constituency, or could had they joined in time.
strike::Reach reach_of(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Called& part);
/// The whole call in words, a line for each employer. What the ballot was about, not only where: nobody else may strike on it.
std::vector<std::string> called_words(const store::ReadTx& tx, const strike::Walkout& walkout, ballot::Language language = ballot::Language::en);
/// What the action short of a strike is, in the words of the voting paper (TULRCA s.229(2C)); empty for a strike, and where the paper does not say.
std::vector<std::string> types_of_action(const store::ReadTx& tx, const strike::Walkout& walkout);

/// How many stand on each post of a branch's plan.
std::vector<strike::Staffed> staffed(const store::ReadTx& tx, const WalkoutId& walkout, const std::string& branch);

/// The days of the walkout, and of its posts, on which the law requires a picket supervisor.
std::vector<Date> supervised_days(const store::ReadTx& tx, const strike::Walkout& walkout);

/// What the law of a picket says, with the sources of its jurisdiction and of the day the walkout starts.
struct PicketingLaw {
    std::string place_source;  ///< of the rule where pickets may stand, and for what alone
    std::int64_t most = 0;     ///< at an entrance, in general
    std::string number_source; ///< of that guidance
};
PicketingLaw picketing_law(const store::ReadTx& tx, const strike::Walkout& walkout);

/// "12 noon to 2pm on Tuesday 5 November 2013, Headquarters, Andover Road (Main gate)"
std::string place_words(const strike::Walkout& walkout, const store::PostPlace& place);

/// Takes everyone off a post, and tells them why.
void clear_post(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const store::PostPlace& place, const std::string& why);

} // namespace walkout::service
