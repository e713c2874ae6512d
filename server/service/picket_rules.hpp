#pragma once

#include "server/service/context.hpp"
#include "server/store/picket_store.hpp"
#include "server/store/register_store.hpp"
#include "shared/strike/exemption.hpp"

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

/// Hours in which the union has exempted a member's work from this walkout.
std::vector<strike::Exemption> granted_exemptions(const store::ReadTx& tx, const WalkoutId& walkout, const std::string& member);

/// Whether the call reaches a member: by their employer, and by their constituency where they are on the ballot's roll. Those who joined since
/// may be called too (law.md 1.9).
bool is_called(const store::ReadTx& tx, const strike::Walkout& walkout, const store::Member& member);

/// How many stand on each post of a branch's plan.
std::vector<strike::Staffed> staffed(const store::ReadTx& tx, const WalkoutId& walkout, const std::string& branch);

/// The days of the walkout, and of its posts, on which the law requires a picket supervisor.
std::vector<Date> supervised_days(const store::ReadTx& tx, const strike::Walkout& walkout);

/// "12 noon to 2pm on Tuesday 5 November 2013, Headquarters, Andover Road (Main gate)"
std::string place_words(const strike::Walkout& walkout, const store::PostPlace& place);

/// Takes everyone off a post, and tells them why.
void clear_post(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const store::PostPlace& place, const std::string& why);

} // namespace walkout::service
