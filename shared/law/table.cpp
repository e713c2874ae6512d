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

const NoticeItems full_ballot_notice{I::opening_day, I::categories, I::workplaces, I::total, I::per_category, I::per_workplace, I::explanation};
const NoticeItems short_ballot_notice{I::opening_day, I::categories, I::workplaces, I::total};
const NoticeItems full_action_notice{I::categories,  I::workplaces,        I::total,       I::per_category, I::per_workplace,
                                     I::explanation, I::continuous_or_not, I::action_dates};
const NoticeItems short_action_notice{I::categories,  I::workplaces,        I::total,       I::per_workplace,
                                      I::explanation, I::continuous_or_not, I::action_dates};

const PaperFields plain_paper{P::scrutineer_name, P::return_address, P::return_by, P::serial_number, P::question, P::who_may_call, P::statement};
const PaperFields long_paper{P::scrutineer_name, P::return_address,     P::return_by,        P::serial_number, P::question,
                             P::dispute_summary, P::short_action_types, P::expected_periods, P::who_may_call,  P::statement};

const Figures counts_only{F::cast, F::yes, F::no, F::spoiled};
const Figures counts_and_turnout{F::entitled, F::cast, F::yes, F::no, F::spoiled, F::turnout_met};
const Figures counts_and_both{F::entitled, F::cast, F::yes, F::no, F::spoiled, F::turnout_met, F::support_met};

constexpr Jurisdiction GB = Jurisdiction::great_britain;
constexpr Jurisdiction NI = Jurisdiction::northern_ireland;

// clang-format off
// A function for each part: a compiler takes far too long over one list of them all.

// ---- Great Britain: is the action supported? --------------------------------------------------------------------------------------
std::vector<Rule> support_rows()
{
    return {
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
    {T::spoiled_papers_count, GB, first, opening_day, None{}, "spoiled papers are not counted as voting, nor a question left blank",
     "TULRCA before TUA16 Sch 4 para 17; West Midlands Travel v TGWU [1994] IRLR 578, from memory", low},
    {T::spoiled_papers_count, GB, tua16, opening_day, Holds{}, "those who return spoiled or invalid papers count as voting",
     "TULRCA s.297A, TUA16 Sch 4 para 17", high},
    {T::spoiled_in_majority, GB, first, opening_day, None{}, "the majority is one of valid votes", "TULRCA before TUA16 Sch 4 para 17", low},
    {T::spoiled_in_majority, GB, tua16, opening_day, Holds{},
     "the majority is one of all papers returned, spoiled ones too, as far as spoiled papers count as voting",
     "inferred from TULRCA ss.226(2)(a)(iii), 297A: take legal advice", medium},
    {T::ballot_date, GB, first, opening_day, Holds{}, "the date of the ballot is the last day on which votes may be cast",
     "TULRCA s.246", high},
    {T::important_public_services, GB, first, opening_day, None{}, "no services are singled out", "TULRCA s.226 before 1 March 2017", high},
    {T::important_public_services, GB, tua16, opening_day, Holds{},
     "important public services, for the 40% rule: emergency health services in hospital and by ambulance (S.I. 2017/132), teaching those of "
     "compulsory school age (2017/133), fire (2017/134), London buses, passenger trains, air traffic control, airport and port security "
     "(2017/135), border security (2017/136); it counts whether most of those entitled normally work in them",
     "TULRCA s.226(2B)-(2F), S.I. 2017/132 to 136", high},
    {T::important_public_services, GB, era25, opening_day, None{}, "no services are singled out", "ERA25 s.69, S.I. 2026/3 Sch 2 para 7", high},
    {T::questions, GB, first, opening_day, Holds{},
     "a question on a strike, one on action short of a strike, or both; each answered Yes or No and judged alone, for action of its own kind",
     "TULRCA ss.226(2)(a)(iii), 229(2)", high},
    {T::bans_are_short_of_a_strike, GB, first, opening_day, Holds{}, "overtime bans and call-out bans are action short of a strike",
     "TULRCA s.229(2A)", high},
    {T::cross_border, GB, first, opening_day, None{},
     "members in Northern Ireland are balloted apart, under their own law; one dispute, two ballots, two results", "NI Order Part VIII", high},
    };
}

