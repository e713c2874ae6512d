#pragma once

// Documents as data: what the templates of server/documents are filled with, and what the API gives as JSON.

#include "shared/ballot/notice.hpp"
#include "shared/ballot/phase.hpp"
#include "shared/wire/action_messages.hpp"
#include "shared/wire/question_figures.hpp"

namespace walkout::ballot {

template <class V> void describe(V& v, NamedNumber& m)
{
    v("name", m.name);
    v("number", m.number);
}

} // namespace walkout::ballot

namespace walkout::wire {

/// A notice of ballot (TULRCA s.226A) or of industrial action (s.234A) to one employer.
struct EmployerNotice {
    std::string title; ///< of the ballot
    std::string from;  ///< the office that gives it
    std::string employer;
    std::string dispute;
    std::string drafted; ///< the day, in words
    bool rehearsal = false;
    std::optional<std::string> received_by; ///< the last day in time, in words
    std::optional<std::string> opening_day; ///< notice of ballot: in words
    std::optional<std::string> action;      ///< notice of action: "a strike"
    std::optional<std::string> continuous_from;
    std::vector<std::string> action_dates; ///< discontinuous action: each date, in words
    std::optional<std::int64_t> total;
    std::vector<std::string> categories;
    std::vector<std::string> workplaces;
    std::vector<ballot::NamedNumber> per_category;
    std::vector<ballot::NamedNumber> per_workplace;
    std::optional<std::string> explanation;
    std::int64_t roll_revision = 0;
    std::string roll_hash;                   ///< 64 hex digits
    std::optional<std::string> roll_changed; ///< why an earlier notice to this employer may need to be given afresh
    std::optional<std::string> too_early;    ///< for the union: what must be so for the first date to be lawful
    std::string source;
};
template <class V> void describe(V& v, EmployerNotice& m)
{
    v("title", m.title);
    v("from", m.from);
    v("employer", m.employer);
    v("dispute", m.dispute);
    v("drafted", m.drafted);
    v("rehearsal", m.rehearsal);
    v("received_by", m.received_by);
    v("opening_day", m.opening_day);
    v("action", m.action);
    v("continuous_from", m.continuous_from);
    v("action_dates", m.action_dates);
    v("total", m.total);
    v("categories", m.categories);
    v("workplaces", m.workplaces);
    v("per_category", m.per_category);
    v("per_workplace", m.per_workplace);
    v("explanation", m.explanation);
    v("roll_revision", m.roll_revision);
    v("roll_hash", m.roll_hash);
    v("roll_changed", m.roll_changed);
    v("too_early", m.too_early);
    v("source", m.source);
}

/// The voting paper as a specimen (s.226A(1)(b)): the lines a voter is shown, the statutory statement whole and alone.
struct SamplePaper {
    std::string title;
    bool rehearsal = false;
    std::vector<std::string> lines;
    std::optional<std::string> statement; ///< s.229(4), as enacted; absent on a consultative ballot
    std::string paper_hash;               ///< 64 hex digits: of the record that every ballot binds
    bool final_form = false;              ///< fixed: later changes are impossible
    std::string source;
};
template <class V> void describe(V& v, SamplePaper& m)
{
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("lines", m.lines);
    v("statement", m.statement);
    v("paper_hash", m.paper_hash);
    v("final_form", m.final_form);
    v("source", m.source);
}

/// One test of the law of the opening day, with its whole numbers.
struct ResultTest {
    std::string asks;
    std::string sum; ///< "2×37 ≥ 90"
    std::string met; ///< "yes" or "no", in the document's language
};
template <class V> void describe(V& v, ResultTest& m)
{
    v("asks", m.asks);
    v("sum", m.sum);
    v("met", m.met);
}
/// The figures that members and employers must be told, as the law of the opening day lists them (ss.231, 231A), and more where they help.
struct ResultQuestion {
    QuestionFigures figures;
    std::string yes_percent_of_all; ///< of all papers returned: the strict base (TULRCA s.297A)
    std::string no_percent_of_all;
    std::vector<ResultTest> tests;
    std::optional<std::string> turnout_met; ///< "yes" or "no"; absent where the law of that day does not ask
    std::optional<std::string> support_met;
    std::string outcome; ///< one sentence: the mandate, or why there is none
};
template <class V> void describe(V& v, ResultQuestion& m)
{
    describe(v, m.figures);
    v("yes_percent_of_all", m.yes_percent_of_all);
    v("no_percent_of_all", m.no_percent_of_all);
    v("tests", m.tests);
    v("turnout_met", m.turnout_met);
    v("support_met", m.support_met);
    v("outcome", m.outcome);
}
struct ResultConstituency {
    std::string name;
    std::int64_t entitled = 0;            ///< as the law counts them (ss.231, 231A): without members overseas
    std::optional<std::int64_t> overseas; ///< members overseas, where they vote apart (s.232)
    std::int64_t cast = 0;
    std::optional<std::string> turnout_percent;
    std::vector<ResultQuestion> questions;
    std::vector<std::string> warnings;
};
template <class V> void describe(V& v, ResultConstituency& m)
{
    v("name", m.name);
    v("entitled", m.entitled);
    v("overseas", m.overseas);
    v("cast", m.cast);
    v("turnout_percent", m.turnout_percent);
    v("questions", m.questions);
    v("warnings", m.warnings);
}
struct ResultNotice {
    std::string title;
    std::string from;
    std::optional<std::string> employer; ///< absent: to members and everybody
    bool rehearsal = false;
    std::string opening_day;
    std::string date_of_ballot;
    std::vector<ResultConstituency> constituencies;
    std::string result_hash; ///< 64 hex digits: what two people signed
    std::string source;
};
template <class V> void describe(V& v, ResultNotice& m)
{
    v("title", m.title);
    v("from", m.from);
    v("employer", m.employer);
    v("rehearsal", m.rehearsal);
    v("opening_day", m.opening_day);
    v("date_of_ballot", m.date_of_ballot);
    v("constituencies", m.constituencies);
    v("result_hash", m.result_hash);
    v("source", m.source);
}

struct TimetableRow {
    std::string when, what, why;
};
template <class V> void describe(V& v, TimetableRow& m)
{
    v("when", m.when);
    v("what", m.what);
    v("why", m.why);
}
/// The timetable on one page.
struct TimetablePage {
    std::string title;
    std::string country;
    bool rehearsal = false;
    std::vector<TimetableRow> dates;
    std::vector<std::string> warnings;
};
template <class V> void describe(V& v, TimetablePage& m)
{
    v("title", m.title);
    v("country", m.country);
    v("rehearsal", m.rehearsal);
    v("dates", m.dates);
    v("warnings", m.warnings);
}

/// Asks the server to record that a notice was sent, and to send it where it goes by mail.
struct NewServing {
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    std::optional<std::string> mail_to;           ///< sent there, with an address to acknowledge receipt at; absent: it went another way
    std::optional<std::string> how;               ///< that other way: "first-class post, tracked AB123"
    std::optional<ballot::NotifiedAction> action; ///< of a notice of action; its kind may be left out where there is a mandate for one kind only
};
template <class V> void describe(V& v, NewServing& m)
{
    v("kind", m.kind);
    v("employer", m.employer);
    v("mail_to", m.mail_to);
    v("how", m.how);
    v("action", m.action);
}
struct ServingView {
    std::string id;
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    std::string how;
    std::int64_t roll_revision = 0;
    std::string hash; ///< 64 hex digits: SHA-256 of the notice's words
    Instant sent_at{};
    std::string sent_by;
    std::optional<Instant> acknowledged_at;
    std::optional<std::string> acknowledged_by; ///< as they named themselves
    std::optional<std::string> too_late;        ///< of a notice of ballot or sample: sent after the last day on which it may be received
};
template <class V> void describe(V& v, ServingView& m)
{
    v("id", m.id);
    v("kind", m.kind);
    v("employer", m.employer);
    v("how", m.how);
    v("roll_revision", m.roll_revision);
    v("hash", m.hash);
    v("sent_at", m.sent_at);
    v("sent_by", m.sent_by);
    v("acknowledged_at", m.acknowledged_at);
    v("acknowledged_by", m.acknowledged_by);
    v("too_late", m.too_late);
}
struct ServingList {
    bool rehearsal = false;
    std::vector<ServingView> served;
};
template <class V> void describe(V& v, ServingList& m)
{
    v("rehearsal", m.rehearsal);
    v("served", m.served);
}

} // namespace walkout::wire
