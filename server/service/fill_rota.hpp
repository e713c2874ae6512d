#pragma once

#include "server/service/context.hpp"
#include "server/store/picket_store.hpp"

#include <functional>

namespace walkout::service {

// What co-chairs do with a plan that stands: see what is missing, put people on posts, tell everyone.

/// Refuses what as_co_chair does.
Result<std::vector<strike::Gap>> picket_gaps(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch);

struct Filled {
    struct Placed {
        std::string number;
        std::string name;
        strike::PostNumber post{};
    };
    std::vector<Placed> placed;
    std::int64_t still_missing = 0; ///< people
};
/// Puts those in reserve, first come first, where posts have fewer than they need, by every rule that sign_up has: first beside whoever stands alone
/// at night, then soonest first; nobody alone into the night. Each is told by mail and may
/// cancel; whoever was placed is no longer in reserve. Audited.
Result<Filled> fill_from_reserves(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch);

/// A co-chair puts a member on a post of their branch, at another place than their own only with a reason, which is audited. The member is told.
Result<strike::SignUp> assign(store::WriteTx& tx, const Context& context, strike::PostNumber post, const std::string& member,
                              const std::string& elsewhere_reason);
/// ... or takes one off, also after the cut-off.
Result<void> take_off_post(store::WriteTx& tx, const Context& context, strike::PostNumber post, const std::string& member);

struct Published {
    std::int64_t version = 0;
    std::int64_t told = 0; ///< members, by mail
    std::vector<strike::Gap> gaps;
};
/// Publishes the rota as it stands: everyone on it is told their posts. `still_current` as for edits. Refusals: those of strike::may_publish.
Result<Published> publish_rota(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                               const std::function<Result<void>(std::int64_t version)>& still_current);

/// By the general secretary. Refusals: wrong_office, bad_settings, what still_current says.
Result<strike::PicketSettings> set_picket_settings(store::WriteTx& tx, const Context& context, strike::PicketSettings settings,
                                                   const std::function<Result<void>(std::int64_t version)>& still_current);

} // namespace walkout::service
