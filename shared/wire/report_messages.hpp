#pragma once

// The scrutineer's report on a ballot (TULRCA s.231B): what is signed, what its template is filled with, and what anybody can verify offline.

#include "shared/wire/law_messages.hpp"
#include "shared/wire/question_figures.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::wire {

/// One of the statements that the law wants, in its own words, and the scrutineer's answer.
struct ReportStatement {
    std::string name;  ///< of law::text_fields
    std::string words; ///< as enacted: "that there are no reasonable grounds for believing ..."
    std::string source;
    bool verified = true; ///< the words were read in the enactment
    bool satisfied = false;
    std::optional<std::string> reasons; ///< where not satisfied: the particulars
};
template <class V> void describe(V& v, ReportStatement& m)
{
    v("name", m.name);
    v("words", m.words);
    v("source", m.source);
    v("verified", m.verified);
    v("satisfied", m.satisfied);
    v("reasons", m.reasons);
}

/// A name and how many.
struct ReportFigure {
    std::string name;
    std::int64_t number = 0;
};
template <class V> void describe(V& v, ReportFigure& m)
{
    v("name", m.name);
    v("number", m.number);
}

struct ReportQuestion {
    QuestionFigures figures;
    std::vector<LawTest> tests;
    std::string outcome; ///< one sentence: the mandate, or why there is none
};
template <class V> void describe(V& v, ReportQuestion& m)
{
    describe(v, m.figures);
    v("tests", m.tests);
    v("outcome", m.outcome);
}

struct ReportConstituency {
    std::string id; ///< of the election in the archive
    std::string name;
    std::int64_t entitled = 0; ///< without overseas members
    std::int64_t overseas = 0;
    std::int64_t cast = 0;
    std::string turnout_percent;
    std::int64_t issued = 0;         ///< voting codes, each with a numbered voting paper, made for those entitled before the opening
    std::int64_t replaced = 0;       ///< of them and of those given late: another code and paper in the place of one
    std::int64_t late = 0;           ///< given to members whose entitlement was found out later
    std::int64_t withdrawn = 0;      ///< unused, from members who were not entitled after all
    std::vector<ReportFigure> codes; ///< the last three by their reasons
    std::vector<ReportQuestion> questions;
    std::vector<std::string> warnings;
    std::string election; ///< fingerprint
    std::string head;     ///< hash of the board's last event
    std::string archive;  ///< SHA-256 of the archive file as published when the report was made
};
template <class V> void describe(V& v, ReportConstituency& m)
{
    v("id", m.id);
    v("name", m.name);
    v("entitled", m.entitled);
    v("overseas", m.overseas);
    v("cast", m.cast);
    v("turnout_percent", m.turnout_percent);
    v("issued", m.issued);
    v("replaced", m.replaced);
    v("late", m.late);
    v("withdrawn", m.withdrawn);
    v("codes", m.codes);
    v("questions", m.questions);
    v("warnings", m.warnings);
    v("election", m.election);
    v("head", m.head);
    v("archive", m.archive);
}

struct ReportExtension {
    std::int64_t number = 0;
    std::string closed_before; ///< in words, as all times here
    std::string closes;
    std::string reason;
    std::string signed_by;
    std::string object; ///< SHA-256 of the addendum
};
template <class V> void describe(V& v, ReportExtension& m)
{
    v("number", m.number);
    v("closed_before", m.closed_before);
    v("closes", m.closes);
    v("reason", m.reason);
    v("signed_by", m.signed_by);
    v("object", m.object);
}

struct ReportIncident {
    std::int64_t number = 0;
    std::string kind; ///< "outage", "incident", "voting suspended"
    std::string channel;
    std::string from;
    std::string until; ///< "" where it had no length
    std::string what;
    std::string affected; ///< a number, or "not known"
};
template <class V> void describe(V& v, ReportIncident& m)
{
    v("number", m.number);
    v("kind", m.kind);
    v("channel", m.channel);
    v("from", m.from);
    v("until", m.until);
    v("what", m.what);
    v("affected", m.affected);
}

struct ReportAnswer {
    std::string words; ///< what was asked
    std::string text;
};
template <class V> void describe(V& v, ReportAnswer& m)
{
    v("words", m.words);
    v("text", m.text);
}
struct ReportMethod {
    std::string methods; ///< in words
    std::string made_by;
    std::string made_at;
    std::string hash;
    std::vector<ReportAnswer> answers;
};
template <class V> void describe(V& v, ReportMethod& m)
{
    v("methods", m.methods);
    v("made_by", m.made_by);
    v("made_at", m.made_at);
    v("hash", m.hash);
    v("answers", m.answers);
}

struct ReportSoftware {
    std::string version;
    std::string program; ///< SHA-256 of the server's program file
    std::string from;    ///< when it began to run
};
template <class V> void describe(V& v, ReportSoftware& m)
{
    v("version", m.version);
    v("program", m.program);
    v("from", m.from);
}

