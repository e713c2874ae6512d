#pragma once

#include "server/service/edit_picket_plan.hpp"

namespace walkout::service {

struct CopiedPlan {
    std::int64_t sites = 0;
    std::int64_t entrances = 0;
    std::vector<std::string> left_out; ///< sites, by name, whose workplace is not called out in the walkout copied to
    std::int64_t version = 0;          ///< of the plan copied to
};
/// Takes over the branch's sites and entrances, with hours and notes, from its plan of another walkout. No posts, which belong to that walkout's hours,
/// and nobody: no organiser, supervisor or contact. A site or entrance of the same name is there already and stays. Refusals: those of edits, plan_closed,
/// same_walkout, nothing_to_copy (that plan has no site).
Result<CopiedPlan> copy_picket_plan(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                    const StillCurrent& still_current, const WalkoutId& from);

} // namespace walkout::service
