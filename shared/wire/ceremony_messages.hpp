#pragma once

// Messages of the trustees: their ceremony (protocol.md 5.7), and what they need before they decrypt (5.6).

#include "shared/ballot/approval.hpp"
#include "shared/base/id.hpp"
#include "shared/base/time.hpp"
#include "shared/protocol/ceremony.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

struct Seat {
    std::int64_t seat = 0; ///< counts from 1
    std::string number;    ///< the trustee's sign-in name
};
template <class V> void describe(V& v, Seat& m)
{
    v("seat", m.seat);
    v("number", m.number);
}

/// Somebody whose signature the trustees will accept under a count.
struct ApproverKey {
    std::string number;
    ballot::Role role = ballot::Role::official;
    std::string key; ///< Ed25519, 64 hex digits
};
template <class V> void describe(V& v, ApproverKey& m)
{
    v("number", m.number);
    v("role", m.role);
    v("key", m.key);
}

/// An attempt that ended in a restart, and why.
struct CeremonyRestart {
    std::int64_t attempt = 0;
    std::string by;                     ///< sign-in name
    std::optional<std::string> against; ///< whose share was found wrong
    std::string reason;
    std::optional<std::string> complaint; ///< signed with the complainant's certificate key
    std::vector<std::string> joins;       ///< of that attempt, by seat: what the complaint is checked with
};
template <class V> void describe(V& v, CeremonyRestart& m)
{
    v("attempt", m.attempt);
    v("by", m.by);
    v("against", m.against);
    v("reason", m.reason);
    v("complaint", m.complaint);
    v("joins", m.joins);
}

struct CeremonyState {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    std::int64_t attempt = 1;
    std::string context; ///< what every message of this attempt is bound to; each trustee computes it from the terms below
    std::string group;
    std::int64_t threshold = 0;
    std::vector<Seat> seats;
    std::vector<ConstituencyId> constituencies; ///< the only elections this key may decrypt
    std::string paper;                          ///< SHA-256 of the voting-paper record, 64 hex digits
    std::vector<ApproverKey> approvers;         ///< two of them, one the scrutineer, must sign before a trustee decrypts
    std::vector<std::string> joins;             ///< by seat; empty where that trustee has not spoken
    std::vector<std::string> confirms;
    std::vector<std::string> shares;
    std::vector<std::string> keys;
    std::optional<std::string> trustees; ///< the finished record
    std::vector<CeremonyRestart> restarts;
};
template <class V> void describe(V& v, CeremonyState& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("attempt", m.attempt);
    v("context", m.context);
    v("group", m.group);
    v("threshold", m.threshold);
    v("seats", m.seats);
    v("constituencies", m.constituencies);
    v("paper", m.paper);
    v("approvers", m.approvers);
    v("joins", m.joins);
    v("confirms", m.confirms);
    v("shares", m.shares);
    v("keys", m.keys);
    v("trustees", m.trustees);
    v("restarts", m.restarts);
}

/// What a ceremony's context is computed from, by the server and by every trustee alike; nullopt where a key is not one.
std::optional<protocol::CeremonyTerms> ceremony_terms(const CeremonyState& state);

struct CeremonyMessage {
    std::string message;
};
template <class V> void describe(V& v, CeremonyMessage& m) { v("message", m.message); }

/// POST .../ceremony/restart
struct NewRestart {
    std::string reason;
};
template <class V> void describe(V& v, NewRestart& m) { v("reason", m.reason); }

// ---- counting ----

struct Decryption {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string decryption; ///< the partial decryption record
};
template <class V> void describe(V& v, Decryption& m)
{
    v("constituency", m.constituency);
    v("decryption", m.decryption);
}

struct Decryptions {
    std::vector<Decryption> constituencies;
};
template <class V> void describe(V& v, Decryptions& m) { v("constituencies", m.constituencies); }

struct TrusteePart {
    std::int64_t seat = 0;
    std::string number;
    bool decrypted = false;
};
template <class V> void describe(V& v, TrusteePart& m)
{
    v("seat", m.seat);
    v("number", m.number);
    v("decrypted", m.decrypted);
}

struct SignedApproval {
    std::string by;
    Instant expires{};
    std::string signature; ///< 128 hex digits
};
template <class V> void describe(V& v, SignedApproval& m)
{
    v("by", m.by);
    v("expires", m.expires);
    v("signature", m.signature);
}

/// What was approved, as the text that was hashed, and by whom: for those who take nobody's word for it.
struct ApprovedObject {
    std::string canonical;
    std::vector<SignedApproval> approvals;
};
template <class V> void describe(V& v, ApprovedObject& m)
{
    v("canonical", m.canonical);
    v("approvals", m.approvals);
}

/// Where the count stands: who has decrypted, who may still, and what justifies it.
struct CountState {
    BallotId ballot = *BallotId::parse("unnamed");
    std::int64_t needed = 0;
    std::vector<TrusteePart> trustees;
    bool counted = false; ///< enough have decrypted; the totals are known
    ApprovedObject count;
    std::optional<ApprovedObject> early_closing; ///< present where the ballot was closed before its time
};
template <class V> void describe(V& v, CountState& m)
{
    v("ballot", m.ballot);
    v("needed", m.needed);
    v("trustees", m.trustees);
    v("counted", m.counted);
    v("count", m.count);
    v("early_closing", m.early_closing);
}

} // namespace walkout::wire
