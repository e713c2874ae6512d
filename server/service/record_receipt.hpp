#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/notice_store.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::service {

/// Records that an employer received a notice: by hand, or by itself where nobody is signed in (recorded_by then says who). A late receipt is
/// recorded too: it is a fact. When the last of the notices of
/// ballot and samples is in and in time, the ballot is noticed and its voting paper bound. Refusals: no_such_ballot, receipt_not_expected
/// (in this phase), employer_not_on_roll, receipt_in_future, receipt_too_early, those of with_kind().
Result<void> record_receipt(store::WriteTx& tx, const Context& context, const BallotId& id, store::NoticeReceipt receipt,
                            const SigningPublicKey& board_key);

/// The step from frozen to noticed, when nothing is lacking; otherwise does nothing. Refuses only what paper_of refuses.
Result<void> become_noticed(store::WriteTx& tx, const Context& context, const BallotId& id, const SigningPublicKey& board_key);

} // namespace walkout::service
