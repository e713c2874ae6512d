#include "shared/law/table.hpp"

#include "shared/law/paper.hpp"

#include <stdexcept>

// Every row is a line of law.md 1.1 (Great Britain), 1.5, 1.8, 1.10 or 1.11 (Northern Ireland). Short titles: TULRCA = Trade Union and
// Labour Relations (Consolidation) Act 1992; TUA16 = Trade Union Act 2016; ERA25 = Employment Rights Act 2025; ERelA99 and ERelA04 =
// Employment Relations Acts 1999 and 2004; NI Order = Trade Union and Labour Relations (Northern Ireland) Order 1995.
// "Not later than the Nth day before" counts calendar days. A period "beginning with" a day counts that day.

namespace walkout::law {

// ERelA99 Sch 3 para 6(3) inserted the second sentence, ERelA04 Sch 1 para 13 made it twelve weeks. "taking part in strike" is as enacted.
// clang-format off
const std::string_view statement_until_17_february_2026 =
    "If you take part in a strike or other industrial action, you may be in breach of your contract of employment. However, if you "
    "are dismissed for taking part in strike or other industrial action which is called officially and is otherwise lawful, the "
    "dismissal will be unfair if it takes place fewer than twelve weeks after you started taking part in the action, and depending "
    "on the circumstances may be unfair if it takes place later.";

// ERA25 s.77(2) omits the words from "if it takes place fewer than" to the end.
const std::string_view statement_from_18_february_2026 =
    "If you take part in a strike or other industrial action, you may be in breach of your contract of employment. However, if you "
    "are dismissed for taking part in strike or other industrial action which is called officially and is otherwise lawful, the "
    "dismissal will be unfair.";
// clang-format on

namespace {

using enum Confidence;
using enum Selector;
using I = NoticeItem;
using P = PaperField;
using F = Figure;
using T = Topic;

constexpr Date day(int y, unsigned m, unsigned d) { return Date(date::year(y) / date::month(m) / date::day(d)); }
constexpr Date first = day(2006, 5, 12); // the oldest text read: in force then, begun earlier
constexpr Date tua16 = day(2017, 3, 1);  // S.I. 2017/139 reg 2
constexpr Date era25 = day(2026, 2, 18); // ERA25 s.159(2)(f)-(l); S.I. 2026/3 reg 3

constexpr Period weeks(int n) { return {Period::Unit::weeks, n}; }
constexpr Period months(int n) { return {Period::Unit::months, n}; }

constexpr std::array full_ballot_notice{I::opening_day, I::categories, I::workplaces, I::total, I::per_category, I::per_workplace, I::explanation};
constexpr std::array short_ballot_notice{I::opening_day, I::categories, I::workplaces, I::total};
constexpr std::array full_action_notice{I::categories,  I::workplaces,        I::total,       I::per_category, I::per_workplace,
                                        I::explanation, I::continuous_or_not, I::action_dates};
constexpr std::array short_action_notice{I::categories,  I::workplaces,        I::total,       I::per_workplace,
                                         I::explanation, I::continuous_or_not, I::action_dates};

constexpr std::array plain_paper{P::scrutineer_name, P::return_address, P::return_by, P::serial_number, P::question, P::who_may_call, P::statement};
constexpr std::array long_paper{P::scrutineer_name, P::return_address,     P::return_by,        P::serial_number, P::question,
                                P::dispute_summary, P::short_action_types, P::expected_periods, P::who_may_call,  P::statement};

constexpr std::array counts_only{F::cast, F::yes, F::no, F::spoiled};
constexpr std::array counts_and_turnout{F::entitled, F::cast, F::yes, F::no, F::spoiled, F::turnout_met};
constexpr std::array counts_and_both{F::entitled, F::cast, F::yes, F::no, F::spoiled, F::turnout_met, F::support_met};

constexpr Jurisdiction GB = Jurisdiction::great_britain;
constexpr Jurisdiction NI = Jurisdiction::northern_ireland;

// clang-format off
std::vector<Rule> rows()
{
    return {
    // ---- Great Britain: is the action supported? --------------------------------------------------------------------------------------
    {T::turnout_threshold, GB, first, opening_day, None{}, "no turnout is required", "TULRCA s.226(2)(a) before 1 March 2017", high},
    {T::turnout_threshold, GB, tua16, opening_day, Share{1, 2}, "at least 50% of those entitled must vote",
     "TULRCA s.226(2)(a)(iia), TUA16 s.2", high},
    {T::support_threshold, GB, first, opening_day, None{}, "no share of those entitled must answer Yes",
     "TULRCA s.226(2)(a) before 1 March 2017", high},
    {T::support_threshold, GB, tua16, opening_day, Share{2, 5},
     "at least 40% of those entitled must answer Yes, where most of them normally work in important public services",
     "TULRCA s.226(2A)-(2C), TUA16 s.3", high},
    {T::support_threshold, GB, era25, opening_day, None{}, "no share of those entitled must answer Yes",
     "ERA25 s.69, S.I. 2026/3 Sch 2 para 7", high},
    {T::majority, GB, first, opening_day, Share{1, 2}, "more than half of those voting must answer Yes; a tie fails",
     "TULRCA s.226(2)(a)(iii)", high},
    {T::spoiled_papers_count, GB, first, opening_day, None{}, "spoiled papers are not counted as voting",
     "TULRCA before TUA16 Sch 4 para 17", high},
    {T::spoiled_papers_count, GB, tua16, opening_day, Holds{}, "those who return spoiled or invalid papers count as voting",
     "TULRCA s.297A, TUA16 Sch 4 para 17", high},
    {T::ballot_date, GB, first, opening_day, Holds{}, "the date of the ballot is the last day on which votes may be cast",
     "TULRCA s.246", high},
    // ---- Great Britain: before and during voting --------------------------------------------------------------------------------------
    {T::ballot_notice_days, GB, first, opening_day, NoticeDays{7},
     "every employer receives notice of the ballot not later than the 7th day before opening day",
     "TULRCA s.226A(1)(a)", high},
    {T::ballot_notice_contents, GB, first, ballot_notice_receipt, NoticeItems(full_ballot_notice),
     "opening day, lists of categories and workplaces, total, number in each category and at each workplace, how the figures were found",
     "TULRCA s.226A(2)-(2I), ERelA04 s.22", high},
    {T::ballot_notice_contents, GB, era25, ballot_notice_receipt, NoticeItems(short_ballot_notice),
     "opening day, lists of categories and workplaces, total number only", "TULRCA s.226A(2), ERA25 s.70", high},
    {T::sample_paper_days, GB, first, opening_day, NoticeDays{3},
     "every employer receives a sample voting paper not later than the 3rd day before opening day",
     "TULRCA s.226A(1)(b)", high},
    {T::voting_paper, GB, first, opening_day, PaperFields(plain_paper),
     "scrutineer, address and date of return, serial number, question, who may call the action, the statement",
     "TULRCA s.229(1A)-(4)", high},
    {T::voting_paper, GB, tua16, opening_day, PaperFields(long_paper),
     "as before, and a summary of the dispute, the types of action short of a strike, and when action is expected",
     "TULRCA s.229(1A)-(4), TUA16 s.5", high},
    {T::voting_paper, GB, era25, opening_day_and_sample_served, PaperFields(plain_paper),
     "scrutineer, address and date of return, serial number, question, who may call the action, the statement",
     "TULRCA s.229(1A)-(4), ERA25 s.71, S.I. 2026/3 Sch 2 para 8", high},
    {T::statutory_statement, GB, first, opening_day, Statement(statement_until_17_february_2026), "the statement with the twelve weeks",
     "TULRCA s.229(4), ERelA99 Sch 3 para 6(3), ERelA04 Sch 1 para 13", high},
    {T::statutory_statement, GB, era25, opening_day_and_sample_served, Statement(statement_from_18_february_2026),
     "the short statement, without weeks", "TULRCA s.229(4), ERA25 s.77(2), S.I. 2026/3 Sch 2 para 11", high},
    {T::voting_by_post, GB, first, opening_day, Holds{}, "voting by post is lawful", "TULRCA s.230(2)", high},
    {T::voting_online, GB, first, opening_day, None{}, "voting online is not lawful", "TULRCA s.230(2)", high},
    {T::voting_hybrid, GB, first, opening_day, None{}, "voting by post or online at choice is not lawful", "TULRCA s.230(2)", high},
    {T::voting_at_workplace, GB, first, opening_day, None{}, "voting in person at work is not lawful", "TULRCA s.230(2)", high},
    {T::return_time, GB, first, opening_day, ReturnDays{7, 14},
     "allow at least 7 days for return where papers go first class, 14 where second (guidance)",
     "Code of Practice on industrial action ballots and notice to employers", medium},
    {T::scrutineer, GB, first, opening_day, Count{50},
     "an independent scrutineer is needed where more than 50 members are entitled to vote",
     "TULRCA ss.226B, 226C", high},
    // ---- Great Britain: after voting --------------------------------------------------------------------------------------------------
    {T::scrutineer_report, GB, first, opening_day, weeks(4),
     "the scrutineer reports within four weeks beginning with the date of the ballot",
     "TULRCA s.226B(1)(b)", high},
    {T::report_copies, GB, first, opening_day, months(6),
     "voters and their employers may ask for a copy of the report within six months of the ballot",
     "TULRCA s.231B(2)", high},
    {T::result_figures, GB, first, opening_day, Figures(counts_only), "votes cast, Yes, No, spoiled papers",
     "TULRCA ss.231, 231A before 1 March 2017", high},
    {T::result_figures, GB, tua16, opening_day, Figures(counts_and_both),
     "entitled, cast, Yes, No, spoiled or invalid, whether 50% voted, whether 40% answered Yes where that is asked",
     "TULRCA ss.231, 231A, TUA16 s.6", high},
    {T::result_figures, GB, era25, opening_day, Figures(counts_and_turnout),
     "entitled, cast, Yes, No, spoiled or invalid, whether 50% voted",
     "TULRCA ss.231, 231A, ERA25 s.69", high},
    {T::mandate, GB, first, opening_day, Life{Limit::begin_by, weeks(4), weeks(8)},
     "action begins within four weeks beginning with the date of the ballot, or up to eight if agreed",
     "TULRCA s.234(1) before 1 March 2017", high},
    {T::mandate, GB, tua16, opening_day, Life{Limit::expires_end_of, months(6), months(9)},
     "six months beginning with the date of the ballot, or up to nine if agreed", "TULRCA s.234(1), TUA16 s.9", high},
    {T::mandate, GB, era25, opening_day, Life{Limit::expires_end_of, months(12)}, "twelve months beginning with the date of the ballot",
     "TULRCA s.234(1), ERA25 s.72, S.I. 2026/3 Sch 2 para 9", high},
    {T::action_notice_days, GB, first, action_notice_receipt, NoticeDays{7},
     "the employer receives notice of action not later than the 7th day before the first day of action",
     "TULRCA s.234A(4) before 1 March 2017", high},
    {T::action_notice_days, GB, tua16, action_notice_receipt, NoticeDays{14, 7},
     "the employer receives notice of action not later than the 14th day before the first day of action, or the 7th if agreed",
     "TULRCA s.234A(4), TUA16 s.8", high},
    {T::action_notice_days, GB, era25, action_notice_receipt, NoticeDays{10},
     "the employer receives notice of action not later than the 10th day before the first day of action",
     "TULRCA s.234A(4), ERA25 s.74(1)(c), S.I. 2026/3 Sch 2 para 10", high},
    {T::action_notice_contents, GB, first, action_notice_receipt, NoticeItems(full_action_notice),
     "lists of categories and workplaces, total, number in each category and at each workplace, how the figures were found, "
     "continuous or not, dates",
     "TULRCA s.234A(3)-(3F), ERelA04 s.25", high},
    {T::action_notice_contents, GB, era25, action_notice_receipt, NoticeItems(short_action_notice),
     "lists of categories and workplaces, total, number at each workplace, how the figures were found, continuous or not, dates",
     "TULRCA s.234A(3)-(3F), ERA25 s.74", high},
    // ---- Great Britain: during action -------------------------------------------------------------------------------------------------
    {T::dismissal_protection, GB, first, action_start, weeks(12), "dismissal is unfair within twelve weeks of starting to take part",
     "TULRCA s.238A", high},
    {T::dismissal_protection, GB, era25, action_start, Holds{}, "dismissal for taking part is unfair for as long as the action lasts",
     "TULRCA s.238A, ERA25 s.77(3), S.I. 2026/3 Sch 2 para 11(3)", high},
    {T::detriment_protection, GB, first, action_start, None{}, "no protection against detriment short of dismissal in statute",
     "TULRCA", high},
    {T::detriment_protection, GB, era25, action_start, Unverified{},
     "protection against a detriment of a prescribed description; no regulations were found",
     "TULRCA s.236A, ERA25 s.76, S.I. 2026/3 reg 3(7)", high},
    {T::work_notices, GB, first, action_start, None{}, "employers can give no work notices", "TULRCA", high},
    {T::work_notices, GB, day(2023, 7, 20), action_start, Holds{},
     "employers in prescribed services may give work notices for minimum service levels",
     "TULRCA ss.234B-234G", high},
    {T::work_notices, GB, day(2025, 12, 18), action_start, None{}, "employers can give no work notices", "ERA25 ss.78, 159(1)(c)", high},
    {T::picket_supervisor, GB, first, picketing_day, None{}, "no picket supervisor is required by statute", "TULRCA s.220", high},
    {T::picket_supervisor, GB, tua16, picketing_day, Holds{},
     "a picket supervisor with the union's letter, known to the police, present or readily contactable, and identifiable",
     "TULRCA s.220A, TUA16 s.10", high},
    {T::picket_supervisor, GB, era25, picketing_day, None{}, "no picket supervisor is required by statute", "ERA25 s.75", high},
    {T::pickets_per_entrance, GB, first, picketing_day, Count{6}, "in general no more than six pickets at any entrance (guidance)",
     "Code of Practice on Picketing, TULRCA s.207", high},

    // ---- Northern Ireland: TUA16 and ERA25 Part 4 do not extend there. Rows of low confidence follow Great Britain before 2017 and
    // ---- are to be verified before anyone relies on them.
    {T::turnout_threshold, NI, first, opening_day, None{}, "no turnout is required", "NI Order art 104", high},
    {T::support_threshold, NI, first, opening_day, None{}, "no share of those entitled must answer Yes", "NI Order art 104", high},
    {T::majority, NI, first, opening_day, Share{1, 2}, "more than half of those voting must answer Yes; a tie fails",
     "NI Order art 104(3)(a)(iii)", high},
    {T::spoiled_papers_count, NI, first, opening_day, None{}, "spoiled papers are not counted as voting",
     "NI Order (TULRCA s.297A does not extend)", medium},
    {T::ballot_date, NI, first, opening_day, Holds{}, "the date of the ballot is the last day on which votes may be cast",
     "NI Order (by parallel with TULRCA s.246)", low},
    {T::ballot_notice_days, NI, first, opening_day, NoticeDays{7},
     "every employer receives notice of the ballot not later than the 7th day before opening day",
     "NI Order art 105", high},
    {T::ballot_notice_contents, NI, first, ballot_notice_receipt, NoticeItems(full_ballot_notice),
     "opening day, lists of categories and workplaces, total, number in each category and at each workplace, how the figures were found",
     "NI Order art 105", high},
    {T::sample_paper_days, NI, first, opening_day, NoticeDays{3},
     "every employer receives a sample voting paper not later than the 3rd day before opening day",
     "NI Order art 105 (by parallel with TULRCA s.226A)", low},
    {T::voting_paper, NI, first, opening_day, PaperFields(plain_paper),
     "scrutineer, address and date of return, serial number, question, who may call the action, the statement",
     "NI Order (by parallel with TULRCA s.229)", low},
    {T::statutory_statement, NI, first, opening_day, Unverified{}, "the statement of the NI Order, whose words were not read",
     "NI Order Part VIII", low},
    {T::voting_by_post, NI, first, opening_day, Holds{}, "voting by post is lawful", "NI Order (by parallel with TULRCA s.230(2))", low},
    {T::voting_online, NI, first, opening_day, None{}, "voting online is not lawful", "NI Order (by parallel with TULRCA s.230(2))", low},
    {T::voting_hybrid, NI, first, opening_day, None{}, "voting by post or online at choice is not lawful",
     "NI Order (by parallel with TULRCA s.230(2))", low},
    {T::voting_at_workplace, NI, first, opening_day, None{}, "voting in person at work is not lawful",
     "NI Order (by parallel with TULRCA s.230(2))", low},
    {T::return_time, NI, first, opening_day, ReturnDays{7, 14},
     "allow at least 7 days for return where papers go first class, 14 where second (guidance)",
     "NI Code of Practice of 1 April 2010 (by parallel with Great Britain's)", low},
    {T::scrutineer, NI, first, opening_day, Count{50},
     "an independent scrutineer is needed where more than 50 members are entitled to vote",
     "NI Order (by parallel with TULRCA s.226C)", low},
    {T::scrutineer_report, NI, first, opening_day, weeks(4),
     "the scrutineer reports within four weeks beginning with the date of the ballot",
     "NI Order (by parallel with TULRCA s.226B(1)(b))", low},
    {T::report_copies, NI, first, opening_day, months(6),
     "voters and their employers may ask for a copy of the report within six months of the ballot",
     "NI Order (by parallel with TULRCA s.231B(2))", low},
    {T::result_figures, NI, first, opening_day, Figures(counts_only), "votes cast, Yes, No, spoiled papers",
     "NI Order (by parallel with TULRCA s.231)", low},
    {T::mandate, NI, first, opening_day, Life{Limit::begin_by, weeks(4), weeks(8)},
     "action begins within four weeks beginning with the date of the ballot, or up to eight if agreed", "NI Order Part VIII", medium},
    {T::action_notice_days, NI, first, action_notice_receipt, NoticeDays{7},
     "the employer receives notice of action not later than the 7th day before the first day of action", "NI Order Part VIII", medium},
    {T::action_notice_contents, NI, first, action_notice_receipt, NoticeItems(full_action_notice),
     "lists of categories and workplaces, total, number in each category and at each workplace, how the figures were found, "
     "continuous or not, dates",
     "NI Order (by parallel with TULRCA s.234A)", low},
    {T::dismissal_protection, NI, first, action_start, Unverified{}, "protection against dismissal: not read",
     "law of Northern Ireland", low},
    {T::detriment_protection, NI, first, action_start, Unverified{}, "protection against detriment: not read",
     "law of Northern Ireland", low},
    {T::work_notices, NI, first, action_start, None{}, "employers can give no work notices", "TULRCA ss.234B-234G do not extend", medium},
    {T::picket_supervisor, NI, first, picketing_day, None{}, "no picket supervisor is required by statute",
     "TUA16 s.10 does not extend", high},
    {T::pickets_per_entrance, NI, first, picketing_day, Count{6}, "in general no more than six pickets at any entrance (guidance)",
     "NI Code of Practice on Picketing of 27 May 2004 (by parallel with Great Britain's)", low},
    };
}

// ERA25 s.68 was still uncommenced in the text of 7 April 2026; the Order on means of voting was laid as a draft on 22 June 2026
// (law.md 1.1.1, 2.1). No source showed either in force.
std::vector<PendingLaw> pending_laws()
{
    const Date after_draft_order = day(2026, 6, 23);
    const auto method = [](Topic topic, std::string_view words) {
        return std::vector<Rule>{{topic, GB, {}, opening_day, Holds{}, words, "ERelA04 s.54", high}};
    };
    return {
        {Provision::online, after_draft_order, "the draft Order was laid before Parliament on 22 June 2026",
         method(T::voting_online, "voting online is lawful")},
        {Provision::hybrid, after_draft_order, "the draft Order was laid before Parliament on 22 June 2026",
         method(T::voting_hybrid, "voting by post or online at choice is lawful")},
        {Provision::workplace, after_draft_order, "the draft Order was laid before Parliament on 22 June 2026",
         method(T::voting_at_workplace, "voting in person at work is lawful, by agreement with the employer")},
        {Provision::turnout_repeal, day(2026, 4, 8), "the 50% turnout rule was still law on 7 April 2026",
         {{T::turnout_threshold, GB, {}, opening_day, None{}, "no turnout is required", "ERA25 s.68(2)", high},
          {T::spoiled_papers_count, GB, {}, opening_day, None{}, "spoiled papers are not counted as voting", "ERA25 s.68(4)", high},
          {T::result_figures, GB, {}, opening_day, Figures(counts_only), "votes cast, Yes, No, spoiled papers", "ERA25 s.68(3)", high}}},
    };
}
// clang-format on

} // namespace

Date first_covered_day() { return first; }

const std::vector<Rule>& shipped_rules()
{
    static const std::vector<Rule> table = rows();
    return table;
}

const PendingLaw& pending(Provision provision)
{
    static const std::vector<PendingLaw> laws = pending_laws();
    for (const auto& law : laws)
        if (law.provision == provision) return law;
    throw std::logic_error("a provision without its law");
}

} // namespace walkout::law
