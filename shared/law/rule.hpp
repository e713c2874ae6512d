#pragma once

#include "shared/base/names.hpp"
#include "shared/base/time.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace walkout::law {

enum class Jurisdiction { great_britain, northern_ireland };

constexpr auto enum_names(Jurisdiction)
{
    return std::to_array<std::pair<Jurisdiction, std::string_view>>({{Jurisdiction::great_britain, "GB"}, {Jurisdiction::northern_ireland, "NI"}});
}

/// "Great Britain", "Northern Ireland".
std::string_view country(Jurisdiction jurisdiction);

/// Days in law are calendar days in this zone.
Zone zone_of(Jurisdiction jurisdiction);

/// Each thing the law decides, and decides differently at different times. The name is what refusals and `law rules` call it.
enum class Topic {
    turnout_threshold,
    support_threshold,
    important_public_services,
    majority,
    spoiled_papers_count,
    spoiled_in_majority,
    questions,
    bans_are_short_of_a_strike,
    cross_border,
    entitlement,
    omitted_members,
    accidental_failures,
    overseas_members,
    separate_workplaces,
    aggregate_grounds,
    ballot_notice_days,
    ballot_notice_contents,
    notice_accuracy,
    sample_paper_days,
    scrutineer,
    scrutineer_person,
    scrutineer_unhindered,
    voting_paper,
    statutory_statement,
    voting_by_post,
    voting_online,
    voting_hybrid,
    voting_at_workplace,
    free_and_secret_vote,
    merchant_seamen,
    return_time,
    ballot_date,
    result_figures,
    result_told,
    scrutineer_report,
    report_contents,
    report_copies,
    mandate,
    mandate_court_order,
    who_may_call,
    first_call,
    members_complaint,
    action_notice_window,
    action_notice_days,
    action_notice_contents,
    action_notice_coverage,
    suspension_by_agreement,
    dismissal_protection,
    detriment_protection,
    work_notices,
    picketing_place,
    picket_supervisor,
    pickets_per_entrance,
    picketing_offences,
};

constexpr auto enum_names(Topic)
{
    return std::to_array<std::pair<Topic, std::string_view>>({
        {Topic::turnout_threshold, "turnout_threshold"},
        {Topic::support_threshold, "support_threshold"},
        {Topic::important_public_services, "important_public_services"},
        {Topic::majority, "majority"},
        {Topic::spoiled_papers_count, "spoiled_papers_count"},
        {Topic::spoiled_in_majority, "spoiled_in_majority"},
        {Topic::questions, "questions"},
        {Topic::bans_are_short_of_a_strike, "bans_are_short_of_a_strike"},
        {Topic::cross_border, "cross_border"},
        {Topic::entitlement, "entitlement"},
        {Topic::omitted_members, "omitted_members"},
        {Topic::accidental_failures, "accidental_failures"},
        {Topic::overseas_members, "overseas_members"},
        {Topic::separate_workplaces, "separate_workplaces"},
        {Topic::aggregate_grounds, "aggregate_grounds"},
        {Topic::ballot_notice_days, "ballot_notice_days"},
        {Topic::ballot_notice_contents, "ballot_notice_contents"},
        {Topic::notice_accuracy, "notice_accuracy"},
        {Topic::sample_paper_days, "sample_paper_days"},
        {Topic::scrutineer, "scrutineer"},
        {Topic::scrutineer_person, "scrutineer_person"},
        {Topic::scrutineer_unhindered, "scrutineer_unhindered"},
        {Topic::voting_paper, "voting_paper"},
        {Topic::statutory_statement, "statutory_statement"},
        {Topic::voting_by_post, "voting_by_post"},
        {Topic::voting_online, "voting_online"},
        {Topic::voting_hybrid, "voting_hybrid"},
        {Topic::voting_at_workplace, "voting_at_workplace"},
        {Topic::free_and_secret_vote, "free_and_secret_vote"},
        {Topic::merchant_seamen, "merchant_seamen"},
        {Topic::return_time, "return_time"},
        {Topic::ballot_date, "ballot_date"},
        {Topic::result_figures, "result_figures"},
        {Topic::result_told, "result_told"},
        {Topic::scrutineer_report, "scrutineer_report"},
        {Topic::report_contents, "report_contents"},
        {Topic::report_copies, "report_copies"},
        {Topic::mandate, "mandate"},
        {Topic::mandate_court_order, "mandate_court_order"},
        {Topic::who_may_call, "who_may_call"},
        {Topic::first_call, "first_call"},
        {Topic::members_complaint, "members_complaint"},
        {Topic::action_notice_window, "action_notice_window"},
        {Topic::action_notice_days, "action_notice_days"},
        {Topic::action_notice_contents, "action_notice_contents"},
        {Topic::action_notice_coverage, "action_notice_coverage"},
        {Topic::suspension_by_agreement, "suspension_by_agreement"},
        {Topic::dismissal_protection, "dismissal_protection"},
        {Topic::detriment_protection, "detriment_protection"},
        {Topic::work_notices, "work_notices"},
        {Topic::picketing_place, "picketing_place"},
        {Topic::picket_supervisor, "picket_supervisor"},
        {Topic::pickets_per_entrance, "pickets_per_entrance"},
        {Topic::picketing_offences, "picketing_offences"},
    });
}

