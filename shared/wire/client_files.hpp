#pragma once

// Files that the client keeps: secrets under a passphrase, and receipts.

#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

/// A trustee's seat in one ceremony. At rest only under a passphrase.
struct TrusteeFile {
    std::string ballot;
    std::string context;
    std::string group;
    std::int64_t threshold = 0;
    std::int64_t size = 0;
    std::int64_t seat = 0;
    std::vector<std::string> constituencies; ///< the only elections this share may decrypt
    std::string certificates;                ///< hash of the joining messages confirmed aloud; empty before
    std::string seed;
    std::string share;                            ///< empty until the ceremony is done
    std::map<std::string, std::string> decrypted; ///< φ -> hash of the tally decrypted: another tally is refused for ever (protocol.md 5.6)
};
template <class V> void describe(V& v, TrusteeFile& m)
{
    v("ballot", m.ballot);
    v("context", m.context);
    v("group", m.group);
    v("threshold", m.threshold);
    v("size", m.size);
    v("seat", m.seat);
    v("constituencies", m.constituencies);
    v("certificates", m.certificates);
    v("seed", m.seed);
    v("share", m.share);
    v("decrypted", m.decrypted);
}

struct VaultCode {
    std::string number; ///< empty for a spare
    std::string name;
    std::string email;
    std::string code;
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

/// The scrutineer's voting codes. At rest only under a passphrase.
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
}

/// What `receipt list` prints.
struct Receipts {
    std::vector<ReceiptFile> receipts;
};
template <class V> void describe(V& v, Receipts& m) { v("receipts", m.receipts); }

/// What `receipt check` and `archive verify` print under --json.
struct ReceiptCheck {
    std::string tracker;
    std::string ballot;
    bool on_board = false;
    Instant on_board_by{};
    bool counted = false; ///< the archive is finished and holds it
    bool promise_broken = false;
};
template <class V> void describe(V& v, ReceiptCheck& m)
{
    v("tracker", m.tracker);
    v("ballot", m.ballot);
    v("on_board", m.on_board);
    v("on_board_by", m.on_board_by);
    v("counted", m.counted);
    v("promise_broken", m.promise_broken);
}

struct CheckLine {
    std::string check;
    std::string outcome; ///< passed, failed, not_reached
    std::string meaning;
};
template <class V> void describe(V& v, CheckLine& m)
{
    v("check", m.check);
    v("outcome", m.outcome);
    v("meaning", m.meaning);
}

struct ArchiveReport {
    std::string file;
    bool valid = false;
    bool finished = false;
    std::vector<CheckLine> checks;
    std::optional<std::string> failed_check;
    std::optional<std::int64_t> failed_record;
    std::optional<std::string> why;
    std::string election; ///< its name
    std::string uuid;
    std::string fingerprint;
    std::int64_t credentials = 0;
    std::int64_t ballots = 0;
    std::int64_t events = 0;
    std::string head;
    std::optional<std::vector<std::vector<std::int64_t>>> result; ///< a question a row: Yes, No
};
template <class V> void describe(V& v, ArchiveReport& m)
{
    v("file", m.file);
    v("valid", m.valid);
    v("finished", m.finished);
    v("checks", m.checks);
    v("failed_check", m.failed_check);
    v("failed_record", m.failed_record);
    v("why", m.why);
    v("election", m.election);
    v("uuid", m.uuid);
    v("fingerprint", m.fingerprint);
    v("credentials", m.credentials);
    v("ballots", m.ballots);
    v("events", m.events);
    v("head", m.head);
    v("result", m.result);
}

/// The last head of a board that this machine has seen: a later one must extend it.
struct SeenHead {
    std::int64_t height = 0;
    std::string event;
};
template <class V> void describe(V& v, SeenHead& m)
{
    v("height", m.height);
    v("event", m.event);
}

} // namespace walkout::wire