// Names of figures that must agree with one another.
inline constexpr std::string_view by_post = "By post";
inline constexpr std::string_view papers_sent = "Voting papers sent by post";
inline constexpr std::string_view papers_recorded = "Papers recorded as returned, whether or not they count";
inline constexpr std::string_view papers_counting = "Papers returned that count";
inline constexpr std::string_view papers_transcribed = "Transcribed into encrypted ballots, by two people keying independently";

inline constexpr std::string_view papers_duplicate = "Duplicates: returned after a vote or a paper of the same member, kept and not counted";
inline constexpr std::string_view papers_replaced = "Void: the paper had been replaced or withdrawn";
inline constexpr std::string_view papers_unissued = "Void: a number that was never issued";
inline constexpr std::string_view papers_late = "Received at or after the closing, and not counted";
inline constexpr std::string_view papers_mistaken = "Recorded by mistake and taken back";

/// Everything the report says. What is signed is the SHA-256 of its JSON as to_json() writes it.
struct ScrutineerReport {
    std::string ballot; ///< id
    std::string title;
    bool rehearsal = false;
    std::string dispute;
    std::string called_by;  ///< the union's office on the paper
    std::string scrutineer; ///< as on the voting paper
    std::vector<std::string> employers;
    bool statutory = true; ///< the law asks for this report; false for 50 entitled or fewer, and a consultative ballot
    std::string statutory_words;
    std::string opening_day;
    std::string opened;
    std::string closed;
    std::string date_of_ballot;
    std::string due;
    std::string copies_until;
    std::string due_source;
    std::string made; ///< the day, in words
    Instant made_at{};
    bool late = false; ///< made after it was due
    std::vector<ReportStatement> statements;
    std::vector<ReportConstituency> constituencies;
    std::vector<ReportFigure> channels; ///< returned and counted, by way of return; their sum is all `cast`. Never a Yes or No.
    std::int64_t numbered = 0;          ///< voting papers, spares too: their numbers are 1 to this (TULRCA s.229(1A)(c))
    std::vector<ReportFigure> papers;   ///< of the post: issued, returned twice, void; empty where there was none
    std::vector<ReportExtension> extensions;
    std::vector<ReportIncident> incidents;
    std::int64_t code_incidents = 0; ///< members who say that somebody else voted with their code
    std::optional<ReportMethod> method;
    std::vector<ReportSoftware> software;
    std::int64_t roll_revision = 0;
    std::string roll_hash;
    std::string paper_hash;
    std::string result_hash; ///< of the result as two people signed it
};
template <class V> void describe(V& v, ScrutineerReport& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("dispute", m.dispute);
    v("called_by", m.called_by);
    v("scrutineer", m.scrutineer);
    v("employers", m.employers);
    v("statutory", m.statutory);
    v("statutory_words", m.statutory_words);
    v("opening_day", m.opening_day);
    v("opened", m.opened);
    v("closed", m.closed);
    v("date_of_ballot", m.date_of_ballot);
    v("due", m.due);
    v("copies_until", m.copies_until);
    v("due_source", m.due_source);
    v("made", m.made);
    v("made_at", m.made_at);
    v("late", m.late);
    v("statements", m.statements);
    v("constituencies", m.constituencies);
    v("channels", m.channels);
    v("numbered", m.numbered);
    v("papers", m.papers);
    v("extensions", m.extensions);
    v("incidents", m.incidents);
    v("code_incidents", m.code_incidents);
    v("method", m.method);
    v("software", m.software);
    v("roll_revision", m.roll_revision);
    v("roll_hash", m.roll_hash);
    v("paper_hash", m.paper_hash);
    v("result_hash", m.result_hash);
}

/// What the scrutineer's signature is over: "walkout-report/1|<ballot>|<SHA-256 of the JSON>".
std::string report_text(const ScrutineerReport& report);
std::string report_hash(const ScrutineerReport& report); ///< 64 hex digits

/// The report with its signature: `walkout report ID --format json`, and what its template is filled with.
struct SignedReport {
    ScrutineerReport report;
    bool is_signed = false;               ///< false: a draft, seen by the scrutineer alone
    std::optional<std::string> signed_by; ///< name of the official
    std::optional<std::string> key;       ///< 64 hex digits
    std::optional<std::string> key_words; ///< its eight words, to be compared by voice
    std::optional<std::string> signature; ///< 128 hex digits, over report_text
    std::optional<std::string> hash;      ///< of the report
};
template <class V> void describe(V& v, SignedReport& m)
{
    v("report", m.report);
    v("is_signed", m.is_signed);
    v("signed_by", m.signed_by);
    v("key", m.key);
    v("key_words", m.key_words);
    v("signature", m.signature);
    v("hash", m.hash);
}

/// POST .../report: the report as drafted, with the statements answered, signed over report_text.
struct NewSignedReport {
    ScrutineerReport report;
    std::string signature;
};
template <class V> void describe(V& v, NewSignedReport& m)
{
    v("report", m.report);
    v("signature", m.signature);
}

/// What does not add up in a report, in sentences; empty: it adds up. Needs nothing but the report.
std::vector<std::string> report_faults(const ScrutineerReport& report);

} // namespace walkout::wire
