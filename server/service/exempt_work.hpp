#pragma once

#include "server/service/context.hpp"
#include "server/store/strike_day_store.hpp"

namespace walkout::service {

/// Asks for an exemption: the member whose work it is, or a co-chair of their branch for an employer that asked. Those who decide get a mail.
/// Refusals: no_such_walkout,
/// no_such_colleague, not_your_branch, and those of strike::request_exemption.
Result<strike::Exemption> request_exemption(store::WriteTx& tx, const Context& context, strike::Exemption asked);

/// One of two people decides, each a co-chair of the branch and neither the member; the general secretary too where fewer than two co-chairs can.
/// When the second grants, the member's places on pickets in those hours are given up; the member is told either way, and who runs those
/// pickets of the gap. Refusals:
/// no_such_exemption, and those of strike::decide_exemption.
Result<strike::Exemption> decide_exemption(store::WriteTx& tx, const Context& context, strike::ExemptionNumber number, bool grants,
                                           std::string reason);

/// Takes a grant back, by one of those who decide; the member is told, and the letter is no longer given out. Refusals: no_such_exemption, and those
/// of strike::withdraw_exemption.
Result<strike::Exemption> withdraw_exemption(store::WriteTx& tx, const Context& context, strike::ExemptionNumber number, std::string reason);

/// Of a branch, for those who decide: to the general secretary only those that the branch cannot decide alone. Refuses not_your_branch.
Result<std::vector<strike::Exemption>> branch_exemptions(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout,
                                                         const std::string& branch);
/// "Am I exempt?" The caller's own, of this walkout, in every state.
Result<std::vector<strike::Exemption>> my_exemptions(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout);

/// One, for its member and for those who decide. Refuses no_such_exemption to everybody else.
Result<strike::Exemption> find_exemption_for(const store::ReadTx& tx, const Context& context, strike::ExemptionNumber number);

} // namespace walkout::service