/// Where a topic stands in the life of a ballot: the headings under which `law rules` prints them.
enum class Chapter { support, who_votes, before_voting, voting, after_voting, calling, during };

constexpr auto enum_names(Chapter)
{
    return std::to_array<std::pair<Chapter, std::string_view>>({{Chapter::support, "Is the action supported?"},
                                                                {Chapter::who_votes, "Who votes"},
                                                                {Chapter::before_voting, "Before voting"},
                                                                {Chapter::voting, "Voting"},
                                                                {Chapter::after_voting, "After voting"},
                                                                {Chapter::calling, "Calling action"},
                                                                {Chapter::during, "During action"}});
}

/// The topics are listed in the order of their chapters.
constexpr Chapter chapter_of(Topic topic)
{
    if (topic <= Topic::cross_border) return Chapter::support;
    if (topic <= Topic::aggregate_grounds) return Chapter::who_votes;
    if (topic <= Topic::scrutineer_unhindered) return Chapter::before_voting;
    if (topic <= Topic::ballot_date) return Chapter::voting;
    if (topic <= Topic::mandate_court_order) return Chapter::after_voting;
    if (topic <= Topic::suspension_by_agreement) return Chapter::calling;
    return Chapter::during;
}

/// Which date of a ballot or walkout decides whether a row applies. The rules changed on the same days but not for the same ballots:
/// there is no one "regime" of a ballot, only a date per rule (law.md 1.1).
enum class Selector {
    opening_day,                   ///< the first day a voting paper is sent to anyone entitled
    opening_day_and_sample_served, ///< ... unless the sample paper duty was already met before the row began (SI 2026/3 Sch 2 para 8(2))
    ballot_notice_receipt,         ///< the employer receives the notice of ballot
    action_notice_receipt,         ///< the employer receives the notice of action
    action_start,                  ///< the employee begins to take part
    picketing_day,
};

constexpr auto enum_names(Selector)
{
    return std::to_array<std::pair<Selector, std::string_view>>({{Selector::opening_day, "opening_day"},
                                                                 {Selector::opening_day_and_sample_served, "opening_day_and_sample_served"},
                                                                 {Selector::ballot_notice_receipt, "ballot_notice_receipt"},
                                                                 {Selector::action_notice_receipt, "action_notice_receipt"},
                                                                 {Selector::action_start, "action_start"},
                                                                 {Selector::picketing_day, "picketing_day"}});
}

/// How sure law.md is: read in the statute; one secondary source or an inference; recollection, to be verified before relying on it.
enum class Confidence { high, medium, low };

constexpr auto enum_names(Confidence)
{
    return std::to_array<std::pair<Confidence, std::string_view>>(
        {{Confidence::high, "high"}, {Confidence::medium, "medium"}, {Confidence::low, "low"}});
}

// ---- what a row can say -------------------------------------------------------------------------------------------------------

struct None {};       ///< no such rule in this period
struct Holds {};      ///< the rule holds; it has no number
struct Unverified {}; ///< there is a rule whose content could not be verified: whoever needs it is refused, never guessed at

struct Share { ///< at least (majority: more than) this fraction
    int numerator;
    int denominator;
};

struct NoticeDays { ///< received not later than the Nth day before
    int days;
    std::optional<int> agreed{}; ///< the shorter period union and employer may agree
};

/// A mandate either needs action to begin within it (and then goes on), or ends for all action.
enum class Limit { begin_by, expires_end_of };

