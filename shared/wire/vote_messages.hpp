#pragma once

// Messages of the verifiable ballot: codes, casting, boards, counting. Records of protocol.md travel as the strings they are hashed as.

#include "shared/base/id.hpp"
#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

/// An empty object: the body of a POST that needs none, the reply of one that has nothing to say.
struct Nothing {};
template <class V> void describe(V&, Nothing&) {}

// ---- voting codes (protocol.md 5.1) ----

struct Addressee {
    std::string number;
    std::string name;
    std::string email;
};
template <class V> void describe(V& v, Addressee& m)
{
    v("number", m.number);
    v("name", m.name);
    v("email", m.email);
}

struct ElectionQuestion {
    std::string question;
    std::vector<std::string> answers;
    std::int64_t min = 0;
    std::int64_t max = 1;
};
template <class V> void describe(V& v, ElectionQuestion& m)
{
    v("question", m.question);
    v("answers", m.answers);
    v("min", m.min);
    v("max", m.max);
}

struct ConstituencyMaterial {
    ConstituencyId id = *ConstituencyId::parse("unnamed");
    std::string name;
    std::int64_t spares = 0;
    std::vector<Addressee> entitled; ///< by member number
};
template <class V> void describe(V& v, ConstituencyMaterial& m)
{
    v("id", m.id);
    v("name", m.name);
    v("spares", m.spares);
    v("entitled", m.entitled);
}

/// What the scrutineer's machine makes the voting codes and the Setup events from.
struct SetupMaterial {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    std::string group;
    std::string trustees;     ///< the ceremony's record
    std::string voting_paper; ///< the canonical record that the description binds
    std::string name;         ///< of the election
    std::string description;
    std::vector<ElectionQuestion> questions;
    Instant opens{};
    Instant closes{};
    std::string zone;
    std::vector<ConstituencyMaterial> constituencies;
};
template <class V> void describe(V& v, SetupMaterial& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("group", m.group);
    v("trustees", m.trustees);
    v("voting_paper", m.voting_paper);
    v("name", m.name);
    v("description", m.description);
    v("questions", m.questions);
    v("opens", m.opens);
    v("closes", m.closes);
    v("zone", m.zone);
    v("constituencies", m.constituencies);
}

struct Assigned {
    std::string number;
    std::string credential; ///< public
};
template <class V> void describe(V& v, Assigned& m)
{
    v("number", m.number);
    v("credential", m.credential);
}

struct ConstituencySetup {
    ConstituencyId id = *ConstituencyId::parse("unnamed");
    std::string election;
    std::string credentials; ///< the record: live and spare, sorted together
    std::vector<Assigned> live;
    std::vector<std::string> spares;
    std::vector<std::int64_t> papers; ///< the number of the voting paper of each credential, in the order of the record; never published
};
template <class V> void describe(V& v, ConstituencySetup& m)
{
    v("id", m.id);
    v("election", m.election);
    v("credentials", m.credentials);
    v("live", m.live);
    v("spares", m.spares);
    v("papers", m.papers);
}

struct Setup {
    std::vector<ConstituencySetup> constituencies;
    std::string signature; ///< the scrutineer's, over setup_text()
};
template <class V> void describe(V& v, Setup& m)
{
    v("constituencies", m.constituencies);
    v("signature", m.signature);
}
/// What the scrutineer signs: each constituency's election and credentials record by hash, and which credentials are spares (the beginning of its
/// register, protocol.md 5.1).
std::string setup_text(const BallotId& ballot, const std::vector<ConstituencySetup>& constituencies);

struct Sending {
    std::int64_t sent = 0; ///< codes that have left so far, in all
};
template <class V> void describe(V& v, Sending& m) { v("sent", m.sent); }

// ---- voting ----

struct BoardConstituency {
    ConstituencyId id = *ConstituencyId::parse("unnamed");
    std::string name;
    std::string election;    ///< the record
    std::string fingerprint; ///< φ
};
template <class V> void describe(V& v, BoardConstituency& m)
{
    v("id", m.id);
    v("name", m.name);
    v("election", m.election);
    v("fingerprint", m.fingerprint);
}

/// What a voter's machine needs before it encrypts anything.
struct VotingMaterial {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    std::string voting_paper; ///< the record that each election's description binds by hash
    std::string second_factor;
    std::string board_key;
    Instant closes{};
    std::vector<BoardConstituency> constituencies;
};
template <class V> void describe(V& v, VotingMaterial& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("voting_paper", m.voting_paper);
    v("second_factor", m.second_factor);
    v("board_key", m.board_key);
    v("closes", m.closes);
    v("constituencies", m.constituencies);
}

/// A ballot on its way: its exact bytes as a string, and the member number where that is the ballot's second factor.
struct Vote {
    std::string ballot;
    std::optional<std::string> member_number;
};
template <class V> void describe(V& v, Vote& m)
{
    v("ballot", m.ballot);
    v("member_number", m.member_number);
}

/// The board's signed promise (protocol.md 5.5).
struct VoteReceipt {
    BallotId ballot = *BallotId::parse("unnamed");
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string election; ///< φ
    std::string tracker;
    Instant on_board_by{};
    std::string signature; ///< hex, over receipt_text()
};
template <class V> void describe(V& v, VoteReceipt& m)
{
    v("ballot", m.ballot);
    v("constituency", m.constituency);
    v("election", m.election);
    v("tracker", m.tracker);
    v("on_board_by", m.on_board_by);
    v("signature", m.signature);
}

struct BoardHead {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string election; ///< φ
    std::int64_t height = 0;
    std::string event;
    std::string register_hash;
    std::string audit_hash;
    Instant batch{};
    std::string signature; ///< hex, over head_text()
    std::string board_key;
};
template <class V> void describe(V& v, BoardHead& m)
{
    v("constituency", m.constituency);
    v("election", m.election);
    v("height", m.height);
    v("event", m.event);
    v("register_hash", m.register_hash);
    v("audit_hash", m.audit_hash);
    v("batch", m.batch);
    v("signature", m.signature);
    v("board_key", m.board_key);
}

// ---- counting ----

struct Counted {
    ConstituencyId id = *ConstituencyId::parse("unnamed");
    std::string name;
    std::int64_t ballots = 0;
};
template <class V> void describe(V& v, Counted& m)
{
    v("id", m.id);
    v("name", m.name);
    v("ballots", m.ballots);
}

struct CountStarted {
    std::vector<Counted> constituencies;
};
template <class V> void describe(V& v, CountStarted& m) { v("constituencies", m.constituencies); }

} // namespace walkout::wire
