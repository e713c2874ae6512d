#pragma once

#include "shared/ballot/approval.hpp"
#include "shared/wire/codec.hpp"

namespace walkout::wire {

struct ApprovalView {
    std::string by;
    ballot::Role role = ballot::Role::official;
    Instant expires{};
    bool counts = false; ///< over what stands now, and unexpired
};
template <class V> void describe(V& v, ApprovalView& m)
{
    v("by", m.by);
    v("role", m.role);
    v("expires", m.expires);
    v("counts", m.counts);
}
/// What is to be signed, in words and as bytes. The signer's client checks that `object` is the SHA-256 of `canonical`.
struct ApprovalObject {
    BallotId ballot = *BallotId::parse("unnamed");
    ballot::ApprovalStep step = ballot::ApprovalStep::open;
    bool rehearsal = false;
    std::vector<std::string> words;
    std::string canonical;
    std::string object; ///< 64 hex digits
    Instant now{};      ///< ballot clock, for the expiry
    std::vector<ApprovalView> approvals;
    bool complete = false;
    std::optional<std::string> awaiting;
};
template <class V> void describe(V& v, ApprovalObject& m)
{
    v("ballot", m.ballot);
    v("step", m.step);
    v("rehearsal", m.rehearsal);
    v("words", m.words);
    v("canonical", m.canonical);
    v("object", m.object);
    v("now", m.now);
    v("approvals", m.approvals);
    v("complete", m.complete);
    v("awaiting", m.awaiting);
}
/// POST .../approvals/{step}: a signature over canonical_approval of step, ballot, object and expires.
struct NewApproval {
    std::string object;
    Instant expires{};
    ballot::Role role = ballot::Role::official; ///< the office it is signed in
    std::string signature;                      ///< 128 hex digits
};
template <class V> void describe(V& v, NewApproval& m)
{
    v("object", m.object);
    v("expires", m.expires);
    v("role", m.role);
    v("signature", m.signature);
}

} // namespace walkout::wire