// ---- Great Britain: who votes -----------------------------------------------------------------------------------------------------
std::vector<Rule> voter_rows()
{
    return {
    {T::entitlement, GB, first, opening_day, Holds{},
     "all members whom the union reasonably believes it will call out have a vote, and nobody else", "TULRCA s.227(1)", high},
    {T::omitted_members, GB, first, opening_day, Holds{},
     "action loses its support if a member is called out whom the union should have expected to call out and who was given no vote",
     "TULRCA s.232A", high},
    {T::accidental_failures, GB, first, opening_day, Holds{},
     "accidental failures that could not change the result are disregarded: who was given a vote, who was sent a paper", "TULRCA s.232B", high},
    {T::overseas_members, GB, first, opening_day, Holds{},
     "members outside Great Britain throughout the voting may be left out; their votes are reported apart and not among those entitled",
     "TULRCA s.232(1)-(2)", high},
    {T::separate_workplaces, GB, first, opening_day, Holds{},
     "each workplace has a ballot of its own, judged by itself, unless a ground allows an aggregate ballot", "TULRCA ss.226(3), 228", high},
    {T::aggregate_grounds, GB, first, opening_day, Holds{},
     "workplaces may vote as one where each has a member affected by the dispute (2), or where the vote goes to all members of stated "
     "occupations with stated employers (3), or to all members employed by stated employers (4), and to nobody else",
     "TULRCA s.228A(2)-(4)", high},
    };
}

// ---- Great Britain: before and during voting --------------------------------------------------------------------------------------
std::vector<Rule> voting_rows()
{
    return {
    {T::ballot_notice_days, GB, first, opening_day, NoticeDays{7},
     "every employer receives notice of the ballot not later than the 7th day before opening day",
     "TULRCA s.226A(1)(a)", high},
    {T::ballot_notice_contents, GB, first, ballot_notice_receipt, full_ballot_notice,
     "opening day, lists of categories and workplaces, total, number in each category and at each workplace, how the figures were found; "
     "instead, for those who pay by deduction from wages, what lets the employer deduce these",
     "TULRCA s.226A(2)-(2I), ERelA04 s.22", high},
    {T::ballot_notice_contents, GB, era25, ballot_notice_receipt, short_ballot_notice,
     "opening day, lists of categories and workplaces, total number only; instead, for those who pay by deduction from wages, what lets the "
     "employer deduce these",
     "TULRCA s.226A(2), ERA25 s.70", high},
    {T::notice_accuracy, GB, first, ballot_notice_receipt, Holds{},
     "figures in notices are as accurate as the union's own records reasonably allow, and never name anybody",
     "TULRCA ss.226A(2D)-(2G), 234A(3C)-(3F)", high},
    {T::sample_paper_days, GB, first, opening_day, NoticeDays{3},
     "every employer receives a sample voting paper not later than the 3rd day before opening day",
     "TULRCA s.226A(1)(b)", high},
    {T::voting_paper, GB, first, opening_day, plain_paper,
     "scrutineer, address and date of return, serial number, question, who may call the action, the statement",
     "TULRCA s.229(1A)-(4)", high},
    {T::voting_paper, GB, tua16, opening_day, long_paper,
     "scrutineer, address and date of return, serial number, question, who may call the action, the statement, and a summary of the dispute, "
     "the types of action short of a strike, and when action is expected",
     "TULRCA s.229(1A)-(4), TUA16 s.5", high},
    {T::voting_paper, GB, era25, opening_day_and_sample_served, plain_paper,
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
     "an independent scrutineer is needed where more than 50 members are entitled to vote, counted over separate workplace ballots together",
     "TULRCA ss.226B, 226C", high},
    {T::scrutineer_person, GB, first, opening_day, Holds{},
     "a solicitor with a practising certificate, somebody qualified to audit a union, or a named body; no member, officer or employee of the "
     "union in the last 12 months; no ground to doubt competence or independence",
     "TULRCA s.226B(2), S.I. 1993/1909 arts 3-6", high},
    {T::scrutineer_person, GB, day(2017, 10, 1), opening_day, Holds{},
     "a solicitor with a practising certificate, somebody qualified to audit a union, or a named body; no member, officer or employee of the "
     "union in the last 12 months; no ground to doubt competence or independence; the named bodies are Electoral Reform "
     "Services (now Civica Election Services), the Involvement and Participation Association, "
     "Popularis, UK Engage, Mi-Voice and Kanto Elect",
     "TULRCA s.226B(2), S.I. 1993/1909 arts 3-6, S.I. 2017/877", high},
    {T::scrutineer_unhindered, GB, first, opening_day, Holds{},
     "the union sees to it that the scrutineer's work is done, complies with reasonable requests, and nobody of the union interferes",
     "TULRCA s.226B(3)-(4)", high},
    {T::merchant_seamen, GB, first, opening_day, Holds{}, "members aboard a ship may be given the paper there, or where the ship is",
     "TULRCA s.230(2A)-(2C)", high},
    {T::free_and_secret_vote, GB, first, opening_day, Holds{},
     "everyone votes without interference, so far as practicable at no cost and in secret, by a paper sent to their home or another address "
     "they asked for in writing; votes are counted fairly and accurately",
     "TULRCA s.230(1), (2), (4)", high},
    };
}

