#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/ballot/approval.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::service {

/// What two people are asked to sign, as it stands now.
struct ApprovalObject {
    std::vector<std::string> words;
    std::string canonical;
    Digest hash{};
    bool done = false; ///< has taken effect: nobody signs it any more
};
/// Refuses wrong_phase, and nothing_proposed for a step that nobody has proposed.
Result<ApprovalObject> approval_object(const store::ReadTx& tx, const store::Ballot& ballot, ballot::ApprovalStep step);

/// The same of a step that has been taken: what its signatures are over.
ApprovalObject object_as_approved(const store::ReadTx& tx, const store::Ballot& ballot, ballot::ApprovalStep step);

/// Two valid signatures over what stands now; otherwise approval_missing, or what approval_object refuses.
Result<void> step_approved(const store::ReadTx& tx, const store::Ballot& ballot, ballot::ApprovalStep step, Instant now);

struct GivenSignature {
    ballot::ApprovalStep step = ballot::ApprovalStep::open;
    ballot::Role role = ballot::Role::official; ///< the office it is given in; the caller must hold it
    Digest object{};
    Instant expires{};
    Signature signature{};
};
/// Adds the caller's signature, verified against the key pinned when they were enrolled. True when the step is now approved; a result is
/// then declared, voting extended or resumed and codes replaced at once; other steps follow at their time. Refusals: wrong_office, wrong_signature and those of ballot::may_add.
Result<bool> approve(store::WriteTx& tx, const Context& context, const BallotId& id, const GivenSignature& given);

} // namespace walkout::service
