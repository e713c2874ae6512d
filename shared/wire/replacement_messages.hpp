#pragma once

// Messages about voting codes after they were made: replacements, resendings, incidents, the end of the vault (protocol.md 5.1).

#include "shared/ballot/office.hpp"
#include "shared/ballot/replacement.hpp"
#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

struct ProposedChange {
    std::string number;
    ballot::ChangeReason reason = ballot::ChangeReason::lost;
};
template <class V> void describe(V& v, ProposedChange& m)
{
    v("number", m.number);
    v("reason", m.reason);
}

/// A batch of changes; it takes the place of one that is still unsigned.
struct ProposedChanges {
    std::vector<ProposedChange> changes;
};
template <class V> void describe(V& v, ProposedChanges& m) { v("changes", m.changes); }

struct CodeChangeLine {
    std::string number;
    std::string name;
    std::string email;
    ballot::ChangeReason reason = ballot::ChangeReason::lost;
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string constituency_name;
    std::optional<std::string> credential_out;
    std::optional<std::string> credential_in;
};
template <class V> void describe(V& v, CodeChangeLine& m)
{
    v("number", m.number);
    v("name", m.name);
    v("email", m.email);
    v("reason", m.reason);
    v("constituency", m.constituency);
    v("constituency_name", m.constituency_name);
    v("credential_out", m.credential_out);
    v("credential_in", m.credential_in);
}

struct BatchSignature {
    std::string by;
    ballot::Role role = ballot::Role::official;
    Instant expires{};
    std::string signature; ///< hex, over canonical_approval of step replace and the batch's object
};
template <class V> void describe(V& v, BatchSignature& m)
{
    v("by", m.by);
    v("role", m.role);
    v("expires", m.expires);
    v("signature", m.signature);
}

struct ChangeBatch {
    std::int64_t batch = 0; ///< counts from 1
    bool done = false;      ///< both signatures are there, and it has taken effect
    Instant proposed_at{};
    std::string salt;   ///< for ballot::replacement_text
    std::string object; ///< SHA-256 of what is signed
    std::vector<CodeChangeLine> changes;
    std::vector<BatchSignature> signatures;
};
template <class V> void describe(V& v, ChangeBatch& m)
{
    v("batch", m.batch);
    v("done", m.done);
    v("proposed_at", m.proposed_at);
    v("salt", m.salt);
    v("object", m.object);
    v("changes", m.changes);
    v("signatures", m.signatures);
}

struct SparesLeft {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string name;
    std::int64_t left = 0;
    std::int64_t made = 0;
};
template <class V> void describe(V& v, SparesLeft& m)
{
    v("constituency", m.constituency);
    v("name", m.name);
    v("left", m.left);
    v("made", m.made);
}

/// For the scrutineer.
struct CodeChanges {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    std::string group;
    std::vector<ChangeBatch> batches;
    std::vector<SparesLeft> spares;
    std::int64_t incidents = 0; ///< members whose code somebody else had used first
};
template <class V> void describe(V& v, CodeChanges& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("group", m.group);
    v("batches", m.batches);
    v("spares", m.spares);
    v("incidents", m.incidents);
}

/// A member, in a report about their voting code.
struct CodeOf {
    std::string number;
};
template <class V> void describe(V& v, CodeOf& m) { v("number", m.number); }

struct Incidents {
    std::int64_t incidents = 0; ///< of this ballot, so far
};
template <class V> void describe(V& v, Incidents& m) { v("incidents", m.incidents); }

/// The scrutineer's statement that the voting codes are destroyed.
struct VaultDestroyed {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string vault;       ///< SHA-256 of the vault's file as it rested
    std::int64_t copies = 0; ///< files destroyed with it
    Instant destroyed_at{};  ///< by the scrutineer's own machine
    std::string key;         ///< the scrutineer's public key
    std::string signature;   ///< hex, over vault_destroyed_text
};
template <class V> void describe(V& v, VaultDestroyed& m)
{
    v("ballot", m.ballot);
    v("vault", m.vault);
    v("copies", m.copies);
    v("destroyed_at", m.destroyed_at);
    v("key", m.key);
    v("signature", m.signature);
}
/// "walkout-vault-destroyed/1|ballot|vault|copies|instant"
std::string vault_destroyed_text(const VaultDestroyed& statement);

} // namespace walkout::wire