// ---- Great Britain: after voting --------------------------------------------------------------------------------------------------
std::vector<Rule> result_rows()
{
    return {
    {T::scrutineer_report, GB, first, opening_day, weeks(4),
     "the scrutineer reports within four weeks beginning with the date of the ballot",
     "TULRCA s.226B(1)(b)", high},
    {T::report_copies, GB, first, opening_day, months(6),
     "voters and their employers may ask for a copy of the report within six months of the ballot",
     "TULRCA s.231B(2)", high},
    {T::result_figures, GB, first, opening_day, counts_only, "votes cast, Yes, No, spoiled papers",
     "TULRCA ss.231, 231A before 1 March 2017", high},
    {T::result_figures, GB, tua16, opening_day, counts_and_both,
     "entitled, cast, Yes, No, spoiled or invalid, whether 50% voted, whether 40% answered Yes where that is asked",
     "TULRCA ss.231, 231A, TUA16 s.6", high},
    {T::result_figures, GB, era25, opening_day, counts_and_turnout,
     "entitled, cast, Yes, No, spoiled or invalid, whether 50% voted",
     "TULRCA ss.231, 231A, ERA25 s.69", high},
    {T::result_told, GB, first, opening_day, Holds{},
     "members and every employer are told the result as soon as reasonably practicable; action is not protected against an employer not told",
     "TULRCA ss.226(3A), 231, 231A", high},
    {T::report_contents, GB, first, opening_day, Holds{},
     "the scrutineer says whether satisfied that no statutory requirement was broken, that handling and counting were as secure as reasonably "
     "practicable, and that nobody interfered; or gives the reasons why not",
     "TULRCA s.231B(1)", high},
    {T::mandate, GB, first, opening_day, Life{Limit::begin_by, weeks(4), weeks(8)},
     "action begins within four weeks beginning with the date of the ballot, or up to eight if agreed",
     "TULRCA s.234(1) before 1 March 2017", high},
    {T::mandate, GB, tua16, opening_day, Life{Limit::expires_end_of, months(6), months(9)},
     "six months beginning with the date of the ballot, or up to nine if agreed", "TULRCA s.234(1), TUA16 s.9", high},
    {T::mandate, GB, era25, opening_day, Life{Limit::expires_end_of, months(12)}, "twelve months beginning with the date of the ballot",
     "TULRCA s.234(1), ERA25 s.72, S.I. 2026/3 Sch 2 para 9", high},
    {T::mandate_court_order, GB, first, opening_day, weeks(12),
     "days on which a court order or undertaking forbade the action may be made good by the court, never past twelve weeks from the date of the ballot",
     "TULRCA s.234(2)-(6) before 1 March 2017", high},
    {T::mandate_court_order, GB, tua16, opening_day, Holds{},
     "days on which a court order or undertaking forbade the action may be made good by the court", "TULRCA s.234(2)-(6)", high},
    {T::who_may_call, GB, first, opening_day, Holds{}, "only a person named, or of a description named, on the voting paper may call the action",
     "TULRCA ss.229(3), 233(1)(a)", high},
    {T::first_call, GB, first, opening_day, Holds{}, "the union calls, authorises or endorses no action before the date of the ballot",
     "TULRCA s.233(1)(b)", high},
    {T::members_complaint, GB, first, action_start, Holds{},
     "a member who is likely to be induced to take part without the support of a ballot may complain to the court", "TULRCA s.62", high},
    {T::action_notice_window, GB, first, action_notice_receipt, Holds{},
     "notice of action counts from the day on which that employer was told the result, not before", "TULRCA s.234A(4)", high},
    {T::suspension_by_agreement, GB, first, action_notice_receipt, Holds{},
     "a notice stays good where union and employer agree the dates on which action is suspended and taken up again", "TULRCA s.234A(7B)", high},
    {T::action_notice_days, GB, first, action_notice_receipt, NoticeDays{7},
     "the employer receives notice of action not later than the 7th day before the first day of action",
     "TULRCA s.234A(4) before 1 March 2017", high},
    {T::action_notice_days, GB, tua16, action_notice_receipt, NoticeDays{14, 7},
     "the employer receives notice of action not later than the 14th day before the first day of action, or the 7th if agreed",
     "TULRCA s.234A(4), TUA16 s.8", high},
    {T::action_notice_days, GB, era25, action_notice_receipt, NoticeDays{10},
     "the employer receives notice of action not later than the 10th day before the first day of action",
     "TULRCA s.234A(4), ERA25 s.74(1)(c), S.I. 2026/3 Sch 2 para 10", high},
    {T::action_notice_contents, GB, first, action_notice_receipt, full_action_notice,
     "lists of categories and workplaces, total, number in each category and at each workplace, how the figures were found (instead, for those "
     "who pay by deduction from wages, what lets the employer deduce these), continuous or not, dates",
     "TULRCA s.234A(3)-(3F), ERelA04 s.25 (by parallel with s.22)", medium},
    {T::action_notice_contents, GB, era25, action_notice_receipt, short_action_notice,
     "lists of categories and workplaces, total, number at each workplace, how the figures were found (instead, for those who pay by deduction "
     "from wages, what lets the employer deduce these), continuous or not, dates",
     "TULRCA s.234A(3)-(3F), ERA25 s.74", high},
    {T::action_notice_coverage, GB, first, action_notice_receipt, Holds{},
     "a notice covers only people in a category and at a workplace that it names, and only the dates it names", "TULRCA s.234A(5)-(6)", high},
    };
}

