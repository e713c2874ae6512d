#pragma once

// What auditors, watchers and doubting members keep and print: reports of a verification, heads seen, evidence.

#include "shared/base/id.hpp"
#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

struct CheckLine {
    std::string check;
    std::string outcome; ///< passed, failed, not_reached, not_applicable, skipped
    std::string meaning; ///< where it failed: what is wrong
};
template <class V> void describe(V& v, CheckLine& m)
{
    v("check", m.check);
    v("outcome", m.outcome);
    v("meaning", m.meaning);
}

struct AnswerCount {
    std::string answer;
    std::int64_t count = 0;
};
template <class V> void describe(V& v, AnswerCount& m)
{
    v("answer", m.answer);
    v("count", m.count);
}

struct QuestionCount {
    std::string question;
    std::vector<AnswerCount> answers;
    std::optional<std::int64_t> blank; ///< chose nothing: deliberately blank, counted as spoiled
};
template <class V> void describe(V& v, QuestionCount& m)
{
    v("question", m.question);
    v("answers", m.answers);
    v("blank", m.blank);
}

/// Where one ballot stands.
struct TrackerPlace {
    std::string tracker;
    bool found = false;
    bool replaced = false;    ///< by a later ballot under the same credential, in archives that allow it
    std::int64_t number = 0;  ///< among the ballots, counting from 1
    std::int64_t height = 0;  ///< of its event
    std::int64_t record = 0;  ///< of the file, counting from 1
    std::int64_t ballots = 0; ///< in all
};
template <class V> void describe(V& v, TrackerPlace& m)
{
    v("tracker", m.tracker);
    v("found", m.found);
    v("replaced", m.replaced);
    v("number", m.number);
    v("height", m.height);
    v("record", m.record);
    v("ballots", m.ballots);
}

struct GrowthReport {
    std::string file; ///< the earlier copy
    bool holds = false;
    std::int64_t events_before = 0;
    std::int64_t events = 0;
    std::int64_t ballots_added = 0;
    std::vector<std::string> vanished; ///< trackers
};
template <class V> void describe(V& v, GrowthReport& m)
{
    v("file", m.file);
    v("holds", m.holds);
    v("events_before", m.events_before);
    v("events", m.events);
    v("ballots_added", m.ballots_added);
    v("vanished", m.vanished);
}

/// What `archive verify` prints under --json.
struct ArchiveReport {
    std::string file;
    bool valid = false;    ///< no check failed, those asked for by options included
    bool finished = false; ///< with a result
    std::vector<CheckLine> checks;
    std::optional<std::string> failed_check; ///< the first
    std::optional<std::int64_t> failed_record;
    std::optional<std::string> failed_tracker;
    std::optional<std::string> why;
    std::string election; ///< its name
    std::string uuid;
    std::string group;
    std::string fingerprint;
    std::int64_t credentials = 0;
    std::int64_t ballots = 0;
    std::int64_t events = 0;
    std::string head;
    std::optional<std::vector<std::vector<std::int64_t>>> result; ///< as in the archive: a question a row
    std::vector<QuestionCount> questions;                         ///< the same in words; empty before the result
    std::optional<GrowthReport> since;
    std::optional<TrackerPlace> tracker;
};
template <class V> void describe(V& v, ArchiveReport& m)
{
    v("file", m.file);
    v("valid", m.valid);
    v("finished", m.finished);
    v("checks", m.checks);
    v("failed_check", m.failed_check);
    v("failed_record", m.failed_record);
    v("failed_tracker", m.failed_tracker);
    v("why", m.why);
    v("election", m.election);
    v("uuid", m.uuid);
    v("group", m.group);
    v("fingerprint", m.fingerprint);
    v("credentials", m.credentials);
    v("ballots", m.ballots);
    v("events", m.events);
    v("head", m.head);
    v("result", m.result);
    v("questions", m.questions);
    v("since", m.since);
    v("tracker", m.tracker);
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

/// What `receipt check` prints under --json.
struct ReceiptCheck {
    std::string tracker;
    std::string ballot;
    bool on_board = false;
    Instant on_board_by{};
    bool counted = false; ///< the archive is finished and holds it
    bool promise_broken = false;
    std::int64_t head_height = 0;
    std::string head_event;
    Instant head_signed{};
    std::optional<std::string> evidence; ///< folder
};
template <class V> void describe(V& v, ReceiptCheck& m)
{
    v("tracker", m.tracker);
    v("ballot", m.ballot);
    v("on_board", m.on_board);
    v("on_board_by", m.on_board_by);
    v("counted", m.counted);
    v("promise_broken", m.promise_broken);
    v("head_height", m.head_height);
    v("head_event", m.head_event);
    v("head_signed", m.head_signed);
    v("evidence", m.evidence);
}

/// Two signatures of a board that together show a broken promise; the archive lies beside it as archive.bel.
struct BrokenPromise {
    std::string board_key; ///< hex
    std::string receipt;   ///< the exact text that was signed (protocol.md 5.5)
    std::string receipt_signature;
    std::string head;
    std::string head_signature;
    Instant found{}; ///< by the clock of the machine that found it
};
template <class V> void describe(V& v, BrokenPromise& m)
{
    v("board_key", m.board_key);
    v("receipt", m.receipt);
    v("receipt_signature", m.receipt_signature);
    v("head", m.head);
    v("head_signature", m.head_signature);
    v("found", m.found);
}

struct WatchedConstituency {
    std::string id;
    std::string name;
    std::string election; ///< φ
};
template <class V> void describe(V& v, WatchedConstituency& m)
{
    v("id", m.id);
    v("name", m.name);
    v("election", m.election);
}

/// What a watcher holds a ballot to from the first look on.
struct WatchedBallot {
    std::string ballot;
    std::string title;
    std::string board_key;
    std::vector<WatchedConstituency> constituencies;
};
template <class V> void describe(V& v, WatchedBallot& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("board_key", m.board_key);
    v("constituencies", m.constituencies);
}

/// What `archive watch` prints under --json, a line for each new head.
struct WatchLine {
    Instant seen{}; ///< by this machine's clock
    std::string constituency;
    std::string name;
    std::int64_t height = 0;
    std::string event;
    Instant batch{};
    std::int64_t ballots = 0;
    std::int64_t ballots_added = 0; ///< since the copy before
    bool finished = false;
    std::string file;
};
template <class V> void describe(V& v, WatchLine& m)
{
    v("seen", m.seen);
    v("constituency", m.constituency);
    v("name", m.name);
    v("height", m.height);
    v("event", m.event);
    v("batch", m.batch);
    v("ballots", m.ballots);
    v("ballots_added", m.ballots_added);
    v("finished", m.finished);
    v("file", m.file);
}

} // namespace walkout::wire
