#pragma once

#include "shared/ballot/result.hpp"
#include "shared/wire/law_messages.hpp"

namespace walkout::wire {

struct MandateView {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string name;
    ballot::QuestionKind kind = ballot::QuestionKind::strike;
    Date date_of_ballot{};
    law::Limit limit = law::Limit::begin_by;
    Date last_day{};
    std::optional<Date> extendable_to;
    std::string words;
};
template <class V> void describe(V& v, MandateView& m)
{
    v("constituency", m.constituency);
    v("name", m.name);
    v("kind", m.kind);
    v("date_of_ballot", m.date_of_ballot);
    v("limit", m.limit);
    v("last_day", m.last_day);
    v("extendable_to", m.extendable_to);
    v("words", m.words);
}
struct MandateList {
    bool rehearsal = false;
    std::vector<MandateView> mandates;
};
template <class V> void describe(V& v, MandateList& m)
{
    v("rehearsal", m.rehearsal);
    v("mandates", m.mandates);
}

struct QuestionResultView {
    ballot::QuestionKind kind = ballot::QuestionKind::strike;
    std::string text;
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t spoiled = 0; ///< blank for this question, or otherwise invalid
    bool supported = false;
    std::vector<LawTest> tests;
    std::optional<MandateView> mandate;
    std::optional<std::string> reason; ///< why there is no mandate
};
template <class V> void describe(V& v, QuestionResultView& m)
{
    v("kind", m.kind);
    v("text", m.text);
    v("yes", m.yes);
    v("no", m.no);
    v("spoiled", m.spoiled);
    v("supported", m.supported);
    v("tests", m.tests);
    v("mandate", m.mandate);
    v("reason", m.reason);
}
struct ConstituencyResultView {
    ConstituencyId id = *ConstituencyId::parse("unnamed");
    std::string name;
    std::int64_t entitled = 0;
    std::int64_t overseas = 0;
    std::int64_t cast = 0;
    std::vector<QuestionResultView> questions;
    std::vector<LawWarning> warnings;
};
template <class V> void describe(V& v, ConstituencyResultView& m)
{
    v("id", m.id);
    v("name", m.name);
    v("entitled", m.entitled);
    v("overseas", m.overseas);
    v("cast", m.cast);
    v("questions", m.questions);
    v("warnings", m.warnings);
}
/// The scrutineer's report on a declared ballot (TULRCA s.231B), or when there will be one.
struct ReportStanding {
    bool statutory = true;           ///< the law asks for it: more than 50 were entitled (s.226C), and the ballot is not a consultative one
    std::optional<Date> due;         ///< the last day: the end of four weeks beginning with the date of the ballot (s.226B(1)(b))
    std::optional<Date> signed_on;   ///< absent: not yet
    std::optional<std::string> hash; ///< SHA-256 of the report that was signed
    std::string page;                ///< "/reports/autumn": there once it is signed
    std::string words;               ///< one sentence
};
template <class V> void describe(V& v, ReportStanding& m)
{
    v("statutory", m.statutory);
    v("due", m.due);
    v("signed_on", m.signed_on);
    v("hash", m.hash);
    v("page", m.page);
    v("words", m.words);
}
/// A later closing, as two people signed it; with its signatures at /api/v1/ballots/{ballot}/addenda.
struct AddendumLine {
    std::int64_t number = 0;
    Instant closes{};
    std::string reason;
    std::string object; ///< SHA-256 of what was signed
};
template <class V> void describe(V& v, AddendumLine& m)
{
    v("number", m.number);
    v("closes", m.closes);
    v("reason", m.reason);
    v("object", m.object);
}
/// Public once declared.
struct ResultView {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    bool statutory = true;
    Date opening_day{};
    Date date_of_ballot{};
    std::string canonical; ///< what two people signed to declare
    std::string hash;
    std::vector<ConstituencyResultView> constituencies;
    ReportStanding report;
    std::vector<AddendumLine> addenda; ///< by number
};
template <class V> void describe(V& v, ResultView& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("statutory", m.statutory);
    v("opening_day", m.opening_day);
    v("date_of_ballot", m.date_of_ballot);
    v("canonical", m.canonical);
    v("hash", m.hash);
    v("constituencies", m.constituencies);
    v("report", m.report);
    v("addenda", m.addenda);
}

} // namespace walkout::wire