// ---- Great Britain: during action -------------------------------------------------------------------------------------------------
std::vector<Rule> action_rows()
{
    return {
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
    {T::picketing_place, GB, first, picketing_day, Holds{},
     "pickets stand at or near their own place of work, a union official with the members represented, only to inform or to persuade peacefully",
     "TULRCA s.220(1)-(3)", high},
    {T::picket_supervisor, GB, first, picketing_day, None{}, "no picket supervisor is required by statute", "TULRCA s.220", high},
    {T::picket_supervisor, GB, tua16, picketing_day, Holds{},
     "a picket supervisor with the union's letter, known to the police, present or readily contactable, and identifiable",
     "TULRCA s.220A, TUA16 s.10", high},
    {T::picket_supervisor, GB, era25, picketing_day, None{}, "no picket supervisor is required by statute", "ERA25 s.75", high},
    {T::pickets_per_entrance, GB, first, picketing_day, Count{6}, "in general no more than six pickets at any entrance (guidance)",
     "Code of Practice on Picketing, TULRCA s.207", high},
    {T::picketing_offences, GB, first, picketing_day, Holds{},
     "violence, intimidation, following persistently or with others, hiding tools, and watching or besetting are offences", "TULRCA s.241", high},

    };
}

// ---- Northern Ireland: TUA16 and ERA25 Part 4 do not extend there. Rows of low confidence follow Great Britain before 2017 and
// ---- are to be verified before anyone relies on them.
std::vector<Rule> northern_ireland_rows()
{
    return {
    {T::turnout_threshold, NI, first, opening_day, None{}, "no turnout is required", "NI Order art 104", high},
    {T::support_threshold, NI, first, opening_day, None{}, "no share of those entitled must answer Yes", "NI Order art 104", high},
    {T::majority, NI, first, opening_day, Share{1, 2}, "more than half of those voting must answer Yes; a tie fails",
     "NI Order art 104(3)(a)(iii)", high},
    {T::spoiled_papers_count, NI, first, opening_day, None{}, "spoiled papers are not counted as voting",
     "NI Order (TULRCA s.297A does not extend)", medium},
    {T::spoiled_in_majority, NI, first, opening_day, None{}, "the majority is one of valid votes", "NI Order (TULRCA s.297A does not extend)", medium},
    {T::ballot_date, NI, first, opening_day, Holds{}, "the date of the ballot is the last day on which votes may be cast",
     "NI Order (by parallel with TULRCA s.246)", low},
    {T::ballot_notice_days, NI, first, opening_day, NoticeDays{7},
     "every employer receives notice of the ballot not later than the 7th day before opening day",
     "NI Order art 105", high},
    {T::ballot_notice_contents, NI, first, ballot_notice_receipt, full_ballot_notice,
     "opening day, lists of categories and workplaces, total, number in each category and at each workplace, how the figures were found",
     "NI Order art 105", high},
    {T::sample_paper_days, NI, first, opening_day, NoticeDays{3},
     "every employer receives a sample voting paper not later than the 3rd day before opening day",
     "NI Order art 105 (by parallel with TULRCA s.226A)", low},
    {T::voting_paper, NI, first, opening_day, plain_paper,
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
    {T::result_figures, NI, first, opening_day, counts_only, "votes cast, Yes, No, spoiled papers",
     "NI Order (by parallel with TULRCA s.231)", low},
    {T::mandate, NI, first, opening_day, Life{Limit::begin_by, weeks(4), weeks(8)},
     "action begins within four weeks beginning with the date of the ballot, or up to eight if agreed", "NI Order Part VIII", medium},
    {T::action_notice_days, NI, first, action_notice_receipt, NoticeDays{7},
     "the employer receives notice of action not later than the 7th day before the first day of action", "NI Order Part VIII", medium},
    {T::action_notice_contents, NI, first, action_notice_receipt, full_action_notice,
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

std::vector<Rule> northern_ireland_other_rows()
{
    return {
    {T::important_public_services, NI, first, opening_day, None{}, "no services are singled out",
     "NI Order art 104", high},
    {T::questions, NI, first, opening_day, Holds{}, "a question on a strike, one on action short of a strike, or both; each answered Yes or No and judged alone",
     "NI Order (by parallel with TULRCA s.229(2))", low},
    {T::bans_are_short_of_a_strike, NI, first, opening_day, Unverified{}, "whether overtime and call-out bans are action short of a strike: not read",
     "NI Order", low},
    {T::cross_border, NI, first, opening_day, Holds{}, "action of members in both countries is supported here if the law of Great Britain would call it supported, "
     "had it taken place there",
     "NI Order art 104(2)(b)", high},
    {T::entitlement, NI, first, opening_day, Holds{}, "all members whom the union reasonably believes it will call out have a vote, and nobody else",
     "NI Order (by parallel with TULRCA s.227(1))", low},
    {T::omitted_members, NI, first, opening_day, Holds{}, "action loses its support if a member is called out who should have been given a vote and was not",
     "NI Order (by parallel with TULRCA s.232A)", low},
    {T::accidental_failures, NI, first, opening_day, Holds{}, "accidental failures that could not change the result are disregarded",
     "NI Order (by parallel with TULRCA s.232B)", low},
    {T::overseas_members, NI, first, opening_day, Holds{}, "members overseas throughout the voting may be left out; their votes are reported apart",
     "NI Order (by parallel with TULRCA s.232)", low},
    {T::separate_workplaces, NI, first, opening_day, Holds{}, "each workplace has a ballot of its own unless a ground allows an aggregate ballot",
     "NI Order (by parallel with TULRCA s.228)", low},
    {T::aggregate_grounds, NI, first, opening_day, Holds{}, "workplaces may vote as one where each has a member affected, or where all members of stated occupations "
     "or employers vote",
     "NI Order (by parallel with TULRCA s.228A)", low},
    {T::scrutineer_person, NI, first, opening_day, Holds{}, "a qualified and independent person, no member, officer or employee of the union",
     "NI Order (by parallel with TULRCA s.226B(2))", low},
    {T::free_and_secret_vote, NI, first, opening_day, Holds{}, "everyone votes without interference, so far as practicable at no cost and in secret",
     "NI Order (by parallel with TULRCA s.230)", low},
    {T::result_told, NI, first, opening_day, Holds{}, "members and every employer are told the result as soon as reasonably practicable",
     "NI Order (by parallel with TULRCA ss.231, 231A)", low},
    {T::report_contents, NI, first, opening_day, Holds{}, "the scrutineer says whether satisfied on the law, on security and on interference",
     "NI Order (by parallel with TULRCA s.231B(1))", low},
    {T::mandate_court_order, NI, first, opening_day, Unverified{}, "whether a court may make good days lost to an order: not read",
     "NI Order Part VIII", low},
    {T::who_may_call, NI, first, opening_day, Holds{}, "only a person named, or of a description named, on the voting paper may call the action",
     "NI Order (by parallel with TULRCA s.233(1)(a))", low},
    {T::first_call, NI, first, opening_day, Holds{}, "the union calls no action before the date of the ballot",
     "NI Order (by parallel with TULRCA s.233(1)(b))", low},
    {T::action_notice_window, NI, first, action_notice_receipt, Holds{}, "notice of action counts from the day on which that employer was told the result",
     "NI Order (by parallel with TULRCA s.234A(4))", low},
    {T::suspension_by_agreement, NI, first, action_notice_receipt, Unverified{}, "whether a notice survives a suspension by agreement: not read",
     "NI Order", low},
    {T::notice_accuracy, NI, first, ballot_notice_receipt, Holds{},
     "figures in notices are as accurate as the union's own records reasonably allow, and never name anybody",
     "NI Order art 105 (by parallel with TULRCA s.226A)", low},
    {T::scrutineer_unhindered, NI, first, opening_day, Holds{},
     "the union sees to it that the scrutineer's work is done, complies with reasonable requests, and nobody of the union interferes",
     "NI Order (by parallel with TULRCA s.226B)", low},
    {T::merchant_seamen, NI, first, opening_day, Unverified{}, "voting aboard ship: not read", "NI Order", low},
    {T::members_complaint, NI, first, action_start, Unverified{}, "whether a member may complain of action without a ballot: not read",
     "NI Order", low},
    {T::action_notice_coverage, NI, first, action_notice_receipt, Holds{},
     "a notice covers only people in a category and at a workplace that it names, and only the dates it names",
     "NI Order (by parallel with TULRCA s.234A)", low},
    {T::picketing_offences, NI, first, picketing_day, Unverified{}, "offences in picketing: not read", "law of Northern Ireland", low},
    {T::picketing_place, NI, first, picketing_day, Holds{}, "pickets stand at or near their own place of work, only to inform or to persuade peacefully",
     "NI Code of Practice on Picketing of 27 May 2004 (by parallel with TULRCA s.220)", low},
    };
}

std::vector<Rule> rows()
{
    std::vector<Rule> out;
    for (const auto& part : {support_rows(), voter_rows(), voting_rows(), result_rows(), action_rows(), northern_ireland_rows(), northern_ireland_other_rows()})
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

// ERA25 s.68 was still uncommenced in the text of 7 April 2026; the Order on means of voting was laid as a draft on 22 June 2026
// (law.md 1.1.1, 2.1). No source showed either in force.
std::vector<PendingLaw> pending_laws()
{
    const Date after_draft_order = day(2026, 6, 23);
    const auto method = [](Topic topic, std::string words) {
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
          {T::result_figures, GB, {}, opening_day, counts_only, "votes cast, Yes, No, spoiled papers", "ERA25 s.68(3)", high}}},
    };
}
// clang-format on

} // namespace

Date first_covered_day() { return first; }
Date last_read_day() { return day(2026, 4, 7); }

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
