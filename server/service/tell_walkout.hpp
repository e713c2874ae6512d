#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/strike/walkout.hpp"

namespace walkout::service {

/// How many members hear of a call by mail, and how many have no address and must hear of it otherwise.
struct CallTold {
    std::int64_t mailed = 0;
    std::int64_t without_address = 0;
};
/// Mails everybody whom the call reaches, and the co-chairs of their branches, once each, in the transaction of the call. Audited as numbers.
CallTold tell_call(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout);

/// Mails everybody whom a suspension, resumption or end concerns, once each, with what of theirs it touches: those on posts and in reserve, organisers,
/// the exempt, the co-chairs of branches with a plan or with members called, and, until the walkout is over, everyone who was called.
void tell_change(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout);

/// Stands first in a mail about a picket that is not held as things are: "This walkout is SUSPENDED: ...", and an empty line. Empty while it is called.
std::string off_words(const strike::Walkout& walkout);

} // namespace walkout::service
