#pragma once

#include "shared/ballot/approval.hpp"
#include "shared/ballot/phase.hpp"
#include "shared/ballot/result.hpp"
#include "shared/ballot/roll.hpp"
#include "shared/ballot/turnout.hpp"
#include "shared/ballot/voting_paper.hpp"
#include "shared/wire/law_messages.hpp"

#include <map>

namespace walkout::ballot {

// The plan file of `walkout ballot plan`, and the body of POST /api/v1/ballots: the domain's own structs.

template <class V> void describe(V& v, Question& m)
{
    v("kind", m.kind);
    v("text", m.text);
    v("text_cy", m.text_cy);
    v("types_of_action", m.types_of_action);
    v("expected_periods", m.expected_periods);
    v("types_of_action_cy", m.types_of_action_cy);
    v("expected_periods_cy", m.expected_periods_cy);
}
template <class V> void describe(V& v, Dispute& m)
{
    v("title", m.title);
    v("matters", m.matters);
    v("title_cy", m.title_cy);
    v("matters_cy", m.matters_cy);
}
template <class V> void describe(V& v, CalledBy& m)
{
    v("office", m.office);
    v("role", m.role);
    v("office_cy", m.office_cy);
}
template <class V> void describe(V& v, Scrutineer& m)
{
    v("name", m.name);
    v("return_address", m.return_address);
}
template <class V> void describe(V& v, Entitlement& m)
{
    v("employers", m.employers);
    v("workplaces", m.workplaces);
    v("categories", m.categories);
}
template <class V> void describe(V& v, Trustees& m)
{
    v("threshold", m.threshold);
    v("numbers", m.numbers);
}
template <class V> void describe(V& v, BallotPlan& m)
{
    v("id", m.id);
    v("title", m.title);
    v("title_cy", m.title_cy);
    v("dispute", m.dispute);
    v("jurisdiction", m.jurisdiction);
    v.defaulted("statutory", m.statutory);
    v("methods", m.methods);
    v("as_if_lawful", m.as_if_lawful);
    v("questions", m.questions);
    v("called_by", m.called_by);
    v("scrutineer", m.scrutineer);
    v("opens", m.opens);
    v("closes", m.closes);
    v.defaulted("zone", m.zone);
    v("roll_cut_off", m.roll_cut_off);
    v("entitled", m.entitled);
    v("constituencies", m.constituencies);
    v("aggregate_ground", m.aggregate_ground);
    v("important_public_service", m.important_public_service);
    v("trustees", m.trustees);
    v("group", m.group);
    v("spares", m.spares);
    v("second_factor", m.second_factor);
}
template <class V> void describe(V& v, TurnoutCell& m)
{
    v("name", m.name);
    v("entitled", m.entitled);
    v("returned", m.returned);
}

} // namespace walkout::ballot

