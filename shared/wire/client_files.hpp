#pragma once

// Files that the client keeps: secrets under a passphrase, and receipts.

#include "shared/base/secret.hpp"
#include "shared/base/time.hpp"
#include "shared/wire/ceremony_messages.hpp"
#include "shared/wire/codec.hpp"
#include "shared/wire/secret_json.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

/// A trustee's seat in one ceremony. At rest only under a passphrase; read and written by secret_json.hpp, never by the codec of the API.
struct TrusteeFile {
    std::string ballot;
    std::string title;
    std::int64_t attempt = 1;
    std::string context; ///< protocol::ceremony_context of what stands here
    std::string group;
    std::int64_t threshold = 0;
    std::int64_t seat = 0;
    std::vector<std::string> trustees;       ///< sign-in names, by seat
    std::vector<std::string> constituencies; ///< the only elections this share may decrypt
    std::string paper;                       ///< SHA-256 of the voting-paper record
    std::vector<ApproverKey> approvers;      ///< whose two signatures a decryption needs (protocol.md 5.6)
    std::string certificates;                ///< hash of the joining messages confirmed aloud; empty before
    Secret seed;
    Secret share;                                 ///< 64 hex digits; empty until the ceremony is done
    std::string public_key;                       ///< the share's, which the ballot's trustees record holds
    std::map<std::string, std::string> decrypted; ///< φ -> hash of the tally decrypted: another tally is refused for ever (protocol.md 5.6)
};
template <class V> void describe(V& v, TrusteeFile& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("attempt", m.attempt);
    v("context", m.context);
    v("group", m.group);
    v("threshold", m.threshold);
    v("seat", m.seat);
    v("trustees", m.trustees);
    v("constituencies", m.constituencies);
    v("paper", m.paper);
    v("approvers", m.approvers);
    v("certificates", m.certificates);
    v("seed", m.seed);
    v("share", m.share);
    v("public_key", m.public_key);
    v("decrypted", m.decrypted);
}

struct VaultCode {
    std::string number; ///< empty for a spare
    std::string name;
    std::string email;
    std::string code; ///< wiped with the struct, every copy of it
    ~VaultCode() { wipe(code.data(), code.capacity()); }
};
template <class V> void describe(V& v, VaultCode& m)
{
    v("number", m.number);
    v("name", m.name);
    v("email", m.email);
    v("code", m.code);
}

struct VaultConstituency {
    std::string id;
    std::string name;
    std::vector<VaultCode> live;
    std::vector<VaultCode> spares;
};
template <class V> void describe(V& v, VaultConstituency& m)
{
    v("id", m.id);
    v("name", m.name);
    v("live", m.live);
    v("spares", m.spares);
}

/// The scrutineer's voting codes. At rest only under a passphrase; read and written by secret_json.hpp.
struct VaultFile {
    std::string ballot;
    std::string title;
    bool rehearsal = false;
    std::string closes; ///< in words, for the letters
    std::vector<VaultConstituency> constituencies;
};
template <class V> void describe(V& v, VaultFile& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("closes", m.closes);
    v("constituencies", m.constituencies);
}

/// A member's receipt, with what is needed to check it after the server is gone.
struct ReceiptFile {
    std::string ballot;
    std::string title;
    std::string constituency;
    std::string election;
    std::string tracker;
    Instant on_board_by{};
    std::string signature;
    std::string board_key;
    std::optional<std::string> zone; ///< that the voting paper names
};
template <class V> void describe(V& v, ReceiptFile& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("constituency", m.constituency);
    v("election", m.election);
    v("tracker", m.tracker);
    v("on_board_by", m.on_board_by);
    v("signature", m.signature);
    v("board_key", m.board_key);
    v("zone", m.zone);
}

/// What `receipt list` prints.
struct Receipts {
    std::vector<ReceiptFile> receipts;
};
template <class V> void describe(V& v, Receipts& m) { v("receipts", m.receipts); }

} // namespace walkout::wire
