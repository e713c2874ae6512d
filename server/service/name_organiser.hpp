#pragma once

#include "server/service/edit_picket_plan.hpp"
#include "server/store/register_store.hpp"

namespace walkout::service {

/// An active member of the branch, whom pickets may answer to. Refuses "no_such_organiser".
Result<store::Member> organiser_of_branch(const store::ReadTx& tx, const std::string& branch, const std::string& number);

/// Who is in charge of the posts at an entrance.
struct NamedOrganiser {
    std::vector<strike::PostNumber> posts;
    struct NotThere {
        strike::PostNumber post{};
        std::string why;
    };
    std::vector<NotThere> not_there; ///< posts that still need somebody
    std::int64_t version = 0;        ///< of the plan
};
/// Puts a member in charge of the posts at an entrance that have nobody, as far as they can be there: those by day first, then those at night, in order
/// of time. They are told once. Refusals: those of edits, no_such_entrance, no_such_organiser, nothing_to_organise (no post there is without somebody),
/// and where they can be at none, why not at the first.
Result<NamedOrganiser> name_organiser(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                      const StillCurrent& still_current, strike::EntranceNumber entrance, const std::string& member);

void tell_in_charge(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const store::Member& member,
                    const std::vector<store::PostPlace>& places);
void tell_relieved(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout, const store::Member& member,
                   const store::PostPlace& place);

/// Sets whom the branch's people reach in case of need; empty for nobody. Returns the plan's new version. Refusals: those of edits, plan_closed,
/// text_too_long.
Result<std::int64_t> set_picket_contact(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                        const StillCurrent& still_current, const std::string& contact);

} // namespace walkout::service
