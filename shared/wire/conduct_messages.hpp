#pragma once

// Messages about the course of a ballot: a later closing, what went wrong, and why it is voted on as it is.

#include "shared/ballot/approval.hpp"
#include "shared/ballot/incident.hpp"
#include "shared/ballot/method_record.hpp"
#include "shared/ballot/office.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::ballot {

template <class V> void describe(V& v, MethodAnswer& m)
{
    v("field", m.field);
    v("text", m.text);
}

} // namespace walkout::ballot

namespace walkout::wire {

// ---- a later closing ----

/// POST .../addenda: proposes that voting closes later; two signatures of the step extend make it true.
struct LaterClosing {
    WallTime until{};   ///< in the ballot's zone; itself outside the voting period
    std::string reason; ///< one line that voters and employers read
};
template <class V> void describe(V& v, LaterClosing& m)
{
    v("until", m.until);
    v("reason", m.reason);
}

/// A signature as whoever has the key can verify it, without the server.
struct AddendumSignature {
    std::string by;
    ballot::Role role = ballot::Role::official; ///< the office it was given in
    Instant expires{};
    std::string key;       ///< 64 hex digits, as pinned when they were enrolled
    std::string signature; ///< 128 hex digits, over canonical_approval of step extend, the ballot, the object and `expires`
};
template <class V> void describe(V& v, AddendumSignature& m)
{
    v("by", m.by);
    v("role", m.role);
    v("expires", m.expires);
    v("key", m.key);
    v("signature", m.signature);
}

/// An addendum to the bound voting paper, published beside it.
struct Addendum {
    std::int64_t number = 0;
    Instant closed_before{};
    Instant closes{};
    std::string reason;
    std::vector<std::string> words;
    std::string canonical;          ///< what was signed
    std::string object;             ///< its SHA-256
    std::optional<Instant> made_at; ///< absent: proposed, not yet signed by two
    std::vector<AddendumSignature> signatures;
    std::vector<std::string> employers_to_tell; ///< no mail address of theirs is recorded: tell them by hand
};
template <class V> void describe(V& v, Addendum& m)
{
    v("number", m.number);
    v("closed_before", m.closed_before);
    v("closes", m.closes);
    v("reason", m.reason);
    v("words", m.words);
    v("canonical", m.canonical);
    v("object", m.object);
    v("made_at", m.made_at);
    v("signatures", m.signatures);
    v("employers_to_tell", m.employers_to_tell);
}

/// What an addendum says is what was signed, by two people with different keys, one of them as scrutineer, before it was made. Refuses
/// verification_failed. Whose the keys are is for the reader to ask: the server names them.
Result<void> verify_addendum(const BallotId& ballot, const Addendum& addendum);

/// The addenda that the approved count names, all of them and no other, each as verify_addendum asks but signed by two of `people`, and each continuing
/// the one before it, the first from `return_by`, the instant that the paper binds. Returns the closing they make. Refuses verification_failed.
Result<Instant> verify_addenda(const BallotId& ballot, std::span<const Addendum> addenda, std::string_view counted, Instant return_by,
                               std::span<const ballot::Approver> people);

struct AddendumList {
    BallotId ballot = *BallotId::parse("unnamed");
    bool rehearsal = false;
    std::vector<Addendum> addenda; ///< those made, by number
};
template <class V> void describe(V& v, AddendumList& m)
{
    v("ballot", m.ballot);
    v("rehearsal", m.rehearsal);
    v("addenda", m.addenda);
}

// ---- incidents and outages ----

/// POST .../incidents/code: this member says that somebody else voted with their code.
struct CodeIncident {
    std::string member; ///< number
};
template <class V> void describe(V& v, CodeIncident& m) { v("member", m.member); }

/// POST .../incidents: of kind incident or outage; of kind code see CodeIncident. Voting itself is suspended elsewhere.
struct NewBallotIncident {
    ballot::IncidentKind kind = ballot::IncidentKind::incident;
    std::optional<ballot::Channel> channel; ///< absent: all
    std::optional<WallTime> from;           ///< absent: now
    std::optional<WallTime> until;          ///< absent: not over, or of no length
    std::optional<std::string> what;
    std::optional<std::int64_t> affected;
    std::optional<std::int64_t> corrects; ///< the number of an earlier entry that this one takes the place of
    std::optional<bool> only_in_report{}; ///< while voting goes on everybody is told by mail, unless this is true
};
template <class V> void describe(V& v, NewBallotIncident& m)
{
    v("kind", m.kind);
    v("channel", m.channel);
    v("from", m.from);
    v("until", m.until);
    v("what", m.what);
    v("affected", m.affected);
    v("corrects", m.corrects);
    v("only_in_report", m.only_in_report);
}

struct BallotIncidentView {
    std::int64_t number = 0;
    ballot::IncidentKind kind = ballot::IncidentKind::incident;
    ballot::Channel channel = ballot::Channel::all;
    Instant from{};
    std::optional<Instant> until;
    std::string what;
    std::optional<std::int64_t> affected;
    std::optional<std::int64_t> corrects;
    bool corrected = false; ///< a later entry takes its place
    Instant recorded_at{};
    std::string recorded_by;
};
template <class V> void describe(V& v, BallotIncidentView& m)
{
    v("number", m.number);
    v("kind", m.kind);
    v("channel", m.channel);
    v("from", m.from);
    v("until", m.until);
    v("what", m.what);
    v("affected", m.affected);
    v("corrects", m.corrects);
    v("corrected", m.corrected);
    v("recorded_at", m.recorded_at);
    v("recorded_by", m.recorded_by);
}

struct BallotIncidentList {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    std::string zone;
    bool rehearsal = false;
    std::vector<BallotIncidentView> entries;
    std::int64_t codes = 0; ///< members who say that somebody else voted with their code
};
template <class V> void describe(V& v, BallotIncidentList& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("zone", m.zone);
    v("rehearsal", m.rehearsal);
    v("entries", m.entries);
    v("codes", m.codes);
}

/// POST .../suspension: halts voting at once; two signatures of the step resume let it go on.
struct Suspension {
    std::string reason; ///< one line that everybody reads
};
template <class V> void describe(V& v, Suspension& m) { v("reason", m.reason); }

// ---- the choice-of-method record ----

struct MethodField {
    std::string field;
    std::string words; ///< what is asked
    std::string source;
    bool verified = true; ///< read in the enactment
};
template <class V> void describe(V& v, MethodField& m)
{
    v("field", m.field);
    v("words", m.words);
    v("source", m.source);
    v("verified", m.verified);
}

/// What a record of this ballot has to say.
struct MethodRecordForm {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    bool needed = false; ///< the ballot does not open without one
    std::vector<law::Method> methods;
    ballot::SecondFactor second_factor = ballot::SecondFactor::sign_in;
    Instant now{}; ///< ballot clock, for made_at
    std::vector<MethodField> fields;
};
template <class V> void describe(V& v, MethodRecordForm& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("needed", m.needed);
    v("methods", m.methods);
    v("second_factor", m.second_factor);
    v("now", m.now);
    v("fields", m.fields);
}

/// The file of `walkout ballot method --sign`.
struct MethodAnswers {
    std::vector<ballot::MethodAnswer> answers;
};
template <class V> void describe(V& v, MethodAnswers& m) { v("answers", m.answers); }

/// POST .../method-record: signed over ballot::canonical_method_record.
struct NewMethodRecord {
    Instant made_at{};
    ballot::Role role = ballot::Role::general_secretary; ///< the office it is signed in
    std::vector<ballot::MethodAnswer> answers;
    std::string signature; ///< 128 hex digits
};
template <class V> void describe(V& v, NewMethodRecord& m)
{
    v("made_at", m.made_at);
    v("role", m.role);
    v("answers", m.answers);
    v("signature", m.signature);
}

struct MethodAnswerView {
    std::string field;
    std::string words;
    std::string text;
    std::string source;
    bool verified = true;
};
template <class V> void describe(V& v, MethodAnswerView& m)
{
    v("field", m.field);
    v("words", m.words);
    v("text", m.text);
    v("source", m.source);
    v("verified", m.verified);
}

/// The record in force, public.
struct MethodRecordView {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    std::string methods; ///< in words
    Instant made_at{};
    std::string made_by; ///< name of the official
    ballot::Role role = ballot::Role::general_secretary;
    std::vector<MethodAnswerView> answers;
    std::string canonical; ///< what was signed
    std::string hash;      ///< its SHA-256
    std::string key;
    std::string signature;
};
template <class V> void describe(V& v, MethodRecordView& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("methods", m.methods);
    v("made_at", m.made_at);
    v("made_by", m.made_by);
    v("role", m.role);
    v("answers", m.answers);
    v("canonical", m.canonical);
    v("hash", m.hash);
    v("key", m.key);
    v("signature", m.signature);
}

} // namespace walkout::wire
