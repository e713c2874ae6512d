#pragma once

// Messages of the postal channel (protocol.md 5.4), and the file in which two people's keying waits.

#include "shared/ballot/postal.hpp"
#include "shared/base/secret.hpp"
#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"
#include "shared/wire/secret_json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::ballot {

template <class V> void describe(V& v, PostalFigures& m)
{
    v("asked", m.asked);
    v("numbered", m.numbered);
    v("sent", m.sent);
    v("returned_by_post", m.returned_by_post);
    v("returned_online", m.returned_online);
    v("transcribed", m.transcribed);
    v("duplicates", m.duplicates);
    v("revoked", m.revoked);
    v("unissued", m.unissued);
    v("late", m.late);
    v("mistaken", m.mistaken);
}

} // namespace walkout::ballot

namespace walkout::wire {

// ---- asking ----

/// A member asks for a paper. Without an address it goes to the one on the register; with one, this is the request in writing (TULRCA s.230(2)).
struct AskForPaper {
    std::optional<std::string> address;
};
template <class V> void describe(V& v, AskForPaper& m) { v("address", m.address); }

struct PaperAskedFor {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    Instant asked_at{};
    std::optional<std::string> address; ///< where it will go, as far as anybody knows
    bool online = false;                ///< they may vote online instead
    bool late_for_post = false;         ///< fewer than seven days are left to the closing
    std::string return_by;              ///< in words
    std::optional<std::int64_t> paper;  ///< its number, which is theirs on either channel; absent until the voting codes are made
};
template <class V> void describe(V& v, PaperAskedFor& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("asked_at", m.asked_at);
    v("address", m.address);
    v("online", m.online);
    v("late_for_post", m.late_for_post);
    v("return_by", m.return_by);
    v("paper", m.paper);
}

// ---- sending ----

/// A voting paper, as the scrutineer sees it.
struct PaperLine {
    std::int64_t serial = 0;
    std::string constituency;
    std::optional<std::string> number; ///< whose it is; absent for a spare that is nobody's, and for a paper that is void
    std::optional<std::string> name;
    std::optional<std::string> address; ///< asked for, or the register's
    bool revoked = false;               ///< its voting code was replaced or withdrawn
    bool due = false;                   ///< goes by post: to everybody, to who asked, or to who has no e-mail address
    std::optional<Instant> sent_at;
    bool returned = false; ///< by any channel: no paper is sent any more
};
template <class V> void describe(V& v, PaperLine& m)
{
    v("serial", m.serial);
    v("constituency", m.constituency);
    v("number", m.number);
    v("name", m.name);
    v("address", m.address);
    v("revoked", m.revoked);
    v("due", m.due);
    v("sent_at", m.sent_at);
    v("returned", m.returned);
}
struct PaperList {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    bool to_everybody = false; ///< a ballot by post
    bool open = false;         ///< papers may leave
    bool late_for_post = false;
    std::vector<PaperLine> papers; ///< by serial
};
template <class V> void describe(V& v, PaperList& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("to_everybody", m.to_everybody);
    v("open", m.open);
    v("late_for_post", m.late_for_post);
    v("papers", m.papers);
}

struct PapersSent {
    std::vector<std::int64_t> serials;
    std::optional<Date> left_on{}; ///< in the ballot's zone; today where absent
};
template <class V> void describe(V& v, PapersSent& m)
{
    v("serials", m.serials);
    v("left_on", m.left_on);
}
struct PapersSentNow {
    std::int64_t recorded = 0; ///< that had not left before
    std::int64_t sent = 0;     ///< in all
};
template <class V> void describe(V& v, PapersSentNow& m)
{
    v("recorded", m.recorded);
    v("sent", m.sent);
}

// ---- returns ----

struct ReturnedPapers {
    std::string batch; ///< a random name of the client's: the same sent again is recorded once. (An idempotency record would hold who has returned.)
    std::vector<std::int64_t> serials;
    std::optional<Instant> received_at; ///< absent: now; needed once voting has ended
    /// Other papers under numbers that are recorded already (copies of a paper): each is recorded too. Otherwise a number is recorded once.
    std::optional<bool> again{};
};
template <class V> void describe(V& v, ReturnedPapers& m)
{
    v("batch", m.batch);
    v("serials", m.serials);
    v("received_at", m.received_at);
    v("again", m.again);
}
struct ReturnLine {
    std::int64_t serial = 0;
    ballot::PaperFate fate = ballot::PaperFate::counts;
    Instant received_at{};
    Instant recorded_at{};
    std::string recorded_by;
    std::optional<std::string> reason; ///< why it was taken back
    bool transcribed = false;
    std::optional<bool> before{}; ///< had been recorded before: nothing new is recorded
};
template <class V> void describe(V& v, ReturnLine& m)
{
    v("serial", m.serial);
    v("fate", m.fate);
    v("received_at", m.received_at);
    v("recorded_at", m.recorded_at);
    v("recorded_by", m.recorded_by);
    v("reason", m.reason);
    v("transcribed", m.transcribed);
    v("before", m.before);
}
struct ReturnsRecorded {
    std::vector<ReturnLine> papers; ///< those of the batch, in its order
    std::int64_t count = 0;         ///< papers that count, in all
};
template <class V> void describe(V& v, ReturnsRecorded& m)
{
    v("papers", m.papers);
    v("count", m.count);
}

/// One recording was a slip.
struct MistakenReturn {
    std::int64_t serial = 0;
    std::string reason;
    std::int64_t taken_back = 0; ///< how many recordings of this number were taken back before: the same sent again takes back no other
};
template <class V> void describe(V& v, MistakenReturn& m)
{
    v("serial", m.serial);
    v("reason", m.reason);
    v("taken_back", m.taken_back);
}

// ---- transcription ----

struct PaperToTranscribe {
    std::int64_t serial = 0;
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string credential;
};
template <class V> void describe(V& v, PaperToTranscribe& m)
{
    v("serial", m.serial);
    v("constituency", m.constituency);
    v("credential", m.credential);
}
struct Transcription {
    std::int64_t serial = 0;
    std::string ballot; ///< encrypted and signed, as it will stand on the board
    std::string first;  ///< who keyed it
    std::string second;
};
template <class V> void describe(V& v, Transcription& m)
{
    v("serial", m.serial);
    v("ballot", m.ballot);
    v("first", m.first);
    v("second", m.second);
}

struct KeyedTogether {
    std::string first;
    std::string second;
    std::int64_t papers = 0;
};
template <class V> void describe(V& v, KeyedTogether& m)
{
    v("first", m.first);
    v("second", m.second);
    v("papers", m.papers);
}

/// Where the postal channel stands, for the scrutineer.
struct PostalState {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    std::string group;
    Instant closes{};
    std::string closes_words;
    std::string zone;
    Instant now{}; ///< on the ballot's clock
    bool closed = false;
    bool finished = false;
    bool issued = false; ///< papers have been printed
    ballot::PostalFigures figures;
    std::vector<PaperToTranscribe> to_transcribe;
    std::vector<ReturnLine> not_counting; ///< every recorded paper that does not count, and why
    std::vector<KeyedTogether> keyed;
};
template <class V> void describe(V& v, PostalState& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("group", m.group);
    v("closes", m.closes);
    v("closes_words", m.closes_words);
    v("zone", m.zone);
    v("now", m.now);
    v("closed", m.closed);
    v("finished", m.finished);
    v("issued", m.issued);
    describe(v, m.figures);
    v("to_transcribe", m.to_transcribe);
    v("not_counting", m.not_counting);
    v("keyed", m.keyed);
}

// ---- the printed paper, for its template ----

struct PrintedPart { ///< one of these
    std::optional<std::string> warning;
    std::optional<std::string> heading;
    std::optional<std::string> line;
    std::optional<std::string> question;
    std::optional<std::string> answer; ///< how to answer; the boxes follow
    std::optional<std::string> statement;
    std::optional<bool> rule; ///< the questions end here
};
template <class V> void describe(V& v, PrintedPart& m)
{
    v("warning", m.warning);
    v("heading", m.heading);
    v("line", m.line);
    v("question", m.question);
    v("answer", m.answer);
    v("statement", m.statement);
    v("rule", m.rule);
}
struct PrintedPaper {
    std::string serial;
    std::string code;   ///< what its QR code says
    std::string number; ///< "Number" in the paper's language
    std::string yes;
    std::string no;
    std::vector<PrintedPart> parts; ///< in order
};
template <class V> void describe(V& v, PrintedPaper& m)
{
    v("serial", m.serial);
    v("code", m.code);
    v("number", m.number);
    v("yes", m.yes);
    v("no", m.no);
    v("parts", m.parts);
}

// ---- the scrutineer's own file ----

struct KeyedPaper {
    std::int64_t serial = 0;
    std::vector<ballot::PaperAnswer> answers;
};
template <class V> void describe(V& v, KeyedPaper& m)
{
    v("serial", m.serial);
    v("answers", m.answers);
}
struct KeyedBy {
    std::string name;
    std::vector<KeyedPaper> papers;
};
template <class V> void describe(V& v, KeyedBy& m)
{
    v("name", m.name);
    v("papers", m.papers);
}
/// What two people have keyed and what is not yet cast. At rest only under the vault's passphrase; a paper leaves it once its ballot is accepted.
struct KeyingFile {
    std::string ballot;
    std::vector<KeyedBy> people;
};
template <class V> void describe(V& v, KeyingFile& m)
{
    v("ballot", m.ballot);
    v("people", m.people);
}

} // namespace walkout::wire