namespace walkout::wire {

/// What the planner is told: of a plan, or of a ballot as planned.
struct BallotTimetable {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    WallTime opens{};
    WallTime closes{}; ///< outside the voting period
    std::string zone;
    Instant opens_at{};
    Instant closes_at{};
    bool statutory = true;
    bool rehearsal = false;
    LawTimetable law; ///< its warnings are the plan's
};
template <class V> void describe(V& v, BallotTimetable& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("opens", m.opens);
    v("closes", m.closes);
    v("zone", m.zone);
    v("opens_at", m.opens_at);
    v("closes_at", m.closes_at);
    v("statutory", m.statutory);
    v("rehearsal", m.rehearsal);
    v("law", m.law);
}

struct BallotLine {
    BallotId id = *BallotId::parse("unnamed");
    std::string title;
    ballot::Phase phase = ballot::Phase::planned;
    Instant opens_at{};
    Instant closes_at{}; ///< in force
    std::string voting;  ///< both ends in words, local
    bool statutory = true;
    bool rehearsal = false;
};
template <class V> void describe(V& v, BallotLine& m)
{
    v("id", m.id);
    v("title", m.title);
    v("phase", m.phase);
    v("opens_at", m.opens_at);
    v("closes_at", m.closes_at);
    v("voting", m.voting);
    v("statutory", m.statutory);
    v("rehearsal", m.rehearsal);
}
struct BallotList {
    std::vector<BallotLine> ballots;
};
template <class V> void describe(V& v, BallotList& m) { v("ballots", m.ballots); }

struct ConstituencyView {
    ConstituencyId id = *ConstituencyId::parse("unnamed");
    std::string name;
    std::int64_t entitled = 0; ///< on the roll in force, overseas members included
    std::vector<std::string> employers;
    std::optional<std::string> fingerprint; ///< of the election record, once coded
};
template <class V> void describe(V& v, ConstituencyView& m)
{
    v("id", m.id);
    v("name", m.name);
    v("entitled", m.entitled);
    v("employers", m.employers);
    v("fingerprint", m.fingerprint);
}

/// Public: GET /api/v1/ballots/{ballot}.
struct BallotView {
    BallotId id = *BallotId::parse("unnamed");
    std::string title;
    ballot::Phase phase = ballot::Phase::planned;
    bool rehearsal = false;
    bool statutory = true;
    std::vector<law::Method> methods;
    std::vector<law::Method> not_lawful; ///< of the methods: those a rehearsal pretends are lawful
    WallTime opens{};
    WallTime closes{}; ///< as planned
    std::string zone;
    Instant opens_at{};
    Instant closes_at{}; ///< in force
    Date date_of_ballot{};
    ballot::SecondFactor second_factor = ballot::SecondFactor::sign_in;
    std::vector<ballot::Question> questions;
    std::string called_by;
    std::vector<std::string> paper_en; ///< the voting paper, line by line
    std::vector<std::string> paper_cy;
    bool paper_final = false; ///< false: as it stands; fixed when the notices are in
    std::string paper_hash;   ///< SHA-256 of the record at .../paper, 64 hex digits
    std::vector<std::string> rules;
    std::optional<std::int64_t> roll_revision;
    std::optional<std::string> roll_hash;
    std::vector<ConstituencyView> constituencies;
    std::optional<std::string> reason; ///< why it was abandoned
};
template <class V> void describe(V& v, BallotView& m)
{
    v("id", m.id);
    v("title", m.title);
    v("phase", m.phase);
    v("rehearsal", m.rehearsal);
    v("statutory", m.statutory);
    v("methods", m.methods);
    v("not_lawful", m.not_lawful);
    v("opens", m.opens);
    v("closes", m.closes);
    v("zone", m.zone);
    v("opens_at", m.opens_at);
    v("closes_at", m.closes_at);
    v("date_of_ballot", m.date_of_ballot);
    v("second_factor", m.second_factor);
    v("questions", m.questions);
    v("called_by", m.called_by);
    v("paper_en", m.paper_en);
    v("paper_cy", m.paper_cy);
    v("paper_final", m.paper_final);
    v("paper_hash", m.paper_hash);
    v("rules", m.rules);
    v("roll_revision", m.roll_revision);
    v("roll_hash", m.roll_hash);
    v("constituencies", m.constituencies);
    v("reason", m.reason);
}

/// The figures notices are drafted from. Overseas members are counted apart and in none of the tables.
struct FrozenRoll {
    BallotId ballot = *BallotId::parse("unnamed");
    bool rehearsal = false;
    std::int64_t revision = 0;
    std::string hash; ///< 64 hex digits
    std::int64_t entitled = 0;
    std::int64_t overseas = 0;
    std::map<std::string, std::int64_t> by_constituency;
    std::map<std::string, std::int64_t> by_employer;
    std::map<std::string, std::int64_t> by_workplace;
    std::map<std::string, std::int64_t> by_category;
    std::map<std::string, std::int64_t> excluded; ///< by reason
    std::vector<std::string> notify_again;        ///< employers told other figures than these: a fresh notice may be needed
};
template <class V> void describe(V& v, FrozenRoll& m)
{
    v("ballot", m.ballot);
    v("rehearsal", m.rehearsal);
    v("revision", m.revision);
    v("hash", m.hash);
    v("entitled", m.entitled);
    v("overseas", m.overseas);
    v("by_constituency", m.by_constituency);
    v("by_employer", m.by_employer);
    v("by_workplace", m.by_workplace);
    v("by_category", m.by_category);
    v("excluded", m.excluded);
    v("notify_again", m.notify_again);
}

/// POST .../roll/corrections
struct RollCorrection {
    ballot::Correction::Kind kind = ballot::Correction::Kind::add;
    std::string number;
    std::string reason;
};
template <class V> void describe(V& v, RollCorrection& m)
{
    v("kind", m.kind);
    v("number", m.number);
    v("reason", m.reason);
}
struct RollCorrections {
    std::vector<RollCorrection> corrections;
};
template <class V> void describe(V& v, RollCorrections& m) { v("corrections", m.corrections); }

/// For the scrutineer alone.
struct RollPerson {
    std::string number;
    std::string name;
    std::string email; ///< empty where the register has none
    std::string phone;
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    bool overseas = false;
};
template <class V> void describe(V& v, RollPerson& m)
{
    v("number", m.number);
    v("name", m.name);
    v("email", m.email);
    v("phone", m.phone);
    v("constituency", m.constituency);
    v("overseas", m.overseas);
}
struct RollPage {
    std::int64_t revision = 0;
    std::string hash;
    std::vector<RollPerson> people;
    std::optional<std::string> next; ///< the cursor of the next page; absent on the last
};
template <class V> void describe(V& v, RollPage& m)
{
    v("revision", m.revision);
    v("hash", m.hash);
    v("people", m.people);
    v("next", m.next);
}

/// A member's own place on the roll.
struct MyEntitlement {
    bool rehearsal = false;
    bool entitled = false;
    std::optional<std::string> constituency;
    std::optional<std::string> employer;
    std::optional<std::string> workplace;
    std::optional<std::string> category;
    std::string words; ///< one sentence
};
template <class V> void describe(V& v, MyEntitlement& m)
{
    v("rehearsal", m.rehearsal);
    v("entitled", m.entitled);
    v("constituency", m.constituency);
    v("employer", m.employer);
    v("workplace", m.workplace);
    v("category", m.category);
    v("words", m.words);
}

/// POST .../notices
struct NewReceipt {
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    Date received_on{};
    std::string how;
    std::string evidence;
    std::optional<Date> action_first; ///< an action notice names its first and last day
    std::optional<Date> action_last;
    std::optional<bool> shorter_agreed;
};
template <class V> void describe(V& v, NewReceipt& m)
{
    v("kind", m.kind);
    v("employer", m.employer);
    v("received_on", m.received_on);
    v("how", m.how);
    v("evidence", m.evidence);
    v("action_first", m.action_first);
    v("action_last", m.action_last);
    v("shorter_agreed", m.shorter_agreed);
}
struct ReceiptView {
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    Date received_on{};
    std::string how;
    std::string evidence;
    std::optional<std::int64_t> roll_revision;
    std::optional<Date> action_first;
    std::optional<Date> action_last;
    bool shorter_agreed = false;
    Instant recorded_at{};
    std::string recorded_by;
};
template <class V> void describe(V& v, ReceiptView& m)
{
    v("kind", m.kind);
    v("employer", m.employer);
    v("received_on", m.received_on);
    v("how", m.how);
    v("evidence", m.evidence);
    v("roll_revision", m.roll_revision);
    v("action_first", m.action_first);
    v("action_last", m.action_last);
    v("shorter_agreed", m.shorter_agreed);
    v("recorded_at", m.recorded_at);
    v("recorded_by", m.recorded_by);
}
struct Awaited {
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    std::optional<Date> by; ///< the last lawful day
};
template <class V> void describe(V& v, Awaited& m)
{
    v("kind", m.kind);
    v("employer", m.employer);
    v("by", m.by);
}
struct NoticeList {
    bool rehearsal = false;
    ballot::Phase phase = ballot::Phase::planned;
    std::vector<ReceiptView> receipts;
    std::vector<Awaited> awaited;           ///< notices that this phase still needs
    std::optional<std::string> not_in_time; ///< why the receipts there are do not allow the planned opening
};
template <class V> void describe(V& v, NoticeList& m)
{
    v("rehearsal", m.rehearsal);
    v("phase", m.phase);
    v("receipts", m.receipts);
    v("awaited", m.awaited);
    v("not_in_time", m.not_in_time);
}

struct ApprovalView {
    std::string by;
    ballot::Role role = ballot::Role::official;
    Instant expires{};
    bool counts = false; ///< over what stands now, and unexpired
};
template <class V> void describe(V& v, ApprovalView& m)
{
    v("by", m.by);
    v("role", m.role);
    v("expires", m.expires);
    v("counts", m.counts);
}
/// What is to be signed, in words and as bytes. The signer's client checks that `object` is the SHA-256 of `canonical`.
struct ApprovalObject {
    BallotId ballot = *BallotId::parse("unnamed");
    ballot::ApprovalStep step = ballot::ApprovalStep::open;
    bool rehearsal = false;
    std::vector<std::string> words;
    std::string canonical;
    std::string object; ///< 64 hex digits
    Instant now{};      ///< ballot clock, for the expiry
    std::vector<ApprovalView> approvals;
    bool complete = false;
    std::optional<std::string> awaiting;
};
template <class V> void describe(V& v, ApprovalObject& m)
{
    v("ballot", m.ballot);
    v("step", m.step);
    v("rehearsal", m.rehearsal);
    v("words", m.words);
    v("canonical", m.canonical);
    v("object", m.object);
    v("now", m.now);
    v("approvals", m.approvals);
    v("complete", m.complete);
    v("awaiting", m.awaiting);
}
/// POST .../approvals/{step}: a signature over canonical_approval of step, ballot, object and expires.
struct NewApproval {
    std::string object;
    Instant expires{};
    ballot::Role role = ballot::Role::official; ///< the office it is signed in
    std::string signature;                      ///< 128 hex digits
};
template <class V> void describe(V& v, NewApproval& m)
{
    v("object", m.object);
    v("expires", m.expires);
    v("role", m.role);
    v("signature", m.signature);
}

/// POST .../abandon
struct Abandon {
    std::string reason;
};
template <class V> void describe(V& v, Abandon& m) { v("reason", m.reason); }

/// POST /api/v1/clock, in a rehearsal.
struct SetClock {
    Instant to{};
};
template <class V> void describe(V& v, SetClock& m) { v("to", m.to); }
struct ClockMoved {
    Instant ballot_now{};
    std::int64_t ballots_changed = 0; ///< by the jobs that fell due on the way
};
template <class V> void describe(V& v, ClockMoved& m)
{
    v("ballot_now", m.ballot_now);
    v("ballots_changed", m.ballots_changed);
}

struct TurnoutDistance {
    std::string name; ///< of the constituency
    std::int64_t needed = 0;
    std::int64_t still_needed = 0;
    std::string rule;
    std::string source;
};
template <class V> void describe(V& v, TurnoutDistance& m)
{
    v("name", m.name);
    v("needed", m.needed);
    v("still_needed", m.still_needed);
    v("rule", m.rule);
    v("source", m.source);
}
/// A cell without `returned` is hidden: fewer than 10 returned or not returned, fewer than 20 entitled, or needed to hide another.
struct TurnoutView {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    std::optional<Instant> constituencies_at; ///< absent: nothing published yet
    std::optional<Instant> tables_at;         ///< branches and workplaces: once a day
    std::vector<ballot::TurnoutCell> constituencies;
    std::vector<ballot::TurnoutCell> branches;
    std::vector<ballot::TurnoutCell> workplaces;
    std::vector<TurnoutDistance> distance; ///< where the rules of the opening day ask for a share
};
template <class V> void describe(V& v, TurnoutView& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("constituencies_at", m.constituencies_at);
    v("tables_at", m.tables_at);
    v("constituencies", m.constituencies);
    v("branches", m.branches);
    v("workplaces", m.workplaces);
    v("distance", m.distance);
}

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
}

} // namespace walkout::wire