constexpr auto enum_names(Limit)
{
    return std::to_array<std::pair<Limit, std::string_view>>({{Limit::begin_by, "begin_by"}, {Limit::expires_end_of, "expires_end_of"}});
}

/// A period "beginning with" a day, so that day is its first.
struct Period {
    enum class Unit { weeks, months } unit;
    int length;
    Date last_day(Date first) const;
};

struct Life {
    Limit limit;
    Period period;
    std::optional<Period> agreed{}; ///< the longest that union and employer may agree; none where empty
};

struct Count { ///< scrutineer: needed above this many entitled; pickets_per_entrance: at most, by the Code
    int number;
};

struct ReturnDays { ///< the Code's advice for the return of postal papers
    int first_class;
    int second_class;
};

enum class NoticeItem { categories, workplaces, total, per_category, per_workplace, explanation, opening_day, continuous_or_not, action_dates };

constexpr auto enum_names(NoticeItem)
{
    return std::to_array<std::pair<NoticeItem, std::string_view>>({{NoticeItem::categories, "categories"},
                                                                   {NoticeItem::workplaces, "workplaces"},
                                                                   {NoticeItem::total, "total"},
                                                                   {NoticeItem::per_category, "per_category"},
                                                                   {NoticeItem::per_workplace, "per_workplace"},
                                                                   {NoticeItem::explanation, "explanation"},
                                                                   {NoticeItem::opening_day, "opening_day"},
                                                                   {NoticeItem::continuous_or_not, "continuous_or_not"},
                                                                   {NoticeItem::action_dates, "action_dates"}});
}

/// s.229.
enum class PaperField {
    scrutineer_name,
    return_address,
    return_by,
    serial_number,
    question,
    dispute_summary,
    short_action_types,
    expected_periods,
    who_may_call,
    statement
};

constexpr auto enum_names(PaperField)
{
    return std::to_array<std::pair<PaperField, std::string_view>>({{PaperField::scrutineer_name, "scrutineer_name"},
                                                                   {PaperField::return_address, "return_address"},
                                                                   {PaperField::return_by, "return_by"},
                                                                   {PaperField::serial_number, "serial_number"},
                                                                   {PaperField::question, "question"},
                                                                   {PaperField::dispute_summary, "dispute_summary"},
                                                                   {PaperField::short_action_types, "short_action_types"},
                                                                   {PaperField::expected_periods, "expected_periods"},
                                                                   {PaperField::who_may_call, "who_may_call"},
                                                                   {PaperField::statement, "statement"}});
}

/// The figures of s.231 that members and employers must be told.
enum class Figure { entitled, cast, yes, no, spoiled, turnout_met, support_met };

constexpr auto enum_names(Figure)
{
    return std::to_array<std::pair<Figure, std::string_view>>({{Figure::entitled, "entitled"},
                                                               {Figure::cast, "cast"},
                                                               {Figure::yes, "yes"},
                                                               {Figure::no, "no"},
                                                               {Figure::spoiled, "spoiled"},
                                                               {Figure::turnout_met, "turnout_met"},
                                                               {Figure::support_met, "support_met"}});
}

using NoticeItems = std::vector<NoticeItem>;
using PaperFields = std::vector<PaperField>;
using Figures = std::vector<Figure>;
using Statement = std::string;

using Value = std::variant<None, Holds, Unverified, Share, NoticeDays, Period, Life, Count, ReturnDays, NoticeItems, PaperFields, Figures, Statement>;

/// One row of the table. It applies from `from` until the next row of its topic and jurisdiction begins.
struct Rule {
    Topic topic;
    Jurisdiction jurisdiction;
    Date from;
    Selector selector;
    Value value;
    std::string words;  ///< the rule in one plain phrase
    std::string source; ///< empty where an official recorded the row on this server
    Confidence confidence;
    std::string instrument{}; ///< what brought it into force, or where it was read, as an official recorded it on this server
};

/// The row's value where it is a V; null where the row says None or anything else.
template <class V> const V* value_of(const Rule& rule) { return std::get_if<V>(&rule.value); }

/// The row's source, and what an official recorded with it.
std::string source_of(const Rule& rule);

inline bool holds(const Rule& rule) { return std::holds_alternative<Holds>(rule.value); }

/// Read in the enactment, or recorded by an official who has.
inline bool is_verified(const Rule& rule) { return rule.confidence == Confidence::high && !std::holds_alternative<Unverified>(rule.value); }

} // namespace walkout::law
